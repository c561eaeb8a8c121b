"""Progress by rule: up with good days, down with pain, half after a pause; the same records always give the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture_trainer.plans.plan import load_plan
from posture_trainer.plans.progress import PAUSE_DAYS, Practised, Progress, progress
from posture_trainer.plans.restricted import restricted
from posture_trainer.plans.restriction import Restriction
from posture_trainer.words import doses as words

BEGAN = date(2026, 3, 1)
MEIGE = load_plan("meige")[1].blocks[0]
MOST = 5  # steps of 5 s from 5 to 30 s


def good(day: int, **more: Any) -> Practised:
    """A session that went well, so many days after the first."""
    session = Practised(
        BEGAN + timedelta(days=day), most_steps=MOST, completed_share=1.0, pain_before=20, pain_after=20
    )
    return replace(session, **more)


def on(day: int, *sessions: Practised, **more: float) -> Progress:
    return progress(sessions, BEGAN + timedelta(days=day), **more)  # type: ignore[arg-type]


def hold_s(today: Progress) -> float:
    """Meige's hold today."""
    assert MEIGE.kind == "hold"
    half = {Restriction.HALF: today.half} if today.half else {}
    plan, _ = restricted(load_plan("meige")[1], half)
    assert plan is not None
    block = plan.blocks[0]
    assert block.kind == "hold"
    return block.hold_today_s(today.steps)


def test_three_good_days_are_one_step() -> None:
    days = [good(day) for day in range(12)]
    assert [on(count, *days[:count]).steps for count in range(13)] == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
    assert on(3, *days[:3]).why == words.UP
    assert on(4, *days[:4]).why == "", "told once"
    assert on(1, good(0), good(0), good(0)).steps == 0, "on three days"


@pytest.mark.parametrize(
    "third",
    [
        good(2, completed_share=0.79),
        good(2, completed_share=None),
        good(2, pain_before=70),
        good(2, pain_after=40),
        good(2, full=False),
        good(2, own=False),
    ],
)
def test_what_does_not_lead_up(third: Practised) -> None:
    assert on(3, good(0), good(1), third).steps == 0


def test_a_poor_day_begins_the_count_again() -> None:
    poor = good(2, completed_share=0.5)
    assert on(5, good(0), good(1), poor, good(3), good(4)).steps == 0
    assert on(6, good(0), good(1), poor, good(3), good(4), good(5)).steps == 1


UP = [good(day) for day in range(6)]  # two steps up


@pytest.mark.parametrize(
    ("then", "why", "half"),
    [
        ([good(6, pain_before=70, pain_after=None)], "", ()),
        ([good(6, pain_after=40)], words.PAIN_ROSE, (words.HALF_PAIN_ROSE,)),
        ([good(6, pain_after=40, own=False)], words.PAIN_ROSE, (words.HALF_PAIN_ROSE,)),
    ],
)
def test_pain_is_one_step_down(then: list[Practised], why: str, half: tuple[str, ...]) -> None:
    assert on(7, *UP, *then) == Progress(1, why, half)


def test_much_pain_is_told_where_nothing_was_before_it() -> None:
    silent = [replace(each, pain_before=None) for each in UP]
    assert on(7, *silent, good(6, pain_before=70, pain_after=None)) == Progress(1, words.MUCH_PAIN)


def test_worse_on_the_next_day_is_a_step_down_and_half() -> None:
    assert on(6, *UP, pain_today=30) == Progress(1, words.WORSE_NEXT_DAY, (words.HALF_WORSE,))
    assert on(6, *UP, pain_today=29) == Progress(2, words.UP)
    assert on(5, *UP, pain_today=90).steps == 2, "later on the same day is not the next"
    after = [*UP, good(6, pain_before=30, pain_after=30)]
    assert on(7, *after, pain_today=30) == Progress(1), "it was told then, and is recorded"
    rose = [*UP, good(6, pain_after=40)]
    assert on(7, *rose, pain_today=40) == Progress(1, words.PAIN_ROSE, (words.HALF_PAIN_ROSE, words.HALF_WORSE)), "once"


def test_no_step_below_the_plans_beginning() -> None:
    bad = [good(day, pain_after=90) for day in range(9)]
    assert on(9, *bad) == Progress(0, "", (words.HALF_PAIN_ROSE,))


def test_after_a_pause_it_is_half() -> None:
    days = [good(day) for day in range(30)]
    assert on(30, *days).steps == MOST
    assert hold_s(on(30, *days)) == 30
    away = on(89, *days)
    assert (away.steps, away.half) == (2, (words.after_pause(60),))
    assert away.why == words.after_pause(60)
    again = on(90, *days, good(89, full=False))
    assert (again.steps, again.half, again.why) == (2, (), "")
    assert hold_s(again) == 15, "it goes on from half"
    assert on(29 + PAUSE_DAYS - 1, *days).half == ()


