"""The icon: made and removed again, as each system wants it."""

import plistlib
from pathlib import Path

import pytest

from posture_trainer.errors import UserError
from posture_trainer.home.shortcut import NAME, TITLE, Places, drawn_png, made, make, remove

PNG = b"\x89PNG picture"


def places(folder: Path, system: str) -> Places:
    for name in ("menu", "desktop"):
        (folder / name).mkdir()
    ending = {"win32": "ico", "darwin": "icns"}.get(system, "png")
    python = folder / 'a "program" of mine' / "python"
    return Places(system, folder / "menu", folder / "desktop", folder / "data" / f"{NAME}.{ending}", python)


def test_on_linux(tmp_path: Path) -> None:
    at = places(tmp_path, "linux")
    assert len(make(at, lambda _px: PNG, lambda _command: 0)) == 3
    entry = (at.desktop / f"{NAME}.desktop").read_text(encoding="utf-8")
    assert f"Name={TITLE}" in entry
    assert "Terminal=false" in entry
    assert "-m posture_trainer home" in entry
    assert at.icon.read_bytes() == PNG
    assert len(remove(at)) == 3
    assert made(at) == []


def test_on_windows_there_is_no_console(tmp_path: Path) -> None:
    at, commands = places(tmp_path, "win32"), []

    def run(command: list[str]) -> int:
        commands.append(command[-1])
        return 0

    make(at, lambda _px: PNG, run)
    assert len(commands) == 2
    assert all("CreateShortcut" in command and "-m posture_trainer home" in command for command in commands)
    assert at.icon.read_bytes()[:4] == b"\x00\x00\x01\x00"
    assert at.icon.read_bytes().endswith(PNG)
    with pytest.raises(UserError, match="did not make"):
        make(at, lambda _px: PNG, lambda _command: 1)


def test_on_macos(tmp_path: Path) -> None:
    at = places(tmp_path, "darwin")
    make(at, lambda _px: PNG)
    inside = at.menu / f"{TITLE}.app" / "Contents"
    assert plistlib.loads((inside / "Info.plist").read_bytes())["CFBundleExecutable"] == NAME
    assert (inside / "MacOS" / NAME).stat().st_mode & 0o100
    assert (inside / "Resources" / f"{NAME}.icns").read_bytes().startswith(b"icns")
    assert (at.desktop / f"{TITLE}.app").resolve() == at.menu / f"{TITLE}.app"
    remove(at)
    assert made(at) == []


def test_what_can_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    at = places(tmp_path, "linux")
    at.icon.parent.write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="can't be made"):
        make(at, lambda _px: PNG)
    assert made(at) == []


def test_the_picture_is_one() -> None:
    assert drawn_png(64).startswith(b"\x89PNG")
