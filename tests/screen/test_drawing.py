"""What the window shows: drawn on surfaces without a screen, and looked at pixel by pixel."""

import itertools
import os
from collections.abc import Iterator
from dataclasses import replace

from posture_trainer.words import directions

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from typing import Any

import numpy as np
import pygame
import pytest

from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pages.actions import question_actions
from posture_trainer.pages.care import CareView, ChoiceView
from posture_trainer.pages.views import (
    BaselineView,
    Controls,
    HelpView,
    Picture,
    PracticeView,
    QuestionView,
    SafetyView,
    StraightView,
    SummaryView,
    TrialBars,
    View,
)
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.neutral.baseline import NeutralGuide
from posture_trainer.screen import draw
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.kit.text import Drawn
from posture_trainer.screen.mirror.mirror_drawing import clock_words, draw_practice, figure_rows
from posture_trainer.screen.mirror.paused import PAUSED
from posture_trainer.screen.mirror.picture import cover_fit, draw_picture

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (800, 600))
WAYS = tuple(directions.WAY_BACK_WORDS)
ANGLES = HeadAngles(-22.0, 12.0, -16.0, 28.0)
TURNS = np.linspace(0, 2 * np.pi, 36, endpoint=False)
GUIDE = NeutralGuide(np.column_stack([0.5 + 0.1 * np.cos(TURNS), 0.5 + 0.2 * np.sin(TURNS)]), 0.5, 0.4, 0.7)


def grey(level: int = 90) -> Picture:
    return np.full((480, 640, 3), level, np.uint8)


def practice(
    state: PostureState = PostureState.OUT,
    way: Cue | None = None,
    edge_share: float | None = 2.0,
    picture: Picture | None = None,
    message: str = "",
    guide: NeutralGuide | None = None,
) -> PracticeView:
    return PracticeView(picture, guide, Feedback(state, None, way, edge_share), ANGLES, message, 3599.0, 5999.0)


