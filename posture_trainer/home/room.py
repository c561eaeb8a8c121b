"""What all pages of home share: the window, the data folder, what is remembered, who is here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.pages.views import Controls
from posture_trainer.records.people import DEMO, GUEST, patient_codes, patient_folder
from posture_trainer.records.settings import Settings, save_settings
from posture_trainer.reminders.practice_times import Reminded
from posture_trainer.screen.window_protocol import FrontWindow
from posture_trainer.sound.player import Silence, Sounds

NOTICE_S = 8.0


@dataclass
class Room:
    """source: the camera or the file that is told on the command line, '' for the one that is remembered."""

    data: Path
    window: FrontWindow
    settings: Settings
    clock: Callable[[], float]
    now: Callable[[], datetime]
    stop_asked: Callable[[], bool] = lambda: False
    source: str = ""
    mute: bool = False
    offers_icon: bool = False
    """Whether an icon is still to be offered."""
    asks_diary: bool = False
    """Whether the diary is still to be asked, where it is due."""
    controls: Controls = field(default_factory=Controls)
    sounds: Sounds = field(default_factory=Silence)
    code: str = ""
    """Who is here: a patient's code, GUEST, or '' while nobody is."""
    reminded: dict[str, Reminded] = field(default_factory=dict)
    """Which times of practice were said today, by code."""
    _notice_until_s: float = 0.0

    @property
    def known(self) -> bool:
        """Whether a patient with a code is here."""
        return self.code not in ("", GUEST)

    @property
    def name(self) -> str:
        """What to greet by, '' for nothing."""
        return self.settings.of(self.code).name if self.known else ""

    @property
    def folder(self) -> Path:
        """Of whoever is here."""
        return patient_folder(self.data, self.code or GUEST)

    def codes(self) -> list[str]:
        """All people with a code on this computer. What can't be read is told, and none are there."""
        try:
            found = patient_codes(self.data)
        except UserError as error:
            self.notice(str(error))
            return []
        added = [code for code in self.settings.people if code not in found]
        return [code for code in (*found, *added) if code not in (GUEST, DEMO, "")]

    def remember(self, settings: Settings) -> None:
        """Keep these settings; what can't be kept is said, and holds for now."""
        before, self.settings = self.settings, settings
        try:
            self.settings = save_settings(self.data, settings, before)
        except UserError as error:
            self.notice(str(error))

    def begin(self) -> None:
        """Whoever was here last is here again; the only one there is needs no choosing."""
        codes = self.codes()
        self.code = self.settings.last if self.settings.last in codes else codes[0] if len(codes) == 1 else ""
        self.look()

    def choose(self, code: str) -> None:
        """From now on this person is here."""
        self.code = code
        if self.known:
            self.remember(self.settings.model_copy(update={"last": code}))
        self.look()

    def look(self) -> None:
        """The window as this person wants it."""
        own = self.settings.of(self.code)
        self.controls = replace(self.controls, text_scale=own.text_scale, show_figures=own.figures)

    def notice(self, words: str) -> None:
        """Show a line for some seconds."""
        self.controls = replace(self.controls, notice=words)
        self._notice_until_s = self.clock() + NOTICE_S

    def show(self, view: PageView) -> list[Press]:
        """Show a page; gives what was pressed on it."""
        if self.controls.notice and self.clock() > self._notice_until_s:
            self.controls = replace(self.controls, notice="")
        self.window.show(view, self.controls)
        return self.window.presses()
