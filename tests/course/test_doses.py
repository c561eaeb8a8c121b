"""How much in a day: three sessions, two hours apart, 30 minutes together; told kindly, and no guest for another."""

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture_trainer.course.doses import Dose, Enough, PastDose, dose_now, not_yet
from posture_trainer.plans.in_force import InForce, in_force
from posture_trainer.plans.patient_settings import DosesTable, PatientSettings

HERE = timezone(timedelta(hours=2))
LIMITS = InForce()


def at(hour: float, day: int = 10) -> datetime:
    return datetime(2026, 3, day, tzinfo=HERE) + timedelta(hours=hour)


def done(hour: float, minutes: float, day: int = 10) -> PastDose:
    return PastDose(at(hour, day).astimezone(UTC), 60 * minutes)


def test_the_first_of_a_day() -> None:
    assert dose_now([done(12, 15, day=9)], LIMITS, at(9)) == Dose(900.0)


def test_meige_three_times_a_day_fits() -> None:
    """Ten holds of 30 s with their rests take 8 minutes and a minute of supported rest."""
    past = [done(8, 9.5), done(12, 9.5)]
    assert dose_now(past[:1], LIMITS, at(12)) == Dose(900.0)
    assert dose_now(past, LIMITS, at(18)) == Dose(60 * 11.0)


def test_the_fourth_is_kindly_refused() -> None:
    dose = dose_now([done(8, 8), done(12, 8), done(16, 8)], LIMITS, at(20))
    assert dose.enough is Enough.SESSIONS
    assert "3 times today" in dose.words
    assert "tomorrow" in dose.words


def test_the_sum_of_the_day() -> None:
    assert dose_now([done(8, 15), done(12, 14)], LIMITS, at(18)).enough is Enough.MINUTES
    assert dose_now([done(8, 15), done(12, 12)], LIMITS, at(18)) == Dose(180.0), "what is left of it"


def test_two_hours_apart_from_end_to_beginning() -> None:
    dose = dose_now([done(8, 15)], LIMITS, at(9))
    assert dose.enough is Enough.TOO_SOON
    assert dose.words.startswith("Your last practice ended at 08:15. Rest until 10:15")
    assert dose_now([done(8, 15)], LIMITS, at(10.25)).enough is None
    assert dose_now([done(23.5, 15, day=9)], LIMITS, at(0.5)).enough is Enough.TOO_SOON, "over midnight too"


def test_what_was_broken_off_counts_by_its_time_alone() -> None:
    past = [done(8 + index / 10, 1) for index in range(5)]
    assert dose_now(past, LIMITS, at(8.6)) == Dose(900.0)
    assert dose_now([done(8 + index / 60, 1) for index in range(29)], LIMITS, at(9)).enough is Enough.MINUTES


def test_a_guest_is_told_and_never_refused() -> None:
    past = [done(hour / 4, 15) for hour in range(32, 40)]
    dose = dose_now(past, LIMITS, at(10.1), shared=True)
    assert (dose.enough, dose.longest_s) == (None, 900.0)
    assert dose.words == "Somebody practised here until 10:00. If it was you, please rest until 12:00."
    assert dose_now(past, LIMITS, at(13), shared=True).words == ""


def test_a_wrong_clock_shuts_nobody_out() -> None:
    assert dose_now([done(8, 15, day=20)], LIMITS, at(9)) == Dose(900.0)


def test_a_clock_that_is_set_back_makes_the_day_no_longer() -> None:
    past = [done(10, 8), done(13, 8), done(16, 8)]
    assert dose_now(past, LIMITS, at(9)).enough is Enough.SESSIONS
    assert dose_now(past[:2], LIMITS, at(9)) == Dose(60 * 14.0), "neither too soon for what has not been"


def test_a_therapist_may_set_less_and_more_only_with_a_reason() -> None:
    wide = DosesTable(sessions_a_day=5, minutes_a_day=60, hours_apart=0.5)
    past = [done(8, 8), done(12, 8), done(16, 8)]
    assert dose_now(past, in_force(PatientSettings(doses=wide)), at(18)).enough is Enough.SESSIONS
    why = wide.model_copy(update={"why": "Trial of Dr. B."})
    assert dose_now(past, in_force(PatientSettings(doses=why)), at(18)).enough is None
    one = PatientSettings(doses=DosesTable(sessions_a_day=1), longest_session_min=5)
    assert dose_now(past[:1], in_force(one), at(18)).enough is Enough.SESSIONS
    assert dose_now([], in_force(one), at(18)) == Dose(300.0)
    longer = PatientSettings(longest_session_min=25)
    assert dose_now([], in_force(longer), at(18)) == Dose(900.0)
    reason = longer.model_copy(update={"doses": DosesTable(why="She asks for it.")})
    assert dose_now([], in_force(reason), at(18)) == Dose(1500.0)


@given(st.lists(st.tuples(st.floats(0, 23.9), st.floats(0, 15)), max_size=8), st.floats(0, 23.9))
def test_a_day_never_becomes_longer_than_its_dose(past: list[tuple[float, float]], hour: float) -> None:
    """Whoever keeps to what is allowed has at most three sessions and 30 minutes a day."""
    kept: list[PastDose] = []
    for begins, minutes in sorted([*past, (hour, 15.0)]):
        dose = dose_now(kept, LIMITS, at(begins))
        if dose.enough is None:
            kept.append(done(begins, min(minutes, dose.longest_s / 60)))
    assert sum(each.length_s for each in kept) <= 30 * 60 + 1e-6
    counted = [each for each in kept if each.length_s >= 120]
    assert len(counted) <= 3
    assert all(two.begun >= one.begun + timedelta(hours=2) for one, two in itertools.pairwise(counted))


@pytest.mark.parametrize(("day", "left_out"), [(1, True), (7, True), (8, False), (30, False)])
def test_measurements_are_weekly(day: int, left_out: bool) -> None:
    done_on = {"range": {date(2026, 2, 1), date(2026, 3, 1)}, "hold": {date(2026, 3, day)}}
    found = not_yet(done_on, date(2026, 3, day))
    assert set(found) == ({"range"} if left_out else set())
    if left_out:
        assert found["range"] == "Range is left out: once a week is enough. Last on 1 March, next from 8 March on."


def test_a_clock_that_was_wrong_does_not_open_a_measurement_again() -> None:
    today = date(2026, 3, 4)
    assert "range" in not_yet({"range": {date(2026, 3, 6)}}, today), "set back by days"
    assert "range" in not_yet({"range": {date(2026, 3, 1), date(2036, 3, 1)}}, today), "far ahead once"
    assert not_yet({"range": {date(2036, 3, 1)}}, today) == {}, "nor does it close it for years"
