"""The clock of a question: it runs out only while nobody is there."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from test_live_session import NEUTRAL, Room

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import QuestionView
from posture_trainer.session.parts.care import which_part
from posture_trainer.session.parts.ratings import ratings_part
from posture_trainer.words.care import Care


def room_of(folder: Path, keys: dict[float, Key] | None = None, seconds: float = 400.0) -> Room:
    room = Room(folder, lambda _t: NEUTRAL, keys, seconds)
    room.devices.reader.start()
    return room


def moving_between(room: Room, from_s: float, to_s: float) -> None:
    """A hand that moves the mouse for so long, and presses nothing."""
    pressed = room.window.keys

    def keys() -> list[Key]:
        room.window.stirs += from_s <= room.clock() < to_s
        return pressed()

    room.window.keys = keys  # type: ignore[method-assign]


def asked_s(room: Room) -> list[float]:
    """How long each question stood."""
    shown = [(at_s, view.words) for at_s, view, _ in room.window.shown if isinstance(view, QuestionView)]
    stood = [[at_s for at_s, _ in each] for _, each in groupby(shown, lambda pair: pair[1])]
    return [times[-1] - times[0] for times in stood]


@pytest.mark.parametrize(
    ("stir", "waited_s"),
    [
        (lambda _room: None, [60, 20, 20]),
        (lambda room: moving_between(room, 5.0, 150.0), [210, 20, 20]),
        (lambda room: moving_between(room, 65.0, 70.0), [60, 70, 20]),
    ],
    ids=["nobody", "somebody at the first", "somebody who comes at the second"],
)
def test_a_question_waits_for_whoever_moves_the_mouse(
    tmp_path: Path, stir: Callable[[Room], None], waited_s: list[float]
) -> None:
    room = room_of(tmp_path)
    stir(room)
    assert ratings_part(room.devices, "Before we begin") == {"pain": None, "dizziness": None, "control": None}
    assert asked_s(room) == pytest.approx(waited_s, abs=0.5)


def test_a_key_that_answers_nothing_gives_the_whole_time_again(tmp_path: Path) -> None:
    room = room_of(tmp_path, {50.0: Key.MUTE, 105.0: Key.STEP_20})
    assert ratings_part(room.devices, "Before we begin", ("pain",)) == {"pain": 20}


def test_what_somebody_unwell_needs_is_not_put_off_by_a_hand_that_finds_no_button(tmp_path: Path) -> None:
    room = room_of(tmp_path)
    moving_between(room, 0.0, 300.0)
    felt = which_part(room.devices)
    assert (felt.which, felt.text) == (None, Care.A)
    assert room.clock() == pytest.approx(30, abs=0.5)
