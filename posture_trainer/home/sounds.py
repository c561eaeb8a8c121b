"""The page where each tone is heard, with its words."""

from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Screen
from posture_trainer.pages.front import sounds as pages
from posture_trainer.pages.front.page import PageView, Press


class SoundsScreen(Screen):
    """A press sounds the tone and then says what it means."""

    help_title = "What you hear"
    help = ("Press one to hear it.", "Find one plays a tone: press what it was.", "Nobody counts it.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._lit, self._asked, self._found = "", "", ""
        self._number = 0
        self._words: tuple[float, str] | None = None  # when which phrase is to be spoken

    def view(self) -> PageView:
        """The page as it stands."""
        return pages.sounds_view(self._lit, self._asked, self._found)

    def press(self, press: Press) -> Go:
        """A tone to be heard, one to be found, or the answer."""
        if press.name == pages.FIND:
            self._lit, self._found = "", ""
            self._asked = pages.asked_at(self._number)
            self._number += 1
            self._sound(self._asked)
        elif press.name in pages.TONES:
            if self._asked and not self._found:
                self._found, self._lit = press.name, self._asked
            else:
                self._lit, self._asked, self._found = press.name, "", ""
            self._sound(self._lit)
            self._words = self.room.clock() + pages.WORDS_AFTER_S, pages.TONES[self._lit]
        return None

    def tick(self) -> Go:
        """The words follow the tone."""
        if self._words is not None and self.room.clock() >= self._words[0]:
            self.room.sounds.speak(self._words[1], self.room.controls.volume)
            self._words = None
        return None

    def leave(self) -> None:
        """Nothing is said on another page."""
        self._words = None

    def _sound(self, tone: str) -> None:
        self._words = None
        if self.room.sounds.trouble:
            self.room.notice(self.room.sounds.trouble)
        else:
            self.room.sounds.play(tone, self.room.controls.volume)
