"""The wheel works alone: one package, its config and seeds in it, from an empty folder."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES = "".join(
    json.dumps({"id": n, "title": title}) + "\n"
    for n, title in enumerate(["Pentagon drops Anthropic over AI red lines", "Tulips bloom"])
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it, which borrows this one's libraries."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        home / "bin" / "python",
        "install",
        "--quiet",
    ]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True, capture_output=True)
    [site] = home.glob("lib/python*/site-packages")
    # A folder that a .pth names has its own .pth files, and with them the checkout, passed over.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


def policywire(programs: Path, folder: Path, *arguments: str, given: str = "") -> str:
    """What the installed command prints, run in a folder."""
    env = {"HOME": str(folder), "PATH": os.environ["PATH"], "COLUMNS": "100"}
    done = subprocess.run(
        [programs / "policywire", *arguments],
        cwd=folder,
        env=env,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_is_one_package_with_config_and_seeds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        entry = packed.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    top = {name.split("/")[0] for name in names}
    assert sorted(name.split("-")[0] for name in top) == ["bot", "policywire"]
    for path in [*(ROOT / "config").iterdir(), *(ROOT / "seeds").rglob("*.yaml")]:
        assert f"bot/_data/{path.relative_to(ROOT).as_posix()}" in names
    assert not [name for name in names if "test" in Path(name).name or "__pycache__" in name]
    assert "policywire = bot.cli:main" in entry


def test_the_installed_command_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed / "python", "-c", "import bot; print(bot.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout).is_relative_to(installed.parent)
    assert policywire(installed, tmp_path, "--version").startswith("policywire ")
    first, second = map(
        json.loads, policywire(installed, tmp_path, "analyse", given=LINES).splitlines()
    )
    assert "anthropic" in {entity["id"] for entity in first["entities"]}
    assert (first["relevant"], second["relevant"]) == (True, False)
    assert "/latest" in policywire(installed, tmp_path, "console", given="/help\n")


@pytest.mark.slow
@pytest.mark.skipif("SLOW" not in os.environ, reason="20 seconds: SLOW=1 runs it")
def test_the_installed_demo_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    assert "alert" in policywire(installed, tmp_path, "demo").lower()
    assert list(tmp_path.iterdir()) == []
