"""No plan and no patient's file that is read can ask for more than is allowed: measured on what the exercises show.

The limits stand here once more, as numbers of their own: a slip in plans/limits.py must not move the test with it.
"""

import itertools
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posture_trainer.errors import UserError
from posture_trainer.exercises.guided_records import GuidedSession, PlannedTrial
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.trial import TrialSample
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.expand import History, session_today
from posture_trainer.plans.limits import within_limits
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings, settings_within_limits
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_known_plan, load_plan, preset_names
from posture_trainer.plans.progress import Progress
from posture_trainer.plans.toml_files import parse_toml, parse_within_limits
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import Target
from posture_trainer.session.kept_to_limits import notes_on_limits
from posture_trainer.session.todays_plan import todays_plan
from posture_trainer.words.not_today import NEARER, SHORTER_STRETCH

FURTHEST_DEG = {"rotation": 45.0, "tilt": 30.0, "flexion": 30.0, "extension": 15.0}
HOLD = 'title = "x"\n[[block]]\nkind = "hold"\n'
STRETCH = 'title = "x"\n[[block]]\nkind = "stretch"\n'
FOLLOW = 'title = "x"\n[[block]]\nkind = "follow"\n'
STEP_S = 0.1


def furthest_deg(way: Direction) -> float:
    return FURTHEST_DEG[way.value.split("_")[0]]


def check_angles(turn_deg: float, lean_deg: float, down_deg: float) -> None:
    """The head is asked to be where it may be."""
    assert abs(turn_deg) <= 45 + 1e-6
    assert abs(lean_deg) <= 30 + 1e-6
    assert -15 - 1e-6 <= down_deg <= 30 + 1e-6
    assert abs(turn_deg) <= 20 + 1e-6 or down_deg >= -10 - 1e-6


def moments(trial: PlannedTrial, longest_s: float = 120.0) -> Iterator[tuple[Any, Any]]:
    """What a trial shows, and what it asks, in small steps; the head is where the one before wanted it."""
    machine, state = MACHINES[trial.kind], MACHINES[trial.kind].begin()
    for _ in range(round(longest_s / STEP_S)):
        state, outcome = machine.step(state, trial.settings, TrialSample(STEP_S, HeadAngles(0, 0, 0, 0), True))
        yield machine.view(state, trial.settings), outcome
        if outcome.ending is not None:
            return


def check_follow(trial: PlannedTrial) -> None:
    """The target, in degrees of the head that follows it: how far, and how fast."""
    one_round = replace(trial.settings, loops=1)
    reach, before = one_round.reach, None
    for shown, _ in moments(replace(trial, settings=one_round)):
        x, y = shown.target
        place = (0.0, x * reach.tilt_deg) if one_round.by_tilt else (x * reach.rotation_deg, 0.0)
        head = (*place, -y * reach.flexion_deg)
        check_angles(*head)
        if before is not None:
            assert math.dist(head, before) / STEP_S <= 15 * 1.001
        before = head


def check_stretch(trial: PlannedTrial, range_deg: dict[Direction, float]) -> None:
    """The mark: how far, how fast, and for how long at its end."""
    way = trial.settings.direction
    marks = [shown.gauge.target_deg for shown, _ in moments(trial)]
    most_deg = 0.75 * range_deg[way] if way in range_deg else furthest_deg(way) / 3
    assert max(marks) <= min(most_deg, furthest_deg(way)) + 1e-6
    assert max(abs(two - one) for one, two in itertools.pairwise(marks)) / STEP_S <= 15 + 1e-6
    assert 10 - 0.2 <= sum(mark >= max(marks) - 1e-9 for mark in marks) * STEP_S <= 30 + 0.2


