"""Logistic regression with weights drawn towards 0; needs numpy."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def least_loss(x: Numbers, y: Numbers, worth: Numbers, ridge: float) -> Numbers:
    """The weights by which the columns of x tell y; column 0, the bias, is not drawn to 0.

    Newton's method; each step is found by conjugate gradients, for columns are many.
    """
    weights = np.zeros(x.shape[1])
    pull = np.full(x.shape[1], ridge)
    pull[0] = 1e-6
    for _ in range(50):
        guess = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (worth * (guess - y)) + pull * weights
        step = _solve(x, worth * guess * (1 - guess), pull, slope)
        weights -= step * min(1.0, 3.0 / float(abs(step).max()))
        if abs(step).max() < 1e-5:
            break
    return weights


def _solve(x: Numbers, bend: Numbers, pull: Numbers, slope: Numbers) -> Numbers:
    """What (xᵀ·diag(bend)·x + diag(pull)) takes to the slope."""
    scale = 1 / (np.einsum("rc,rc,r->c", x, x, bend) + pull)
    found, left = np.zeros_like(slope), slope.copy()
    way = toward = scale * left
    still = float(left @ toward)
    enough = still * 1e-12
    for _ in range(300):
        image = x.T @ (bend * (x @ way)) + pull * way
        far = still / float(way @ image)
        found += far * way
        left -= far * image
        toward = scale * left
        before, still = still, float(left @ toward)
        if still <= enough:
            break
        way = toward + still / before * way
    return found
