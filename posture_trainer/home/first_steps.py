"""The first time: five short pages, each of which can be skipped; shown again from Help and from Settings."""

from posture_trainer.home.doors import practise, straighten, try_seat
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.home.sounds import SoundsScreen
from posture_trainer.pages.front import first_steps as pages
from posture_trainer.pages.front.page import BACK, PageView, Press
from posture_trainer.pages.front.sounds import SOUNDS
from posture_trainer.sound.player import REGAINED

_STEP = 0.1


class FirstSteps(Screen):
    """One page after the other."""

    help_title = "The first steps"
    help = ("Each page tells one thing.", "Next goes on, Skip leaves them.", "Help shows them again.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._at = 0
        self._volume = room.controls.volume

    def view(self) -> PageView:
        """The page of this step."""
        return pages.step_view(self._at, self._volume)

    def press(self, press: Press) -> Go:
        """On, back, skip; louder and quieter."""
        if press.name in (pages.LOUDER, pages.QUIETER, pages.HEAR):
            step = {pages.LOUDER: _STEP, pages.QUIETER: -_STEP}.get(press.name, 0.0)
            self._volume = round(min(1.0, max(0.1, self._volume + step)), 2)
            self.room.sounds.speak("free", self._volume)
            if not self.room.sounds.trouble:
                self.room.sounds.play(REGAINED, self._volume)
            else:
                self.room.notice(self.room.sounds.trouble)
        elif press.name == pages.NEXT:
            self._at += 1
            if self._at - 1 == pages.SEAT_STEP:
                return try_seat(self.room)
            return self._done() if self._at == len(pages.STEPS) else None
        elif press.name == pages.SKIP:
            return self._done()
        elif press.name == BACK and self._at:
            self._at -= 1
            return Move.STAY
        elif press.name == pages.TRY:
            return practise(self.room, lambda _outcome: None, demo=True)
        elif press.name == SOUNDS:
            return SoundsScreen(self.room)
        elif press.name == pages.SET:
            return straighten(self.room)
        return None

    def _done(self) -> Go:
        self.room.remember(self.room.settings.with_person(self.room.code, first_steps=True))
        return Move.BACK
