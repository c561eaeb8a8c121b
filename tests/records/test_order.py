"""Records are in the order in which they were made, whatever the clock said, and a wrong clock is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.patients import change_header, make_patient
from made.scripted import made_baseline

from posture_trainer.course.adherence import AskedAndDone
from posture_trainer.course.patients import patient_lines
from posture_trainer.errors import UserError
from posture_trainer.records.baseline_files import latest_baseline, load_baseline, save_baseline
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.order import clock_doubt, named_ms, next_order_ms, order_ms
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_order import new_session
from posture_trainer.report.terminal import overview_table

NOW = datetime(2026, 12, 1, tzinfo=UTC)
moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))


def recorded(patient: Path, when: datetime, spread_deg: float = 0.5) -> Path:
    return save_baseline(patient, made_baseline().model_copy(update={"created_utc": when, "spread_deg": spread_deg}))


@given(st.lists(moments, min_size=1, max_size=8))
def test_what_is_made_later_is_later_whatever_the_clock_says(clock: list[datetime]) -> None:
    places: list[int] = []
    for now in clock:
        places.append(next_order_ms(now, places))
    assert places == sorted(set(places))


@given(moments)
def test_the_name_of_a_record_says_when_it_was_made(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert named_ms(utc_name(moment)) == (whole - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


@pytest.mark.parametrize("name", ["x", "", "2026-13-01T00-00-00.000Z", "0000-01-01T00-00-00", "２０26-01-01T00-00-00"])
def test_a_name_without_a_moment_is_the_first(name: str) -> None:
    assert order_ms(name, None) == 0
    assert order_ms(name, -1) == order_ms(name, True) == order_ms(name, "7") == order_ms(name, 1 << 60) == 0, (
        "no such place"
    )
    assert order_ms(name, 7) == 7


@pytest.mark.parametrize("wrong", [1970, 2020, 2099])
def test_the_baseline_recorded_last_is_practised_against(tmp_path: Path, wrong: int) -> None:
    recorded(tmp_path, NOW)
    under_a_wrong_clock = recorded(tmp_path, datetime(wrong, 1, 2, tzinfo=UTC), 1.5)
    latest = latest_baseline(tmp_path)
    assert latest is not None
    assert latest[0] == under_a_wrong_clock
    assert latest[1].spread_deg == 1.5
    after = recorded(tmp_path, NOW + timedelta(days=1))
    latest = latest_baseline(tmp_path)
    assert latest is not None
    assert latest[0] == after
    assert load_baseline(after).order_ms is not None


def test_baselines_of_before_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    for year in (2024, 2026, 2025):
        path = recorded(tmp_path, datetime(year, 1, 1, tzinfo=UTC))
        text = path.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if "order_ms" not in line]
        path.write_text("\n".join(lines), encoding="utf-8")
    latest = latest_baseline(tmp_path)
    assert latest is not None
    assert latest[0].name.startswith("2026")
    assert latest[1].order_ms is None


def test_a_damaged_latest_is_told_and_none_before_it_taken(tmp_path: Path) -> None:
    recorded(tmp_path, NOW)
    latest = recorded(tmp_path, datetime(2020, 1, 1, tzinfo=UTC))
    latest.write_bytes(latest.read_bytes()[:5000])
    with pytest.raises(UserError, match="damaged"):
        latest_baseline(tmp_path)
    again = recorded(tmp_path, datetime(2020, 1, 2, tzinfo=UTC))
    found = latest_baseline(tmp_path)
    assert found is not None
    assert found[0] == again


def test_a_clock_that_can_not_be_right_is_told() -> None:
    assert clock_doubt(NOW, None) == clock_doubt(NOW, "x") == clock_doubt(NOW, utc_name(NOW)) == ""
    assert clock_doubt(NOW, utc_name(NOW + timedelta(minutes=4))) == ""
    words = clock_doubt(datetime(2020, 1, 1, tzinfo=UTC), utc_name(NOW))
    assert "2020-01-01" in words
    assert "2026-12-01" in words


def test_a_session_under_a_wrong_clock_keeps_its_place_and_is_told(tmp_path: Path) -> None:
    patient = make_patient(tmp_path, "anna", sessions=2, rows=5)
    first, second = sorted((patient / "sessions").iterdir())
    place, words = new_session(patient, datetime(2020, 1, 1, tzinfo=UTC))
    assert "2020-01-01" in words
    third = second.with_name("2020-01-01T00-00-00.000Z")
    second_place = named_ms(second.name)
    assert second_place is not None
    assert place == second_place + 1
    first_copy = {each.name: each.read_bytes() for each in first.iterdir()}
    third.mkdir()
    for name, content in first_copy.items():
        (third / name).write_bytes(content)
    change_header(third, order_ms=place)
    sessions = past_sessions(patient)
    assert [session.folder for session in sessions] == [first, second, third]
    assert [session.trouble for session in sessions] == [
        "", "", "its clock stood before the record that came before it"
    ]  # fmt: skip
    assert new_session(patient, NOW)[1] == "", "the last one made had a clock before ours: nothing to tell"


def test_a_session_in_the_future_is_told_and_no_last_day(tmp_path: Path) -> None:
    patient = make_patient(tmp_path, "anna", sessions=2, rows=5)
    for summary in patient.rglob("summary.json"):
        summary.write_text(summary.read_text(encoding="utf-8").replace('"stopped"', '"done"'), encoding="utf-8")
    last = max((patient / "sessions").iterdir())
    last.rename(last.with_name("2199-01-01T00-00-00.000Z"))
    place, words = new_session(patient, NOW)
    assert "2199-01-01" in words
    assert place > (named_ms("2199-01-01T00-00-00.000Z") or 0)
    assert [session.trouble for session in past_sessions(patient)] == ["", "its date lies in the future"]
    seen = overview(tmp_path)
    (line,) = patient_lines(seen)
    assert (line.wrong_dates, line.days, line.last_day) == (1, 1, "2026-01-30")
    note = overview_table([line], {"anna": AskedAndDone(0, None)}).columns[-1]
    assert [str(cell) for cell in note.cells] == ["1 dated in the future"]


def test_a_new_patient_has_nothing_to_tell(tmp_path: Path) -> None:
    assert new_session(patient_folder(tmp_path, "ben"), NOW) == (int(NOW.timestamp() * 1000), "")
