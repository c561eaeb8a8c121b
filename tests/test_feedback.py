"""The rules of cues, as properties that must hold for any movement of the head."""

import math
from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from posture_trainer.feedback import (
    Cue,
    Feedback,
    FeedbackSample,
    FeedbackSettings,
    FeedbackState,
    PostureState,
    Tolerances,
    step,
)
from posture_trainer.pose.angles import HeadAngles

SETTINGS = FeedbackSettings()
# The angle, and the sign of it, that each cue takes back.
TAKES_BACK = {
    Cue.TURN_LEFT: ("rotation_deg", 1),
    Cue.TURN_RIGHT: ("rotation_deg", -1),
    Cue.TILT_LEFT: ("tilt_deg", 1),
    Cue.TILT_RIGHT: ("tilt_deg", -1),
    Cue.CHIN_UP: ("flexion_deg", 1),
    Cue.CHIN_DOWN: ("flexion_deg", -1),
}
TOLERANCE_DEG = {"rotation_deg": 5.0, "tilt_deg": 5.0, "flexion_deg": 8.0}

Run = list[tuple[FeedbackSample, Feedback]]


def head(rotation: float = 0.0, tilt: float = 0.0, flexion: float = 0.0) -> HeadAngles:
    return HeadAngles(rotation, tilt, flexion, math.hypot(rotation, tilt, flexion))


def run(samples: Iterable[FeedbackSample], settings: FeedbackSettings = SETTINGS) -> Run:
    state, done = FeedbackState(), []
    for sample in samples:
        state, feedback = step(state, settings, sample)
        done.append((sample, feedback))
    return done


def moving(
    angles_at: Callable[[float], HeadAngles | None], seconds: float, rate_hz: float = 30
) -> list[FeedbackSample]:
    return [FeedbackSample(i / rate_hz, angles_at(i / rate_hz)) for i in range(round(seconds * rate_hz))]


def cues(done: Run) -> list[tuple[float, Cue]]:
    return [(sample.t_s, feedback.cue) for sample, feedback in done if feedback.cue is not None]


def worst_share(angles: HeadAngles) -> float:
    return max(abs(float(getattr(angles, name))) / limit for name, limit in TOLERANCE_DEG.items())


angle = st.floats(-40, 40, allow_nan=False)
segments = st.lists(
    st.tuples(
        st.floats(0.05, 4.0),  # seconds
        st.one_of(st.none(), st.tuples(angle, angle, angle)),  # no face, or where the head is
        st.sampled_from([0.0, 1.0, 2.0]),  # tremor, degrees
        st.booleans() | st.just(False),  # paused
    ),
    min_size=1,
    max_size=12,
)


def session(
    parts: list[tuple[float, tuple[float, float, float] | None, float, bool]], rate_hz: float
) -> list[FeedbackSample]:
    samples, begin_s = [], 0.0
    for seconds, place, tremor_deg, paused in parts:
        for i in range(math.ceil(seconds * rate_hz)):
            t_s = begin_s + i / rate_hz
            shake = tremor_deg * math.sin(2 * math.pi * 2 * t_s)
            angles = None if place is None else head(place[0] + shake, place[1], place[2] + shake)
            samples.append(FeedbackSample(t_s, angles, paused))
        begin_s = samples[-1].t_s + 1 / rate_hz
    return samples


