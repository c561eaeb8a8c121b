"""The offer of an icon, once."""

from posture_trainer.errors import UserError
from posture_trainer.home import shortcut
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.front import icon as pages
from posture_trainer.pages.front.page import PageView, Press


class IconScreen(Screen):
    """Whether an icon is wanted; asked once."""

    def view(self) -> PageView:
        """The question."""
        return pages.offer_view()

    def press(self, press: Press) -> Go:
        """Yes, or not now."""
        if press.name not in (pages.YES, pages.NO):
            return None
        room = self.room
        room.remember(room.settings.model_copy(update={"shortcut_offered": True}))
        if press.name == pages.YES:
            try:
                shortcut.make(shortcut.places_here(), shortcut.drawn_png)
            except UserError as error:
                room.notice(str(error))
            else:
                room.notice("The icon is on the desktop.")
        return Move.BACK
