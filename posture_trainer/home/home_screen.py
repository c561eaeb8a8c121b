"""Home itself: the greeting and the doors. While nobody is known, the welcome."""

from dataclasses import replace

from posture_trainer.home.all_day.all_day import AllDayScreen
from posture_trainer.home.all_day.diary import DiaryScreen, diary_due
from posture_trainer.home.all_day.reminding import PracticeReminder
from posture_trainer.home.doors import Outcome, practise, straighten
from posture_trainer.home.end import EndScreen
from posture_trainer.home.first_steps import FirstSteps
from posture_trainer.home.icon import IconScreen
from posture_trainer.home.people import NewPersonScreen, PeopleScreen
from posture_trainer.home.progress import ProgressScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.home.settings import SettingsScreen
from posture_trainer.home.therapist.gate import GateScreen
from posture_trainer.pages.front import help as helps
from posture_trainer.pages.front import home as pages
from posture_trainer.pages.front.page import BACK, PageView, Press
from posture_trainer.records.people import GUEST
from posture_trainer.sound.player import REST_OVER

CLOSE_WAITS_S = 20.0
_QUIET = 0.35  # loudness of the tone with a reminder of practice


class HomeScreen(Screen):
    """The front page. What is told of today is read once the page stands."""

    help_title, help = "Home", helps.HOME

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._at: pages.AtHome | None = None
        self._shown, self._practice, self._reminded = False, PracticeReminder(room), ""

    def arrive(self) -> None:
        """Read anew what is told of today."""
        self._at, self._shown, self._reminded = None, False, ""

    def view(self) -> PageView:
        """The welcome, or the doors."""
        self._shown = True
        if not self.room.code:
            return pages.welcome_view()
        at = self._at or self._plain()
        return pages.home_view(replace(at, later=self._reminded) if self._reminded and not at.later else at)

    def tick(self) -> Go:
        """Once the page stands, read what is told of today."""
        words = self._practice.due()
        if words:
            self._reminded = words
            self.room.sounds.play(REST_OVER, _QUIET)
            self.room.window.call()
        if self.room.code and self._at is None and self._shown:
            self._at = self._today() if self.room.known else self._plain(read=True)
        elif self._at is not None and self.room.offers_icon:
            self.room.offers_icon = False
            return IconScreen(self.room)
        elif self._at is not None and self.room.known and self.room.asks_diary:
            self.room.asks_diary = False
            return DiaryScreen(self.room) if diary_due(self.room) else None
        return None

    def press(self, press: Press) -> Go:
        """Through a door."""
        room, name = self.room, press.name
        if name == pages.PRACTISE:
            return practise(room, self._after)
        if name == pages.DEMO:
            return practise(room, self._after, demo=True)
        if name == pages.STRAIGHT:
            went = straighten(room)
            self.arrive()
            return went
        if name == pages.FIRST:
            room.choose(GUEST)
            return FirstSteps(room)
        if name == BACK:
            return CloseScreen(room)
        doors: dict[str, type[Screen]] = {
            pages.PROGRESS: ProgressScreen,
            pages.SETTINGS: SettingsScreen,
            pages.ALL_DAY: AllDayScreen,
            pages.PEOPLE: PeopleScreen if room.codes() or room.code else NewPersonScreen,
            pages.THERAPIST: GateScreen,
        }
        return doors[name](room) if name in doors else None

    def _after(self, outcome: Outcome) -> Go:
        self.arrive()
        return EndScreen(self.room, outcome)

    def _plain(self, read: bool = False) -> pages.AtHome:
        return pages.AtHome(self.room.name, self.room.now().hour, read=read)

    def _today(self) -> pages.AtHome:
        from posture_trainer.session.front.at_home import today_of

        found = today_of(self.room.data, self.room.code, self.room.now())
        return pages.AtHome(
            name=self.room.name,
            hour=self.room.now().hour,
            plan=found.title,
            minutes=found.minutes,
            done=found.done.today,
            asked=found.asked.times_a_day if found.asked is not None else 0,
            days=len(found.done.days),
            straight=found.has_straight,
            later=found.dose.words if found.dose.enough is not None else "",
            trouble=found.trouble,
        )


class CloseScreen(Screen):
    """Whether to close; without an answer it stays open."""

    help_title, help = "Close now?", ("Enter keeps the program open.", "C closes it.", "Nothing is lost.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._since_s = room.clock()

    def view(self) -> PageView:
        """The question."""
        return pages.close_view()

    def press(self, press: Press) -> Go:
        """Yes."""
        return Move.CLOSE if press.name == "close" else None

    def tick(self) -> Go:
        """Nobody answers."""
        return Move.BACK if self.room.clock() - self._since_s > CLOSE_WAITS_S else None
