"""Each exercise by itself: one trial, moment by moment, with heads made by hand."""

import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest
from made.simulated_patients import Willing, head, play

from posture_trainer.exercises import breathe, follow, hold, hold_test, position_sense, range_of_motion, stretch
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.trial import Ending, Numbers, TrialSample
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.plan import load_plan
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import OPPOSITE, Direction, towards_deg
from posture_trainer.words.phrases import LONG, PHRASES, TITLES

DT_S = 0.05


def run(
    kind: str, settings: Any, at: Callable[[float], HeadAngles | None], seconds: float = 200.0
) -> tuple[Numbers, Ending | None, list[tuple[float, str]], Any]:
    """One trial to its end: its numbers, its ending, what was said or sounded when, its last state."""
    machine = MACHINES[kind]
    state, heard = machine.begin(), []
    for frame in range(int(seconds / DT_S) + 1):
        t_s = frame * DT_S
        angles = at(t_s)
        inside = angles is not None and angles.deviation_deg <= 5
        state, outcome = machine.step(state, settings, TrialSample(DT_S if frame else 0.0, angles, inside))
        machine.view(state, settings)
        heard += [(t_s, key) for key in (outcome.say, outcome.sound) if key]
        if outcome.ending:
            return machine.numbers(state, settings), outcome.ending, heard, state
    return machine.numbers(state, settings), None, heard, state


def in_turn(*parts: tuple[float, HeadAngles | None]) -> Callable[[float], HeadAngles | None]:
    """Each head for so many seconds, the last one for ever."""

    def at(t_s: float) -> HeadAngles | None:
        for seconds, angles in parts:
            if t_s < seconds - 1e-9:
                return angles
            t_s -= seconds
        return parts[-1][1]

    return at


def test_every_kind_has_its_words() -> None:
    assert set(MACHINES) <= set(TITLES)
    assert all(PHRASES.values())
    short = [words.lower() for key, words in PHRASES.items() if key not in LONG]  # not what is said of signs and care
    assert all(len(words) <= 130 and "neck" not in words and "muscle" not in words for words in short)


@pytest.mark.parametrize("way", Direction)
def test_a_direction_is_positive_towards_itself(way: Direction) -> None:
    plus = head(
        **{
            f"{way.split('_')[0] if '_' in way else 'flexion'}_deg": 10.0
            if way in ("rotation_right", "tilt_right", "flexion")
            else -10.0
        }
    )
    assert towards_deg(plus, way) == 10
    assert towards_deg(plus, OPPOSITE[way]) == -10


def test_leaving_pauses_or_restarts_the_hold() -> None:
    at = in_turn((1.0, head(20)), (3.0, head()), (2.0, head(20)), (9.0, head()))
    paused, ending, _, _ = run("hold", hold.HoldSettings(5.0, 30.0, "pause"), at)
    assert (ending, paused["held_s"], paused["leaves"], paused["longest_s"]) == (Ending.DONE, 5.0, 1, 3.0)
    assert paused["time_to_neutral_s"] == 1.0
    assert paused["measured_s"] == pytest.approx(7.0, abs=0.1)
    restarted, _, _, _ = run("hold", hold.HoldSettings(5.0, 30.0, "restart"), at)
    assert (restarted["held_s"], restarted["longest_s"]) == (5.0, 5.0)
    assert restarted["in_tolerance_share"] == pytest.approx(0.8, abs=0.02)


def test_hold_without_cues_has_a_fixed_length_and_is_measured_after_getting_ready() -> None:
    at = in_turn((hold.WITHOUT_READY_S, head(30)), (3.0, head(2)), (9.0, head(12)))
    numbers, ending, heard, _ = run("hold", hold.HoldSettings(10.0, 40.0, cues=False), at)
    assert ending is Ending.DONE
    ((over_s, key),) = heard
    assert (round(over_s, 6), key) == (14.0, "trial_done")
    assert numbers["in_tolerance_share"] == pytest.approx(0.3, abs=0.02)
    assert numbers["mean_deviation_deg"] == pytest.approx(9.0, abs=0.2)


