"""Runs the built .deb where there is no Python: python scripts/check_package.py [--deb FILE] [--picture FILE]

Linux, as root. A bare Debian is made by debootstrap in build/package/root (once), the package is installed there with
what it depends on, and run with no network: --version, check, demo, review, and the window on a virtual screen. Prints
what was run, how long it took, and when the first picture stood. Needs the Debian packages debootstrap and xvfb.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
BARE = ROOT / "build" / "package" / "root"
NAME, SUITE = "posture-trainer", "bookworm"
CLIP = f"/usr/lib/{NAME}/_internal/posture_trainer/assets/demo.mp4"
FIRST_PICTURE_S = 2.0
_DISPLAY, _WIDTH, _HEIGHT = 97, 1280, 720


def told(*command: str | Path, timeout_s: float = 300.0) -> tuple[int, str, float]:
    """Exit code, what was said, and how long it took."""
    begun_s = time.monotonic()
    done = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, timeout=timeout_s, check=False
    )
    return done.returncode, done.stdout + done.stderr, time.monotonic() - begun_s


def inside(*command: str) -> list[str]:
    """That command in the bare root, without a network."""
    plain = ("env", "-i", "PATH=/usr/bin:/bin", "HOME=/root", "LANG=C.UTF-8", f"DISPLAY=:{_DISPLAY}")
    return ["unshare", "--net", "chroot", str(BARE), *plain, *command]


def bare_root(deb: Path) -> None:
    """A Debian with nothing but its base, and the package with what it depends on."""
    if not (BARE / "usr/bin/apt-get").exists():
        shutil.rmtree(BARE, ignore_errors=True)
        BARE.parent.mkdir(parents=True, exist_ok=True)
        _must("debootstrap", "--variant=minbase", SUITE, BARE)
    shutil.copy(deb, BARE / "tmp/package.deb")
    options = ("-qq", "-y", "--reinstall", "--allow-downgrades", "--no-install-recommends")
    _must("chroot", BARE, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", *options, "/tmp/package.deb")
    _, said, _ = told("chroot", BARE, "sh", "-c", "ls /usr/bin/python* /usr/local/bin/python* 2>/dev/null")
    if said:
        sys.exit(f"there is a Python: {said}")


def _must(*command: str | Path) -> None:
    code, said, _ = told(*command, timeout_s=1200)
    if code:
        sys.exit(f"{' '.join(map(str, command))}\n{said[-3000:]}")


@contextmanager
def virtual_screen() -> Iterator[Path]:
    """Xvfb, reachable from the bare root; gives the file that its picture is in."""
    with tempfile.TemporaryDirectory() as folder:
        screen = subprocess.Popen(
            ["Xvfb", f":{_DISPLAY}", "-screen", "0", f"{_WIDTH}x{_HEIGHT}x24", "-fbdir", folder, "-nolisten", "tcp"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        sockets = BARE / "tmp/.X11-unix"
        sockets.mkdir(exist_ok=True)
        own = Path(f"/tmp/.X11-unix/X{_DISPLAY}")
        try:
            while not own.exists():
                time.sleep(0.05)
            _must("mount", "--bind", "/tmp/.X11-unix", sockets)
            yield Path(folder) / "Xvfb_screen0"
        finally:
            subprocess.run(["umount", str(sockets)], check=False)
            screen.terminate()
            screen.wait()


def picture(screen: Path) -> np.ndarray:
    """What is on the screen now: (height, width, 3) BGR."""
    content = np.fromfile(screen, dtype=np.uint8)[-_WIDTH * _HEIGHT * 4 :]
    return content.reshape(_HEIGHT, _WIDTH, 4)[..., :3]


def window(save: Path | None) -> float:
    """Open the window at home; gives the seconds until its first picture."""
    with virtual_screen() as screen:
        begun_s, first_s = time.monotonic(), None
        program = subprocess.Popen(
            inside(NAME, "--data-dir", "/root/window"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        while time.monotonic() - begun_s < 30 and program.poll() is None and first_s is None:
            time.sleep(0.02)
            if len(np.unique(picture(screen)[::8, ::8].reshape(-1, 3), axis=0)) > 8:
                first_s = time.monotonic() - begun_s
        time.sleep(1.5)
        if save is not None:
            _save(picture(screen), save)
        program.terminate()
        said = program.communicate(timeout=30)[0].decode(errors="replace")
    if first_s is None:
        sys.exit(f"no picture: {said[-2000:]}")
    return first_s


def _save(image: np.ndarray, path: Path) -> None:
    import cv2

    cv2.imwrite(str(path), image)


def main() -> None:
    """Install, run, print."""
    parser = argparse.ArgumentParser(description="Runs the built .deb in a bare root.")
    parser.add_argument("--deb", type=Path)
    parser.add_argument("--picture", type=Path, help="save the window's first page")
    arguments = parser.parse_args()
    if os.geteuid() or not shutil.which("debootstrap") or not shutil.which("Xvfb"):
        sys.exit("needs root, debootstrap and xvfb")
    deb = arguments.deb or next(iter(sorted((ROOT / "dist").glob("*.deb"))), None)
    if deb is None:
        sys.exit("there is no .deb: python scripts/package.py")
    bare_root(deb)
    shutil.rmtree(BARE / "root/data", ignore_errors=True)
    data, failed = ("--data-dir", "/root/data"), []
    (BARE / "root/password").write_text("four-words-for-a-test\n", encoding="utf-8")
    sealed, password = f"/root/sealed-{os.getpid()}.zip", ("--password-file", "/root/password")
    for call in (
        ("--version",),
        ("check", "--source", CLIP, *data),
        ("demo", "--no-window", "--mute", *data),
        ("review", "--patient", "demo", *data),
        ("analyze", CLIP, "--out", "/root/data/log"),
        ("export", "--patient", "demo", "--encrypt", "--out", sealed, *password, *data),
        ("import", sealed, *password, "--data-dir", f"/root/other-{os.getpid()}"),
    ):
        code, said, took_s = told(*inside(NAME, *call))
        print(f"{'ok' if code == 0 else 'FAILED'}  {took_s:5.1f} s  {NAME} {' '.join(call)}")
        if code:
            failed.append(f"{call}\n{said}")
    times = [window(arguments.picture) for _ in range(3)]
    print(f"first picture of the window: {', '.join(f'{each:.2f}' for each in times)} s (at most {FIRST_PICTURE_S:g})")
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
