"""The form for every setting of patient.toml."""

from pydantic import ValidationError

from posture_trainer.errors import UserError
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.front import patient_form as pages
from posture_trainer.pages.front.form import Form
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import preset_names
from posture_trainer.plans.plan_file import OWN_PLAN
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.people import patient_folder


class PatientForm(Screen):
    """Sections of fields; kept when they are saved."""

    help_title = "Settings of a person"
    help = ("Minus and plus change a value; digits too.", "What is out of range is flagged.", "Save keeps it.")

    def __init__(self, room: Room, code: str) -> None:
        super().__init__(room)
        self._code, self._folder = code, patient_folder(room.data, code)
        self._section, self._page = next(iter(pages.SECTIONS)), 0
        try:
            self._before = load_patient_settings(self._folder)
        except UserError as error:
            room.notice(str(error))
            self._before = PatientSettings()
        self._found = self._before
        self._form: Form = pages.form_of(self._before)
        own = OWN_PLAN if (self._folder / OWN_PLAN).is_file() else None
        self._plans = tuple(sorted({*preset_names(), *filter(None, (self._before.plan, own))}))

    def view(self) -> PageView:
        """The section."""
        return pages.patient_view(self._code, self._form, self._section, self._page, self.large, self._plans)

    def press(self, press: Press) -> Go:
        """A section, more fields, undo, save; or a value."""
        row, _, name = press.name.partition("=")
        if row == pages.SECTION:
            self._section, self._page = name, 0
        elif press.name == pages.MORE:
            self._more()
        elif press.name == pages.UNDO:
            self._form = pages.form_of(self._before)
        elif press.name == pages.SAVE:
            return self._save()
        else:
            self._form = self._form.after(press, pages.with_plans(pages.SECTIONS[self._section], self._plans))
        return None

    def _more(self) -> None:
        """The next fields; with large text, where no sections are shown, the next section after the last ones."""
        many = pages.LARGE_PAGE if self.large else pages.A_PAGE
        last = -(-len(pages.SECTIONS[self._section]) // many) - 1
        if self._page < last:
            self._page += 1
            return
        self._page = 0
        if self.large:
            names = list(pages.SECTIONS)
            self._section = names[(names.index(self._section) + 1) % len(names)]

    def _save(self) -> Go:
        try:
            contents = pages.contents_of(self._form, self._before)
            settings = PatientSettings.model_validate(contents, strict=False)
            from posture_trainer.session.calibration_store import check_plan

            check_plan(self._folder, settings)
            with held(self.room.data, self._code):
                self._refuse_if_changed()
                save_patient_settings(self._folder, settings)
        except ValidationError as error:
            first = error.errors()[0]
            self.room.notice(f"Not saved. {'.'.join(map(str, first['loc']))}: {first['msg']}.")
            return None
        except UserError as error:
            self.room.notice(f"Not saved. {error}")
            return None
        self._before = settings
        return Move.BACK

    def _refuse_if_changed(self) -> None:
        """Raises UserError where somebody has set something else since the form was opened."""
        try:
            meanwhile = load_patient_settings(self._folder)
        except UserError:  # damaged, as was told when it was opened
            return
        if meanwhile != self._found:
            raise UserError("Somebody has changed these settings meanwhile. Go back and open them again.")