def test_hold_test_counts_from_coming_in_to_leaving_by_one_rule() -> None:
    at = in_turn((2.0, head(20)), (10.0, head(9)), (0.2, head(11)), (5.0, head(9)), (9.0, head(11)))
    numbers, ending, heard, _ = run("hold_test", hold_test.HoldTestSettings(), at)
    assert ending is Ending.DONE
    assert numbers["held_s"] == pytest.approx(14.8, abs=0.06), "from the second whose mean is within to that beyond"
    assert [key for _, key in heard] == ["hold_test_go", "hold_test_over"]
    capped, _, _, _ = run("hold_test", hold_test.HoldTestSettings(), lambda _t: head(9))
    assert (capped["held_s"], capped["capped"], capped["averaged_s"]) == (60.0, True, 1.0)
    never, ending, _, _ = run("hold_test", hold_test.HoldTestSettings(), lambda _t: head(11))
    assert (never["held_s"], ending) == (0.0, Ending.NOT_REACHED)
    brief, ending, _, _ = run(
        "hold_test", hold_test.HoldTestSettings(), in_turn((5.0, head()), (0.6, None), (9.0, head(30)))
    )
    assert ending is Ending.DONE
    assert brief["held_s"] == pytest.approx(5.0 - 1.0 + 0.6 + 0.35, abs=0.1)
    _lost, ending, _, _ = run("hold_test", hold_test.HoldTestSettings(), in_turn((5.0, head()), (9.0, None)))
    assert ending is Ending.VOID


def trembling(middle_deg: float, deg: float, hz: float = 2.0) -> Callable[[float], HeadAngles]:
    return lambda t_s: head(middle_deg + deg * math.sin(2 * math.pi * hz * t_s))


@pytest.mark.parametrize("deg", [0.0, 3.0, 3.3, 5.0])
@pytest.mark.parametrize("hz", [1.6, 2.0, 3.1])
def test_a_tremor_makes_a_hold_neither_longer_nor_shorter(deg: float, hz: float) -> None:
    def at(t_s: float) -> HeadAngles:
        return trembling(20.0 if t_s < 3 else 7.0 if t_s < 33 else 15.0, deg, hz)(t_s)

    numbers, ending, _, _ = run("hold_test", hold_test.HoldTestSettings(), at)
    assert ending is Ending.DONE
    assert numbers["held_s"] == pytest.approx(29.6, abs=0.2)


def test_two_hold_tests_are_the_same_for_tremors_that_do_and_do_not_cross_the_edge() -> None:
    held_s = [run("hold_test", hold_test.HoldTestSettings(), trembling(7.0, deg))[0]["held_s"] for deg in (3.0, 3.3)]
    assert held_s == [60.0, 60.0]


BAND_EDGES = [
    (60.0, "> 60 s"),
    (59.9, "46–60 s"),
    (46.0, "46–60 s"),
    (45.4, "31–45 s"),
    (30.5, "31–45 s"),
    (16.0, "16–30 s"),
    (15.0, "≤ 15 s"),
    (0.0, "≤ 15 s"),
]


@pytest.mark.parametrize(("mean_s", "name"), BAND_EDGES)
def test_hold_test_bands(mean_s: float, name: str) -> None:
    assert hold_test.band(mean_s) == name


def test_one_try_of_the_hold_test_has_no_mean() -> None:
    numbers: Numbers = {"ending": "done", "held_s": 40.0}
    one, two = ExerciseEvent("hold_test", 1.0, numbers), ExerciseEvent("hold_test", 2.0, {**numbers, "held_s": 50.0})
    assert exercise_summary([one])["hold_test"]["band"] is None
    assert exercise_summary([one, two])["hold_test"]["mean_s"] == 45.0
    assert exercise_summary([one, two])["hold_test"]["band"] == "31–45 s"


