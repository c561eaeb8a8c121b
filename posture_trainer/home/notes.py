"""Pages that say one thing, and the page of a fault that nobody foresaw."""

import subprocess
import sys
from contextlib import suppress

from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.front.notes import CLOSE, FOLDER, HOME, fault_view, note_view
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.unforeseen import write_fault

NOTHING_RECORDED = "Nothing was being recorded."


class NoteScreen(Screen):
    """Something to be read."""

    def __init__(self, room: Room, title: str, *words: str) -> None:
        super().__init__(room)
        self._title, self._words = title, words

    def view(self) -> PageView:
        """The words."""
        return note_view(self._title, self._words)


class FaultScreen(Screen):
    """Something went amiss inside the program: what is kept, and where the details are."""

    def __init__(self, room: Room, error: BaseException) -> None:
        super().__init__(room)
        self._saved = " ".join(getattr(error, "__notes__", ())) or NOTHING_RECORDED
        self._log = write_fault(error, room.data)

    def view(self) -> PageView:
        """The kind words."""
        return fault_view(self._saved, self._log.name if self._log else "")

    def press(self, press: Press) -> Go:
        """Home, close, or the folder."""
        if press.name == FOLDER and self._log is not None:
            _open_folder(str(self._log.parent))
        return {HOME: Move.HOME, CLOSE: Move.CLOSE}.get(press.name)


def _open_folder(folder: str) -> None:
    """Show a folder by the system's own means; where there are none, nothing happens."""
    by = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    with suppress(OSError):
        subprocess.Popen([by, folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
