"""Courses whose right words are known: what a report may say of them, and what it must not."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from made.courses import FIRST, Day, Stretch, session_of, told

from posture_trainer.course.answer import answer_words
from posture_trainer.course.answers import Answers, answers
from posture_trainer.course.judgement import Mark
from posture_trainer.course.measures import CONTROL, DEVIATION, HOLD_TEST, IN_TOLERANCE, LONGEST, PAIN, PULL

INJECTION = FIRST.date() + timedelta(days=28)


def marks(found: Answers) -> dict[str, Mark]:
    return {each.measure.name: each.mark for each in found.judgement.measures if each.mark is not None}


def said(found: Answers) -> list[str]:
    """The measures of which better or worse is said."""
    return [name for name, mark in marks(found).items() if mark in (Mark.BETTER, Mark.WORSE)]


def test_a_pull_beyond_what_can_be_measured_that_falls_reads_better() -> None:
    """From 62 to 35 degrees, at the same share of the time: faces beyond 45 degrees were left out once."""
    random = np.random.default_rng(5)
    days = [
        Day(number, (Stretch(240, (pull + random.normal(0, 2), 4, 0)),), seed=number)
        for number, pull in enumerate([62] * 6 + [35] * 6)
    ]
    found = told(days)
    assert marks(found)[PULL] is Mark.BETTER
    assert marks(found)[IN_TOLERANCE] not in (Mark.BETTER, Mark.WORSE)
    assert found.change.mark is Mark.BETTER
    assert "pull from 45° or more to 3" in found.change.sentence
    assert "(estimated change −11° or more)" in found.change.sentence
    pull = found.judgement.of(PULL)
    assert pull is not None
    assert pull.first_at_least
    assert not pull.last_at_least
    assert pull.change is not None
    assert pull.change.first <= 45


def test_an_easier_task_is_no_change() -> None:
    """After six sessions of the mirror alone, six with easy holds behind it."""
    days = []
    for number in range(12):
        mirror = Stretch(300, (14, 3, 0), task="free")
        easy = (Stretch(120, (14, 3, 0), held_s=40, away_s=3, task="hold"),) if number >= 6 else ()
        days.append(Day(number, (mirror, *easy), seed=number))
    assert said(told(days)) == []


def test_an_easier_task_that_nothing_tells_of_is_no_change_either() -> None:
    """The same in logs that name no task: five minutes are looked at, whatever comes behind them."""
    days = []
    for number in range(12):
        easy = (Stretch(120, (14, 3, 0), held_s=40, away_s=3),) if number >= 6 else ()
        days.append(Day(number, (Stretch(310, (14, 3, 0)), *easy), seed=number))
    assert said(told(days)) == []


def test_longer_sessions_are_no_change() -> None:
    days = [Day(number, (Stretch(240 if number < 6 else 900, (14, 3, 0)),), seed=number) for number in range(12)]
    assert said(told(days)) == []
    assert LONGEST not in said(told(days))


def test_the_limit_belongs_to_the_axis_that_was_out() -> None:
    """Rotation falls from 11 to 0 beside a flexion that is out by placement alone: its limit of 9 is not asked."""
    random = np.random.default_rng(5)
    days = []
    for number in range(12):
        left = 1 - min(1, max(0, (number - 3) / 5))
        offset = (random.normal(0, 0.4), random.normal(0, 0.5), 1.6 + random.normal(0, 0.3))
        days.append(Day(number, (Stretch(240, (11 * left, 0, 0), 4, 12),), seed=number, offset_deg=offset))
    found = told(days)
    assert marks(found)[PULL] is Mark.BETTER
    assert marks(found)[DEVIATION] in (Mark.BETTER, Mark.UNSURE)
    assert "Worse" not in found.change.sentence


def test_a_change_of_side_is_said() -> None:
    days = [Day(number, (Stretch(240, (13 if number < 6 else -13, 2, 0)),), seed=number) for number in range(12)]
    found = told(days)
    assert marks(found)[PULL] is not Mark.BETTER
    assert found.judgement.side is not None
    assert found.judgement.side.axis == "rotation"
    assert "The pull changed sides." in found.change.sentence
    assert "It was 13° to the right, it is 13° to the left" in found.pull.sentence.replace("it was", "It was", 1)


def injection_days(new_neutral: bool = False) -> list[Day]:
    """Four weeks before an injection and twelve after it, every four days: it answers, is best in week 5, wears off."""
    random = np.random.default_rng(8)
    days = []
    for place, since in enumerate(range(-28, 84, 4)):
        relief = np.exp(-(((since / 7 - 5) / 3.2) ** 2)) if since >= 0 else 0.0
        hold_s = min(60.0, 15 + 25 * relief + random.normal(0, 3))
        pain, control = 55 - 25 * relief + random.normal(0, 5), 35 + 25 * relief + random.normal(0, 5)
        pull = 18 - 9 * relief + random.normal(0, 1.5)
        days.append(
            Day(
                28 + since, (Stretch(180, (pull, 4, 0), 5 + 6 * relief, 8),), float(hold_s),
                {("pain", "before"): float(round(pain)), ("control", "before"): float(round(control))},
                "2026-02-02T08:00:00Z" if new_neutral and since >= 0 else "2026-01-01T08:00:00Z", place,
            )
        )  # fmt: skip
    return days


@pytest.mark.parametrize("new_neutral", [False, True])
def test_an_injection_that_answers_and_wears_off(new_neutral: bool) -> None:
    """A new neutral at the visit widens what is said of angles; pain, control and the hold test it does not touch."""
    found = told(injection_days(new_neutral), [INJECTION])
    response = {each.measure.name: each for each in found.judgement.responses}
    for name in (HOLD_TEST, PAIN, CONTROL):
        assert response[name].mark is Mark.BETTER, name
    assert response[PULL].mark is Mark.BETTER or new_neutral
    assert found.injection.mark is Mark.BETTER
    hold = response[HOLD_TEST].response
    assert hold.found is not None
    assert hold.found.low < 21 < hold.found.high + 8
    assert hold.begun_days is not None
    assert hold.peak_days is not None
    assert hold.worn_off_days is not None
    assert 3 <= hold.peak_days.value / 7 <= 7
    assert hold.begun_days.value < hold.peak_days.value < hold.worn_off_days.value
    assert 42 <= hold.worn_off_days.value <= 70
    assert hold.worn_off_days.low <= hold.worn_off_days.value <= hold.worn_off_days.high
    assert said(found) == [], "across an injection nothing is said of the beginning and the end"
    assert found.change.mark is Mark.TOO_FEW


def test_an_injection_that_does_nothing() -> None:
    random = np.random.default_rng(9)
    days = [
        Day(
            28 + since, (Stretch(120, (16 + random.normal(0, 2.5), 4, 0)),), float(20 + random.normal(0, 4)), seed=place
        )
        for place, since in enumerate(range(-28, 84, 4))
    ]
    found = told(days, [INJECTION])
    assert {each.mark for each in found.judgement.responses} <= {Mark.UNSURE, Mark.SAME}
    assert "can't be told from the usual ups and downs in weeks 3 to 6" in found.injection.sentence
    assert "would have shown" in found.injection.sentence


def test_an_injection_that_takes_a_pull_below_what_can_be_measured() -> None:
    days = []
    for place, since in enumerate(range(-28, 84, 4)):
        relief = np.exp(-(((since / 7 - 5) / 3.2) ** 2)) if since >= 0 else 0.0
        days.append(Day(28 + since, (Stretch(120, (60 - 30 * relief, 4, 0)),), seed=place))
    found = told(days, [INJECTION])
    pull = next(each for each in found.judgement.responses if each.measure.name == PULL)
    assert (pull.mark, pull.before_at_least, pull.after_at_least) == (Mark.BETTER, True, False)
    assert "from 45° or more" in found.injection.sentence
    assert "° or more)" in found.injection.sentence


def test_without_injection_dates_nothing_is_said_of_few_sessions() -> None:
    found = told([Day(number, (Stretch(120, (14, 3, 0)),), seed=number) for number in range(3)])
    assert answer_words(found.injection) == "not known"
    assert answer_words(told(injection_days()[:3], [INJECTION]).injection) == "too few sessions to say"


@pytest.mark.parametrize(("first", "last"), [(7, 100), (35, 150), (0, 165)])
def test_stable_cycles_seen_from_other_weeks_are_no_change(first: int, last: int) -> None:
    """Cycles of twelve weeks that take 8 degrees off: whichever weeks are the first and the last ones."""
    random = np.random.default_rng(first)
    days = []
    for place, day in enumerate(range(first, last, 3)):
        relief = np.exp(-(((day % 84 / 7 - 5) / 3) ** 2))
        pull = 18 - 8 * relief + random.normal(0, 1.5)
        days.append(Day(day, (Stretch(180, (pull, 4, 0)),), seed=place))
    begun = FIRST.date()
    found = told(days, [begun, begun + timedelta(days=84)])
    assert said(found) == []


def test_a_new_neutral_cuts_time_in_tolerance_and_not_what_is_felt() -> None:
    days = [
        Day(
            2 * number, (Stretch(180, (14, 3, 0)),), 20.0 + 2 * number, {("pain", "before"): 60.0 - 3 * number},
            "2026-01-01T08:00:00Z" if number < 6 else "2026-01-16T08:00:00Z", number,
        )
        for number in range(12)
    ]  # fmt: skip
    found = told(days)
    assert marks(found)[PAIN] is Mark.BETTER
    assert marks(found)[HOLD_TEST] is Mark.BETTER
    assert marks(found)[IN_TOLERANCE] is Mark.TOO_FEW
    pull = found.judgement.of(PULL)
    assert pull is not None
    assert pull.compared == 12


def test_a_session_that_was_refused_counts_in_nothing() -> None:
    """Its ratings are those of a day without practice: with ever more pain, it would make the pain rise."""
    days = [
        Day(2 * number, (Stretch(40, (14, 3, 0)),), 20.0, {("pain", "before"): 30.0 + number % 3}, seed=number)
        for number in range(10)
    ]
    held = [session_of(day) for day in days]
    refused = [
        replace(
            session_of(Day(2 * number + 1, days[0].stretches, ratings={("pain", "before"): 40.0 + 6 * number})),
            figures=None,
            header={"utc_offset_s": 0, "refused": "pain"},
        )
        for number in range(9)
    ]
    both = sorted(held + refused, key=lambda session: session.folder.name)
    alone, beside = (answers(each, held[-1], [], FIRST.date() + timedelta(days=18)) for each in (held, both))
    assert beside == alone
    assert alone.practice.numbers[0].value == 10


def test_few_sessions_are_said_to_be_too_few() -> None:
    found = told([Day(number, (Stretch(120, (14 - 2 * number, 3, 0)),), seed=number) for number in range(6)])
    assert set(marks(found).values()) == {Mark.TOO_FEW}
    assert found.change.sentence.startswith("Too few sessions to say")
    assert date.fromisoformat("2026-01-05") == FIRST.date()
