"""The way is spoken seldom, never over a tone, and only where a sign stands: played through by a clock of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made.simulated_patients import head

from posture_trainer import spoken_way
from posture_trainer.exercises.feedback_schedule import without_cues
from posture_trainer.feedback import (
    Cue,
    Feedback,
    FeedbackSample,
    FeedbackSettings,
    FeedbackState,
    step,
)
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.session.parts.closer import Closer
from posture_trainer.spoken_way import EVERY_S, LONGEST_SENTENCE_S, LONGEST_TONE_S, STOOD_S
from posture_trainer.words.directions import SPOKEN_WAY
from posture_trainer.words.phrases import PHRASES

STEP_S = 0.05


@dataclass
class Played:
    """What was heard, each with its time in seconds, and since when which sign stood."""

    tones: list[tuple[float, str]] = field(default_factory=list)
    phrases: list[tuple[float, str]] = field(default_factory=list)
    signs: list[tuple[float, Cue | None]] = field(default_factory=list)

    def said(self) -> list[str]:
        return [phrase for _, phrase in self.phrases]

    def sign_at(self, t_s: float) -> tuple[float, Cue | None]:
        return [sign for sign in self.signs if sign[0] <= t_s][-1]


def play(
    at: Callable[[float], HeadAngles | None],
    seconds: float,
    voice: Callable[[float], bool] = lambda _t: True,
    seen: Callable[[Feedback], Feedback] = lambda feedback: feedback,
    busy: Callable[[float], bool] = lambda _t: False,
) -> Played:
    """Run the head through the mirror's feedback and what is heard of it."""
    played, state, way, closer = Played(), FeedbackState(), spoken_way.WayState(), Closer()
    for frame in range(round(seconds / STEP_S)):
        t_s = frame * STEP_S
        state, feedback = step(state, FeedbackSettings(), FeedbackSample(t_s, at(t_s)))
        feedback = seen(feedback)
        if not played.signs or played.signs[-1][1] is not feedback.way_back:
            played.signs.append((t_s, feedback.way_back))
        moment = spoken_way.Moment(t_s, feedback, closer.word(t_s, feedback), voice(t_s), busy(t_s))
        way, heard = spoken_way.step(way, moment)
        assert heard.tone is None or heard.phrase is None
        if heard.tone is not None:
            played.tones.append((t_s, heard.tone))
        if heard.phrase is not None:
            played.phrases.append((t_s, heard.phrase))
    return played


def comes_back(t_s: float) -> HeadAngles:
    """Out to the right for 12 s, then slowly back, and straight from 32 s on."""
    return head(20.0 if t_s < 12 else max(0.0, 20.0 - (t_s - 12)))


def test_the_way_is_said_when_the_tone_alone_did_not_do() -> None:
    played = play(lambda t_s: head(20.0 if t_s > 2 else 0.0), 12)
    sign_s, cue = played.sign_at(5)
    assert cue is Cue.TURN_LEFT
    first_s, first = played.phrases[0]
    assert first == "way_turn_left"
    assert first_s == pytest.approx(sign_s + STOOD_S, abs=0.1)


def test_nothing_is_said_of_a_sign_that_goes_again_in_time() -> None:
    played = play(lambda t_s: head(20.0 if 2 < t_s < 3.9 else 0.0), 10)
    assert [tone for _, tone in played.tones] == ["turn_left", "regained"]
    assert played.said() == []


def test_it_says_how_it_goes_and_that_it_is_done() -> None:
    assert play(comes_back, 36).said() == ["way_turn_left", "way_turn_left", "way_more", "way_almost", "way_hold"]


def test_nobody_is_pressed_who_cannot_get_there() -> None:
    played = play(lambda _t: head(20.0), 120)
    assert set(played.said()) == {"way_turn_left"}
    gaps_s = [later - sooner for (sooner, _), (later, _) in pairwise(played.phrases)]
    assert gaps_s[:3] == pytest.approx([8, 16, 32], abs=3)
    assert min(gaps_s[2:]) >= 32


def test_without_the_voice_there_are_the_tones_of_before() -> None:
    silent = play(comes_back, 36, voice=lambda _t: False)
    assert silent.said() == []
    assert len(silent.tones) > len(play(comes_back, 36).tones), "no tone gives way to words that nobody hears"


def test_the_voice_can_be_turned_off_in_the_middle() -> None:
    said = play(lambda t_s: head(20.0 if t_s < 40 else -20.0), 60, voice=lambda t_s: t_s < 30).phrases
    assert said
    assert all(t_s < 30 for t_s, _ in said)


def test_a_trial_without_cues_has_no_words_either() -> None:
    played = play(comes_back, 36, seen=without_cues)
    assert played.said() == []
    assert played.tones == []


def test_other_words_are_not_cut_off() -> None:
    played = play(lambda _t: head(20.0), 30, busy=lambda t_s: t_s < 15)
    assert played.phrases[0][0] >= 15


def test_without_a_face_nothing_is_said() -> None:
    played = play(lambda t_s: head(20.0) if t_s < 2 else None, 30)
    assert played.said() == []


def test_every_way_has_its_words() -> None:
    assert {spoken_way.phrase_of(cue): words for cue, words in SPOKEN_WAY.items()}.items() <= PHRASES.items()
    assert set(spoken_way.PHRASES) == {key for key in PHRASES if key.startswith("way_")}


corners = st.lists(st.tuples(st.floats(0.3, 6.0), st.floats(-30, 30), st.floats(-30, 30)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(corners, st.floats(0, 20), st.floats(0, 20))
def test_the_rules_hold_for_any_head(
    legs: list[tuple[float, float, float]], quiet_from_s: float, quiet_for_s: float
) -> None:
    ends_s = [sum(leg[0] for leg in legs[: number + 1]) for number in range(len(legs))]

    def at(t_s: float) -> HeadAngles:
        _, rotation_deg, tilt_deg = next(
            leg for leg, end_s in zip(legs, [*ends_s[:-1], 1e9], strict=True) if t_s < end_s
        )
        return head(rotation_deg, tilt_deg)

    def voice(t_s: float) -> bool:
        return not quiet_from_s <= t_s < quiet_from_s + quiet_for_s

    played = play(at, ends_s[-1] + 10, voice)
    assert all(later - sooner >= EVERY_S - 1e-6 for (sooner, _), (later, _) in pairwise(played.phrases))
    for said_s, phrase in played.phrases:
        assert voice(said_s)
        assert not any(
            tone_s - LONGEST_SENTENCE_S + 1e-6 < said_s < tone_s + LONGEST_TONE_S - 1e-6 for tone_s, _ in played.tones
        ), "never over a tone, and no tone over it"
        since_s, sign = played.sign_at(said_s)
        if phrase == "way_hold":
            assert sign is None
        else:
            assert sign is not None
            assert said_s - since_s >= STOOD_S - 1e-6
            assert phrase in (spoken_way.phrase_of(sign), "way_more", "way_almost")