@given(segments, st.sampled_from([10.0, 30.0, 60.0]))
def test_rules_of_cues_hold_for_any_session(parts: list, rate_hz: float) -> None:  # type: ignore[type-arg]
    done = run(session(parts, rate_hz))
    last_cue_s, face_since_s = -math.inf, None
    for sample, feedback in done:
        face_since_s = None if sample.angles is None else sample.t_s if face_since_s is None else face_since_s
        if feedback.regained:
            assert feedback.state is PostureState.NEUTRAL
            assert feedback.cue is None, "two sounds at once"
            assert sample.t_s - last_cue_s >= SETTINGS.confirm_gap_s, "a confirmation on top of a cue"
        if feedback.cue is None:
            continue
        assert sample.angles is not None, "a cue without a face"
        assert not sample.paused, "a cue while paused"
        assert face_since_s is not None
        assert sample.t_s - face_since_s >= SETTINGS.settle_s, "a cue before the face was seen for a second"
        assert sample.t_s - last_cue_s >= SETTINGS.cue_gap_s, "two cues within the gap"
        last_cue_s = sample.t_s
        assert worst_share(sample.angles) > 1, "a cue inside the tolerance"
        name, sign = TAKES_BACK[feedback.cue]
        value = getattr(sample.angles, name)
        assert value * sign > 0, "a cue away from neutral"
        assert abs(value) / TOLERANCE_DEG[name] == worst_share(sample.angles), "a cue for an axis that is not the worst"
        assert feedback.way_back is feedback.cue, "sound and sign disagree"


@given(segments)
def test_sign_never_points_away_from_neutral(parts: list) -> None:  # type: ignore[type-arg]
    for sample, feedback in run(session(parts, 30.0)):
        if feedback.way_back is None:
            continue
        assert sample.angles is not None
        assert not sample.paused
        name, sign = TAKES_BACK[feedback.way_back]
        assert getattr(sample.angles, name) * sign > 0 or sample.angles == head()


@given(segments)
def test_state_says_what_is_seen(parts: list) -> None:  # type: ignore[type-arg]
    for sample, feedback in run(session(parts, 30.0)):
        if sample.paused:
            assert feedback.state is PostureState.PAUSED
        elif sample.angles is None:
            assert feedback.state is PostureState.NO_FACE
        elif worst_share(sample.angles) > 1:
            assert feedback.state is PostureState.OUT


@pytest.mark.parametrize("cue", list(TAKES_BACK))
def test_each_direction_has_its_cue(cue: Cue) -> None:
    name, sign = TAKES_BACK[cue]
    out = HeadAngles(**{**vars(head()), name: sign * 12.0})
    done = run(moving(lambda t: head() if t < 2 else out, 4))
    assert [(round(t, 1), kind) for t, kind in cues(done)] == [(2.7, cue)]


def test_worst_axis_relative_to_its_tolerance_is_named() -> None:
    assert cues(run(moving(lambda _t: head(rotation=7, flexion=9), 3)))[0][1] is Cue.TURN_LEFT
    assert cues(run(moving(lambda _t: head(rotation=6, flexion=12), 3)))[0][1] is Cue.CHIN_UP


def test_tolerance_may_differ_by_direction() -> None:
    settings = FeedbackSettings(tolerances=Tolerances(rotation_right_deg=20.0, rotation_left_deg=3.0))
    assert cues(run(moving(lambda _t: head(rotation=12), 5), settings)) == []
    assert cues(run(moving(lambda _t: head(rotation=-4), 2), settings))[0][1] is Cue.TURN_RIGHT


def test_short_glance_is_not_cued() -> None:
    assert cues(run(moving(lambda t: head(rotation=20) if 2 <= t < 2.6 else head(), 6))) == []


def test_coming_back_after_a_cue_is_confirmed_once() -> None:
    done = run(moving(lambda t: head(rotation=10) if 2 <= t < 4 else head(), 10))
    assert [kind for _, kind in cues(done)] == [Cue.TURN_LEFT]
    assert [t for t, feedback in ((s.t_s, f) for s, f in done) if feedback.regained] == [pytest.approx(4.3, abs=0.05)]


def test_coming_back_without_a_cue_is_not_confirmed() -> None:
    done = run(moving(lambda t: head(rotation=10) if 2 <= t < 2.5 else head(), 10))
    assert not any(feedback.cue or feedback.regained for _, feedback in done)


def test_out_stays_out_until_well_inside() -> None:
    done = run(moving(lambda t: head(rotation=6 if t < 2 else 4 if t < 5 else 3), 8))
    states = {round(sample.t_s, 2): feedback.state for sample, feedback in done}
    assert states[1.0] is PostureState.OUT
    assert states[4.0] is PostureState.OUT, "4° is inside 5°, but not below 70 % of it"
    assert states[6.0] is PostureState.NEUTRAL


