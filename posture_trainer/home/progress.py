"""My progress."""

from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.front import help as helps
from posture_trainer.pages.front import progress as pages
from posture_trainer.pages.front.page import PageView, Press


class ProgressScreen(Screen):
    """The last eight weeks, in the words of the report's own judgement."""

    help_title, help = "My progress", helps.PROGRESS

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._seen: pages.ProgressSeen | None = None
        self._shown = False
        self._note = False

    def view(self) -> PageView:
        """The picture; a word while the records are read."""
        self._shown = True
        return pages.progress_view(self._seen, self.large, self._note)

    def press(self, press: Press) -> Go:
        """The note, on a page of its own where text is large; or home, to practise."""
        if press.name == pages.NOTE:
            self._note = not self._note
        return Move.HOME if press.name == pages.PRACTISE else None

    def tick(self) -> Go:
        """Read the records once the page stands."""
        if self._shown and self._seen is None:
            from posture_trainer.session.front.my_progress import my_progress

            known = self.room.code if self.room.known else ""
            self._seen = my_progress(self.room.data, known, self.room.now())
        return None
