"""The form of a person's plan, block by block."""

from posture_trainer.errors import UserError
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.front import plan_form as pages
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.how_long import about_minutes
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.plans.plan_file import OWN_PLAN, save_plan
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.people import patient_folder


class PlanForm(Screen):
    """The blocks and their values; saved as the patient's own plan."""

    help_title = "The plan"
    help = (
        "Choose a block, then change its values.",
        "Add puts one at the end.",
        "Save makes it the plan of this person.",
    )

    def __init__(self, room: Room, code: str) -> None:
        super().__init__(room)
        self._code, self._folder = code, patient_folder(room.data, code)
        self._settings, plan = PatientSettings(), load_plan("free")[1]
        try:
            from posture_trainer.session.front.at_home import plan_of

            self._settings = load_patient_settings(self._folder)
            plan = plan_of(self._folder, self._settings)[1]
        except UserError as error:
            room.notice(str(error))
        self._before = self._draft = self._taken = pages.draft_of(plan)
        self._preset = ""
        self._listing = True

    def view(self) -> PageView:
        """The list and the values."""
        return pages.plan_view(self._code, self._draft, self.large, self._minutes(), self._listing)

    def press(self, press: Press) -> Go:
        """A block, a value, add, another plan, undo, save."""
        if press.name == pages.SAVE:
            return self._save()
        if press.name == pages.UNDO:
            self._draft, self._taken, self._preset = self._before, self._before, ""
        elif press.name == pages.ADD:
            return AddBlock(self.room, self)
        elif press.name == pages.READY:
            return ReadyMade(self.room, self)
        elif press.name == "back" and self.large and not self._listing:
            self._listing = True
            return Move.STAY
        else:
            before = self._draft
            self._draft = pages.after(self._draft, press, self.large)
            if self._draft.chosen != before.chosen or press.name == pages.WHOLE:
                self._listing = False
        return None

    def add(self, press: Press) -> None:
        """A block of that kind."""
        self._draft = pages.after(self._draft, press, self.large)

    def take(self, preset: str) -> None:
        """A ready-made plan."""
        self._preset = preset if preset in preset_names() else ""  # a clinic's becomes the patient's own
        self._draft = self._taken = pages.draft_of(load_plan(preset)[1])
        self._listing = True

    @property
    def code(self) -> str:
        """Whose plan it is."""
        return self._code

    def _minutes(self) -> str:
        if self._draft.fault:
            return ""
        try:
            plan = Plan.model_validate(self._draft.contents, strict=False)
            minutes = about_minutes(session_today("own", plan, self._settings))
        except (UserError, ValueError) as error:
            return str(error)
        length = f"About {minutes} minutes." if minutes is not None else "As long as the patient likes."
        return f"{length} {plan.times_a_day} times a day, {plan.days_a_week} days a week."

    def _save(self) -> Go:
        try:
            plan = Plan.model_validate(self._draft.contents, strict=False)
            unchanged = self._preset and self._draft.contents == self._taken.contents
            name = self._preset if unchanged else OWN_PLAN
            with held(self.room.data, self._code):
                if not unchanged:
                    save_plan(self._folder, plan)
                known = load_patient_settings(self._folder)  # as it is now, whoever has changed it
                session_today(name, plan, known)
                save_patient_settings(self._folder, known.model_copy(update={"plan": name}))
        except (UserError, ValueError) as error:
            self.room.notice(f"Not saved. {error}")
            return None
        return Move.BACK


class AddBlock(Screen):
    """Which kind of block is added."""

    help_title = "Add a block"
    help = ("Each kind is told in the manual.", "It is put at the end.", "Its values can be changed then.")

    def __init__(self, room: Room, form: PlanForm) -> None:
        super().__init__(room)
        self._form = form

    def view(self) -> PageView:
        """The kinds."""
        return pages.add_view(self._form.code)

    def press(self, press: Press) -> Go:
        """One of them."""
        if press.name.startswith("add "):
            self._form.add(press)
            return Move.BACK
        return None


class ReadyMade(Screen):
    """The plans that come with the program, and the clinic's."""

    help_title = "Ready-made plans"
    help = ("Choose one to look at it.", "Save makes it the plan.", "Back changes nothing.")

    def __init__(self, room: Room, form: PlanForm) -> None:
        super().__init__(room)
        from posture_trainer.session.front.offered_plans import offered_plans

        self._form, self._page = form, 0
        self._plans, trouble = offered_plans(room.data)
        if trouble:
            room.notice(trouble)

    def view(self) -> PageView:
        """Their titles."""
        return pages.ready_view(self._plans, self._page, self.large)

    def press(self, press: Press) -> Go:
        """One of them, or more."""
        if press.name == pages.MORE:
            self._page += 1
        if press.name.startswith("take "):
            self._form.take(press.name.removeprefix("take "))
            return Move.BACK
        return None
