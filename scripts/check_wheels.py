"""What the packages for Windows, macOS and Linux would be made of: the files in each system's own wheels.

    python scripts/check_wheels.py

Downloads the wheels that bring native code (pip download --platform), and prints for each system which libraries are
opened by name, and how large is what is taken along. Ends with an error where one of them is missing.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "package"))
sys.path.insert(0, str(ROOT / "scripts"))

import parts  # noqa: E402
from install_matrix import COMPUTERS, pins  # noqa: E402

LIBRARIES = ("mediapipe", "opencv-python", "av", "numpy", "scipy", "pygame", "pydantic-core", "ai-edge-litert")
PYTHON = "3.12"
OPENED = {"Linux x86_64": ".so", "Windows x86_64": ".dll", "macOS arm64": ".dylib"}


def files(folder: Path) -> dict[str, int]:
    """All files of the wheels there that would be taken along, with their bytes."""
    found: dict[str, int] = {}
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            found |= {each.filename: each.file_size for each in archive.infolist() if not parts.left_out(each.filename)}
    return found


def main() -> None:
    """Download, look, print."""
    for computer in COMPUTERS:
        if computer.name not in OPENED:
            continue
        wanted = [pin for pin in pins(ROOT / "requirements/program.txt", computer, PYTHON) if _name(pin) in LIBRARIES]
        wanted = [pin.replace("opencv-python==", "opencv-python-headless==") for pin in wanted]
        call = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        call += ["--python-version", PYTHON, *(part for tag in computer.tags for part in ("--platform", tag))]
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([*call, "--dest", folder, *wanted], check=True, capture_output=True)
            found = files(Path(folder))
        library = f"mediapipe/tasks/c/libmediapipe{OPENED[computer.name]}"
        missing = [name for name in (library, "mediapipe/tasks/c/__init__.py") if name not in found]
        print(f"{computer.name}: {len(wanted)} wheels, {len(found)} files, {sum(found.values()) / 1e6:.0f} MB")
        print(f"  opened by name: {library}: {'missing' if library in missing else f'{found[library] / 1e6:.0f} MB'}")
        if missing:
            near = [name for name in found if "libmediapipe" in name]
            sys.exit(f"missing: {missing}; there is {near}")


def _name(pin: str) -> str:
    return pin.split("==")[0]


if __name__ == "__main__":
    main()
