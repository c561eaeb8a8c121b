"""The program as people install it: a built wheel, in an environment of its own, run from another folder."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from made.common import ROOT

from posture_trainer.records.session_reader import read_samples, read_session
from posture_trainer.sound.player import NAMES
from posture_trainer.words.language.languages import LANGUAGES, SOURCE
from posture_trainer.words.phrases import PHRASES


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command from a folder, with nothing that leads back to the clone."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={**inherited, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the installed hatchling: no registry is asked."""
    out = tmp_path_factory.mktemp("wheel")
    done = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, folder=out, PIP_NO_INDEX="1"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment that holds the wheel; the libraries are those of this one."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place)  # without a pip of its own: to unpack that takes longer than all the rest
    commands = place / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", commands / "python")
    done = run(*pip, "install", "--no-deps", "--no-index", "--quiet", wheel, folder=place)
    assert done.returncode == 0, done.stdout + done.stderr
    variables = {"base": str(place), "platbase": str(place)}
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    own = Path(sysconfig.get_path("purelib", scheme=scheme, vars=variables))
    assert (own / "posture_trainer").is_dir()
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    return commands


def test_the_wheel_holds_what_the_program_needs_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    held = set(names)
    assert len(held) == len(names)
    assert "posture_trainer/models/face_landmarker.task" in held
    assert {f"posture_trainer/sounds/{name}.wav" for name in NAMES} <= held
    spoken = {f"posture_trainer/sounds/spoken/en/{key}.ogg" for key in PHRASES}
    catalogs = {f"posture_trainer/words/language/catalogs/{code}.po" for code in LANGUAGES if code != SOURCE}
    assert spoken | catalogs <= held
    assert "posture_trainer/assets/demo.mp4" in held
    fonts = "posture_trainer/assets/fonts"
    assert {f"{fonts}/AtkinsonHyperlegible-{weight}.ttf" for weight in ("Regular", "Bold")} <= held
    assert f"{fonts}/OFL.txt" in held
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in held)
    tops = {name.split("/")[0] for name in held}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"posture_trainer"}
    unwanted = ("test_", "conftest", "scripted", "simulated_")
    assert not [
        name for name in held if Path(name).name.startswith(unwanted) or {"tests", "__pycache__"} & {*Path(name).parts}
    ]


def test_the_same_sources_make_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Whenever and wherever it is built: from a copy whose files are of another day."""
    copy = tmp_path / "elsewhere"
    left_out = shutil.ignore_patterns(".git", ".venv", "build", "dist", "tests", "__pycache__", "screens", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=left_out)
    for each in copy.rglob("*"):
        os.utime(each, (1_000_000_000, 1_000_000_000))
    call = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "out", copy)
    done = run(*call, folder=tmp_path, PIP_NO_INDEX="1")
    assert done.returncode == 0, done.stdout + done.stderr
    (again,) = (tmp_path / "out").glob("*.whl")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


FOUND = """
import posture_trainer
from posture_trainer import shipped_files
from posture_trainer.sound import player
print(posture_trainer.__file__)
print(shipped_files.face_landmarker(), shipped_files.demo_clip(), sep="\\n")
print(shipped_files.font("Regular"), shipped_files.font("Bold"), sep="\\n")
for name in player.NAMES:
    print(shipped_files.sound(name))
"""


def test_all_files_are_found_in_the_installation(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "python", "-c", FOUND, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert len(paths) == 5 + len(NAMES)
    for path in paths:
        assert path.is_file()
        assert path.is_relative_to(installed.parent.resolve())
        assert not path.is_relative_to(ROOT / "posture_trainer")


def test_check_finds_no_fault(installed: Path, tmp_path: Path, still_face_video: Path) -> None:
    call = (installed / "posture-trainer", "check", "--source", still_face_video, "--data-dir", tmp_path / "data")
    done = run(*call, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    words = {line.split()[1]: " ".join(line.split()) for line in done.stdout.splitlines() if len(line.split()) > 1}
    assert words["Face"] == "good Face model as published by MediaPipe"
    assert words["Sound"] == "good Sound plays"  # SDL's dummy device: every tone was found and loaded
    assert words["Screen"].startswith("missing Screen")
    assert "ms for a picture" in words["Speed"]
    assert "FAULT" not in done.stdout
    assert done.stderr == ""


def test_analyze_follows_a_real_face(installed: Path, tmp_path: Path, still_face_video: Path) -> None:
    done = run(installed / "posture-trainer", "analyze", still_face_video, "--out", "log", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    record = read_session(tmp_path / "log")
    assert record.trouble == ""
    assert record.summary is not None
    assert record.summary.face_share == 1
    assert record.summary.cue_count == 0
    angles = [(row.t_s, row.smoothed.deviation_deg) for row, _ in read_samples(tmp_path / "log") if row.smoothed]
    assert len(angles) == 80
    assert max(deviation for t_s, deviation in angles if t_s > 1) < 2  # MediaPipe's first frames settle