def every_view() -> dict[str, tuple[View, Controls]]:
    lost = "I can't see your face. Please sit in front of the camera."
    notice = "No sound device: this session is silent."
    views: dict[str, tuple[View, Controls]] = {
        "neutral": (practice(PostureState.NEUTRAL, None, 0.2, grey(), guide=GUIDE), Controls()),
        "no sign yet": (practice(guide=GUIDE), Controls(show_figures=True)),
        "paused": (practice(PostureState.PAUSED, picture=grey()), Controls(muted=True, notice=notice)),
        "paused, lost": (practice(PostureState.PAUSED, None, None, None, lost), Controls(muted=True)),
        "no face": (practice(PostureState.NO_FACE, None, None, grey(), lost), Controls(notice=notice)),
        "safety": (SafetyView(grey(), 0.5, "Press any key, or hold your head still, to begin."), Controls()),
        "safety, notice": (SafetyView(None, 0.5, "The clip begins by itself."), Controls(notice=notice)),
        "countdown": (BaselineView(grey(), 3, 0.0, ""), Controls(notice=notice)),
        "recording": (BaselineView(grey(), None, 0.6, ""), Controls()),
        "recording, lost": (BaselineView(grey(), None, 0.6, lost), Controls()),
        "refused": (
            BaselineView(None, None, 0.0, "Your head moved too much. Lean back and hold still."),
            Controls(),
        ),
        "summary": (
            SummaryView(
                "Thank you",
                (("Time straight", "13:42"), ("Longest hold", "2:05"), ("Reminders", "17"), ("Seen", "98 %")),
                "Thank you for practising today.",
                "Press any key to close. It closes by itself in 10 seconds.",
            ),
            Controls(notice=notice),
        ),
    }
    rows = (("Holds practised", "10"), ("Longest hold", "1 min 5 s"), ("Session", "10 min 59 s"))
    for count in (2, 10, 60):
        bars = TrialBars("Time straight, minute by minute", (None, 0.5, 1.0, 0.0)[:count] * (count // min(4, count)))
        views[f"summary of {count}"] = (
            SummaryView("Thank you", rows, "Thank you for practising.", "Press a key.", bars),
            Controls(),
        )
    scale = ("none", "the worst you can think of")
    actions = question_actions(change_injection=True)
    hint = "Type day, month, year: 05 03 2026. Or use the arrow keys. Or just wait."
    asked = QuestionView("Now that you have practised", "How well does your head do what you want?", "", "", hint, 0.5)
    views["question"] = replace(asked, scale=scale, actions=actions), Controls(notice=notice)
    views["question, answered"] = replace(asked, answer="100", scale=scale, marked=1.0, actions=actions), Controls()
    views["question, date"] = replace(asked, answer="30 September 2026", detail="12 weeks ago"), Controls()
    fault = "There is no 31.02.2026. First the day, then the month."
    views["question, fault"] = replace(asked, answer="05 . 0_ . ____", detail=fault), Controls()
    for cue in Cue:
        views[cue] = practice(PostureState.OUT, cue, 3.0, grey()), Controls()
        views[f"{cue}, full"] = practice(PostureState.OUT, cue), Controls(True, 0.5, 1.0, True, notice)
    return views


def drawn(view: View, controls: Controls, size: tuple[int, int] = (1280, 720)) -> tuple[Picture, list[Drawn]]:
    """The pixels (height, width, RGB) of a view, and what was noted while it was drawn."""
    surface = pygame.Surface(size)
    with text.recording() as notes:
        draw.draw(surface, view, controls)
    return pixels(surface), notes


def blind(size: tuple[int, int] = (1280, 720)) -> pygame.Surface:
    """A surface that takes no pixel, which on a large window takes most of the time: where only places are asked."""
    surface = pygame.Surface(size)
    surface.set_clip(pygame.Rect(0, 0, 0, 0))
    return surface


def noted(view: View, controls: Controls, size: tuple[int, int] = (1280, 720)) -> list[Drawn]:
    """What is noted while a view is drawn."""
    with text.recording() as notes:
        draw.draw(blind(size), view, controls)
    return notes


def pixels(surface: pygame.Surface) -> Picture:
    width, height = surface.get_size()
    return np.frombuffer(pygame.image.tobytes(surface, "RGB"), np.uint8).reshape(height, width, 3)


def words(notes: list[Drawn]) -> str:
    return " ".join(item.what for item in notes)


@pytest.fixture(autouse=True, scope="module")
def _pygame() -> Iterator[None]:
    pygame.display.init()
    yield
    pygame.quit()


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast(palette.BLACK, palette.WHITE) == pytest.approx(21)
    assert palette.contrast((119, 119, 119), palette.WHITE) == pytest.approx(4.48, abs=0.01)


def test_text_and_signs_have_contrast_on_the_lightest_and_the_darkest_picture() -> None:
    for text_colour, beneath in palette.TEXT_PAIRS:
        assert palette.contrast(text_colour, beneath) >= 4.5, (text_colour, beneath)
    for sign, beneath in palette.SIGN_PAIRS:
        assert palette.contrast(sign, beneath) >= 3, (sign, beneath)


@pytest.mark.parametrize("level", [0, 255])
def test_every_text_has_contrast_to_what_it_really_lies_on(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by a list of pairs: each text's own colour against the darkest and lightest pixel that was beneath it."""
    from test_exercise_drawing import every_view as every_exercise

    seen: list[tuple[float, str]] = []
    draw_block = text.draw_block

    def measured(surface: pygame.Surface, block: text.Block, rect: pygame.Rect, *more: Any, **named: Any) -> None:
        colour = more[0] if more else named.get("colour", palette.TEXT)
        before = surface.copy()
        with text.recording() as lines:
            draw_block(surface, block, rect, *more, **named)
        for line in lines:
            beneath, letters = pixels(before.subsurface(line.rect)), pixels(surface.subsurface(line.rect))
            behind = beneath[(beneath != letters).any(axis=2)]  # the box of a number in a ring reaches over the ring
            assert len(behind) > 20, line
            for red, green, blue in behind[np.argsort(behind.sum(axis=1))[[0, -1]]]:
                seen.append((palette.contrast(colour, (int(red), int(green), int(blue))), line.what))

    monkeypatch.setattr(text, "draw_block", measured)
    views = [*every_view().values(), *((view, Controls()) for view in every_exercise().values())]
    for view, controls in views:
        if isinstance(view, SummaryView | QuestionView | StraightView | ChoiceView | CareView | HelpView):
            over_picture: View = view
        else:
            over_picture = replace(view, picture_bgr=grey(level))
        drawn(over_picture, controls)
    assert len(seen) > 200
    assert min(seen)[0] >= 4.5, min(seen)


@pytest.mark.parametrize("level", [0, 255])
def test_panels_are_as_dark_as_the_contrast_was_computed_for(level: int) -> None:
    shown, _ = drawn(practice(picture=grey(level)), Controls())
    expected = palette.over(palette.PANEL, palette.PANEL_ALPHA, (level, level, level))
    assert np.abs(shown[-2, 2].astype(int) - expected).max() <= 2


def test_the_picture_is_shown_as_in_a_mirror() -> None:
    picture = grey(0)
    picture[200:280, 40:120] = (0, 0, 255)
    surface = pygame.Surface((1280, 720))
    draw_picture(surface, picture)
    rows, columns = np.nonzero(pixels(surface)[..., 0] > 200)
    assert columns.min() >= 1280 - 2 * 120 - 2
    assert columns.max() <= 1280 - 2 * 40 + 2
    assert rows.mean() == pytest.approx(360, abs=3)


@pytest.mark.parametrize("size", [(1280, 720), (800, 600), (600, 900)])
def test_the_guide_lies_on_the_same_place_of_the_face_as_in_the_picture(size: tuple[int, int]) -> None:
    picture = grey(0)
    picture[236:244, 356:364] = 255
    surface = pygame.Surface(size)
    draw_picture(surface, picture)
    rows, columns = np.nonzero(pixels(surface)[..., 1] > 128)
    fit = cover_fit((640, 480), size)
    assert fit.x(360 / 640) == pytest.approx(columns.mean() + 0.5, abs=2)
    assert fit.y(240 / 480) == pytest.approx(rows.mean() + 0.5, abs=2)
    draw_picture(surface, picture, NeutralGuide(GUIDE.outline, 360 / 640, 0.1, 0.9))
    line = round(fit.x(360 / 640))
    assert tuple(pixels(surface)[size[1] - 3, line]) == palette.GUIDE


@pytest.mark.parametrize("level", [0, 255])
@pytest.mark.parametrize("state", [PostureState.NEUTRAL, PostureState.OUT])
def test_the_ghost_shows_on_light_and_dark_pictures(level: int, state: PostureState) -> None:
    bare, _ = drawn(practice(state, None, 0.5, grey(level)), Controls())
    ghost, _ = drawn(practice(state, None, 0.5, grey(level), guide=GUIDE), Controls())
    changed = ghost[np.any(ghost != bare, axis=2)]
    colours = [(int(red), int(green), int(blue)) for red, green, blue in np.unique(changed, axis=0)]
    assert max(palette.contrast(colour, (level, level, level)) for colour in colours) >= 3


def test_no_picture_shows_nothing_of_the_last_one() -> None:
    surface = pygame.Surface((1280, 720))
    red = np.zeros((480, 640, 3), np.uint8)
    red[..., 2] = 255
    gone = practice(PostureState.NO_FACE, message="The camera is gone.")
    for view in (practice(picture=red, guide=GUIDE), gone):
        draw_practice(surface, view, Controls())
    fresh, _ = drawn(gone, Controls())
    assert np.array_equal(pixels(surface), fresh)
    assert tuple(fresh[5, 5]) == palette.BACKGROUND


def test_states_are_told_in_words() -> None:
    assert PAUSED in words(noted(practice(PostureState.PAUSED), Controls()))
    muted = words(noted(practice(), Controls(muted=True)))
    assert "muted" in muted
    assert "Sound on" in muted
    assert "muted" not in words(noted(practice(), Controls()))
    assert "come closer" in words(noted(practice(message="Please come closer"), Controls()))
    assert "No sound device" in words(noted(practice(), Controls(notice="No sound device")))
    times = words(noted(practice(), Controls()))
    assert "59:59 straight" in times
    assert "99:59 session" in times


def test_four_large_buttons_while_practising_and_every_key_in_a_pause() -> None:
    for view in (
        practice(way=Cue.CHIN_DOWN),
        practice(PostureState.NO_FACE, message="I can't see your face"),
    ):
        shown = words(noted(view, Controls()))
        for key in ("Space Pause", "M Mute", "F1 Help", "Esc Stop"):
            assert key in shown
        assert "figures" not in shown
    shown = words(noted(practice(PostureState.PAUSED), Controls()))
    for key in (
        "C set straight again",
        "H hide face",
        "M mute",
        "+ − volume",
        "T text size",
        "F full screen",
        "D figures",
        "Esc stop",
        "Space Go on",
    ):
        assert key in shown


def test_figures_are_shown_only_when_asked_for() -> None:
    assert "°" not in words(noted(practice(way=Cue.TURN_RIGHT), Controls()))
    shown = words(noted(practice(way=Cue.TURN_RIGHT), Controls(show_figures=True)))
    assert "Rotation −22° to the left" in shown
    assert "Tilt +12° to the right" in shown
    assert "Flexion −16° chin up" in shown
    assert "Deviation 28°" in shown
    assert figure_rows(HeadAngles(0.2, -0.2, 0.0, 0.3))[0] == ("Rotation", "0°")


def test_safety_says_what_matters() -> None:
    shown = words(noted(every_view()["safety"][0], Controls())).lower()
    for word in ("firm chair", "feet flat", "straight ahead, at eye height", "pain", "dizziness", "feeling sick"):
        assert word in shown
    assert "if your head pulls or shakes more than before" in shown
    assert "therapist" in shown
    assert "esc" in shown
    assert "not a medical device" in shown


def test_clock_words() -> None:
    assert [clock_words(seconds) for seconds in (0, 9.9, 75.3, 3599)] == ["0:00", "0:09", "1:15", "59:59"]


@pytest.mark.parametrize(
    ("size", "text_scale"),
    [*itertools.product(SIZES, (1.0, 2.0)), (SIZES[0], 1.25), (SIZES[0], 1.5)],
)
def test_nothing_runs_out_of_the_window_or_overlaps(size: tuple[int, int], text_scale: float) -> None:
    window = pygame.Rect(0, 0, *size)
    for name, (view, controls) in every_view().items():
        scaled = Controls(controls.muted, 0.5, text_scale, controls.show_figures, controls.notice)
        notes = noted(view, scaled, size)
        assert notes
        for item in notes:
            assert window.contains(item.rect), (name, item)
            assert item.size_px == 0 or item.size_px >= 13, (name, item)
        for one, other in itertools.combinations(notes, 2):
            assert not one.rect.colliderect(other.rect), (name, one, other)


def test_larger_text_scale_makes_text_larger() -> None:
    for name, (view, controls) in every_view().items():
        if "lost" in name or "full" in name:
            continue
        at = [{i.what: i.size_px for i in noted(view, Controls(controls.muted, 0.5, scale))} for scale in (1.0, 2.0)]
        for what in at[0].keys() & at[1].keys():
            assert at[1][what] >= at[0][what], (name, what)


def test_a_long_word_is_made_smaller_only_as_a_last_resort() -> None:
    wrapped = text.block("Turn to your left", 60, 300, None, True)
    assert wrapped.size_px == 60
    assert wrapped.lines == ("Turn to", "your left")
    narrow = text.block("Turn to your left", 60, 100, None, True)
    assert narrow.size_px < 60
    assert narrow.width <= 100


def test_fonts_survive_a_quit_and_start_of_pygame() -> None:
    drawn(practice(way=Cue.TURN_LEFT), Controls())
    pygame.quit()
    pygame.display.init()
    drawn(practice(way=Cue.TURN_RIGHT, message="Another line"), Controls())
