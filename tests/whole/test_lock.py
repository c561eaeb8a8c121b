"""What run.py installs is locked: every library in one version, with hashes, and nothing that leads elsewhere."""

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from made.common import ROOT
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OF_PROGRAM = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
OF_EXTRAS = [*PROJECT["project"]["optional-dependencies"]["test"], *PROJECT["project"]["optional-dependencies"]["lint"]]
PLATFORMS = [("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows")]


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """The pins of a lock file, each with its hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(Requirement(line.split(" --hash=")[0]), re.findall(r"--hash=(\S+)", line)) for line in lines]


def environments() -> list[dict[str, str]]:
    """The computers that the lock is for, as markers see them."""
    return [
        {
            **{name: str(value) for name, value in default_environment().items()},
            "python_version": f"3.{minor}",
            "python_full_version": f"3.{minor}.4",
            "sys_platform": platform,
            "os_name": os_name,
            "platform_system": system,
        }
        for minor in (11, 12, 13, 14)
        for platform, os_name, system in PLATFORMS
    ]


def pins_on(environment: dict[str, str], name: str) -> dict[str, list[str]]:
    """Versions by name that a lock file installs on one computer."""
    pins: dict[str, list[str]] = {}
    for pin, _ in locked(name):
        if pin.marker is None or pin.marker.evaluate(environment):
            (one,) = pin.specifier
            assert one.operator == "=="
            pins.setdefault(canonicalize_name(pin.name), []).append(one.version)
    return pins


@pytest.mark.parametrize(("name", "wanted"), [("program.txt", OF_PROGRAM), ("develop.txt", OF_PROGRAM + OF_EXTRAS)])
def test_each_dependency_is_locked_once_and_inside_its_bounds_on_every_computer(name: str, wanted: list[str]) -> None:
    for environment in environments():
        pins = pins_on(environment, name)
        assert all(len(versions) == 1 for versions in pins.values()), pins
        for requirement in map(Requirement, wanted):
            of_it = pins.get(canonicalize_name(requirement.name))
            if requirement.marker is None or requirement.marker.evaluate(environment):
                assert of_it, f"{requirement} is not in {name}: python3 run.py lock"
                assert requirement.specifier.contains(of_it[0], prereleases=True), f"{requirement}, locked: {of_it[0]}"
            else:
                assert of_it is None, f"{requirement.name} is installed where it must not be"


@pytest.mark.parametrize("name", ["program.txt", "develop.txt"])
def test_every_pin_has_hashes(name: str) -> None:
    pins = locked(name)
    assert len(pins) > 20
    for pin, hashes in pins:
        assert hashes, pin
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), pin


def test_the_tests_run_with_the_versions_that_patients_get() -> None:
    for environment in environments():
        program, develop = (pins_on(environment, name) for name in ("program.txt", "develop.txt"))
        assert program == {name: version for name, version in develop.items() if name in program}


@pytest.mark.parametrize("name", ["program.txt", "develop.txt"])
def test_a_lock_file_names_no_host_and_no_folder(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|@|index-url|find-links|trusted-host|--extra|file:|(?m:^-[a-z])", text)
    assert not re.search(r"(?:^|[\s=])(?:/|~|[A-Za-z]:\\)", text.replace("\\\n", "\n"))


def load_run(folder: Path) -> ModuleType:
    """run.py as if it lay in that folder."""
    spec = importlib.util.spec_from_file_location("run_of_a_copy", folder / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with what run.py reads before it installs."""
    (tmp_path / "requirements").mkdir()
    for name in ("run.py", "pyproject.toml", "requirements/program.txt", "requirements/develop.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements/program.txt", "requirements/develop.txt"])
def test_a_changed_lock_is_installed_anew(copy: Path, name: str) -> None:
    run = load_run(copy)
    before = run.fingerprint()
    assert run.fingerprint() == before
    (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
    assert run.fingerprint() != before


class Steps:
    """Takes the place of the processes that run.py starts; one step can fail or be stopped."""

    def __init__(self, failing: str = "", stopped: str = "") -> None:
        self.failing, self.stopped, self.commands = failing, stopped, [""][:0]

    def __call__(self, program: Path, arguments: list[str], step: str, _: str) -> bool:
        self.commands.append(" ".join(arguments))
        if step == self.stopped:
            raise KeyboardInterrupt
        if "venv" in arguments:
            program = Path(arguments[-1]) / "bin" / "python"
            program.parent.mkdir(parents=True, exist_ok=True)
            program.touch()
        return step != self.failing


@pytest.fixture
def run(copy: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = load_run(copy)
    monkeypatch.setattr(module, "python", lambda venv: venv / "bin" / "python")
    return module


def test_only_locked_files_are_fetched(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps()
    monkeypatch.setattr(run, "_run", steps)
    assert run.set_up(run.PROGRAM)
    _, libraries, itself = steps.commands
    assert "--require-hashes" in libraries
    assert "--only-binary :all:" in libraries
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(itself.split())
    assert run.set_up(run.PROGRAM)
    assert len(steps.commands) == 3, "the second start installs nothing"
    assert run.set_up(run.DEVELOP)
    assert run.set_up(run.PROGRAM)
    assert len(steps.commands) == 6, "the environment of the tests runs the program too"


@pytest.mark.parametrize(
    "step", ["making a virtual environment", "installing the libraries", "installing the program itself"]
)
def test_a_set_up_that_failed_or_was_stopped_begins_anew(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(run, "_run", Steps(failing=step))
    assert not run.set_up(run.PROGRAM)
    monkeypatch.setattr(run, "_run", Steps(stopped=step))
    with pytest.raises(KeyboardInterrupt):
        run.set_up(run.PROGRAM)
    whole = Steps()
    monkeypatch.setattr(run, "_run", whole)
    assert run.set_up(run.PROGRAM)
    assert len(whole.commands) == 3


def test_a_folder_that_cannot_be_written_to(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = Steps()
    monkeypatch.setattr(run, "_run", steps)
    monkeypatch.setattr(run.os, "access", lambda *_: False)
    assert not run.set_up(run.PROGRAM)
    assert steps.commands == []
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be written to" in line


NO_WAY = """
import sys
print("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(...)'", file=sys.stderr)
print("ERROR: No matching distribution found for mediapipe==0.10.31", file=sys.stderr)
sys.exit(1)
"""


def test_one_line_says_that_the_registry_is_out_of_reach(
    copy: Path, run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "pip.py").write_text(NO_WAY, encoding="utf-8")
    assert not run._run(Path(sys.executable), [str(copy / "pip.py")], "installing the libraries", run.ONLINE)
    (line,) = capsys.readouterr().err.splitlines()
    assert "registry can't be reached" in line
    assert "HTTPS_PROXY" in line
