"""The page Help."""

from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Screen
from posture_trainer.pages.front.help import FIRST, help_view
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.pages.front.sounds import SOUNDS


class HelpScreen(Screen):
    """What the page before it wants, and its keys."""

    def __init__(self, room: Room, title: str, sentences: tuple[str, ...]) -> None:
        super().__init__(room)
        self._title, self._sentences = title, sentences

    def view(self) -> PageView:
        """The sentences and the keys."""
        return help_view(self._title, self._sentences)

    def press(self, press: Press) -> Go:
        """The first steps, and the sounds."""
        if press.name == FIRST:
            from posture_trainer.home.first_steps import FirstSteps

            return FirstSteps(self.room)
        if press.name == SOUNDS:
            from posture_trainer.home.sounds import SoundsScreen

            return SoundsScreen(self.room)
        return None
