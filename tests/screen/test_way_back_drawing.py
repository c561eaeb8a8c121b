"""The signs of the way back as they are drawn: where they stand, which way they point, and when there are none."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from test_drawing import WAYS, drawn, grey, noted, practice, words

from posture_trainer.feedback import Cue, Feedback, PostureState, Way
from posture_trainer.pages.views import Controls, PracticeView
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.mirror import way_back
from posture_trainer.words import directions


@pytest.mark.parametrize("cue", Cue)
def test_the_road_home_moves_with_every_degree(cue: Cue) -> None:
    seen = set()
    for off_deg in range(6, 45):
        view = replace(practice(way=cue), feedback=Feedback(PostureState.OUT, None, cue, 2.0, way=Way(off_deg, 5.0)))
        shown, notes = drawn(view, Controls())
        (road,) = [item.rect for item in notes if item.what == "road"]
        seen.add(shown[road.top : road.bottom, road.left : road.right].tobytes())
    assert len(seen) > 30, "nearly each degree looks like no other, on the shortest of roads too"


@pytest.mark.parametrize("cue", [Cue.TURN_LEFT, Cue.TILT_RIGHT, Cue.CHIN_UP])
def test_how_near_it_is_stands_in_one_line_and_nothing_jumps(cue: Cue) -> None:
    panels = []
    for word in ("", "Almost straight"):
        feedback = Feedback(PostureState.OUT, None, cue, 2.0, way=Way(12.0, 5.0))
        notes = noted(replace(practice(way=cue), feedback=feedback, nearer=word), Controls())
        assert any(item.what == "Almost straight" for item in notes) == bool(word)
        panels.append([item.rect for item in notes if item.what in ("road", cue)])
    assert panels[0] == panels[1]


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("cue", [cue for cue in WAYS if cue not in way_back.CHIN])
def test_the_way_back_is_on_the_side_to_move_to(cue: Cue, text_scale: float) -> None:
    controls = Controls(text_scale=text_scale)
    without, _ = drawn(practice(picture=grey()), controls)
    with_sign, notes = drawn(practice(way=cue, picture=grey()), controls)
    _, columns = np.nonzero(np.any(without != with_sign, axis=2))
    assert columns.size > 10_000
    side = "left" if cue in (Cue.TURN_LEFT, Cue.TILT_LEFT) else "right"
    assert columns.max() < 640 if side == "left" else columns.min() >= 640
    assert f"your {side}" in words(notes)
    assert ("Turn" if cue in (Cue.TURN_LEFT, Cue.TURN_RIGHT) else "Lean") in words(notes)


@pytest.mark.parametrize("cue", WAYS)
def test_the_arrow_on_the_window_points_the_way_back(cue: Cue) -> None:
    shown, notes = drawn(practice(way=cue, edge_share=3.0), Controls())
    arrows = [item.rect for item in notes if item.what == cue]
    assert arrows
    for rect in arrows:
        part = shown[rect.top : rect.bottom, rect.left : rect.right].astype(int)
        orange = np.abs(part - palette.WAY_BACK).max(axis=2) < 60
        if cue in way_back.TILT:
            rows, columns = np.nonzero(orange)
            low = columns[rows >= rect.height // 2]
            assert low.size > 0
            points_left = bool(low.max() < rect.width // 2)
            assert points_left or low.min() >= rect.width // 2, "its head is low on one side"
            assert points_left == (cue is Cue.TILT_LEFT)
        else:
            across = orange.sum(axis=1 if cue in way_back.CHIN else 0)
            first, last = across[across > 0][[4, -5]]
            assert (first < last) == (cue in (Cue.TURN_LEFT, Cue.CHIN_UP)), "the tip is narrower than the shaft"


def test_the_arrow_of_the_chin_stands_at_the_end_to_move_to_beside_the_face() -> None:
    for cue, says in ((Cue.CHIN_UP, "Lift"), (Cue.CHIN_DOWN, "Lower")):
        notes = noted(practice(way=cue), Controls())
        (arrow,) = [item.rect for item in notes if item.what == cue]
        (first,) = [item.rect for item in notes if item.what.startswith(says)]
        assert arrow.bottom <= first.top if cue is Cue.CHIN_UP else arrow.top >= first.bottom
        assert arrow.left > 784
        assert cue is Cue.CHIN_DOWN or arrow.centery < 180


@pytest.mark.parametrize("cue", WAYS)
def test_the_sign_is_large_and_grows_with_the_deviation(cue: Cue) -> None:
    sizes = []
    for edge_share in (1.0, 2.0, 3.0, 9.0):
        notes = noted(practice(way=cue, edge_share=edge_share), Controls())
        sizes.append(max(item.rect.width for item in notes if item.what == cue))
        said = [item for item in notes if item.what and item.what in directions.WAY_BACK_WORDS[cue] and item.size_px]
        assert max(item.size_px for item in said) >= 58
        assert text.font(58, True).size("Tl")[1] >= 44
    assert sizes[0] >= 88
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2] == sizes[3]


@pytest.mark.parametrize(
    "view",
    [
        practice(PostureState.NEUTRAL, Cue.TURN_LEFT),
        practice(PostureState.PAUSED, Cue.TURN_LEFT),
        practice(PostureState.NO_FACE, Cue.TURN_LEFT, None),
        practice(PostureState.OUT, Cue.TURN_LEFT, message="I can't see your face"),
    ],
)
def test_no_way_back_is_shown_unless_the_head_is_seen_to_be_out(view: PracticeView) -> None:
    notes = noted(view, Controls())
    assert not [item for item in notes if item.what in set(Cue)]
    assert "your left" not in words(notes)


def test_ring_is_whole_inside_and_broken_outside() -> None:
    whole = shapes.whole_ring(100, 0.1, palette.NEUTRAL)
    broken = shapes.broken_ring(100, 0.1, 30, palette.WAY_BACK)
    around = [(round(50 + 43.5 * np.cos(a)), round(50 + 43.5 * np.sin(a))) for a in np.linspace(0, 6.28, 120)]
    assert all(whole.get_at(point).a > 128 for point in around)
    seen = [broken.get_at(point).a > 128 for point in around]
    assert sum(one != other for one, other in itertools.pairwise([*seen, seen[0]])) == 8
