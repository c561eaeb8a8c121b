"""The end of a session, and the offer to a guest to keep it."""

from posture_trainer.home.doors import Outcome
from posture_trainer.home.people import code_fault, typed_code
from posture_trainer.home.progress import ProgressScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Instead, Move, Screen
from posture_trainer.pages.front import end as pages
from posture_trainer.pages.front import people
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.records.people import GUEST


class EndScreen(Screen):
    """What was reached; home comes by itself after a minute."""

    help_title = "The end"

    def __init__(self, room: Room, outcome: Outcome) -> None:
        super().__init__(room)
        from posture_trainer.session.front.reached import reached

        guest = not room.known
        self._seen = reached(room.data, room.code or GUEST, outcome.folder, outcome.summary, room.now(), guest)
        self._since_s = room.clock()

    def view(self) -> PageView:
        """The page."""
        return pages.end_view(self._seen, self.large)

    def press(self, press: Press) -> Go:
        """My progress, or keep it."""
        if press.name == pages.PROGRESS:
            return Instead(ProgressScreen(self.room))
        return Instead(KeepScreen(self.room)) if press.name == pages.KEEP else None

    def tick(self) -> Go:
        """Nobody is there any more."""
        return Move.HOME if self.room.clock() - self._since_s > pages.SHOWN_S else None


class KeepScreen(Screen):
    """A code for a guest's last session."""

    help_title = "Keep this session?"

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._code = self._fault = ""

    def view(self) -> PageView:
        """The field."""
        return people.keep_guest_view(self._code, self._fault)

    def press(self, press: Press) -> Go:
        """Typing, keeping, or not."""
        room = self.room
        if press.name == people.CODE_FIELD:
            self._code, self._fault = typed_code(self._code, press), ""
        elif press.name == people.ADD:
            self._fault = code_fault(room, self._code)
            if not self._fault:
                from posture_trainer.records.keep_guest import keep_last_of_guest

                keep_last_of_guest(room.data, self._code)
                room.remember(room.settings.with_person(self._code))
                room.choose(self._code)
                room.notice(f"Kept under the code {self._code}.")
                return Move.HOME
        return Move.HOME if press.name == "not now" else None
