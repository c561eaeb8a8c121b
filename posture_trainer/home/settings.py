"""Settings of whoever is here, and of this computer: every change counts at once and is kept."""

from dataclasses import replace

from posture_trainer.errors import UserError
from posture_trainer.home.camera import CamerasScreen
from posture_trainer.home.first_steps import FirstSteps
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Screen
from posture_trainer.pages.front import settings as pages
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.clinic.lock import held
from posture_trainer.sound.player import REGAINED

_STEP = 0.1


class SettingsScreen(Screen):
    """The rows of choices."""

    help_title = "Settings"
    help = ("Every change counts at once and is kept.", "Left and right choose in a row.", "Hear it plays a tone.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._page = 0
        self._own = PatientSettings()

    def arrive(self) -> None:
        """As they are kept."""
        if self.room.known:
            try:
                self._own = load_patient_settings(self.room.folder)
            except UserError as error:
                self.room.notice(str(error))

    def view(self) -> PageView:
        """The rows."""
        room, own = self.room, self._own
        now = pages.SettingsNow(
            room.name or (room.code if room.known else ""),
            room.controls.text_scale,
            own.sound.volume,
            pages.reminders_of(own.sound.cues, own.sound.spoken),
            own.hide_face,
            room.controls.show_figures,
            room.settings.window.full_screen,
            room.settings.camera,
        )
        return pages.settings_view(now, self._page, self.large)

    def press(self, press: Press) -> Go:
        """A choice."""
        row, _, name = press.name.partition("=")
        if row == pages.TEXT:
            self._look(text_scale=pages.TEXT_SCALES[name])
        elif row == pages.DEGREES:
            self._look(figures=name == "show")
        elif row == pages.REMINDERS:
            self._sound(cues=name != "voice", spoken=name != "tones")
        elif row == pages.FACE:
            self._keep(self._own.model_copy(update={"hide_face": name == "hide"}))
        elif row == pages.SCREEN:
            self._full_screen(name == "on")
        elif press.name in (pages.QUIETER, pages.LOUDER):
            step = _STEP if press.name == pages.LOUDER else -_STEP
            self._sound(volume=round(min(1.0, max(0.0, self._own.sound.volume + step)), 2))
            self._hear()
        elif press.name == pages.HEAR:
            self._hear()
        elif press.name == pages.MORE:
            self._page += 1
        elif press.name == pages.CAMERA:
            return CamerasScreen(self.room)
        elif press.name == pages.FIRST:
            return FirstSteps(self.room)
        return None

    def _look(self, **changes: object) -> None:
        self.room.remember(self.room.settings.with_person(self.room.code, **changes))
        self.room.look()

    def _sound(self, **changes: object) -> None:
        self._keep(self._own.model_copy(update={"sound": self._own.sound.model_copy(update=changes)}))

    def _keep(self, own: PatientSettings) -> None:
        self._own = own
        self.room.controls = replace(self.room.controls, volume=own.sound.volume, voice=own.sound.spoken)
        if not self.room.known:
            return
        try:
            with held(self.room.data, self.room.code):
                save_patient_settings(self.room.folder, own)
        except UserError as error:
            self.room.notice(str(error))

    def _hear(self) -> None:
        self.room.sounds.play(REGAINED, self._own.sound.volume)
        if self.room.sounds.trouble:
            self.room.notice(self.room.sounds.trouble)

    def _full_screen(self, wanted: bool) -> None:
        if wanted != self.room.settings.window.full_screen:
            self.room.window.toggle_full_screen()
            self.room.remember(self.room.settings.with_window(self.room.window.place()))
