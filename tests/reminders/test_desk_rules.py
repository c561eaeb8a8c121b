"""When the desk reminds: a posture held outside, told rarely, and nothing for what is ordinary at a desk."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from made.desk_days import SECOND, Stay, moments, ordinary

from posture_trainer.feedback import Cue, Tolerances
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.reminders.desk import DeskRules, DeskState, Moment, Sight, Sign, Told, step, widened

RULES = DeskRules()
STRAIGHT, TURNED, FAR_DOWN = (0.0, 0.0, 0.0), (17.0, 0.0, 0.0), (0.0, 0.0, 28.0)


def run(
    told: Iterable[Moment], rules: DeskRules = RULES, state: DeskState | None = None
) -> tuple[DeskState, list[tuple[float, Told]]]:
    state, found = state or DeskState(), []
    for moment in told:
        state, each = step(state, rules, moment)
        found.append((moment.t_s, each))
    return state, found


def reminders(told: Iterable[Moment], rules: DeskRules = RULES) -> list[tuple[float, Cue]]:
    return [(t_s, each.reminder) for t_s, each in run(told, rules)[1] if each.reminder is not None]


@pytest.mark.parametrize("seed", range(3))
def test_eight_ordinary_hours_bring_no_reminder(seed: int) -> None:
    day = list(moments(ordinary(seed), seed, rate_hz=1.0))
    assert day[-1].t_s >= 8 * 3600
    _, told = run(day)
    assert [t_s for t_s, each in told if each.reminder] == []
    outside = [each.inside for _, each in told if each.inside is not None]
    assert 0.1 < outside.count(False) / len(outside) < 0.5, "there was much to be forgiven"


def test_a_posture_held_for_a_minute_is_told_once_with_the_way() -> None:
    found = reminders(moments([Stay(300, STRAIGHT), Stay(200, TURNED), Stay(300, STRAIGHT)]))
    assert [way for _, way in found] == [Cue.TURN_LEFT]
    assert 360 <= found[0][0] <= 372
    assert [way for _, way in reminders(moments([Stay(90, FAR_DOWN)]))] == [Cue.CHIN_UP]


@pytest.mark.parametrize("seconds", [20, 300, 600])
def test_how_long_it_has_to_be_held_can_be_set(seconds: int) -> None:
    rules = DeskRules(held_s=seconds)
    assert reminders(moments([Stay(30, STRAIGHT), Stay(seconds - 3, TURNED), Stay(700, STRAIGHT)]), rules) == []
    found = reminders(moments([Stay(30, STRAIGHT), Stay(seconds * 1.2, TURNED), Stay(30, STRAIGHT)]), rules)
    assert len(found) == 1


def test_one_in_ten_minutes_and_after_three_it_is_quiet_for_an_hour() -> None:
    found = [t_s for t_s, _ in reminders(moments([Stay(7200, TURNED)], rate_hz=1.0))]
    apart = [later - earlier for earlier, later in pairwise(found)]
    assert apart == pytest.approx([600, 600, 3720, 600, 600], abs=2), "three, two minutes to follow, an hour"


def test_whoever_comes_back_is_reminded_again_as_ever() -> None:
    day = [Stay(120, TURNED), Stay(540, STRAIGHT)] * 6
    state, told = run(moments(day))
    assert [each.reminder for _, each in told if each.reminder] == [Cue.TURN_LEFT] * 6
    assert [each.followed for _, each in told if each.followed is not None] == [True] * 6
    assert state.unfollowed == 0


def test_who_leaves_has_not_refused_to_follow() -> None:
    state, told = run(moments([Stay(75, TURNED), Stay(900, None)] * 5))
    assert len([each for _, each in told if each.reminder]) == 5
    assert not [each for _, each in told if each.followed is False]
    assert (state.unfollowed, state.quiet_until_s) == (0, None)


def test_away_and_covered_count_as_nothing() -> None:
    _, told = run(moments([Stay(60, STRAIGHT), Stay(60, None), Stay(60, STRAIGHT, covered=True)]))
    known = [each.inside for _, each in told if each.inside is not None]
    assert len(known) == 180
    assert {each.sign for t_s, each in told if 62 < t_s <= 120} == {Sign.AWAY}
    assert reminders(moments([Stay(40, TURNED), Stay(30, None), Stay(40, TURNED)])) == [], "not a minute on end"


def test_at_the_edge_a_tremor_is_one_time_outside() -> None:
    _, told = run(moments([Stay(30, STRAIGHT), Stay(400, (15.0, 0, 0)), Stay(60, STRAIGHT)], tremor_deg=4.0))
    signs = [each.sign for _, each in told]
    changes = sum(one is not other for one, other in pairwise(signs))
    assert changes == 2, "drifting, and in place again"


def test_another_place_of_work_is_in_place_too() -> None:
    day = [Stay(300, STRAIGHT), Stay(900, SECOND), Stay(300, STRAIGHT)]
    assert len(reminders(moments(day))) == 2, "of that place it knows nothing"
    known = DeskRules(places=(HeadAngles(0, 0, 0, 0), HeadAngles(*SECOND, 34.0)))
    assert reminders(moments(day), known) == []
    held = [Stay(300, STRAIGHT), Stay(100, (SECOND[0] + 17.0, 0, 0)), Stay(60, SECOND)]
    assert [way for _, way in reminders(moments(held), known)] == [Cue.TURN_LEFT]


def test_a_call_that_fills_the_screen_is_not_disturbed() -> None:
    def hushed(until_s: float) -> list[Moment]:
        return [
            Moment(each.t_s, each.sight, each.angles, hushed=each.t_s < until_s)
            for each in moments([Stay(900, TURNED)])
        ]

    assert [round(t_s) for t_s, _ in reminders(hushed(600))] == [600], "it comes when the call is over"
    assert reminders(hushed(1000)) == []


def test_a_break_is_proposed_after_so_long_there_and_not_after_one_was_taken() -> None:
    _, told = run(moments([Stay(2.5 * 3600, STRAIGHT)], rate_hz=1.0))
    due = [t_s for t_s, each in told if each.break_due]
    assert [round(each / 2700) for each in due] == [1, 2, 3]
    _, told = run(moments([Stay(2400, STRAIGHT), Stay(400, None), Stay(2400, STRAIGHT)]))
    assert not [each for _, each in told if each.break_due]
    _, told = run(moments([Stay(2.5 * 3600, STRAIGHT)], rate_hz=1.0), DeskRules(break_every_s=None))
    assert not [each for _, each in told if each.break_due]


def test_the_sleep_of_the_computer_is_a_gap_and_no_posture_held() -> None:
    first = list(moments([Stay(40, TURNED)]))
    second = list(moments([Stay(40, TURNED)], begin_s=first[-1].t_s + 8 * 3600))
    _, told = run([*first, *second])
    assert [each.reminder for _, each in told if each.reminder] == []
    assert [each.gap for _, each in told].count(True) == 1
    assert sum(each.dt_s for _, each in told) < 81
    _, told = run([*moments([Stay(2500, STRAIGHT)]), *moments([Stay(2500, STRAIGHT)], begin_s=2500 + 8 * 3600)])
    assert not [each for _, each in told if each.break_due], "a night is a break"


def test_a_pause_is_shown_and_counts_nothing() -> None:
    paused = [Moment(100 + each / 3, Sight.PAUSED) for each in range(300)]
    state, told = run([*moments([Stay(50, TURNED)]), *paused])
    assert told[-1][1].sign is Sign.PAUSED
    assert state.window.seen == ()


def test_the_tolerance_of_the_desk_is_so_many_times_as_wide() -> None:
    assert widened(Tolerances(5, 6, 7, 8, 9, 10), 2.0) == Tolerances(10, 12, 14, 16, 18, 20)


@pytest.mark.parametrize("seed", [1])
def test_a_day_with_postures_held_brings_each_its_reminder(seed: int) -> None:
    """Eight hours of ordinary movement, and in each hour a posture that is held for two minutes."""
    day: list[Stay] = []
    for hour in range(8):
        day += [*ordinary(100 * seed + hour, hours=0.9), Stay(60, STRAIGHT), Stay(120, TURNED), Stay(120, STRAIGHT)]
    assert [way for _, way in reminders(moments(day, seed, rate_hz=1.0))] == [Cue.TURN_LEFT] * 8
