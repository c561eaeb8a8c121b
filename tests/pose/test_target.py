"""A target that is not neutral: cues, outline and log are about it, angles stay those from neutral."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made.scripted import PICTURE_SIZE, ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face
from pydantic import ValidationError
from scipy.spatial.transform import Rotation
from test_feedback import TAKES_BACK, TOLERANCE_DEG, head, run
from test_live_session import Room, turned

from posture_trainer.feedback import Cue, FeedbackSample, FeedbackSettings, PostureState
from posture_trainer.pages.keys import Key
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.pose.angles import HeadAngles, Matrix, head_angles, rotation_from_angles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.neutral.baseline import FACE_OVAL, Baseline
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.baseline_files import load_baseline, save_baseline
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.words.directions import target_words

AXIS_NAMES = ("rotation_deg", "tilt_deg", "flexion_deg")
step_deg = st.floats(-30, 30)
targets = st.builds(Target, step_deg, step_deg, step_deg)
rotations = st.tuples(*[st.floats(-1, 1)] * 3).map(lambda v: Rotation.from_rotvec(v).as_matrix())
small_rotations = st.tuples(*[st.floats(-0.2, 0.2)] * 3).map(lambda v: Rotation.from_rotvec(v).as_matrix())
off_deg = st.floats(-20, 20)


def told(angles: HeadAngles, target: Target) -> Cue | None:
    """The cue for a head that stays at these angles."""
    asked = FeedbackSettings(target=target)
    given_cues = [feedback.cue for _, feedback in run([FeedbackSample(i / 10, angles) for i in range(30)], asked)]
    return next((cue for cue in given_cues if cue is not None), None)


def apart_deg(one: Matrix, other: Matrix) -> float:
    return float(np.degrees(Rotation.from_matrix(one.T @ other).magnitude()))


@given(rotations, small_rotations, targets, off_deg, off_deg, off_deg)
def test_the_cue_points_to_the_target_for_any_neutral_neck_and_target(
    neutral: Matrix, axes: Matrix, target: Target, rotation: float, tilt: float, flexion: float
) -> None:
    """Looked at from outside: a small move as told brings the head, as a rotation in the room, nearer to the goal."""
    goal = neutral @ axes @ target.rotation() @ axes.T
    at = {
        "rotation_deg": target.rotation_deg + rotation,
        "tilt_deg": target.tilt_deg + tilt,
        "flexion_deg": target.flexion_deg + flexion,
    }
    assume(abs(at["tilt_deg"]) <= 35)

    def in_the_room(angles: dict[str, float]) -> Matrix:
        return np.asarray(neutral @ axes @ rotation_from_angles(**angles) @ axes.T)

    now = in_the_room(at)
    cue = told(head_angles(neutral @ axes, now @ axes), target)
    worst = max(abs(off) / TOLERANCE_DEG[name] for name, off in zip(AXIS_NAMES, (rotation, tilt, flexion), strict=True))
    if cue is None:
        assert worst <= 1 + 1e-6
        return
    name, sign = TAKES_BACK[cue]
    moved = in_the_room({**at, name: at[name] - 0.5 * sign})
    assert apart_deg(goal, moved) < apart_deg(goal, now)


@given(targets)
def test_a_head_on_the_target_is_never_cued(target: Target) -> None:
    on_it = head(target.rotation_deg, target.tilt_deg, target.flexion_deg)
    done = run([FeedbackSample(i / 10, on_it) for i in range(60)], FeedbackSettings(target=target))
    assert all(feedback.cue is None and feedback.state is PostureState.NEUTRAL for _, feedback in done)


def with_target(target: Target, neck_axes: Matrix | None = None) -> Baseline:
    axes = None if neck_axes is None else neck_axes.tolist()
    return made_baseline().model_copy(update={"target": target, "neck_axes": axes})


@settings(max_examples=12)
@given(targets, small_rotations)
def test_the_outline_is_where_the_face_is_when_the_head_is_on_the_target(target: Target, axes: Matrix) -> None:
    baseline = with_target(target, axes)
    turned_head = baseline.rotation_at(target)
    pivot = np.array([0.0, -4.5, -5.0])
    place = np.array([0.0, 0.0, -60.0]) + pivot - turned_head @ pivot  # the base of the skull stays
    face = made_face(turned_head, (float(place[0]), float(place[1]), float(place[2])))
    seen = PatientPosture(baseline).sample(0.0, (face,))
    assert seen.measured is not None
    for name in AXIS_NAMES:
        assert getattr(seen.measured, name) == pytest.approx(getattr(target, name), abs=3.0), (
            "bend_correction expects MediaPipe, which bends; this face does not"
        )
    difference_px = (baseline.guide(target).outline - face.shares[list(FACE_OVAL), :2]) * PICTURE_SIZE
    assert np.abs(difference_px).max() < 4


def test_the_outline_of_neutral_is_as_it_was() -> None:
    guide = made_baseline().guide()
    assert np.array_equal(guide.outline, np.array(made_baseline().landmarks)[list(FACE_OVAL)])


def test_a_baseline_keeps_its_target_and_old_ones_load_without(tmp_path: Path) -> None:
    path = save_baseline(tmp_path, with_target(Target(5, 0, -3)))
    assert load_baseline(path).target == Target(5, 0, -3)
    stored = json.loads(path.read_text(encoding="utf-8"))
    del stored["target"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load_baseline(path).target is None


@pytest.mark.parametrize("wrong", [31.0, -90.0, float("nan"), float("inf"), "right"])
def test_a_target_out_of_bounds_is_refused(wrong: object) -> None:
    stored = json.loads(made_baseline().model_dump_json())
    with pytest.raises(ValidationError):
        Baseline.model_validate({**stored, "target": {"rotation_deg": wrong}})


def test_words_name_side_and_size() -> None:
    assert target_words(Target(5, 0, -3)) == "rotation 5° to the right, flexion 3° chin up"
    assert target_words(NEUTRAL) == "neutral"


@pytest.mark.parametrize("name", preset_names())
def test_only_holds_and_the_free_mirror_go_to_the_target(name: str) -> None:
    patient = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg={Direction.ROTATION_LEFT: 15.0})
    session = session_today(name, load_plan(name)[1], patient, None, FeedbackSettings(target=Target(10)))
    for trial in session.trials:
        assert trial.feedback.target == (Target(10) if trial.kind in ("hold", "free") else NEUTRAL)


def test_practice_guides_to_the_target_and_says_so_in_the_log_and_the_review(tmp_path: Path) -> None:
    target = Target(15, 0, 0)
    patient = tmp_path / "patients" / "anna"
    path = save_baseline(patient, with_target(target))
    room = Room(patient, lambda t: turned(15) if t < 14 else turned(0), {24.0: Key.STOP}, seconds=120)
    summary = room.practise(baseline=load_baseline(path), baseline_file=path, settings=FeedbackSettings(target=target))
    assert summary is not None
    assert {event["cue"] for event in room.events() if event["event"] == "cue"} == {"turn_right"}
    (folder,) = (patient / "sessions").iterdir()
    header = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    assert header["feedback"]["target"] == {"rotation_deg": 15, "tilt_deg": 0, "flexion_deg": 0}
    assert header["baseline"]["target"] == header["feedback"]["target"]
    assert "not neutral but rotation 15° to the right" in header["notes"][0]
    rows = (folder / "samples.csv").read_text(encoding="utf-8").splitlines()
    on_target = dict(zip(rows[0].split(","), rows[90].split(","), strict=True))
    assert on_target["state"] == "neutral"
    assert float(on_target["rotation_deg"]) == pytest.approx(15, abs=1), "angles are told from neutral"
    (reviewed,) = past_sessions(patient)
    assert reviewed.edges.judged[0]["rotation"] == (20.0, -10.0)
    assert reviewed.edges.judged[0]["tilt"] == (5.0, 5.0)


def test_analyze_against_a_baseline_with_a_target_cues_towards_it(tmp_path: Path) -> None:
    path = save_baseline(tmp_path / "anna", with_target(Target(15, 0, 0)))
    source = ScriptedSource(frames_at([i / 30 for i in range(120)], PICTURE_SIZE))
    what = Analysis(tmp_path / "log", baseline=load_baseline(path), baseline_file=path)
    result = analyze(source, ScriptedTracker(lambda _frame: turned(0)), what)
    assert {cue for cue, count in result.summary.cues.items() if count} == {"turn_right"}
    header = json.loads((tmp_path / "log" / "session.json").read_text(encoding="utf-8"))
    assert header["feedback"]["target"]["rotation_deg"] == 15


def test_a_new_neutral_in_the_session_is_itself_the_target(tmp_path: Path) -> None:
    target = Target(15, 0, 0)
    room = Room(tmp_path, lambda t: turned(15 if t < 11 else 0), {12.0: Key.CALIBRATE, 28.0: Key.STOP}, seconds=120)
    room.practise(baseline=with_target(target), settings=FeedbackSettings(target=target))
    assert room.heard(19, 28) == []
    (again,) = [event for event in room.events() if event["event"] == "baseline"]
    assert again["target"] is None


def test_tolerances_lie_about_the_target() -> None:
    asked = replace(FeedbackSettings(), target=Target(0, -10, 0))
    assert told(head(tilt=-14), asked.target) is None
    assert told(head(tilt=-4), asked.target) is Cue.TILT_LEFT
    assert told(head(tilt=-16), asked.target) is Cue.TILT_RIGHT
