"""The program without a command, and its icon: the window at home."""

import time
from datetime import datetime
from pathlib import Path

import typer

from posture_trainer.cli.options import DataDir, Mute, Source
from posture_trainer.errors import UserError

NO_SCREEN = "The program needs a screen. What goes without one: posture-trainer --help"


def home(context: typer.Context, data_dir: DataDir = None, source: Source = "", mute: Mute = False) -> None:
    """The window at home: practise, progress, settings, and the therapist's door.

    Example: posture-trainer home
    """
    open_home(data_dir or context.obj, source, mute)


def open_home(
    data_dir: Path | None, source: str, mute: bool, at_desk: bool = False, patient: str | None = None
) -> None:
    """The window, until it is closed. at_desk: it begins at the desk. patient: who is here, None as remembered.

    Raises UserError without a screen, or for a patient whose code is none.
    """
    from posture_trainer.records.people import GUEST, checked_code, data_folder
    from posture_trainer.records.settings import load_settings
    from posture_trainer.screen.placing import open_display

    data, code = data_folder(data_dir), "" if patient is None else checked_code(patient)
    settings, damaged = load_settings(data)
    try:
        open_display(settings.window_place())
    except UserError as error:
        raise UserError(f"{str(error).split('. ')[0]}. {NO_SCREEN}") from None
    from posture_trainer.screen.window import PygameWindow  # once something stands on the screen
    from posture_trainer.session.stop_signals import stop_signals

    window = PygameWindow(at=settings.window_place(), opened=True)
    try:
        from posture_trainer.home.front_door import FrontDoor
        from posture_trainer.home.home_screen import HomeScreen
        from posture_trainer.home.room import Room
        from posture_trainer.home.shortcut import made, places_here
        from posture_trainer.sound.background import open_sounds

        with stop_signals() as asked:
            room = Room(
                data, window, settings, time.monotonic, lambda: datetime.now().astimezone(), asked.is_set, source, mute
            )
            room.sounds = open_sounds(mute)
            room.asks_diary = True
            room.offers_icon = not settings.shortcut_offered and not made(places_here())
            room.begin()
            if code:
                room.choose(code)
            if damaged:
                room.notice(damaged)
            door = FrontDoor(room, HomeScreen(room))
            if at_desk:
                room.asks_diary = room.offers_icon = False
                if not room.code:
                    room.choose(GUEST)
                from posture_trainer.home.all_day.desk import DeskScreen

                door.open_at(DeskScreen(room))
            door.run()
            if not window.lost:
                room.remember(room.settings.with_window(window.place()))
            room.sounds.close()
    finally:
        window.close()
