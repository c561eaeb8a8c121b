"""Whole guided sessions in fake time: simulated patients, and what must hold whatever a patient does."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made.simulated_patients import (
    Patient,
    Played,
    Willing,
    camera_drops,
    head,
    leaves,
    never_neutral,
    play,
    pull_and_tremor,
    tires,
    whimsical,
)

from posture_trainer.exercises import guided_session
from posture_trainer.exercises.guided_records import GuidedSession
from posture_trainer.exercises.guided_view import view
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.feedback import FeedbackSample
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.plans.expand import History, session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.plans.progress import Progress
from posture_trainer.pose.directions import Direction
from posture_trainer.words.felt import Felt
from posture_trainer.words.not_today import NO_PULL, NO_STRETCH
from posture_trainer.words.phrases import PHRASES, SOUNDS

COMFORTABLE_DEG = dict.fromkeys(Direction, 15.0)
PATIENT = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg=COMFORTABLE_DEG)


def today(name: str, history: History | None = None) -> GuidedSession:
    return session_today(name, load_plan(name)[1], PATIENT, history)


def session_of(*blocks: dict[str, object], **keys: object) -> GuidedSession:
    plan = Plan.model_validate({"title": "test", "block": list(blocks), **keys})
    return session_today("test", plan, PATIENT)


def check(played: Played) -> None:
    """What must hold for every session."""
    session, spans = played.session, played.state.spans
    assert played.state.ended is not None
    assert played.length_s <= session.rules.longest_s + 11, "at most one late frame over the longest time"
    # the sum of the parts is the session's length, without holes
    assert sum(guided_session.parts(played.state).values()) == pytest.approx(played.length_s, abs=1e-6)
    assert all(one.ends_s == two.begins_s for one, two in itertools.pairwise(spans))
    # no rest is shortened
    for rest in played.named("rest"):
        assert rest.numbers["rested_s"] >= rest.numbers["asked_s"] - 1e-3  # type: ignore[operator]
    trials = [event for event in played.events if event.name in MACHINES]
    for one, two in itertools.pairwise(trials):
        planned = next(
            trial
            for trial in session.trials
            if (trial.block, trial.trial) == (one.numbers["block"], one.numbers["trial"])
        )
        rested_s = sum(
            span.ends_s - span.begins_s
            for span in spans
            if span.activity == "rest" and one.t_s - 1e-6 <= span.begins_s < two.t_s
        )
        assert rested_s >= planned.rest_s - 1e-6
    # no cue but where cues are allowed, one phrase and one tone at most, all of them known
    for _, progress in played.steps:
        if not progress.cues_allowed:
            assert (progress.feedback.cue, progress.feedback.way_back, progress.feedback.regained) == (
                None,
                None,
                False,
            )
            assert progress.feedback.edge_share is None
        assert progress.say is None or progress.say in PHRASES
        assert progress.sound is None or progress.sound in SOUNDS
    for trial in trials:
        if not trial.numbers["cues"]:
            began_s = float(trial.numbers["began_s"] or 0)
            during = [progress for t_s, progress in played.steps if began_s + 1e-3 < t_s < trial.t_s - 1e-3]
            assert not any(progress.cues_allowed for progress in during)
    assert [event.name for event in played.events].count("ended") == 1


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("patient", [Willing, never_neutral, pull_and_tremor], ids=["willing", "never", "tremor"])
def test_every_preset_runs_to_its_end(name: str, patient: type[Willing]) -> None:
    played = play(today(name), patient(), rate_hz=10.0)
    check(played)
    slow = patient is never_neutral  # each of ten holds to its limit, and the rests between: the time ends it
    assert played.state.ended in ({"time"} if name == "free" else {"done", "time"} if slow else {"done"})


def test_home_takes_about_ten_minutes_and_every_trial_is_recorded() -> None:
    played = play(today("home"), Willing())
    check(played)
    assert 480 <= played.length_s <= 600
    trials = [event for event in played.events if event.name in MACHINES]
    assert len(trials) == len(played.session.trials)
    summary = exercise_summary(played.events)
    assert summary["hold"]["completed_share"] == 1.0
    assert summary["hold"]["without_cues"]["mean_deviation_deg"] == 0.0
    assert summary["follow"]["on_target_share"] > 0.95
    assert summary["stretch"]["directions"]["rotation_left"]["farthest_deg"] == 15.0
    assert summary["timed"]["seconds"] == pytest.approx(90 + 8 * 5 + 120, abs=1)
    assert set(summary["definitions"]) >= {"held_s", "on_target_share", "near_limit_s", "with_cues, without_cues"}


def test_home_of_the_slowest_with_every_pull_ends_by_itself_within_a_quarter_of_an_hour() -> None:
    pull = (Direction.ROTATION_RIGHT, Direction.TILT_LEFT, Direction.FLEXION)
    patient = PatientSettings(pull=pull, stretch_limits_deg=COMFORTABLE_DEG)
    played = play(session_today("home", load_plan("home")[1], patient), never_neutral(), rate_hz=10.0)
    assert played.state.ended == "done"
    assert played.length_s <= 15 * 60


def test_what_is_not_set_for_a_new_patient_is_left_out_and_said() -> None:
    session = session_today("home", load_plan("home")[1])
    assert [trial.kind for trial in session.trials if trial.trial == 1] == ["timed", "timed", "hold", "timed"]
    assert session.notes == (NO_PULL, NO_STRETCH)
    assert [trial.block for trial in session.trials if trial.trial == 1] == [1, 2, 3, 4]


def test_meige_holds_grow_with_the_steps_of_progress() -> None:
    grown = [today("meige", History(progress=Progress(steps))) for steps in (0, 1, 2, 5, 30)]
    assert [session.trials[0].settings.hold_s for session in grown] == [5, 10, 15, 30, 30]
    played = play(today("meige"), Willing())
    assert len(played.named("hold")) == 10
    assert [event.numbers["asked_s"] for event in played.named("rest")] == [15.0] * 9, "none after the last"


def test_pull_and_tremor_holds_by_and_by_with_few_cues() -> None:
    played = play(today("meige"), pull_and_tremor())
    check(played)
    hold = exercise_summary(played.events)["hold"]
    assert hold["completed_share"] == 1.0
    assert 0.3 < hold["mean_in_tolerance_share"] < 0.9
    cues = [t_s for t_s, progress in played.steps if progress.feedback.cue]
    assert cues
    assert min(two - one for one, two in itertools.pairwise(cues)) >= 2.5 - 1e-6


def test_who_tires_gets_worse_and_is_offered_to_stop() -> None:
    played = play(today("free"), tires())
    check(played)
    assert len(played.named("offer_stop")) >= 2
    assert "offer_stop" in played.said()
    first = played.named("offer_stop")[0]
    rested_s = 60  # from 4 minutes on
    assert first.t_s == pytest.approx(120 + 25 + 120 + rested_s, abs=5), "out of tolerance (5 deg) for two minutes"
    meige = exercise_summary(play(today("meige"), tires(60)).events)["hold"]
    assert 0.3 < meige["completed_share"] < 1


def test_who_never_reaches_neutral_is_never_stuck() -> None:
    played = play(today("meige"), never_neutral())
    check(played)
    assert played.state.ended == "done"
    assert {event.numbers["ending"] for event in played.named("hold")} == {"not_reached"}
    assert played.named("offer_stop"), "stopping is offered"
    hold = exercise_summary(played.events)["hold"]
    assert (hold["completed_share"], hold["mean_in_tolerance_share"]) == (0, 0)
    assert hold["mean_deviation_deg"] == pytest.approx(math.hypot(25, 4, 3), abs=0.1)


def test_who_leaves_is_waited_for_then_the_session_ends_by_itself() -> None:
    played = play(today("meige"), leaves(42.0))
    check(played)
    assert played.state.ended == "left"
    assert played.length_s == pytest.approx(42 + 180, abs=0.1)
    assert played.said()[-2:] == ["face_gone", "left"]
    assert played.named("hold")[-1].numbers["ending"] == "unfinished"


def test_who_comes_back_goes_on_where_it_stopped() -> None:
    played = play(today("meige"), leaves(42.0, 70.0))
    check(played)
    assert played.state.ended == "done"
    assert len(played.named("hold")) == 10
    assert "welcome_back" in played.said()
    assert 15 < guided_session.parts(played.state)["no_face"] < 28


def test_a_hold_test_that_was_interrupted_is_done_again_after_its_rest() -> None:
    played = play(today("hold-test"), leaves(20.0, 30.0))
    check(played)
    endings = [(event.numbers["trial"], event.numbers["ending"]) for event in played.named("hold_test")]
    assert endings == [(1, "void"), (1, "done"), (2, "done")]
    assert exercise_summary(played.events)["hold_test"]["band"] == "> 60 s"


def test_a_camera_that_drops_costs_time_but_nothing_is_counted_in_the_gap() -> None:
    played = play(today("meige"), camera_drops())
    check(played)
    assert played.state.ended == "done"
    assert guided_session.parts(played.state)["gap"] > 20
    for hold in played.named("hold"):
        assert hold.numbers["held_s"] == pytest.approx(5, abs=0.05)


def test_pausing_stops_every_clock_but_the_longest_session() -> None:
    played = play(today("meige"), Willing(), paused=lambda t_s: 7 <= t_s < 100)
    check(played)
    assert guided_session.parts(played.state)["paused"] == pytest.approx(93, abs=0.1)
    assert played.state.ended == "done"
    forever = play(today("meige"), Willing(), paused=lambda t_s: t_s >= 7)
    assert (forever.state.ended, forever.said()[-1]) == ("time", "time_up")
    assert forever.length_s == pytest.approx(15 * 60, abs=0.1)


def test_the_patient_may_stop_at_any_time_and_what_ran_is_recorded() -> None:
    session = today("meige")
    state = guided_session.begin(session)
    for frame in range(90):
        state, _ = guided_session.step(state, session, FeedbackSample(frame / 30, head()))
    state, progress = guided_session.stop(state, session, 3.0, "stopped")
    assert progress.ended == state.ended == "stopped"
    assert [event.name for event in progress.events] == ["hold", "ended"]
    assert progress.events[0].numbers["ending"] == "unfinished"
    assert sum(guided_session.parts(state).values()) == pytest.approx(3.0)
    assert guided_session.step(state, session, FeedbackSample(4.0, head()))[1].events == ()


def test_the_longest_session_of_plan_and_patient_is_the_shorter_one() -> None:
    plan = load_plan("free")[1]
    short = session_today("free", plan, PatientSettings(longest_session_min=2))
    assert play(short, Willing(), rate_hz=5).length_s == pytest.approx(120, abs=0.3)
    assert session_today("free", plan, PatientSettings(longest_session_min=60)).rules.longest_s == 15 * 60


def test_how_far_off_is_asked_after_trials_without_cues_and_never_needs_a_key() -> None:
    session = session_of({"kind": "hold", "repetitions": 3, "hold_s": 5, "feedback": 0.33, "ask_felt": True})
    played = play(session, Willing())
    check(played)
    assert [event.numbers["felt"] for event in played.named("felt")] == [None, None]
    state = guided_session.begin(session)
    shown = []
    for frame in range(30 * 60):
        state, progress = guided_session.step(state, session, FeedbackSample(frame / 30, head(4.0)))
        if progress.activity == "ask" and view(state, session).countdown_s == 5:
            state = guided_session.answer(state, Felt.A_LITTLE_OFF)
        shown.append(view(state, session))
        for event in progress.events:
            if event.name == "felt":
                assert event.numbers == {"felt": "a_little_off", "measured_deg": 4.0}
        if progress.ended:
            break
    assert state.ended == "done"
    assert any("You felt a little off. You were straight." in each.message for each in shown)
    asked = [each for each in shown if each.kind == "ask"]
    assert not any(each.mirror or "4°" in each.message for each in asked), "the answer is not given away"


def test_trials_without_cues_show_nothing_that_helps() -> None:
    session = session_of({"kind": "hold", "repetitions": 2, "hold_s": 5, "feedback": 0.0})
    state = guided_session.begin(session)
    for frame in range(200):
        state, progress = guided_session.step(state, session, FeedbackSample(frame / 30, head(20.0)))
        shown = view(state, session)
        assert not progress.cues_allowed
        if shown.kind == "hold":
            assert (shown.mirror, shown.outline, shown.ring_share, shown.arrow) == (False, False, None, None)


@pytest.mark.parametrize(
    ("share", "on"),
    [(1.0, [1, 1, 1, 0, 1, 1, 1, 0]), (0.67, [1, 1, 0, 0, 1, 1, 0, 0]), (0.33, [1, 0, 0, 0, 1, 0, 0, 0]), (0, [0] * 8)],
)
def test_what_was_on_is_in_the_record_of_each_trial(share: float, on: list[int]) -> None:
    """Every fourth trial is a probe, whatever the share; cues are given where the record says so and nowhere else."""
    holds = {"kind": "hold", "repetitions": 8, "hold_s": 5, "limit_s": 8, "feedback": share, "probe_every": 4}
    played = play(session_of(holds), never_neutral())
    check(played)
    trials = played.named("hold")
    assert [trial.numbers["cues"] for trial in trials] == on
    assert [trial.numbers["probe"] for trial in trials] == [False, False, False, True] * 2
    for trial in trials:
        during = [each for t_s, each in played.steps if float(trial.numbers["began_s"] or 0) < t_s <= trial.t_s]
        assert any(each.feedback.cue for each in during) == trial.numbers["cues"]


BLOCKS = st.sampled_from(
    [
        {"kind": "hold", "repetitions": 2, "hold_s": 3, "limit_s": 5, "rest_s": 6, "feedback": 0.33},
        {"kind": "hold", "repetitions": 3, "hold_s": 2, "limit_s": 5, "probe_every": 2, "ask_felt": True},
        {"kind": "hold", "repetitions": 2, "hold_s": 2, "limit_s": 5, "rest_s": 5.3, "on_leaving": "restart"},
        {"kind": "hold_test"},
        {"kind": "follow", "speed": "fast", "loops": 1, "rest_s": 5.5},
        {"kind": "position_sense", "trials_per_direction": 1},
        {"kind": "range", "repetitions": 1, "directions": ["tilt_left", "flexion"]},
        {"kind": "stretch", "directions": ["tilt_left", "flexion"], "move_s": 3, "hold_s": 10, "rest_s": 5},
        {"kind": "breathe", "seconds": 10},
        {"kind": "timed", "words": "Pull your shoulder blades together.", "seconds": 5, "repetitions": 2},
        {"kind": "free", "seconds": 10},
    ]
)


@settings(max_examples=60)
@given(
    blocks=st.lists(BLOCKS, min_size=1, max_size=4, unique_by=str),  # what measures comes once in a session
    seed=st.integers(0, 10_000),
    longest_min=st.sampled_from([1.0, 3.0]),
    rate_hz=st.sampled_from([4.0, 9.7, 15.0]),
    pauses=st.sampled_from([0.0, 0.3]),
)
def test_whatever_a_patient_does(
    blocks: list[dict[str, object]], seed: int, longest_min: float, rate_hz: float, pauses: float
) -> None:
    session = session_of(*blocks, longest_session_min=longest_min)
    patient: Patient = whimsical(seed)
    played = play(session, patient, rate_hz, paused=lambda t_s: math.sin(0.7 * t_s + seed) < pauses * 2 - 1)
    check(played)
    exercise_summary(played.events)
