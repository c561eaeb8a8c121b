#!/usr/bin/env python3
"""Starts posture_trainer from a clone, and makes its own virtual environment the first time.

    python3 run.py           the mirror, with the camera
    python3 run.py demo      a session on a short clip: no camera needed
    python3 run.py test      the whole test suite
    python3 run.py COMMAND   any other command of the program (see: python3 run.py --help)

Needs Python 3.11 or newer and nothing else. Only the first start, and one after an update, asks the internet
(for the libraries); all others run offline.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up what is missing, then run the command inside the environment; gives back its exit code."""
    if sys.version_info < OLDEST:
        print(
            f"posture_trainer needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 1
    testing = arguments[:1] == ["test"]
    developing = testing or arguments[:1] == ["develop"]
    if not set_up("test,lint" if developing else ""):
        return 1
    if arguments[:1] == ["develop"]:
        return 0
    module = ["pytest", *arguments[1:]] if testing else ["posture_trainer", *arguments]
    command = [str(python()), "-m", *module]
    if testing:
        os.chdir(ROOT)
    if os.name == "posix":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 1


def python() -> Path:
    """The environment's own Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def set_up(extras: str) -> bool:
    """Make the environment and install the program with those extras, unless that is done already."""
    wanted = _fingerprint()
    stamp = VENV / f"installed-{extras.replace(',', '-') or 'program'}"
    larger = VENV / "installed-test-lint"  # the tests' environment runs the program as well
    if python().exists() and any(mark.exists() and mark.read_text() == wanted for mark in (stamp, larger)):
        return True
    print("Setting up posture_trainer (the first time only; this takes a few minutes) ...", file=sys.stderr)
    for mark in VENV.glob("installed-*"):
        mark.unlink()
    install = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable"]
    for words, command in (
        ("making a virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)]),
        ("installing the libraries", [*install, f"{ROOT}[{extras}]" if extras else str(ROOT)]),
    ):
        if subprocess.call(command, stdout=sys.stderr) != 0:
            print(f"posture_trainer: {words} did not work: see above. {_what_to_do(words)}", file=sys.stderr)
            return False
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    """Changes whenever the environment must be made anew."""
    parts = (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _what_to_do(step: str) -> str:
    if "virtual" in step:
        return "On Debian and Ubuntu install the package python3-venv, then try again."
    return "Is this computer connected to the internet? Then try again: nothing is lost."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