def test_in_the_two_weeks_after_an_injection_it_is_half_and_never_more() -> None:
    injected = BEGAN + timedelta(days=3)
    days = [good(day) for day in range(20)]
    for day in range(20):
        today = progress(days[:day], BEGAN + timedelta(days=day), injections=[injected])
        assert bool(today.half) == (3 <= day <= 17), day
        assert today.steps == (0 if day < 3 else 1 if day < 20 else 2)
    assert progress(days[:8], injected + timedelta(days=5), injections=[injected]).half == (words.after_injection(5),)
    assert progress([], BEGAN, injections=[BEGAN + timedelta(days=9)]).half == (), "one that is planned"


def test_a_plan_with_other_holds_begins_anew_and_a_lower_limit_is_kept() -> None:
    other = [replace(each, own=False) for each in UP]
    assert on(6, *other).steps == 0
    lower = [good(day, most_steps=1) for day in range(6)]
    assert on(6, *lower).steps == 1
    assert on(9, *lower, *(good(day) for day in range(6, 9))).steps == 2, "a higher limit is not reached at once"


def patient(days: int, session: Practised) -> list[float]:
    """Meige's hold on each day of a patient who practises every day."""
    done: list[Practised] = []
    held = []
    for day in range(days):
        held.append(hold_s(on(day, *done)))
        done.append(replace(session, day=BEGAN + timedelta(days=day)))
    return held


def test_patients_of_three_kinds() -> None:
    """Doing well: a step every three days, up to 30 s. In pain: never up. Away for 60 days: back with half (above)."""
    well = patient(21, good(0))
    assert well == [5] * 3 + [10] * 3 + [15] * 3 + [20] * 3 + [25] * 3 + [30] * 6
    sore = patient(21, good(0, pain_before=70, pain_after=70))
    assert set(sore) == {5.0}
    rising = patient(21, good(0, pain_after=45))
    assert set(rising) == {5.0, 2.5}, "half after each"
    done = [good(day) for day in range(15)]
    falling = [
        on(15 + count, *done, *(good(15 + each, pain_before=80) for each in range(count))).steps for count in range(6)
    ]
    assert falling == [5, 4, 3, 2, 1, 0]


PAIN = st.none() | st.sampled_from([0.0, 10.0, 20.0, 30.0, 45.0, 60.0, 70.0, 100.0])
SESSIONS = st.lists(
    st.builds(
        Practised,
        day=st.integers(0, 60).map(lambda days: BEGAN + timedelta(days=days)),
        own=st.sampled_from([True, True, True, False]),
        most_steps=st.sampled_from([MOST, MOST, 3]),
        completed_share=st.sampled_from([None, 0.0, 0.79, 0.8, 1.0, 1.0, 1.0]),
        full=st.sampled_from([True, True, False]),
        pain_before=PAIN,
        pain_after=PAIN,
    ),
    max_size=40,
).map(lambda sessions: sorted(sessions, key=lambda session: session.day))
TODAY = BEGAN + timedelta(days=61)


def worse(session: Practised, how: str) -> Practised:
    """The same session with worse news."""
    match how:
        case "pain after":
            return replace(session, pain_before=session.pain_before or 0.0, pain_after=100.0)
        case "less done":
            return replace(session, completed_share=0.3)
        case _:
            return replace(session, full=False)


@given(SESSIONS, st.integers(0, 39), st.sampled_from(["pain after", "less done", "held back"]))
def test_bad_news_never_lead_further(sessions: list[Practised], which: int, how: str) -> None:
    if not sessions:
        return
    index = which % len(sessions)
    known = sessions[index]
    sessions[index] = replace(known, pain_before=known.pain_before or 0.0) if how == "pain after" else known
    better = progress(sessions, TODAY)
    sessions[index] = worse(sessions[index], how)
    assert progress(sessions, TODAY).steps <= better.steps
    assert set(progress(sessions, TODAY).half) >= set(better.half)


@given(SESSIONS, st.integers(0, 60), st.integers(0, 90))
def test_a_longer_pause_and_an_injection_never_lead_further(
    sessions: list[Practised], injected: int, away: int
) -> None:
    plain = progress(sessions, TODAY)
    later = progress(sessions, TODAY + timedelta(days=away))
    assert later.steps <= plain.steps
    after = progress(sessions, TODAY, injections=[BEGAN + timedelta(days=injected)])
    assert after.steps <= plain.steps
    assert len(after.half) >= len(plain.half)


@given(SESSIONS, PAIN, PAIN)
def test_never_beyond_the_limit_and_the_same_each_time(
    sessions: Sequence[Practised], pain: float | None, more: float | None
) -> None:
    today = progress(tuple(sessions), TODAY, pain_today=pain)
    assert today == progress(list(sessions), TODAY, pain_today=pain)
    assert 0 <= today.steps <= max((each.most_steps for each in sessions if each.own), default=0)
    assert hold_s(today) <= 30
    if pain is not None and more is not None and more >= pain:
        assert progress(sessions, TODAY, pain_today=more).steps <= today.steps