def check_range(trial: PlannedTrial) -> None:
    """A head that goes on is called back at the limit."""
    way, machine = trial.settings.direction, MACHINES["range"]
    assert way is not Direction.EXTENSION
    state, sign = machine.begin(), -1.0 if way.value.endswith("left") else 1.0
    for step in range(round(60 / STEP_S)):
        gone_deg = 8.0 * step * STEP_S
        head = {axis: sign * gone_deg * way.value.startswith(axis) for axis in ("rotation", "tilt", "flexion")}
        angles = HeadAngles(head["rotation"], head["tilt"], head["flexion"], gone_deg)
        state, outcome = machine.step(state, trial.settings, TrialSample(STEP_S, angles))
        if outcome.say == "range_back":
            assert gone_deg <= furthest_deg(way) + 8 * STEP_S
            assert machine.numbers(state, trial.settings)["at_limit"] is True
            return
    raise AssertionError("nobody called it back")


def check_session(session: GuidedSession, patient: PatientSettings, range_deg: dict[Direction, float]) -> None:
    """What the patient is asked for, over the whole session."""
    repeated: Counter[Any] = Counter()
    stretched_s: dict[Direction, float] = defaultdict(float)
    breathed_s = 0.0
    measured = Counter((trial.kind, getattr(trial.settings, "direction", "")) for trial in session.trials)
    seen = set()
    for trial in session.trials:
        asked, key = trial.settings, (trial.block, trial.kind, trial.settings)
        repeated[key] += asked.loops if trial.kind == "follow" else 1
        target = trial.feedback.target
        check_angles(target.rotation_deg, target.tilt_deg, target.flexion_deg)
        held_s = {"hold": "hold_s", "stretch": "hold_s", "hold_test": "cap_s"}.get(trial.kind)
        assert trial.rest_s >= max(5.0, getattr(asked, held_s) / 2 if held_s else 0.0)
        if trial.kind == "stretch":
            stretched_s[asked.direction] += asked.hold_s
        if trial.kind == "breathe":
            breathed_s += asked.seconds
            assert (asked.in_s <= 5, asked.out_s <= 7) == (True, True)
        if key in seen:
            continue
        seen.add(key)
        if trial.kind == "hold":
            assert asked.hold_s <= 30
            assert asked.limit_s <= max(4, asked.hold_s) + 60
        elif trial.kind == "hold_test":
            assert (asked.cap_s, asked.within_deg) == (60, 10)
        elif trial.kind == "follow":
            check_follow(trial)
        elif trial.kind == "stretch":
            check_stretch(trial, range_deg)
        elif trial.kind == "range":
            check_range(trial)
        elif trial.kind == "position_sense":
            assert asked.direction in (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT)
            assert (asked.turn_deg <= 30, trial.rest_s >= 10) == (True, True)
        elif trial.kind == "timed":
            assert asked.seconds <= (180 if asked.supported_rest else 30)
            assert asked.supported_rest or trial.rest_s >= asked.seconds / 2
    assert max(repeated.values()) <= 10
    for kind, most in (("range", 3), ("position_sense", 6), ("hold_test", 2)):
        assert max(count for (of, _), count in [((kind, ""), 0), *measured.items()] if of == kind) <= most
    assert max(stretched_s.values(), default=0.0) <= 60
    assert breathed_s <= 180
    assert session.rules.longest_s <= 60 * (60 if patient.doses.why else 15)


def lines(values: dict[str, Any]) -> str:
    """Keys and values as TOML has them."""

    def told(value: Any) -> str:
        if isinstance(value, dict):
            return f"{{ {', '.join(f'{key} = {told(item)}' for key, item in value.items())} }}"
        return repr(value) if isinstance(value, float) else json.dumps(value)

    return "".join(f"{key} = {told(value)}\n" for key, value in values.items())


