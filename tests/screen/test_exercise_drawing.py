"""The screens of the exercises: nothing overlaps or runs out, the words stay large, nothing shows what it must not."""

import itertools
from dataclasses import replace
from typing import get_args

import numpy as np
import pygame
import pytest
from test_drawing import GUIDE, drawn, grey, noted, words

from posture_trainer.exercises.exercise_view import ExerciseView, Gauge
from posture_trainer.exercises.guided_view import ASK_HINT, STOP_WORDS
from posture_trainer.exercises.timed import Drawing
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pages.views import Controls, GuidedView
from posture_trainer.plans.blocks import TimedBlock
from posture_trainer.plans.movements import FAR_SIDE
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.pose.directions import Direction
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.mirror.exercise_pictures import draw_drawing
from posture_trainer.words.felt import FELT_WORDS
from posture_trainer.words.phrases import PHRASES

SIZES = ((1280, 720), (1920, 1080))
BUTTONS = (
    "Go on at once",
    "Nearer step",
    "As it is",
    "Pause",
    "Mute",
    "Sound on",
    "Help",
    "Stop",
    "Go on",
    "I feel unwell",
)
SIGNS = (*get_args(Drawing), "ring", "target", "pointer", "breath", "gauge", "closed eye", *Cue)
WHERE = {"block": 1, "blocks": 3, "trial": 12, "trials": 12, "elapsed_s": 3599.0, "longest_s": 3600.0}
FELT = tuple(FELT_WORDS.values())
SILENT = Feedback(PostureState.PAUSED, None, None, None)


def guided(exercise: ExerciseView, way: Cue | None = None, **more: object) -> GuidedView:
    state = PostureState.OUT if way else PostureState.NEUTRAL if exercise.outline else PostureState.PAUSED
    feedback = Feedback(state, None, way, 2.0) if exercise.outline else SILENT
    return replace(GuidedView(grey(), GUIDE, feedback, replace(exercise, **WHERE)), **more)  # type: ignore[arg-type]


def hold(**more: object) -> ExerciseView:
    made = ExerciseView("hold", "Hold", "Hold.", outline=True, ring_share=0.4, countdown_s=13)
    return replace(made, **more)  # type: ignore[arg-type]


def every_view() -> dict[str, GuidedView]:
    said = PHRASES["hold"]
    views = {
        "hold": guided(hold(), subtitle=said),
        "offer": guided(hold(words=PHRASES["hold_again"], message=f"{PHRASES['offer_stop']} {STOP_WORDS}")),
        "without": guided(ExerciseView("hold", "Hold", PHRASES["hold_without"], mirror=False, countdown_s=14)),
        "test": guided(ExerciseView("hold_test", "Hold test", "Keep your head there.", mirror=False), subtitle=said),
        "rest": guided(
            ExerciseView(
                "rest",
                "Rest",
                "Rest.",
                "You felt a little off. You were straight. Next: Position sense.",
                ring_share=0.3,
                countdown_s=599,
            )
        ),
        "ask": guided(ExerciseView("ask", "How it felt", PHRASES["how_far_off"], ASK_HINT, mirror=False, choices=FELT)),
        "answered": guided(
            ExerciseView("ask", "How it felt", PHRASES["how_far_off"], ASK_HINT, mirror=False, choices=FELT),
            answer=FELT[1],
        ),
        "paused": guided(ExerciseView("paused", "Paused", "Paused.")),
        "no face": guided(ExerciseView("no_face", "Waiting", PHRASES["face_gone"])),
        "camera": guided(hold(), message="The camera is gone. I'll go on when it is back."),
        "ended": guided(ExerciseView("ended", "Thank you", PHRASES["time_up"], mirror=False)),
        "breathe": guided(
            ExerciseView(
                "breathe", "Breathe", "Breathe out.", PHRASES["breathe"], False, circle_share=1.0, countdown_s=600
            )
        ),
        "timed": guided(ExerciseView("timed", "Exercise", "Pull " + 24 * "the words ", countdown_s=20), subtitle=said),
        "drawing": guided(
            ExerciseView(
                "timed",
                "Exercise",
                "Pull your shoulder blades together, and let go again.",
                mirror=False,
                countdown_s=20,
                drawing="shoulder_blades",
            ),
            subtitle=said,
        ),
        "follow": guided(
            ExerciseView(
                "follow",
                "Follow",
                PHRASES["follow"],
                target=(-0.7, 0.35),
                target_radius=0.3,
                pointer=(2.0, -2.0),
                path=((-0.7, 0.0), (0.7, 0.0)),
                countdown_s=3,
                on_target=True,
            )
        ),
    }
    for preset in preset_names():
        for block in load_plan(preset)[1].blocks:
            if isinstance(block, TimedBlock) and preset != "home":
                words_of_it = block.words.replace(FAR_SIDE, "right")
                timed = ExerciseView("timed", block.title, words_of_it, mirror=False, drawing=block.drawing)
                views[f"drawing {block.title}"] = guided(replace(timed, countdown_s=180))
    for way in Cue:
        views[way] = guided(hold(words=PHRASES["hold_again"]), way, subtitle=said)
    for way_out in Direction:
        for kind in ("stretch", "range", "position"):
            views[f"{kind} {way_out}"] = guided(
                ExerciseView(
                    kind,
                    kind.title(),
                    PHRASES[f"{kind}_{way_out}"],
                    mirror=kind != "position",
                    eyes_closed=kind == "position",
                    arrow=way_out,
                    gauge=Gauge(way_out, 12.0, 15.0, 20.0),
                ),
                subtitle=said,
            )
        held = ExerciseView("stretch", "Stretch", PHRASES["stretch_hold"], countdown_s=15)
        views[f"held {way_out}"] = guided(replace(held, gauge=Gauge(way_out, 12.0, 20.0, 20.0)))
    return views


