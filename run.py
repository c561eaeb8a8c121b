#!/usr/bin/env python3
"""Starts posture_trainer from a clone, and makes its own virtual environment the first time.

    python3 run.py           the window at home: practise, progress, settings, the therapist's door
    python3 run.py demo      a session on a short clip: no camera needed
    python3 run.py test      the whole test suite
    python3 run.py COMMAND   any other command of the program (see: python3 run.py --help)

Needs Python 3.11 or newer and nothing else. Only the first start, and one after an update, asks the internet
(for the libraries); all others run offline. What is installed is written in requirements/, file by file with its
hash; `python3 run.py lock` writes it anew after pyproject.toml has changed, `lock --upgrade` takes the newest versions.
"""

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAM = ROOT / "requirements" / "program.txt"
DEVELOP = ROOT / "requirements" / "develop.txt"
OLDEST = (3, 11)
ONLINE = "Is this computer connected to the internet? Then try again: nothing is lost."
OFFLINE = (
    "the libraries can't be fetched, for their registry can't be reached. Connect this computer to the internet "
    "(behind a proxy: set HTTPS_PROXY) and start again; nothing is lost."
)
UNREACHED = ("Retrying (Retry(", "ProxyError", "NewConnectionError", "NameResolutionError")  # in pip's words
PIP = ["-m", "pip", "--quiet", "--disable-pip-version-check"]


def main(arguments: list[str]) -> int:
    """Set up what is missing, then run the command inside the environment; gives back its exit code."""
    if sys.version_info < OLDEST:
        _say(f"this program needs Python 3.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
        return 1
    if arguments[:1] == ["lock"]:
        return 0 if lock(arguments[1:]) else 1
    testing = arguments[:1] == ["test"]
    developing = arguments[:1] == ["develop"]
    if not set_up(DEVELOP if testing or developing else PROGRAM):
        return 1
    if developing:
        return 0
    module = ["pytest", *arguments[1:]] if testing else ["posture_trainer", *arguments]
    command = [str(python(VENV)), "-m", *module]
    if testing:
        os.chdir(ROOT)
    if os.name == "posix":
        os.execv(command[0], command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's: it closes its record itself
    return subprocess.call(command)


def python(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def set_up(locked: Path) -> bool:
    """Make the environment with the libraries of that lock file and the program, unless that is done already."""
    wanted = fingerprint()
    stamp = VENV / f"installed-{locked.stem}"
    larger = VENV / f"installed-{DEVELOP.stem}"  # the tests' environment runs the program as well
    if python(VENV).exists() and any(mark.exists() and mark.read_text() == wanted for mark in (stamp, larger)):
        return True
    if not os.access(ROOT, os.W_OK):
        return _say(f"cannot set itself up, because this folder cannot be written to: {ROOT}")
    print("Setting up posture_trainer (the first time only; this takes a few minutes) ...", file=sys.stderr)
    for mark in VENV.glob("installed-*"):
        mark.unlink()
    install = [*PIP, "install", "--only-binary", ":all:", "--require-hashes", "--requirement", str(locked)]
    itself = [*PIP, "install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    steps = (install, "installing the libraries"), (itself, "installing the program itself")
    done = _make_venv(VENV) and all(_run(python(VENV), *step, ONLINE) for step in steps)
    if done:
        stamp.write_text(wanted)  # last, so that a set-up that was stopped in the middle begins anew
    return done


def fingerprint() -> str:
    """Changes whenever the environment must be made anew."""
    files = (path.read_bytes() for path in (ROOT / "pyproject.toml", PROGRAM, DEVELOP) if path.exists())
    parts = *files, sys.version.encode(), str(ROOT).encode()
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def lock(options: list[str]) -> bool:
    """Write both lock files, for every Python from the oldest on, on Linux, macOS and Windows; options go to uv."""
    compiling = ["-m", "uv", "pip", "compile", "--quiet", "--universal", f"--python-version={OLDEST[0]}.{OLDEST[1]}"]
    compiling += ["--generate-hashes", "--only-binary=:all:", "--no-emit-index-url"]
    compiling += ["--custom-compile-command=python3 run.py lock", *options, "pyproject.toml", "--group=build"]
    program, develop = (path.relative_to(ROOT).as_posix() for path in (PROGRAM, DEVELOP))
    more = ["--extra=test", "--extra=lint", f"--output-file={develop}"]
    more += [f"--constraint={program}"]  # what is tested is what patients get
    uv = ([*PIP, "install", "uv>=0.9"], "installing uv")
    steps = uv, ([*compiling, f"--output-file={program}"], "locking"), ([*compiling, *more], "locking")
    with tempfile.TemporaryDirectory() as folder:
        return _make_venv(Path(folder)) and all(_run(python(Path(folder)), *step, ONLINE) for step in steps)


def _make_venv(place: Path) -> bool:
    """Make an empty environment, also where a broken one is."""
    remedy = "On Debian and Ubuntu install the package python3-venv, then try again."
    return _run(Path(sys.executable), ["-m", "venv", "--clear", str(place)], "making a virtual environment", remedy)


def _run(program: Path, arguments: list[str], step: str, remedy: str) -> bool:
    """Run one step of a set-up; where it fails, say what to do."""
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, errors="replace")
    if done.returncode == 0:
        return True
    everything = done.stdout + done.stderr
    if remedy == ONLINE and any(sign in everything for sign in UNREACHED):
        return _say(OFFLINE)
    said = [line for line in everything.splitlines() if not line.startswith("WARNING")]
    print(*said[-20:], sep="\n", file=sys.stderr)  # without pip's many lines about trying again
    return _say(f"{step} did not work: see above. {remedy}")


def _say(fault: str) -> bool:
    """Tell a fault; gives back False, for the caller to hand on."""
    print(f"posture_trainer: {fault}", file=sys.stderr)
    return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        _say("stopped. Start it again whenever you like.")
        sys.exit(130)