WAYS = [way.value for way in Direction]
SECONDS = st.floats(0.5, 700).map(lambda value: round(value, 1))
DEGREES = st.floats(0.5, 100).map(lambda value: round(value, 1))
COUNTS = st.integers(1, 70)
SOME_WAYS = st.lists(st.sampled_from(WAYS), min_size=1, max_size=6)
KEYS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "hold": {"hold_s": SECONDS, "repetitions": COUNTS, "limit_s": SECONDS, "hold_growth_s_per_day": SECONDS},
    "hold_test": {"tries": COUNTS},
    "follow": {
        "path": st.sampled_from(["butterfly", "sideways", "up_down", "opposite"]),
        "speed": st.sampled_from(["slow", "medium", "fast"]),
        "loops": COUNTS,
        "extent": st.floats(0.1, 1.5).map(lambda value: round(value, 2)),
        "repetitions": COUNTS,
    },
    "position_sense": {"directions": SOME_WAYS, "trials_per_direction": COUNTS, "turn_deg": DEGREES},
    "range": {"directions": SOME_WAYS, "repetitions": COUNTS},
    "stretch": {
        "directions": SOME_WAYS,
        "away_from_pull": st.booleans(),
        "limits_deg": st.dictionaries(st.sampled_from(WAYS), DEGREES),
        "move_s": SECONDS,
        "hold_s": SECONDS,
        "repetitions": COUNTS,
    },
    "breathe": {"seconds": SECONDS, "in_s": SECONDS, "out_s": SECONDS},
    "timed": {"seconds": SECONDS, "repetitions": COUNTS, "supported_rest": st.booleans()},
    "free": {"seconds": st.floats(5, 3600)},
}


