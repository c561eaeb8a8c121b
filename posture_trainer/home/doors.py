"""What the doors of home lead to outside it: a session, a new straight position, the demo. The same code as the
commands `practice`, `calibrate` and `demo` run; what goes amiss becomes a page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from posture_trainer.errors import CutShort, NoCamera, UserError
from posture_trainer.home.camera import NoCameraScreen
from posture_trainer.home.notes import NoteScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move
from posture_trainer.pages.front.notes import moment_view
from posture_trainer.records.settings import load_settings

if TYPE_CHECKING:
    from posture_trainer.figures.session_summary import Summary
    from posture_trainer.session.open_devices import Within

Found = TypeVar("Found")
NOT_NOW = "Not just now"


@dataclass(frozen=True)
class Outcome:
    """A session that was: its summary, and the folder of whoever practised."""

    summary: "Summary"
    folder: Path


def practise(room: Room, after: Callable[[Outcome], Go], demo: bool = False) -> Go:
    """A session of whoever is here, or the demo; gives where to go then."""
    room.show(moment_view("We open the mirror."))
    from posture_trainer import shipped_files
    from posture_trainer.session.start import Call, start

    command = "demo" if demo else "practice"
    patient = room.code if room.known and not demo else None

    def with_source(source: str) -> Outcome | None:
        call = Call(
            command=command,
            source=source,
            data_dir=room.data,
            patient=patient,
            plan=None,
            seconds=None,
            no_window=False,
            mute=room.mute,
            told={},
            within=_within(room),
        )
        found = start(call, _unsaid)
        return None if found is None else Outcome(*found)

    def run() -> Outcome | None:
        return with_source(str(shipped_files.demo_clip())) if demo else _with_camera(room, with_source)

    def then(outcome: Outcome | None) -> Go:
        return None if outcome is None or demo else after(outcome)

    return _through(room, run, then, lambda: practise(room, after), lambda: practise(room, after, demo=True))


def straighten(room: Room) -> Go:
    """Set what straight is: for whoever is here, kept where there is a code."""
    room.show(moment_view("We open the mirror."))
    from posture_trainer.session.front.straighten import straighten as run

    def with_source(source: str) -> str:
        return run(room.data, room.code, room.known, source, _within(room), room.mute)

    def then(said: str) -> Go:
        if said:
            room.notice(said)
        return None

    return _through(room, lambda: _with_camera(room, with_source), then, lambda: straighten(room))


def try_seat(room: Room) -> Go:
    """Whether seat and screen are well placed, by the live picture."""
    room.show(moment_view("We open the mirror."))
    from posture_trainer.session.front.seat import try_seat as run

    def with_source(source: str) -> bool:
        return run(room.data, room.code, room.known, source, _within(room), room.mute)

    return _through(room, lambda: _with_camera(room, with_source), lambda _: None, lambda: try_seat(room))


def calibrate(room: Room, code: str) -> Go:
    """The therapist's dialogue for the neutral of that person."""
    room.show(moment_view("We open the mirror."))
    from posture_trainer.session.start_calibration import CalibrationCall, start_calibration

    def with_source(source: str) -> None:
        call = CalibrationCall(code, source, room.data, mute=room.mute, within=_within(room))
        start_calibration(call, room.notice)

    return _through(room, lambda: _with_camera(room, with_source), lambda _: None, lambda: calibrate(room, code))


def _through(
    room: Room,
    run: Callable[[], Found],
    then: Callable[[Found], Go],
    again: Callable[[], Go],
    demo: Callable[[], Go] | None = None,
) -> Go:
    """Open the mirror and come back; gives where to go then. again, demo: what a page without a camera offers."""
    try:
        found = run()
    except NoCamera:
        return NoCameraScreen(room, again, demo)
    except CutShort:
        return Move.CLOSE
    except UserError as error:
        return _closing(room) or NoteScreen(room, NOT_NOW, str(error))
    finally:
        _come_back(room)
    return _closing(room) or then(found)


def _with_camera(room: Room, run: Callable[[str], Found]) -> Found:
    """With the camera that is remembered, and where that one is not there with the first one. Raises NoCamera."""
    chosen = room.source or room.settings.camera
    if not chosen:
        return run("0")
    try:
        return run(chosen)
    except NoCamera:
        if room.source:
            raise
        return run("0")


def _within(room: Room) -> "Within":
    from posture_trainer.session.open_devices import Within

    return Within(room.window, room.stop_asked)


def _closing(room: Room) -> Move | None:
    return Move.CLOSE if room.window.close_asked or room.window.lost or room.stop_asked() else None


def _come_back(room: Room) -> None:
    """What a session has remembered of the window holds here too."""
    room.settings = load_settings(room.data)[0]
    room.look()


def _unsaid(_words: str) -> None:
    """What a command says in the terminal the window has shown."""
