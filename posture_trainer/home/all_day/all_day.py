"""The door to what there is beside practice."""

from posture_trainer.home.all_day.diary import DiaryScreen, settings_here
from posture_trainer.home.all_day.rest import RestScreen
from posture_trainer.home.all_day.times import TimesScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Screen
from posture_trainer.pages.all_day import all_day as pages
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.records.beside.diary import read_diary
from posture_trainer.words.ago import ago


class AllDayScreen(Screen):
    """The desk, the diary, reminders, rest."""

    help_title = "All day"
    help = ("At the desk shows a small sign while you work.", "The diary takes a minute.", "Esc goes back.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._last, self._times = "", ""

    def arrive(self) -> None:
        """Read anew what the doors tell."""
        if not self.room.known:
            return
        written = [entry.day for entry in read_diary(self.room.folder) if not entry.skipped]
        self._last = ago(written[-1] if written else None, self.room.now().date())
        times = settings_here(self.room).reminders.times
        self._times = f"At {', '.join(times)}" if times else "None yet"

    def view(self) -> PageView:
        """The doors."""
        return pages.all_day_view(self._last, self._times, self.room.known)

    def press(self, press: Press) -> Go:
        """Through one."""
        if press.name == pages.DESK:
            from posture_trainer.home.all_day.desk import DeskScreen

            return DeskScreen(self.room)
        if press.name in (pages.SCAN, pages.WARMTH):
            return RestScreen(self.room, press.name == pages.SCAN)
        if press.name == pages.TIMES:
            return TimesScreen(self.room)
        return DiaryScreen(self.room) if press.name == pages.DIARY else None