def test_pointer_goes_where_the_face_points_as_seen_in_the_mirror() -> None:
    settings = follow.FollowSettings()
    assert follow.pointer_at(settings, head(10.0, 0, 0)) == (0.5, 0.0), "right is right"
    assert follow.pointer_at(settings, head(0, 0, -6.0)) == (0.0, 0.5), "chin up is up"
    tilt = follow.FollowSettings(path="opposite", direction=Direction.TILT_LEFT)
    assert follow.pointer_at(tilt, head(50.0, -15.0, 0))[0] == -1.0


@pytest.mark.parametrize("way", Direction)
def test_opposite_path_stays_on_its_side(way: Direction) -> None:
    settings = follow.FollowSettings(path="opposite", direction=way)
    points = [follow.target_at(settings, t_s / 10) for t_s in range(241)]
    farthest = max(points, key=lambda point: abs(point[0]) + abs(point[1]))
    assert points[0] == pytest.approx((0, 0), abs=1e-9)
    x, y = farthest
    side = {"rotation_right": x, "tilt_right": x, "rotation_left": -x, "tilt_left": -x, "flexion": -y, "extension": y}
    assert side[way] == pytest.approx(0.7)
    assert all(point[0] * x >= 0 and point[1] * y >= 0 for point in points)


def test_follow_numbers() -> None:
    settings = follow.FollowSettings(path="sideways", loops=1)

    def two_deg_beside(t_s: float) -> HeadAngles:
        x, y = follow.target_at(settings, max(0.0, t_s - follow.READY_S))
        return head(20 * x + 2, 0, -12 * y)

    numbers, ending, heard, _ = run("follow", settings, two_deg_beside)
    assert ending is Ending.DONE
    assert [key for _, key in heard] == ["follow_go", "trial_done"]
    assert numbers["mean_distance_deg"] == pytest.approx(2.0, abs=0.05)
    assert numbers["on_target_share"] == pytest.approx(1.0, abs=0.01)
    assert numbers["path_ratio"] == pytest.approx(1.0, abs=0.01)
    still, _, _, _ = run("follow", settings, lambda _t: head())
    assert still["path_ratio"] == 0.0


def test_follow_target_waits_while_no_face_is_seen() -> None:
    settings = follow.FollowSettings(path="sideways", loops=1)
    _, _, heard, _ = run("follow", settings, in_turn((5.0, head()), (4.0, None), (99.0, head())))
    assert heard[-1][1] == "trial_done"
    assert heard[-1][0] == pytest.approx(24 + 3 + 4, abs=0.15)


def test_position_sense_measures_from_the_remembered_start() -> None:
    settings = position_sense.PositionSenseSettings(Direction.ROTATION_LEFT)
    at = in_turn((6.0, head(1)), (2.0, head(-20)), (1.0, head(-33)), (9.0, head(4)))
    numbers, ending, heard, state = run("position_sense", settings, at)
    assert ending is Ending.DONE
    assert (numbers["start_deg"], numbers["turned_deg"], numbers["back_deg"]) == (1.0, 34.0, 4.0)
    assert (numbers["signed_error_deg"], numbers["absolute_error_deg"]) == (3.0, 3.0)
    assert numbers["overshoot_deg"] == 3.0, "past the start, to the right, coming from the left"
    keys = [key for _, key in heard]
    assert keys == [
        "position_close", "position_rotation_left", "position_back", "turning_point", "position_open", "eyes_open",
    ]  # fmt: skip
    assert heard[-1][0] == pytest.approx(9 + 1 + 1.5, abs=0.16), "a second for the mean to arrive, then still"
    assert numbers["radial_error_deg"] == 3.0
    short, _, _, _ = run("position_sense", settings, in_turn((6.0, head()), (3.0, head(-33)), (9.0, head(-5))))
    assert short["overshoot_deg"] == -5.0
    assert MACHINES["position_sense"].view(state, settings).mirror is False


