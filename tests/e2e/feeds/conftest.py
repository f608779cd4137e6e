"""What all tests of fetching share.

The certificates are for 127.0.0.1 and localhost, signed by themselves with key.pem, which guards
nothing: good.pem until 2126, expired.pem for the year 2020.
"""

from pathlib import Path

import pytest

CERTIFICATES = Path(__file__).parents[2] / "support" / "certificates"


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust our one certificate instead of the system's hundreds: it takes 50 ms to load those."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "good.pem"))
