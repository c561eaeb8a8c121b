"""The diary of a minute: asked at home when it is due, answered by one click a question, kept whole."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from made.at_home import HOW, Home
from made.patients import files_of, make_patient

from posture_trainer.course.beside.diary import DiaryEntry, asks_of_injection, is_due, questions
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.home.all_day.diary import KEPT, diary_due
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.beside.diary import damaged_entries, read_diary, save_entry
from posture_trainer.records.delete import delete_patient, holdings
from posture_trainer.records.settings import load_settings, save_settings
from posture_trainer.words.all_day.diary import SCALES, SIDE_EFFECTS, TELL_TODAY

Open = Callable[..., Home]
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    opened: list[Home] = []

    def open_home(how: str = "mouse", code: str = "anna-1", **settings: object) -> Home:
        found = load_settings(tmp_path)[0].with_person(code, name="Anna").model_copy(update={"last": code})
        save_settings(tmp_path, found)
        folder = tmp_path / "patients" / code
        folder.mkdir(parents=True, exist_ok=True)
        save_patient_settings(folder, PatientSettings.model_validate(settings, strict=False))
        opened.append(Home(tmp_path, monkeypatch, how))
        return opened[-1]

    yield open_home
    for each in opened:
        each.close()


@pytest.mark.parametrize("how", HOW)
def test_seven_clicks_and_it_is_kept(home: Open, how: str) -> None:
    at = home(how)
    at.press("all day").press("diary")
    for number, scale in enumerate(SCALES.values()):
        assert at.title == scale.question
        at.press(f"answer={number}")
    at.press("mark=warmth").press("mark=stretches").press("mark=warmth").press("go on")
    at.type("Rain.").press("save")
    assert at.title == "All day"
    assert at.room.controls.notice == KEPT
    (entry,) = read_diary(at.room.folder)
    assert entry.answers == {name: number for number, name in enumerate(SCALES)}
    assert (entry.marks, entry.words, entry.side_effects, entry.skipped) == (("stretches",), "Rain.", {}, False)
    assert entry.day == date(2026, 3, 4)


def test_it_is_asked_once_when_it_is_due_and_can_wait(home: Open) -> None:
    at = home()
    at.room.asks_diary = True
    at.moments(3)
    assert at.title == SCALES["pain"].question
    at.press("not today")
    assert at.title == "Good morning, Anna"
    (entry,) = read_diary(at.room.folder)
    assert entry.skipped
    assert entry.value("pain") is None
    at.room.asks_diary = True
    at.moments(5)
    assert at.title == "Good morning, Anna", "not asked again before its time"


def test_it_is_not_asked_where_nobody_wants_it(home: Open) -> None:
    at = home(diary={"asked": False})
    at.room.asks_diary = True
    at.moments(5)
    assert at.title == "Good morning, Anna"
    assert at.press("all day").press("diary").title == SCALES["pain"].question, "but it can be written"


def test_skipped_questions_have_no_answer_and_back_goes_back(home: Open) -> None:
    at = home()
    at.press("all day").press("diary").press("answer=7").press("skip").press("back").press("back")
    assert at.title == SCALES["pain"].question
    at.press("answer=2")
    for _ in range(6):
        at.press("skip")
    at.press("go on").press("save")
    assert read_diary(at.room.folder)[0].answers == {"pain": 2}


def test_a_lot_of_trouble_with_swallowing_says_whom_to_tell_today(home: Open) -> None:
    at = home(last_injection=date(2026, 2, 20), contact="01234 567890")
    at.press("all day").press("diary")
    for _ in SCALES:
        at.press("answer=5")
    assert at.title == SIDE_EFFECTS["swallowing"]
    at.press("answer=a_lot")
    shown = str(at.view.parts)
    assert TELL_TODAY in shown
    assert "01234 567890" in shown
    at.press("understood")
    for key in list(SIDE_EFFECTS)[1:]:
        assert at.title == SIDE_EFFECTS[key]
        at.press("answer=none")
    at.press("go on").press("save")
    (entry,) = read_diary(at.room.folder)
    assert entry.side_effects == {"swallowing": "a_lot", **dict.fromkeys(list(SIDE_EFFECTS)[1:], "none")}
    assert entry.last_injection == date(2026, 2, 20)


def test_a_little_trouble_goes_on(home: Open) -> None:
    at = home(last_injection=date(2026, 2, 20))
    at.press("all day").press("diary")
    for _ in SCALES:
        at.press("skip")
    assert at.press("answer=a_little").title == SIDE_EFFECTS["weak_neck"]


def test_after_an_injection_for_four_weeks() -> None:
    day = date(2026, 3, 1)
    assert [asks_of_injection(day, day + timedelta(days)) for days in (-1, 0, 28, 29)] == [False, True, True, False]
    assert not asks_of_injection(None, day)
    assert questions(False) == tuple(SCALES)


def entry_at(moment: datetime, **more: object) -> DiaryEntry:
    offset = moment.utcoffset()
    assert offset is not None
    return DiaryEntry(created_utc=moment.astimezone(UTC), utc_offset_s=round(offset.total_seconds()), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("hour", [0, 23])
def test_a_month_with_a_change_of_the_clock_asks_every_seventh_day(tmp_path: Path, hour: int) -> None:
    asked = []
    for day in range(35):  # the clock goes forward on 29 March
        now = datetime(2026, 3, 10, hour, 30, tzinfo=BERLIN) + timedelta(days=day)
        entries = read_diary(tmp_path)
        if is_due(entries[-1].day if entries else None, 7, now.date()):
            asked.append(now.date())
            save_entry(tmp_path, entry_at(now))
    assert asked == [date(2026, 3, 10) + timedelta(days=7 * week) for week in range(5)]


def test_a_clock_set_back_neither_repeats_nor_ends_the_diary(tmp_path: Path) -> None:
    save_entry(tmp_path, entry_at(datetime(2026, 3, 10, 9, 0, tzinfo=BERLIN)))
    assert not is_due(read_diary(tmp_path)[-1].day, 7, date(2026, 3, 9)), "a day back: the same week"
    save_entry(tmp_path, entry_at(datetime(2027, 3, 10, 9, 0, tzinfo=BERLIN)))  # a clock that was a year ahead
    assert is_due(read_diary(tmp_path)[-1].day, 7, date(2026, 3, 20))
    save_entry(tmp_path, entry_at(datetime(2026, 3, 20, 9, 0, tzinfo=BERLIN)))
    assert read_diary(tmp_path)[-1].day == date(2026, 3, 20), "what was written last is last"


def test_two_people_on_one_computer_have_a_diary_each(home: Open) -> None:
    at = home(code="karl-7")
    save_entry(at.room.folder, entry_at(datetime(2026, 3, 3, 9, 0, tzinfo=UTC)))
    assert not diary_due(at.room)
    make_patient(at.room.data, "anna-1")
    at.room.choose("anna-1")
    assert diary_due(at.room)
    at.room.choose("guest")
    assert not diary_due(at.room)


def test_damage_is_left_out_and_stays(tmp_path: Path) -> None:
    save_entry(tmp_path, entry_at(datetime(2026, 3, 3, 9, 0, tzinfo=UTC), answers={"pain": 3}))
    folder = tmp_path / "diary"
    for name, content in (
        ("a", "{"),
        ("b", "[]"),
        ("c", json.dumps({"created_utc": "x"})),
        ("d", '{"answers": 1e999}'),
    ):
        (folder / f"{name}.json").write_text(content, encoding="utf-8")
    (folder / "e.json").write_text(json.dumps({"created_utc": "2026-03-04T09:00:00Z", "answers": {"pain": 11}}))
    assert [entry.answers for entry in read_diary(tmp_path)] == [{"pain": 3}]
    assert damaged_entries(tmp_path) == ["a.json", "b.json", "c.json", "d.json", "e.json"]


def test_the_diary_travels_and_goes_with_the_record(tmp_path: Path) -> None:
    folder = make_patient(tmp_path / "one", "anna-1")
    save_entry(folder, entry_at(datetime(2026, 3, 3, 9, 0, tzinfo=UTC), answers={"pain": 3}, words="=SUM(A1)"))
    export_patient(tmp_path / "one", "anna-1", tmp_path / "anna.zip")
    import_archive(tmp_path / "two", tmp_path / "anna.zip")
    there = files_of(tmp_path / "two" / "patients" / "anna-1" / "diary")
    assert there == files_of(folder / "diary")
    assert there
    assert holdings(tmp_path / "two", "anna-1").beside == ", 1 diary entry"
    delete_patient(tmp_path / "two", "anna-1")
    assert files_of(tmp_path / "two") == {}


def test_the_times_of_the_form_are_checked_and_kept(tmp_path: Path) -> None:
    settings = PatientSettings.model_validate({"reminders": {"times": ["18:00", "09:00", "18:00"]}}, strict=False)
    save_patient_settings(tmp_path, settings)
    assert load_patient_settings(tmp_path).reminders.times == ("09:00", "18:00")
    with pytest.raises(ValueError, match="times"):
        PatientSettings.model_validate({"reminders": {"times": ["25:00"]}}, strict=False)
