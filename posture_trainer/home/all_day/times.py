"""The times at which practice is reminded of, and a file of them for the patient's own calendar."""

from pydantic import ValidationError

from posture_trainer.errors import UserError
from posture_trainer.home.all_day.diary import settings_here
from posture_trainer.home.notes import NoteScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Instead, Move, Screen
from posture_trainer.pages.all_day import times as pages
from posture_trainer.pages.front import files
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import RemindersTable
from posture_trainer.records.clinic.lock import held

_ALLOWED = "0123456789: "
_MOST_SIGNS = 36
_WITHOUT_PLAN = "Practice"


class TimesScreen(Screen):
    """A line of times."""

    help_title = "Reminders"
    help = (
        "Type times as 09:00, with a space between.",
        "We remind you while this program is open.",
        "The calendar file reminds you everywhere.",
    )

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._own = settings_here(room)
        self._typed = " ".join(self._own.reminders.times)
        self._title, self._asked = _WITHOUT_PLAN, 0
        try:
            from posture_trainer.session.front.at_home import asked_now, plan_of

            if self._own.plan is not None:
                self._title = plan_of(room.folder, self._own)[1].title
            asked = asked_now(room.folder, self._own)
            self._asked = asked.times_a_day if asked is not None else 0
        except UserError:
            pass  # home tells what is amiss with the plan
        if not self._typed and self._asked > 1:
            self._typed = " ".join(pages.USUAL.split()[: self._asked])

    def _times(self) -> tuple[str, ...] | None:
        try:
            return RemindersTable.model_validate({"times": tuple(self._typed.split())}).times
        except ValidationError:
            return None

    def view(self) -> PageView:
        """The field."""
        return pages.times_view(self._typed, self._times() is None, self._asked)

    def press(self, press: Press) -> Go:
        """Typing, keeping, the calendar."""
        times = self._times()
        if press.name == pages.TIMES_FIELD:
            typed = self._typed[:-1] if press.erase else self._typed
            self._typed = "".join(sign for sign in typed + press.typed if sign in _ALLOWED)[:_MOST_SIGNS]
        elif press.name in (pages.SAVE, pages.FILE) and times is not None:
            try:
                with held(self.room.data, self.room.code):
                    known = load_patient_settings(self.room.folder)  # as it is now, whoever has changed it
                    kept = known.model_copy(update={"reminders": RemindersTable(times=times)})
                    save_patient_settings(self.room.folder, kept)
            except UserError as error:
                self.room.notice(str(error))
                return None
            if press.name == pages.FILE:
                return Instead(CalendarScreen(self.room, self._title, times))
            self.room.notice(pages.KEPT)
            return Move.BACK
        return None


class CalendarScreen(Screen):
    """Where the file goes."""

    help_title = "For my calendar"
    help = ("Choose a place.", "Open the file there with your calendar.", "It names nobody.")

    def __init__(self, room: Room, title: str, times: tuple[str, ...]) -> None:
        super().__init__(room)
        from posture_trainer.exchange.places import usual_places

        self._title, self._times, self._page, self._places = title, times, 0, usual_places()

    def view(self) -> PageView:
        """The places."""
        places = tuple((name, str(folder)) for name, folder in self._places)
        return files.places_view("For my calendar", places, self._page, self.large, "No place is there.", "")

    def press(self, press: Press) -> Go:
        """More, or into one."""
        if press.name == files.MORE:
            self._page += 1
        for number, (_, folder) in enumerate(self._places):
            if press.name == files.place_press(number):
                from posture_trainer.exchange.calendar_file import save_calendar

                try:
                    path = save_calendar(folder, self._title, self._times, self.room.now().date())
                except UserError as error:
                    return Instead(NoteScreen(self.room, "Not written", str(error)))
                said = pages.IN_CALENDAR.format(title=self._title)
                return Instead(NoteScreen(self.room, "For my calendar", f"{path.name} is in {folder}.", said))
        return None
