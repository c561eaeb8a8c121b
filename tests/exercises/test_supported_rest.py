"""A minute of supported rest in every five: offered between trials and in the mirror, skipped by a key or paused."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.simulated_patients import Willing, head, play

from posture_trainer.exercises import guided_session
from posture_trainer.exercises.guided_records import ExerciseEvent, GuidedSession
from posture_trainer.exercises.guided_view import view
from posture_trainer.exercises.supported_rest import EVERY_S, REST_S, SUPPORTED_REST, RestClock
from posture_trainer.feedback import FeedbackSample
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.plan import Plan


def session_of(*blocks: dict[str, object]) -> GuidedSession:
    return session_today("test", Plan.model_validate({"title": "test", "block": list(blocks)}))


HOLDS: dict[str, object] = {"kind": "hold", "repetitions": 10, "hold_s": 10, "rest_s": 5}


@given(st.lists(st.tuples(st.floats(0, 20), st.booleans()), max_size=200))
def test_a_minute_is_due_after_four_and_never_before(moments: list[tuple[float, bool]]) -> None:
    clock, worked_s, rested_s = RestClock(), 0.0, 0.0
    for seconds, resting in moments:
        clock = clock.after(seconds, resting)
        worked_s, rested_s = (worked_s, rested_s + seconds) if resting else (worked_s + seconds, rested_s)
        if rested_s >= REST_S - 1e-6:
            worked_s = rested_s = 0.0
        assert clock.due_s == pytest.approx(REST_S - rested_s if worked_s >= EVERY_S - REST_S - 1e-6 else 0.0)


def test_between_trials_and_never_in_one() -> None:
    played = play(session_of(*[HOLDS] * 4), Willing(), rate_hz=10)
    rests = [span for span in played.state.spans if span.activity == SUPPORTED_REST]
    assert len(rests) >= 2
    assert all(span.ends_s - span.begins_s == pytest.approx(REST_S, abs=0.3) for span in rests)
    holds = [(float(event.numbers["began_s"] or 0), event.t_s) for event in played.named("hold")]
    assert not any(began_s < span.begins_s < ended_s for span in rests for began_s, ended_s in holds)
    longest_trial_s = 20
    for before, after in pairwise([0.0, *(span.ends_s for span in rests)]):
        assert after - before <= EVERY_S + longest_trial_s
    assert played.said().count(SUPPORTED_REST) == len(rests)
    assert [event.numbers["skipped"] for event in played.named(SUPPORTED_REST)] == [False] * len(rests)


def test_it_may_be_skipped_and_the_plans_own_rest_stays() -> None:
    session = session_of(*[HOLDS] * 4)
    state, willing = guided_session.begin(session), Willing()
    events: list[ExerciseEvent] = []
    began_s: float | None = None
    for frame in range(10 * 300):
        t_s = frame / 10
        shown = view(state, session)
        if shown.kind == SUPPORTED_REST:
            assert "Enter" in shown.message
            began_s = t_s if began_s is None else began_s
            if t_s >= began_s + 5:
                state = guided_session.skip_rest(state)
        angles = willing(t_s, shown)
        assert not isinstance(angles, str)
        state, progress = guided_session.step(state, session, FeedbackSample(t_s, angles))
        events += progress.events
    (skipped,) = [event for event in events if event.name == SUPPORTED_REST]
    assert skipped.numbers == {"rested_s": pytest.approx(5, abs=0.3), "skipped": True}
    assert all(event.numbers["rested_s"] >= 5 - 1e-3 for event in events if event.name == "rest")  # type: ignore[operator]


def test_pauses_are_rest() -> None:
    whole = play(session_of(*[HOLDS] * 4), Willing(), rate_hz=10, paused=lambda t_s: 100 <= t_s < 170)
    first = next(span for span in whole.state.spans if span.activity == SUPPORTED_REST)
    assert first.begins_s >= 170 + EVERY_S - REST_S
    part = play(session_of(*[HOLDS] * 4), Willing(), rate_hz=10, paused=lambda t_s: 100 <= t_s < 120)
    first = next(span for span in part.state.spans if span.activity == SUPPORTED_REST)
    assert first.ends_s - first.begins_s == pytest.approx(REST_S - 20, abs=0.3)


def test_breathing_and_supported_blocks_are_rest() -> None:
    settle: dict[str, object] = {"kind": "timed", "words": "Rest.", "seconds": 60, "supported_rest": True}
    rests: list[dict[str, object]] = [{"kind": "breathe", "seconds": 60}, settle]
    for rest in rests:
        played = play(session_of(HOLDS, rest, HOLDS), Willing(), rate_hz=10)
        assert SUPPORTED_REST not in guided_session.parts(played.state)


def test_the_mirror_of_a_plan_waits_in_the_middle_and_goes_on() -> None:
    session = session_of({"kind": "free", "seconds": 400})
    played = play(session, lambda _t, _seen: head(), rate_hz=10)
    (free,) = played.named("free")
    assert free.numbers["seconds"] == pytest.approx(400, abs=0.3), "the rest is none of it"
    assert played.length_s == pytest.approx(460, abs=1)
    assert played.said()[:3] == ["free", SUPPORTED_REST, "go_on"]
    resting = [progress for t_s, progress in played.steps if 241 < t_s < 299]
    assert not any(progress.cues_allowed for progress in resting)
