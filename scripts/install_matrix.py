"""For which Pythons and computers is there a ready-made file of every locked library? Asks pip for each.

    python scripts/install_matrix.py [--lock requirements/program.txt]

Prints a table for docs/install.md. pip itself judges markers by the computer that it runs on; so the markers of the
lock are judged here, for the computer that is asked about, and pip is then given the pins alone. Nothing is installed.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_MISSING = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")


@dataclass(frozen=True)
class Computer:
    """A kind of computer. tags: of wheels that it takes. markers: how it looks to the lock's markers."""

    name: str
    tags: tuple[str, ...]
    markers: dict[str, str]


def _manylinux(machine: str) -> tuple[str, ...]:
    return (
        *tuple(f"manylinux_2_{minor}_{machine}" for minor in (28, 27, 26, 24, 17, 12, 5)),
        f"manylinux2014_{machine}",
        f"manylinux2010_{machine}",
    )


def _markers(system: str, os_name: str, platform: str, machine: str) -> dict[str, str]:
    return {"sys_platform": platform, "os_name": os_name, "platform_system": system, "platform_machine": machine}


COMPUTERS = (
    Computer("Linux x86_64", _manylinux("x86_64"), _markers("Linux", "posix", "linux", "x86_64")),
    Computer("Linux aarch64", _manylinux("aarch64"), _markers("Linux", "posix", "linux", "aarch64")),
    Computer("Windows x86_64", ("win_amd64",), _markers("Windows", "nt", "win32", "AMD64")),
    Computer(
        "macOS arm64",
        (
            *tuple(f"macosx_{major}_0_{kind}" for major in (14, 13, 12, 11) for kind in ("arm64", "universal2")),
            "macosx_10_9_universal2",
            "macosx_10_12_universal2",
            "macosx_10_13_universal2",
        ),
        _markers("Darwin", "posix", "darwin", "arm64"),
    ),
)


def pins(lock: Path, computer: Computer, python: str) -> list[str]:
    """The pins of the lock that hold there."""
    environment = {name: str(value) for name, value in default_environment().items()}
    environment |= {**computer.markers, "python_version": python, "python_full_version": f"{python}.4"}
    lines = [line.split(" --hash=")[0].strip(" \\") for line in lock.read_text(encoding="utf-8").splitlines()]
    found = [Requirement(line) for line in lines if re.match(r"[A-Za-z0-9]", line)]
    held = [each for each in found if each.marker is None or each.marker.evaluate(environment)]
    return [f"{each.name}{each.specifier}" for each in held]


def missing(wanted: list[str], computer: Computer, python: str) -> list[str]:
    """The pins without a ready-made file there."""
    without: list[str] = []
    call = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run", "--no-deps"]
    call += [
        "--ignore-installed",
        "--ignore-requires-python",
        "--only-binary",
        ":all:",
        "--implementation",
        "cp",
        "--python-version",
        python,
    ]
    call += [part for tag in computer.tags for part in ("--platform", tag)]
    while True:
        left = [pin for pin in wanted if pin.split("==")[0] not in without]
        with tempfile.TemporaryDirectory() as target:
            done = subprocess.run([*call, "--target", target, *left], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return without
        found = _MISSING.search(done.stderr)
        if found is None:
            sys.exit(done.stderr[-2000:])
        without.append(found[1])


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description="Which locked libraries have files for which computers?")
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements" / "program.txt")
    arguments = parser.parse_args()
    print(f"| Python | {' | '.join(computer.name for computer in COMPUTERS)} |\n| --- |{' --- |' * len(COMPUTERS)}")
    for python in PYTHONS:
        cells = []
        for computer in COMPUTERS:
            wanted = pins(arguments.lock, computer, python)
            without = missing(wanted, computer, python)
            cells.append(f"all {len(wanted)}" if not without else f"without {', '.join(without)}")
        print(f"| {python} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
