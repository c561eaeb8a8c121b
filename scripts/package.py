"""Builds the program for computers without Python: a folder, and on Linux a .deb of it.

    python scripts/package.py [--out dist] [--keep]

In an environment of its own (build/package/venv): the locked libraries, the program's wheel, PyInstaller and
pip-licenses; OpenCV is taken without its windows (opencv-python-headless, the same version), which saves its Qt. Prints
the sizes. --keep: uses the environment that is there, to build a second time without a registry.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD, SPEC = ROOT / "build" / "package", ROOT / "package" / "posture_trainer.spec"
NAME, TITLE = "posture-trainer", "Posture Trainer"
TOOLS = ("pyinstaller==6.22.3", "pip-licenses==5.5.5")
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")
MOST_UNPACKED_MB, MOST_DOWNLOAD_MB = 380, 110  # 260 was aimed at: docs/install.md says what stands in the way
# What the folder needs of a Debian or Ubuntu: MediaPipe opens EGL and GLES, SDL the libraries of X.
NEEDS = "libc6 (>= 2.31), libegl1, libgles2, libx11-6, libxext6, libxcursor1, libxi6, libxrandr2, libxss1"
ICON = (
    "from pathlib import Path; from posture_trainer.home import shortcut as s; import sys; system, out = sys.argv[1:]; "
)
ICON += "Path(out).write_bytes(s._icon(system, s.drawn_png(256)))"


def run(*command: str | Path, folder: Path = ROOT, **environment: str) -> str:
    """Run one step; ends the script with what it said where it fails."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))[:300]}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def python() -> Path:
    """The Python of the environment that is packaged."""
    return BUILD / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment() -> None:
    """What is packaged: the locked libraries, OpenCV without windows, and the tools that package."""
    venv.create(BUILD / "venv", clear=True, with_pip=True)
    binary = ("--only-binary", ":all:")
    run(python(), *PIP, "install", *binary, "--require-hashes", "-r", ROOT / "requirements" / "program.txt")
    version = run(python(), "-c", "from importlib.metadata import version; print(version('opencv-python'))").strip()
    run(python(), *PIP, "uninstall", "--yes", "opencv-python")
    run(python(), *PIP, "install", *binary, "--no-deps", f"opencv-python-headless=={version}")
    run(python(), *PIP, "install", *binary, *TOOLS)


def wheel() -> None:
    """The program itself, from its wheel."""
    out = BUILD / "wheel"
    shutil.rmtree(out, ignore_errors=True)
    run(python(), *PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", out, ROOT)
    (built,) = out.glob("*.whl")
    run(python(), *PIP, "install", "--no-deps", "--no-index", "--force-reinstall", built)


def licences(folder: Path) -> None:
    """The licence texts of all that is inside, as pip-licenses finds them in each package; and the program's own."""
    program = python().with_name("pip-licenses" + (".exe" if os.name == "nt" else ""))
    left_out = ("pyinstaller-hooks-contrib", "altgraph", "pip-licenses", "prettytable", "wcwidth", "editables")
    common = (program, "--python", python(), "--ignore-packages", *left_out, "--from", "mixed")
    text = run(*common, "--format", "plain-vertical", "--with-license-file", "--no-license-path", "--with-notice-file")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    own = [ROOT / "posture_trainer/assets/fonts/OFL.txt", ROOT / "models/README.md", ROOT / "sounds/README.md"]
    parts = [f"{path.name}\n\n{path.read_text(encoding='utf-8')}" for path in own]
    (folder / "LICENCES.txt").write_text("\n\n".join([text, *parts]), encoding="utf-8")
    found = json.loads(run(*common, "--format", "json"))
    without = [each["Name"] for each in found if each["License"] in ("", "UNKNOWN")]
    if without:
        sys.exit(f"no licence is known of {', '.join(without)}")
    print(f"licences: {len(found)} packages, {len(text) / 1e6:.1f} MB of texts")


def build(out: Path) -> Path:
    """The folder, by PyInstaller."""
    icons = ROOT / "package" / "build"
    icons.mkdir(exist_ok=True)
    ending = {"win32": "ico", "darwin": "icns"}.get(sys.platform, "png")
    run(python(), "-c", ICON, sys.platform, icons / f"icon.{ending}", folder=BUILD, SDL_VIDEODRIVER="dummy")
    places = ("--distpath", out, "--workpath", BUILD / "work")
    run(
        python(), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, SPEC, folder=BUILD
    )  # not in the clone, whose package is no wheel
    if sys.platform == "linux" and platform.machine() == "x86_64" and shutil.which("gcc"):
        run(sys.executable, ROOT / "package" / "slim.py", out / NAME / "_internal")
    return out / NAME


def unpacked_bytes(folder: Path) -> int:
    """Of all files of a folder."""
    return sum(each.lstat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink())


def parts_table(folder: Path) -> None:
    """The largest parts of it."""
    inside = folder / "_internal"
    sizes = {each.name: unpacked_bytes(each) if each.is_dir() else each.lstat().st_size for each in inside.iterdir()}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:14]:
        print(f"  {size / 1e6:7.1f} MB  {name}")


