"""The program's icon: an entry of the start menu and one on the desktop, made and removed again, on each system.

Linux: desktop files. Windows: links made by the system's own script host, to Python without a console. macOS: a small
application folder. Nothing else is installed, and nothing is written outside the user's own folders.
"""

import plistlib
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from posture_trainer.errors import UserError

NAME, TITLE = "posture-trainer", "Posture trainer"
_ICON_PX = 256
_COMMENT = "A mirror that shows the way back to straight"


@dataclass(frozen=True)
class Places:
    """Where things go. system: as sys.platform says it. menu, desktop: folders. icon: the picture's file. python: what
    starts the program."""

    system: str
    menu: Path
    desktop: Path
    icon: Path
    python: Path


def places_here() -> Places:
    """Of this computer."""
    desktop, data = Path(platformdirs.user_desktop_dir()), Path(platformdirs.user_data_dir("posture_trainer", False))
    python = Path(sys.executable)
    if sys.platform == "win32":
        menu = Path(platformdirs.user_data_dir(roaming=True)) / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        quiet = python.with_name("pythonw.exe")
        return Places("win32", menu, desktop, data / f"{NAME}.ico", quiet if quiet.exists() else python)
    if sys.platform == "darwin":
        return Places("darwin", Path.home() / "Applications", desktop, data / f"{NAME}.icns", python)
    shared = Path(platformdirs.user_data_dir())
    return Places("linux", shared / "applications", desktop, shared / "icons" / f"{NAME}.png", python)


def made(places: Places) -> list[Path]:
    """What there is of it."""
    return [path for path in _all(places) if path.exists() or path.is_symlink()]


def make(places: Places, png: Callable[[int], bytes], run: Callable[[list[str]], int] | None = None) -> list[Path]:
    """Make it anew; gives what was made. png: the picture at a size. run: runs a command, for tests.

    Raises UserError when it can't be made; then nothing is left of it.
    """
    run = run or (lambda command: subprocess.run(command, capture_output=True, check=False).returncode)
    remove(places)
    try:
        places.icon.parent.mkdir(parents=True, exist_ok=True)
        places.icon.write_bytes(_icon(places.system, png(_ICON_PX)))
        places.menu.mkdir(parents=True, exist_ok=True)
        {"win32": _windows, "darwin": _macos}.get(places.system, _linux)(places, run)
    except OSError as error:
        remove(places)
        raise UserError(f"The icon can't be made ({error.strerror}: {error.filename}).") from error
    return made(places)


def remove(places: Places) -> list[Path]:
    """Take it away again; gives what is gone."""
    gone = made(places)
    for path in gone:
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    return gone


def _all(places: Places) -> list[Path]:
    ending = {"win32": f"{TITLE}.lnk", "darwin": f"{TITLE}.app"}.get(places.system, f"{NAME}.desktop")
    return [places.menu / ending, places.desktop / ending, places.icon]


def _linux(places: Places, run: Callable[[list[str]], int]) -> None:
    entry = "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={TITLE}",
            f"Comment={_COMMENT}",
            f"Exec={_quoted(str(places.python))} -m posture_trainer home",
            f"Icon={places.icon}",
            "Terminal=false",
            "Categories=Education;",
            f"StartupWMClass={NAME}",
            "",
        ]
    )
    for folder in (places.menu, places.desktop):
        if folder.is_dir():
            path = folder / f"{NAME}.desktop"
            path.write_text(entry, encoding="utf-8")
            path.chmod(0o755)
            if folder == places.desktop and shutil.which("gio"):
                run(["gio", "set", str(path), "metadata::trusted", "true"])


def _quoted(path: str) -> str:
    """As the standard for desktop files quotes an argument."""
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in path).replace("%", "%%")
    return f'"{escaped}"'.replace("\\", "\\\\") if "\\" in escaped else f'"{escaped}"'


def _windows(places: Places, run: Callable[[list[str]], int]) -> None:
    for folder in (places.menu, places.desktop):
        if not folder.is_dir():
            continue
        link = folder / f"{TITLE}.lnk"
        script = "; ".join(
            [
                f"$link = (New-Object -ComObject WScript.Shell).CreateShortcut({_single(link)})",
                f"$link.TargetPath = {_single(places.python)}",
                "$link.Arguments = '-m posture_trainer home'",
                f"$link.IconLocation = {_single(places.icon)}",
                f"$link.Description = {_single(_COMMENT)}",
                "$link.Save()",
            ]
        )
        if run(["powershell", "-NoProfile", "-NonInteractive", "-Command", script]) != 0:
            raise UserError(f"Windows did not make {link}.")


def _single(words: object) -> str:
    """As PowerShell quotes a text."""
    return "'" + str(words).replace("'", "''") + "'"


def _macos(places: Places, run: Callable[[list[str]], int]) -> None:
    del run
    application = places.menu / f"{TITLE}.app"
    program = application / "Contents" / "MacOS" / NAME
    program.parent.mkdir(parents=True)
    quoted = "'" + str(places.python).replace("'", "'\\''") + "'"
    program.write_text(f"#!/bin/sh\nexec {quoted} -m posture_trainer home\n", encoding="utf-8")
    program.chmod(0o755)
    resources = application / "Contents" / "Resources"
    resources.mkdir()
    (resources / f"{NAME}.icns").write_bytes(places.icon.read_bytes())
    keys = {
        "CFBundleName": TITLE,
        "CFBundleExecutable": NAME,
        "CFBundleIconFile": f"{NAME}.icns",
        "CFBundleIdentifier": f"local.{NAME}",
        "CFBundlePackageType": "APPL",
        "NSCameraUsageDescription": _COMMENT,
    }
    (application / "Contents" / "Info.plist").write_bytes(plistlib.dumps(keys))
    if places.desktop.is_dir():
        (places.desktop / f"{TITLE}.app").symlink_to(application, target_is_directory=True)


def _icon(system: str, png: bytes) -> bytes:
    """The picture as the system wants it: Windows and macOS take a PNG inside their own wrapping."""
    if system == "win32":
        return struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 32, len(png), 22) + png
    if system == "darwin":
        return b"icns" + struct.pack(">I", len(png) + 16) + b"ic08" + struct.pack(">I", len(png) + 8) + png
    return png


def drawn_png(size_px: int) -> bytes:
    """The program's sign as a PNG."""
    from posture_trainer.screen.placing import icon_png

    return icon_png(size_px)