def test_position_sense_needs_a_still_head_and_a_turn() -> None:
    settings = position_sense.PositionSenseSettings()
    restless = in_turn((6.0, head()), (1.0, head(33)))
    _, ending, _, _ = run("position_sense", settings, lambda t: restless(t) if t < 7 else head(9 * (int(t) % 2)))
    assert ending is Ending.VOID
    _, ending, _, _ = run("position_sense", settings, lambda _t: head(3))
    assert ending is Ending.NOT_REACHED


def test_position_sense_begins_from_a_second_that_was_seen_and_keeps_nobody_waiting_for_it() -> None:
    settings = position_sense.PositionSenseSettings()
    at = in_turn((2.0, head()), (1.5, head(9)), (0.2, None), (9.0, head(4)))
    numbers, _, heard, _ = run("position_sense", settings, at)
    assert numbers["start_deg"] == 4.0, "not from before the face was lost"
    numbers, ending, heard, _ = run("position_sense", settings, in_turn((2.0, head()), (99.0, None)))
    assert ending is Ending.VOID
    (closed_s, _), *_, (opened_s, sound) = heard
    assert sound == "eyes_open"
    assert opened_s - closed_s == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize("hz", [1.6, 2.0, 4.0])
def test_position_sense_measures_a_head_that_trembles(hz: float) -> None:
    def at(t_s: float) -> HeadAngles:
        shake = 3.0 * math.sin(2 * math.pi * hz * t_s)
        middle = head(1, 2, -1) if t_s < 17 else head(33) if t_s < 19 else head(5, 5, -1)
        return head(middle.rotation_deg + shake, middle.tilt_deg + shake, middle.flexion_deg)

    numbers, ending, _, _ = run("position_sense", position_sense.PositionSenseSettings(), at)
    assert ending is Ending.DONE
    assert numbers["signed_error_deg"] == pytest.approx(4.0, abs=0.6)
    assert numbers["radial_error_deg"] == pytest.approx(5.0, abs=0.8), "tilt is off by 3 degrees too"


def test_position_sense_gives_figures_and_no_verdict() -> None:
    played = play(session_today("p", load_plan("position-sense")[1]), Willing(eyes_closed_rotation_deg=6.0))
    events = played.named("position_sense")
    full = exercise_summary(events)["position_sense"]["directions"]["rotation_right"]
    assert full["trials"] == 6
    assert "above_line" not in full, "the line says nothing of one person"
    assert full["mean_signed_error_deg"] == pytest.approx(6, abs=0.3)
    assert full["mean_overshoot_deg"] == pytest.approx(-6, abs=0.3)
    part = exercise_summary(events[:2])["position_sense"]["directions"]["rotation_right"]
    assert part["sd_signed_error_deg"] is None


def test_range_takes_the_farthest_point_and_marks_what_the_camera_cannot_measure() -> None:
    settings = range_of_motion.RangeSettings(Direction.TILT_RIGHT)
    at = in_turn((2.0, head()), (1.0, head(0, 20)), (3.0, head(0, 31)), (9.0, head()))
    numbers, ending, heard, _ = run("range", settings, at)
    assert (ending, numbers["farthest_deg"], numbers["beyond_camera"]) == (Ending.DONE, 31.0, False)
    assert [key for _, key in heard] == ["range_back", "trial_done"]
    turn = range_of_motion.RangeSettings(Direction.ROTATION_RIGHT)
    far, _, _, _ = run("range", turn, in_turn((2.0, head()), (9.0, head(50))))
    assert far["beyond_camera"] is True
    lost, _, _, _ = run("range", turn, in_turn((2.0, head()), (1.0, head(35)), (3.0, None), (9.0, head())))
    assert (lost["farthest_deg"], lost["beyond_camera"]) == (35.0, True)
    spike, _, _, _ = run(
        "range", turn, in_turn((2.0, head()), (1.0, head(20)), (0.1, head(80)), (3.0, head(20)), (9.0, head()))
    )
    assert (spike["farthest_deg"], spike["beyond_camera"]) == (20.0, False), "a wrong picture or two are no range"
    none, ending, _, _ = run("range", turn, lambda _t: head())
    assert (none["farthest_deg"], ending) == (0.0, Ending.NOT_REACHED)