def deb(folder: Path, out: Path) -> Path:
    """The folder as a Debian package, with icon, entry of the menu and licence texts; made by dpkg-deb."""
    place = BUILD / "deb"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place / "usr/lib" / NAME, symlinks=True)
    for target in (
        "usr/bin",
        "usr/share/applications",
        "usr/share/icons/hicolor/256x256/apps",
        f"usr/share/doc/{NAME}",
    ):
        (place / target).mkdir(parents=True)
    (place / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    shutil.copy(ROOT / "package/linux/posture-trainer.desktop", place / "usr/share/applications")
    shutil.copy(ROOT / "package/build/icon.png", place / f"usr/share/icons/hicolor/256x256/apps/{NAME}.png")
    shutil.copy(folder / "LICENCES.txt", place / f"usr/share/doc/{NAME}/copyright")
    version = run(python(), "-c", "import posture_trainer; print(posture_trainer.__version__)", folder=BUILD).strip()
    architecture = run("dpkg", "--print-architecture").strip()
    (place / "DEBIAN").mkdir()
    (place / "DEBIAN/control").write_text(
        f"Package: {NAME}\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: {NAME}\n"
        f"Installed-Size: {unpacked_bytes(folder) // 1024}\nDepends: {NEEDS}\nSection: education\nPriority: optional\n"
        "Description: a mirror that measures\n Head posture practice for people with cervical dystonia. A practice and "
        "record\n aid, not a medical device. It makes no network connection.\n",
        encoding="utf-8",
    )
    package = out / f"{NAME}_{version}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", place, package)
    return package


def archive(folder: Path, out: Path) -> Path:
    """The folder as one file to download, where there is no .deb."""
    path = out / f"{NAME}-{sys.platform}.tar.xz"
    with tarfile.open(path, "w:xz") as file:
        file.add(folder, arcname=NAME)
    return path


def main() -> None:
    """All steps, and the sizes."""
    parser = argparse.ArgumentParser(description="Builds the program for computers without Python.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--keep", action="store_true", help="use the environment that is there")
    arguments = parser.parse_args()
    out, begun_s = arguments.out.resolve(), time.monotonic()
    if not (arguments.keep and python().exists()):
        environment()
    wheel()
    folder = build(out)
    licences(folder)
    parts_table(folder)
    packed = deb(folder, out) if shutil.which("dpkg-deb") else archive(folder, out)
    unpacked_mb, download_mb = unpacked_bytes(folder) / 1e6, packed.stat().st_size / 1e6
    print(f"{folder}: {unpacked_mb:.0f} MB unpacked (at most {MOST_UNPACKED_MB})")
    print(f"{packed}: {download_mb:.0f} MB to download (at most {MOST_DOWNLOAD_MB})")
    print(f"built in {time.monotonic() - begun_s:.0f} s")
    if unpacked_mb > MOST_UNPACKED_MB or download_mb > MOST_DOWNLOAD_MB:
        sys.exit("too large")


if __name__ == "__main__":
    main()
