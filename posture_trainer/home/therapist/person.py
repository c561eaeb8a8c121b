"""What the therapist does for one person."""

from posture_trainer.errors import UserError
from posture_trainer.home.notes import NoteScreen
from posture_trainer.home.people import typed
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.home.therapist.files import DeleteScreen, ExportScreen
from posture_trainer.home.therapist.patient_form import PatientForm
from posture_trainer.home.therapist.plan_form import PlanForm
from posture_trainer.pages.front import therapist as pages
from posture_trainer.pages.front.notes import moment_view
from posture_trainer.pages.front.page import Button, Field, Fields, PageView, Press, back_to
from posture_trainer.records.people import patient_folder
from posture_trainer.records.settings import LONGEST_NAME

_NAME_FIELD = "field name"


class PersonScreen(Screen):
    """One person: plan, neutral, settings, report, files."""

    help_title = "One person"
    help = ("Plan is what is practised.", "Neutral is recorded with the camera.", "The report opens in the browser.")

    def __init__(self, room: Room, code: str) -> None:
        super().__init__(room)
        self._code = code
        self._plan = self._straight = ""
        self._line = pages.PersonLine(code, "", "not yet", 0, 0, "")

    def arrive(self) -> None:
        """Read anew."""
        from posture_trainer.records.baseline_files import latest_baseline
        from posture_trainer.session.front.at_home import today_of
        from posture_trainer.session.front.for_therapist import person_line

        room = self.room
        self._line = person_line(room.data, self._code, room.settings, room.now())
        found = today_of(room.data, self._code, room.now())
        often = f", {found.asked.times_a_day} a day" if found.asked is not None else ""
        self._plan = f"{found.title}{often}" if found.title else "Not set"
        try:
            known = latest_baseline(patient_folder(room.data, self._code))
        except UserError as error:
            self._straight, known = str(error), None
        else:
            self._straight = f"Set on {known[1].created_utc:%d.%m.%Y}" if known else "Not recorded yet"

    def view(self) -> PageView:
        """What can be done."""
        return pages.person_view(self._line, self._plan, self._straight)

    def press(self, press: Press) -> Go:
        """One of the doors."""
        room, code = self.room, self._code
        match press.name:
            case pages.PLAN:
                return PlanForm(room, code)
            case pages.LIMITS:
                return PatientForm(room, code)
            case pages.STRAIGHT:
                return self._calibrate()
            case pages.REPORT:
                return self._report()
            case pages.EXPORT:
                return ExportScreen(room, code)
            case pages.DELETE:
                return DeleteScreen(room, code)
            case pages.NAME:
                return NameScreen(room, code)
        return None

    def _calibrate(self) -> Go:
        from posture_trainer.home.doors import calibrate

        went = calibrate(self.room, self._code)
        self.arrive()
        return went

    def _report(self) -> Go:
        from posture_trainer.session.front.reports import open_report

        self.room.show(moment_view("We write the report."))
        try:
            open_report(self.room.data, self._code)
        except UserError as error:
            return NoteScreen(self.room, "No report yet", str(error))
        self.room.notice("The report opens in the browser.")
        return None


class NameScreen(Screen):
    """The name on this computer."""

    help_title = "Name"
    help = ("The name stays on this computer.", "It stands in no record and no export.", "Leave it empty for none.")

    def __init__(self, room: Room, code: str) -> None:
        super().__init__(room)
        self._code, self._name = code, room.settings.of(code).name

    def view(self) -> PageView:
        """The field."""
        field = Field("Name", Button(_NAME_FIELD, self._name), range="Stays on this computer.")
        return PageView(
            f"Name of {self._code}",
            (Fields((field,), 1),),
            back=back_to("Back"),
            main=Button("save", "Save", cap="Enter"),
            focus=_NAME_FIELD,
        )

    def press(self, press: Press) -> Go:
        """Typing, saving."""
        if press.name == _NAME_FIELD:
            self._name = typed(self._name, press, LONGEST_NAME)
        elif press.name == "save":
            self.room.remember(self.room.settings.with_person(self._code, name=self._name.strip()))
            return Move.BACK
        return None
