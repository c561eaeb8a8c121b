"""Placement before a neutral: one advice at a time, the right one, never for ever."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made.scripted import PICTURE_SIZE, made_face

from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.placement import (
    Advice,
    Placement,
    PlacementRules,
    Seen,
    fit_for_neutral,
    needed,
    step,
)
from posture_trainer.pose.posture import PatientPosture, Reference
from posture_trainer.pose.quality import Quality
from posture_trainer.words.placement import WORDS, going_on_words

RULES = PlacementRules()
GOOD = made_face()
PERIOD_S = 1 / 20


def seen_of(*faces: Face, t_s: float = 0.0) -> Seen:
    """As a session sees it: the quality comes from the program's own rules."""
    posture = PatientPosture(Reference.camera(45.0))
    quality = posture.sample(t_s, faces).quality
    face = max(faces, key=lambda each: each.width_px) if faces and quality is not Quality.TWO_FACES else None
    return Seen(t_s, faces, face, quality)


def at(x_cm: float = 0.0, y_cm: float = 0.0, z_cm: float = -60.0, brightness: float = 128.0) -> Face:
    return made_face(None, (x_cm, y_cm, z_cm), brightness=brightness)


def shifted(face: Face, right_px: float) -> Face:
    return replace(face, landmarks=face.landmarks + np.array([right_px, 0, 0]))


def run(views: list[Seen], placement: Placement | None = None, begin_s: float = 0.0) -> list[Placement]:
    """The states after each of the views, PERIOD_S apart."""
    states, state = [], placement or Placement()
    for i, view in enumerate(views):
        state = step(state, replace(view, t_s=begin_s + i * PERIOD_S))
        states.append(state)
    return states


WRONG = {
    Advice.NO_FACE: seen_of(),
    Advice.ONE_PERSON: seen_of(at(-12), at(12)),
    Advice.UPSIDE_DOWN: seen_of(made_face(np.diag([-1.0, -1.0, 1.0]))),
    Advice.LIGHT: seen_of(at(brightness=10)),
    Advice.UNCOVER: replace(seen_of(GOOD), quality=Quality.COVERED),
    Advice.BACK: seen_of(at(z_cm=-28)),
    Advice.CLOSER: seen_of(at(z_cm=-130)),
    Advice.RIGHT: seen_of(at(x_cm=15)),  # at the right of the camera's picture, so at the left of the mirror
    Advice.LEFT: seen_of(at(x_cm=-15)),
    Advice.SCREEN_UP: seen_of(at(y_cm=12)),
    Advice.SCREEN_DOWN: seen_of(at(y_cm=-12)),
    Advice.FACE_CAMERA: seen_of(made_face(rotation_from_angles(55, 0, 0))),
    Advice.SLOW: replace(seen_of(GOOD), quality=Quality.SLOW),
}


@pytest.mark.parametrize("advice", Advice)
def test_each_fault_has_its_advice_and_words(advice: Advice) -> None:
    assert needed(WRONG[advice], RULES)[0] is advice
    assert run([WRONG[advice]] * 30)[-1].advice is advice
    assert WORDS[advice]


def test_good_for_one_and_a_half_seconds_is_done_and_lacks_nothing() -> None:
    states = run([seen_of(GOOD)] * 40)
    assert all(state.advice is None for state in states)
    done_after_s = next(i for i, state in enumerate(states) if state.done) * PERIOD_S
    assert done_after_s == pytest.approx(1.5, abs=PERIOD_S)
    assert states[-1].lacking == ()
    shares = [state.good_share for state in states]
    assert shares == sorted(shares)


@pytest.mark.parametrize("advice", Advice)
def test_after_half_a_minute_it_goes_on_and_says_with_what(advice: Advice) -> None:
    states = run([WRONG[advice]] * int(31 / PERIOD_S))
    done_after_s = next(i for i, state in enumerate(states) if state.done) * PERIOD_S
    assert done_after_s == pytest.approx(30, abs=PERIOD_S)
    assert advice in states[-1].lacking
    assert going_on_words(states[-1].lacking).startswith("I'll go on as it is, although ")


def test_words_for_going_on_name_everything_once() -> None:
    assert going_on_words(()) == ""
    words = going_on_words((Advice.LIGHT, Advice.LEFT, Advice.RIGHT))
    assert words.count("middle") == 1
    assert "light on your face and your face is not in the middle" in words