def test_the_whole_way_does_not_depend_on_where_neutral_was_put() -> None:
    done: Numbers = {"ending": "done"}

    def cycles(shift_deg: float, **more: Any) -> Any:
        ways = {"rotation_right": 40.0 - shift_deg, "rotation_left": 30.0 + shift_deg, "tilt_right": 20.0} | more
        return exercise_summary(
            ExerciseEvent("range", 1.0, {**done, "direction": way, "farthest_deg": deg, "beyond_camera": deg > 45})
            for way, deg in ways.items()
        )["range"]["cycles"]

    assert cycles(0.0) == cycles(8.0) == {"rotation": {"cycle_deg": 70.0, "cycle_beyond_camera": False}}
    assert cycles(0.0, flexion=10.0, extension=50.0)["flexion"] == {"cycle_deg": 60.0, "cycle_beyond_camera": True}
    assert "tilt" not in cycles(0.0, tilt_left=0.0), "never past neutral: it does not cancel out"


def test_trials_recorded_before_still_read() -> None:
    old: Numbers = {"ending": "done", "direction": "tilt_left", "signed_error_deg": 2.0, "absolute_error_deg": 2.0}
    section = exercise_summary([ExerciseEvent("position_sense", 1.0, old)])["position_sense"]["directions"]["tilt_left"]
    assert (section["mean_absolute_error_deg"], section["mean_radial_error_deg"]) == (2.0, None)


def test_stretch_never_asks_for_more_than_its_limit_and_says_far_enough() -> None:
    settings = stretch.StretchSettings(15.0, Direction.ROTATION_LEFT)
    marks = [stretch.mark_deg(settings, t_s / 10) for t_s in range(280)]
    assert max(marks) == 15.0
    assert min(marks) >= 0
    assert max(abs(two - one) for one, two in itertools.pairwise(marks)) < 0.3, "slowly"
    numbers, ending, heard, _ = run("stretch", settings, in_turn((6.0, head()), (3.0, head(-15)), (30.0, head(-20))))
    assert ending is Ending.DONE
    told = [t_s for t_s, key in heard if key == "far_enough"]
    assert told[0] == pytest.approx(9.0, abs=0.06)
    assert min(two - one for one, two in itertools.pairwise(told)) >= 4 - 1e-6
    assert numbers["far_enough_said"] == len(told)
    assert numbers["farthest_deg"] == 20.0
    assert numbers["over_limit_s"] == pytest.approx(18.0, abs=0.1)


def test_breathing_circle() -> None:
    settings = breathe.BreatheSettings(30.0)
    sizes = [breathe.view(breathe.BreatheState(t_s), settings).circle_share for t_s in (0, 2, 4, 7, 9.99)]
    assert sizes == pytest.approx([0, 0.5, 1, 0.5, 0], abs=0.01)
    numbers, _, _, _ = run("breathe", settings, lambda _t: None)
    assert (numbers["breaths"], numbers["seconds"]) == (3, 30.0)


@pytest.mark.parametrize("creep_deg_per_s", [0.0, 0.5, 0.9])
def test_nobody_stays_at_the_far_end_of_range(creep_deg_per_s: float) -> None:
    """Out at 20 degrees a second, then still, or creeping on."""
    settings = range_of_motion.RangeSettings(Direction.ROTATION_RIGHT)
    out_s = 1.5
    _, _, heard, _ = run(
        "range", settings, lambda t_s: head(20 * min(t_s, out_s) + creep_deg_per_s * max(0, t_s - out_s))
    )
    assert heard[0][1] == "range_back"
    assert heard[0][0] <= out_s + 3.0


def test_breathing_is_not_to_be_deep() -> None:
    assert (
        "If light-headed, breathe as usual." in breathe.view(breathe.BreatheState(), breathe.BreatheSettings()).message
    )
