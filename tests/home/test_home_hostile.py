"""Home on a data folder that is damaged, full, shared, or emptied under it."""

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from made.at_home import Home

from posture_trainer.errors import UserError
from posture_trainer.home.notes import FaultScreen
from posture_trainer.records.settings import FILE, IN_THE_WAY, Settings, load_settings, save_settings

Opened = Callable[..., Home]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    opened: list[Home] = []

    def open_home() -> Home:
        opened.append(Home(tmp_path, monkeypatch))
        return opened[-1]

    yield open_home
    for each in opened:
        each.close()


def whole(home: Home) -> bool:
    home.moments(3)
    return home.open and not isinstance(home.door.top, FaultScreen)


def people(folder: Path, **names: str) -> None:
    for code in names:
        (folder / "patients" / code / "sessions").mkdir(parents=True)
    kept = {"last": next(iter(names)), "people": {code: {"name": name} for code, name in names.items()}}
    (folder / FILE).write_text(json.dumps(kept), encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"\x00\xff\xfe", b"[" * 100_000, b'{"window": {"width": ' + b"9" * 5000 + b"}}",
     b'{"last": 5, "people": []}', b'{"people": {"a": {"name": "\\ud800"}}}', b" " * 2_000_000],
)  # fmt: skip
def test_what_is_no_settings_file_is_put_aside_and_home_opens(home: Opened, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    settings, word = load_settings(tmp_path)
    assert settings == Settings()
    assert "settings-damaged.json" in word
    assert (tmp_path / "settings-damaged.json").read_bytes() == content
    assert whole(home())


def test_what_was_put_aside_before_stays(tmp_path: Path) -> None:
    for content in ("one", "two"):
        (tmp_path / FILE).write_text(content, encoding="utf-8")
        load_settings(tmp_path)
    assert (tmp_path / "settings-damaged.json").read_text(encoding="utf-8") == "one"
    assert (tmp_path / "settings-damaged-2.json").read_text(encoding="utf-8") == "two"


def test_a_file_that_can_not_be_moved_away_is_not_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _to: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "rename", refuse)
    (tmp_path / FILE).write_text("no settings", encoding="utf-8")
    assert load_settings(tmp_path) == (Settings(), IN_THE_WAY)


def test_a_full_disk_costs_the_change_and_not_the_window(
    home: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(tmp_path, a="Anna", b="Bo")
    at = home()

    def full(*_given: object, **_named: object) -> tuple[int, str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    at.press("people").press("person b")
    assert whole(at)
    assert at.room.code == "b"
    assert "No space left on device" in at.room.controls.notice
    assert load_settings(tmp_path)[0].last == "a"


def test_two_windows_on_one_folder_lose_nothing_of_one_another(tmp_path: Path) -> None:
    begun = save_settings(tmp_path, Settings().with_person("a", name="Anna").with_person("gone", name="Gone"))
    theirs = begun.with_person("b", name="Bo").with_person("a", figures=True).without_person("gone")
    save_settings(tmp_path, theirs, begun)
    mine = begun.with_person("c", name="Cy").model_copy(update={"last": "c"})
    now = save_settings(tmp_path, mine, begun)
    assert now == load_settings(tmp_path)[0]
    assert {code: each.name for code, each in now.people.items()} == {"a": "Anna", "b": "Bo", "c": "Cy"}
    assert now.people["a"].figures
    assert now.last == "c"
    without = save_settings(tmp_path, now.without_person("b"), now)
    assert set(without.people) == {"a", "c"}


def test_names_that_no_font_can_draw_are_shown_without_those_signs(home: Opened, tmp_path: Path) -> None:
    people(tmp_path, a="A\x00nn\x1ba\n", b="שלום\u202e", c="漢" * 24)
    at = home()
    assert at.room.name == "Anna"
    at.press("people")
    assert whole(at)


def test_two_hundred_people_have_their_pages(home: Opened, tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / "patients" / f"p{number:03d}").mkdir(parents=True)
    at = home().press("people").press("next page")
    assert whole(at)
    assert "person p003" in at.window.drawn()


@pytest.mark.parametrize("door", ["progress", "settings", "people", "therapist"])
def test_somebody_who_is_deleted_meanwhile(home: Opened, tmp_path: Path, door: str) -> None:
    people(tmp_path, a="Anna")
    at = home()
    shutil.rmtree(tmp_path / "patients")
    (tmp_path / FILE).unlink()
    at.press(door)
    assert whole(at)


@pytest.mark.parametrize("size", [(320, 240), (5120, 2160), (3000, 100), (1, 1)])
def test_a_window_of_any_size(home: Opened, tmp_path: Path, size: tuple[int, int]) -> None:
    people(tmp_path, a="W" * 24, b="Bo")
    at = home()
    pygame.display.set_mode(size, pygame.RESIZABLE)
    assert whole(at)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    assert load_settings(tmp_path / "data") == (Settings(), "")
    with pytest.raises(UserError, match="a file is in the way"):
        save_settings(tmp_path / "data", Settings())