@pytest.mark.parametrize("quality", Quality)
def test_only_good_frames_make_a_neutral_but_for_what_could_not_be_mended(quality: Quality) -> None:
    assert fit_for_neutral(quality, ()) == (quality is Quality.GOOD)
    regardless = (Quality.COVERED, Quality.SMALL, Quality.ASIDE, Quality.DARK, Quality.TURNED, Quality.SLOW)
    assert fit_for_neutral(quality, tuple(Advice)) == (quality is Quality.GOOD or quality in regardless)
    assert fit_for_neutral(quality, (Advice.LIGHT,)) == (quality in (Quality.GOOD, Quality.DARK))


def test_a_second_face_however_small_is_told() -> None:
    assert needed(seen_of(GOOD, at(30, 0, -140)), RULES) == (Advice.ONE_PERSON,)


@pytest.mark.parametrize(("right_px", "advice"), [(-260, Advice.LEFT), (260, Advice.RIGHT)])
def test_a_face_over_the_edge_is_sent_to_the_middle(right_px: float, advice: Advice) -> None:
    view = seen_of(shifted(GOOD, right_px))
    assert view.quality is Quality.ASIDE
    assert needed(view, RULES) == (advice,)


def test_a_bad_frame_does_not_begin_the_good_time_anew_but_a_bad_spell_and_a_pause_do() -> None:
    good, gone = seen_of(GOOD), WRONG[Advice.NO_FACE]
    assert run([good] * 20 + [gone] * 2 + [good] * 9)[-1].done
    assert not run([good] * 20 + [gone] * 8 + [good] * 9)[-1].done
    before_pause = run([good] * 20)[-1]
    assert not run([good] * 20, before_pause, begin_s=5.0)[-1].done


def test_a_face_that_is_seen_now_and_then_is_not_good() -> None:
    assert not any(state.done for state in run([seen_of(GOOD), *[WRONG[Advice.NO_FACE]] * 3] * 50))


def test_an_advice_stays_until_it_has_been_followed_clearly() -> None:
    far = run([WRONG[Advice.RIGHT]] * 20)[-1]
    width = PICTURE_SIZE[0]
    almost = seen_of(shifted(GOOD, 0.18 * width))
    assert needed(almost, RULES) == ()  # nobody would have been asked to move from here
    assert run([almost] * 40, far, begin_s=1.0)[-1].advice is Advice.RIGHT
    assert run([seen_of(shifted(GOOD, 0.10 * width))] * 40, far, begin_s=1.0)[-1].done


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.floats(0.12, 0.26))
def test_a_head_that_shakes_about_a_limit_makes_no_advice_flicker(seed: int, off: float) -> None:
    rng = np.random.default_rng(seed)
    views = [seen_of(shifted(GOOD, (off + rng.normal(0, 0.015)) * PICTURE_SIZE[0])) for _ in range(160)]
    states = run(views)
    changes = [i for i in range(1, len(states)) if states[i].advice is not states[i - 1].advice]
    assert len(changes) <= 2


@settings(max_examples=50)  # each is half a minute
@given(st.lists(st.tuples(st.sampled_from([*Advice, None]), st.integers(1, 60)), min_size=1, max_size=30))
def test_whatever_is_seen_no_advice_is_shorter_than_it_takes_to_read_and_all_ends(
    spells: list[tuple[Advice | None, int]],
) -> None:
    views = [WRONG[kind] if kind else _GOOD_VIEW for kind, length in spells for _ in range(length)]
    states = run((views * 700)[: int(30.2 / PERIOD_S)])
    assert states[-1].done
    changed_s = [i * PERIOD_S for i in range(1, len(states)) if states[i].advice is not states[i - 1].advice]
    assert all(b - a >= RULES.change_s - 1e-9 for a, b in pairwise(changed_s))
    done = next(i for i, state in enumerate(states) if state.done)
    assert all(state == states[done] for state in states[done:])
    if not states[done].lacking and done * PERIOD_S < 29.9:  # then the last second and a half were good, but for blinks
        last = (views * 700)[max(0, done - int(1.5 / PERIOD_S)) : done + 1]
        assert sum(view is not _GOOD_VIEW for view in last) * PERIOD_S <= RULES.lapse_s + 1e-9
        assert (views * 700)[done] is _GOOD_VIEW


_GOOD_VIEW = seen_of(GOOD)