def block(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    optional = {**KEYS[kind], "rest_s": st.floats(0, 700).map(lambda value: round(value, 1))}
    words = {"words": st.just("Sit.")} if kind == "timed" else {}
    return st.fixed_dictionaries({"kind": st.just(kind), **words}, optional=optional)


PLANS = st.tuples(
    st.lists(st.sampled_from(sorted(KEYS)).flatmap(block), min_size=1, max_size=5), st.sampled_from([1, 14, 20, 60, 90])
).map(
    lambda made: (
        f'title = "x"\nlongest_session_min = {made[1]}\n' + "".join(f"[[block]]\n{lines(each)}" for each in made[0])
    )
)
PATIENTS = st.tuples(
    st.lists(st.sampled_from(WAYS), max_size=3, unique=True),
    st.sampled_from(["", "longest_session_min = 45\n"]),
    st.fixed_dictionaries({}, optional={f"{axis}_deg": st.floats(3, 90) for axis in ("rotation", "tilt", "flexion")}),
    st.dictionaries(st.sampled_from(WAYS), DEGREES),
    st.sampled_from(["", "She is used to it."]),
).map(
    lambda made: (
        f"pull = {json.dumps(made[0])}\n{made[1]}[reach]\n{lines(made[2])}[stretch_limits_deg]\n"
        f"{lines(made[3])}[doses]\nwhy = {json.dumps(made[4])}\n"
    )
)


@settings(max_examples=100)
@given(
    plan=PLANS,
    patient=PATIENTS,
    days=st.integers(0, 400),
    range_deg=st.dictionaries(st.sampled_from(Direction), st.floats(0, 90)),
    target=st.builds(Target, *[st.floats(-30, 30)] * 3),
)
def test_nothing_that_is_read_asks_for_more_than_is_allowed(
    plan: str, patient: str, days: int, range_deg: dict[Direction, float], target: Target
) -> None:
    own = parse_within_limits(patient, PatientSettings, "The file")[0]
    try:
        known, told = parse_within_limits(plan, Plan, "The plan")
        session = session_today(
            "x",
            known,
            own,
            History(progress=Progress(days), range_deg=range_deg),
            feedback=FeedbackSettings(target=target),
        )
    except UserError:
        return  # nothing is left of it, or nothing can be done of it for this patient
    check_session(session, own, range_deg)
    if told:
        with pytest.raises(UserError):
            parse_toml(plan, Plan, "A new plan")
    else:
        assert parse_toml(plan, Plan, "A new plan") == known


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_keeps_to_the_limits(name: str) -> None:
    patient = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg=dict.fromkeys(Direction, 15.0))
    check_session(session_today(name, load_plan(name)[1], patient), patient, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HOLD + "repetitions = 60", r"block 1 \(hold\), repetitions is 60; allowed: at most 10\."),
        (HOLD + "hold_s = 30\nrest_s = 10", "rest_s is 10; allowed: at least 15, half of what is held"),
        (HOLD + "rest_s = 0", "rest_s is 0; allowed: at least 5"),
        (STRETCH + "limits_deg = { tilt_left = 40 }", r"limits_deg\.tilt_left is 40; allowed: at most 30"),
        (STRETCH + "limits_deg = { extension = 16 }", r"limits_deg\.extension is 16; allowed: at most 15"),
        (STRETCH + "hold_s = 3", "hold_s is 3; allowed: at least 10"),
        (STRETCH + "repetitions = 5", r"block 1 \(stretch\), repetitions is 5; allowed: at most 4, for a direction is"),
        (STRETCH + "repetitions = 4\n[[block]]\nkind = 'stretch'", r"block 2 \(stretch\), repetitions is 1; allowed:"),
        (FOLLOW + "loops = 5\nrepetitions = 3", "repetitions is 3; allowed: at most 2 with 5 loops"),
        (
            'title = "x"\n[[block]]\nkind = "range"\ndirections = ["flexion", "extension"]',
            "directions is flexion, extension; allowed: each once, of rotation_right, rotation_left, tilt_right",
        ),
        (
            'title = "x"\n[[block]]\nkind = "position_sense"\ndirections = ["flexion"]',
            "ons is flexion; allowed:",
        ),
        ('title = "x"\n[[block]]\nkind = "position_sense"\nrest_s = 3', "rest_s is 3; allowed: at least 10"),
        ('title = "x"\n[[block]]\nkind = "position_sense"\nturn_deg = 40', "turn_deg is 40; allowed: at most 30"),
        ('title = "x"\n[[block]]\nkind = "breathe"\nin_s = 10', "in_s is 10; allowed: at most 5"),
        (
            2 * '[[block]]\nkind = "breathe"\nseconds = 100\n',
            r"block 2 \(breathe\), seconds is 100; allowed: at most 80",
        ),
        (
            2 * '[[block]]\nkind = "range"\nrepetitions = 2\n',
            r"block 2 \(range\), repetitions is 2; allowed: at most 1, for 3 in a session",
        ),
        (2 * '[[block]]\nkind = "hold_test"\n', r"block 2 \(hold_test\), tries is 2; allowed: at most 0"),
        (
            2 * '[[block]]\nkind = "position_sense"\ndirections = ["rotation_left"]\ntrials_per_direction = 4\n',
            r"block 2 \(position_sense\), trials_per_direction is 4; allowed: at most 2",
        ),
        ('title = "x"\n[[block]]\nkind = "timed"\nwords = "x"\nseconds = 60', "at most 30 without supported_rest"),
    ],
)
def test_what_is_beyond_a_limit_is_refused_by_its_name(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        parse_toml(text if "title" in text else f'title = "x"\n{text}', Plan, "The plan x.toml")


def test_a_path_that_goes_too_far_or_too_fast_comes_nearer_and_slower_and_that_is_told() -> None:
    """Reach 60 was taken before: 38 degrees turned with the chin 27 up, at 48 degrees a second."""
    plan = parse_toml(FOLLOW + 'speed = "fast"\nextent = 0.9\nloops = 1', Plan, "x")
    own, told = parse_within_limits("[reach]\nrotation_deg = 60\nflexion_deg = 60", PatientSettings, "The file")
    assert told == (
        "reach.rotation_deg is 60; allowed: at most 45.",
        "reach.flexion_deg is 60; allowed: at most 30.",
    )
    session = session_today("x", plan, own)
    check_session(session, own, {})
    assert NEARER in session.notes
    path = session.trials[0].settings
    assert path.extent < 0.9
    assert path.loop_s > 10
    usual = session_today("x", plan)
    assert (usual.trials[0].settings.loop_s, usual.trials[0].settings.extent, usual.notes) == (10.0, 0.9, ())


def test_a_stretch_goes_no_further_than_three_quarters_of_what_was_measured() -> None:
    plan = parse_toml(STRETCH + 'directions = ["rotation_left", "tilt_left"]', Plan, "x")
    own = PatientSettings(stretch_limits_deg={Direction.ROTATION_LEFT: 40.0, Direction.TILT_LEFT: 8.0})
    unmeasured = session_today("x", plan, own)
    assert [trial.settings.limit_deg for trial in unmeasured.trials] == [15.0, 8.0]
    assert unmeasured.notes == (SHORTER_STRETCH,)
    known = History(range_deg={Direction.ROTATION_LEFT: 32.0, Direction.TILT_LEFT: 20.0})
    measured = session_today("x", plan, own, known)
    assert [trial.settings.limit_deg for trial in measured.trials] == [24.0, 8.0]
    assert measured.notes == (SHORTER_STRETCH,)
    none = session_today("x", plan, own, History(range_deg={Direction.ROTATION_LEFT: 0.0}))
    assert [trial.settings.direction for trial in none.trials] == [Direction.TILT_LEFT]


def test_a_hold_that_has_grown_is_rested_for_half_of_it() -> None:
    plan = parse_toml(HOLD + "hold_s = 5\nhold_step_s = 5\nrepetitions = 2", Plan, "x")
    grown = session_today("x", plan, history=History(progress=Progress(30))).trials[0]
    assert (grown.settings.hold_s, grown.rest_s) == (30.0, 15.0)


def test_the_nearest_target_that_is_allowed() -> None:
    assert within_limits(Target(10, 5, -15)) == Target(10, 5, -15)
    assert within_limits(Target(10, 0, -25)) == Target(10, 0, -15)
    assert within_limits(Target(-25, 0, -15)) == Target(-25, 0, -10)
    assert within_limits(Target(30, -30, 30)) == Target(30, -30, 30)


def test_a_file_of_before_is_read_and_kept_to_what_is_allowed_a_new_one_is_refused(tmp_path: Path) -> None:
    """The plan of the records of before rests 1 and 2 s; the patient's file of somebody with an editor reaches 60."""
    before = Path(__file__).parents[1] / "whole" / "records_of_before" / "p001"
    (tmp_path / "plan.toml").write_bytes((before / "plan.toml").read_bytes())
    text = (before / "patient.toml").read_text(encoding="utf-8")
    (tmp_path / "patient.toml").write_text(text.replace("rotation_deg = 20.0", "rotation_deg = 60.0"), "utf-8")
    own, told = settings_within_limits(tmp_path)
    assert own == load_patient_settings(tmp_path)
    assert (own.reach.rotation_deg, told) == (45.0, ("reach.rotation_deg is 60.0; allowed: at most 45.",))
    todays = todays_plan(tmp_path, None, own)
    assert todays is not None
    check_session(todays.session, own, {})
    notes = notes_on_limits(tmp_path, todays.meant.told)
    assert [note.split(" more is set")[0] for note in notes] == ["In patient.toml", "In the plan"]
    with pytest.raises(UserError, match=r"rest_s is 2; allowed: at least 5\. \(3 more in the file\.\)"):
        load_plan(str(tmp_path / "plan.toml"))
    assert load_known_plan("meige")[2] == ()
    save_patient_settings(tmp_path, own)
    assert settings_within_limits(tmp_path) == (own, ())


@pytest.mark.parametrize(
    ("pull", "kept"),
    [
        ('"rotation_left", "rotation_right", "flexion"', (Direction.FLEXION,)),
        ('"flexion", "flexion"', (Direction.FLEXION,)),
        ('"tilt_left", "tilt_right"', ()),
        ('"rotation_left", "tilt_right", "extension"', None),
    ],
)
def test_no_head_is_pulled_both_ways(pull: str, kept: tuple[Direction, ...] | None) -> None:
    """Else what goes away from the pull would go into it."""
    text = f"pull = [{pull}]"
    own, told = parse_within_limits(text, PatientSettings, "The file")
    if kept is None:
        assert (len(own.pull), told) == (3, ())
        return
    assert own.pull == kept
    assert told == (f"pull is {pull.replace(chr(34), '')}; allowed: each once, and one way of two that are opposite.",)
    with pytest.raises(UserError, match="pull is"):
        parse_toml(text, PatientSettings, "The file")


def test_settings_beyond_a_limit_are_not_saved(tmp_path: Path) -> None:
    """However a form came by them."""
    wrong = PatientSettings().model_copy(update={"stretch_limits_deg": {Direction.FLEXION: 60.0}})
    with pytest.raises(UserError, match=r"What is to be saved: stretch_limits_deg\.flexion is 60; allowed: at most 30"):
        save_patient_settings(tmp_path, wrong)
    assert list(tmp_path.iterdir()) == []