@pytest.mark.parametrize(("size", "text_scale"), list(itertools.product(SIZES, (1.0, 1.5, 2.0))))
def test_nothing_runs_out_of_the_window_or_overlaps(size: tuple[int, int], text_scale: float) -> None:
    window = pygame.Rect(0, 0, *size)
    for name, view in every_view().items():
        for notice in ("", "No sound on this computer."):
            notes = noted(view, Controls(text_scale=text_scale, muted=bool(notice), notice=notice), size)
            keys = min(item.rect.top for item in notes if item.what.lower() in ("space", "pause", "stop"))
            largest = max((item for item in notes if item.what not in BUTTONS), key=lambda item: item.size_px)
            assert largest.rect.bottom < keys, name
            for item in notes:
                assert window.contains(item.rect), (name, item)
                assert item.size_px == 0 or item.size_px >= 13, (name, item)
            for one, other in itertools.combinations(notes, 2):
                # A number stands inside its ring; the pointer may be on the target.
                within = one.rect.contains(other.rect) and one.what in SIGNS
                both = {one.what, other.what} == {"target", "pointer"}
                assert within or both or not one.rect.colliderect(other.rect), (name, one, other)


def test_words_are_large_and_never_smaller_with_a_larger_text_scale() -> None:
    for name, view in every_view().items():
        if name in ("camera", "no face", "paused"):
            continue
        sizes = []
        for text_scale in (1.0, 2.0):
            notes = noted(view, Controls(text_scale=text_scale))
            sizes.append(max(item.size_px for item in notes if item.what and item.what in view.exercise.words))
        assert sizes[0] >= 25, name
        assert sizes[1] >= 0.95 * sizes[0] or name.startswith(("timed", "offer")), (name, sizes)


def test_a_screen_without_the_mirror_shows_nothing_of_the_picture() -> None:
    for name, view in every_view().items():
        if not view.exercise.mirror:
            with_picture, _ = drawn(view, Controls())
            without, _ = drawn(replace(view, picture_bgr=None, guide=None), Controls())
            assert (with_picture == without).all(), name


def test_the_target_is_where_the_face_has_to_go_as_in_a_mirror() -> None:
    follow = every_view()["follow"].exercise
    places = []
    for target in ((0.7, 0.0), (-0.7, 0.0), (0.0, 0.7)):
        exercise = replace(follow, target=target, pointer=target, countdown_s=None)
        notes = noted(guided(exercise), Controls())
        marks = {item.what: item.rect for item in notes}
        assert marks["target"].center == marks["pointer"].center
        places.append(marks["target"].center)
    right, left, up = places
    assert left[0] < up[0] < right[0]
    assert up[1] < right[1] == left[1]


@pytest.mark.parametrize("way", Direction)
def test_the_scale_grows_in_the_direction_of_the_movement(way: Direction) -> None:
    def filled(now_deg: float) -> pygame.Surface:
        surface = pygame.Surface((1280, 720))
        from posture_trainer.screen.mirror.exercise_signs import draw_gauge

        draw_gauge(surface, Gauge(way, now_deg, None, None), None, None, pygame.Rect(0, 0, 1280, 720))
        return surface

    from test_drawing import pixels

    rows, columns = (pixels(filled(40.0)).astype(int) - pixels(filled(10.0)).astype(int)).any(axis=2).nonzero()
    first_rows, first_columns = (
        (pixels(filled(10.0)).astype(int) - pixels(filled(0.0)).astype(int)).any(axis=2).nonzero()
    )
    if way in (Direction.FLEXION, Direction.EXTENSION):
        assert (rows.mean() > first_rows.mean()) == (way is Direction.FLEXION)
    else:
        assert (columns.mean() > first_columns.mean()) == way.endswith("right")


@pytest.mark.parametrize("name", get_args(Drawing))
def test_a_drawing_is_turned_round_for_the_other_side_and_has_a_colour_for_each_shape(name: str) -> None:
    from test_drawing import pixels

    surface, other = pygame.Surface((400, 400)), pygame.Surface((400, 400))
    draw_drawing(surface, name, surface.get_rect())
    draw_drawing(other, name, other.get_rect(), to_left=True)
    shown, turned = pixels(surface), pixels(other)
    assert (np.abs(shown.astype(int) - turned[:, ::-1]).max(axis=2) > 60).mean() < 0.01
    for colour in (palette.TEXT, palette.NEUTRAL, palette.WAY_BACK):
        assert (shown == colour).all(axis=2).sum() > 400, colour


def test_every_screen_says_how_to_stop() -> None:
    for name, view in every_view().items():
        assert "esc stop" in words(noted(view, Controls())).lower(), name
    assert text.SMALLEST_PX >= 13