@settings(max_examples=40)  # each is half a minute of practice
@given(st.floats(3.0, 7.0), st.floats(0, 2 * math.pi), st.sampled_from([10.0, 30.0, 60.0]))
def test_tremor_at_the_edge_makes_no_chatter(middle_deg: float, phase: float, rate_hz: float) -> None:
    def tremor(t: float) -> HeadAngles:
        return head(rotation=middle_deg + 2 * math.sin(2 * math.pi * 2 * t + phase))

    done = run(moving(tremor, 30, rate_hz))
    states = [feedback.state for _, feedback in done]
    changes = sum(a is not b for a, b in pairwise(states))
    assert changes <= 3
    signs = [feedback.way_back for _, feedback in done]
    assert sum(a is not b for a, b in pairwise(signs)) <= 3
    assert sum(feedback.regained for _, feedback in done) <= 1


def test_tremor_centred_on_the_edge_is_not_cued_and_one_beyond_it_is() -> None:
    def tremor(middle_deg: float) -> list[tuple[float, Cue]]:
        return cues(run(moving(lambda t: head(rotation=middle_deg + 2 * math.sin(4 * math.pi * t)), 20)))

    assert tremor(5.0) == []
    assert {kind for _, kind in tremor(6.2)} == {Cue.TURN_LEFT}


@settings(max_examples=40)  # each is three sessions
@given(segments.filter(lambda parts: all(seconds > 1.2 for seconds, *_ in parts)))
def test_frame_rate_does_not_matter(parts: list) -> None:  # type: ignore[type-arg]
    # Whole tenths of a second, so that every rate sees the same moments of change; no tremor, which 10 Hz undersamples.
    rounded = [(round(seconds, 1), place, 0.0, paused) for seconds, place, _tremor, paused in parts]
    at_10, at_30, at_60 = (cues(run(session(rounded, rate))) for rate in (10.0, 30.0, 60.0))
    changes_s = list(accumulate(seconds for seconds, *_ in rounded))
    assume(not any(0 <= change_s - t_s < 0.15 for change_s in changes_s for t_s, _ in at_60))  # 10 Hz comes too late
    assert [kind for _, kind in at_10] == [kind for _, kind in at_30] == [kind for _, kind in at_60]
    for (a, _), (b, _), (c, _) in zip(at_10, at_30, at_60, strict=True):
        assert max(a, b, c) - min(a, b, c) < 0.25


def test_silence_for_a_second_after_the_face_is_seen_again() -> None:
    done = run(moving(lambda t: None if 3 <= t < 5 else head(rotation=15), 8))
    assert [t for t, _ in cues(done) if 3 <= t < 6] == []
    assert any(6 <= t < 6.2 for t, _ in cues(done))


def test_gap_between_samples_counts_as_a_lost_face() -> None:
    before = [FeedbackSample(i / 30, head(rotation=15)) for i in range(15)]
    after = [FeedbackSample(10 + i / 30, head(rotation=15)) for i in range(60)]
    assert [t for t, _ in cues(run(before + after))] == [pytest.approx(11.0, abs=0.05)]


def test_pausing_forgets_the_excursion() -> None:
    samples = [FeedbackSample(i / 30, head(rotation=15), paused=60 <= i < 90) for i in range(120)]
    heard = [t for t, _ in cues(run(samples))]
    assert all(not 2 <= t < 3.7 for t in heard)


def test_no_cue_at_the_moment_of_coming_back_inside() -> None:
    # Everything else is ready for a cue at 1.0 s, when the silence after first seeing the face ends.
    assert cues(run(moving(lambda t: head(rotation=10 if t < 0.99 else 4), 3))) == []


def test_what_was_before_a_gap_is_forgotten() -> None:
    before = [FeedbackSample(i / 30, head(rotation=15)) for i in range(60)]
    after = [FeedbackSample(10 + i / 30, head()) for i in range(60)]
    done = run(before + after)
    assert [kind for _, kind in cues(done)] == [Cue.TURN_LEFT]
    assert not any(feedback.regained for _, feedback in done)
