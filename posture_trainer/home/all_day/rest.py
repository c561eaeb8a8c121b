"""The body scan and warmth, without a camera."""

from datetime import timedelta

from posture_trainer.home.all_day.diary import settings_here
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.all_day import rest as pages
from posture_trainer.pages.front.page import BACK, PageView, Press
from posture_trainer.sound.player import FINISHED
from posture_trainer.words.all_day.body_scan import SCAN, sentence_at
from posture_trainer.words.care import GETTING_UP


class RestScreen(Screen):
    """scan: the body scan; else warmth."""

    help_title = "Rest"
    help = ("Choose how long, then begin.", "Esc stops it at any time.", "A tone says when it is over.")

    def __init__(self, room: Room, scan: bool) -> None:
        super().__init__(room)
        own = settings_here(room)
        self._scan, self._volume = scan, own.sound.volume
        last = own.last_injection
        self._just_injected = last is not None and room.now().date() - last <= timedelta(days=1)
        self._minutes = (pages.SCAN_MINUTES if scan else pages.WARM_MINUTES)[1 if scan else 0]
        self._begun_s: float | None = None
        self._said = -1

    def view(self) -> PageView:
        """How long, or how long it goes on."""
        if self._begun_s is None:
            return pages.choose_view(self._scan, self._minutes, self._just_injected)
        return pages.running_view(self._scan, max(0, self._said), max(0.0, self._whole_s - self._since_s))

    @property
    def _whole_s(self) -> float:
        return 60.0 * self._minutes

    @property
    def _since_s(self) -> float:
        return 0.0 if self._begun_s is None else self.room.clock() - self._begun_s

    def press(self, press: Press) -> Go:
        """Longer, begin, stop."""
        row, _, name = press.name.partition("=")
        if row == pages.MINUTES:
            self._minutes = int(name)
        elif press.name == pages.BEGIN and self._begun_s is None:
            self._begun_s = self.room.clock()
        elif press.name in (pages.STOP, BACK) and self._begun_s is not None:
            self._begun_s, self._said = None, -1
            return Move.STAY
        return None

    def tick(self) -> Go:
        """The next sentence, or the end."""
        if self._begun_s is None:
            return None
        if self._since_s >= self._whole_s:
            self.room.sounds.play(FINISHED, self._volume)
            self.room.notice(GETTING_UP)
            return Move.BACK
        due = sentence_at(self._since_s, self._whole_s)
        if self._scan and due != self._said:
            self._said = due
            self.room.sounds.speak(SCAN[due][0], self._volume)
        return None

    def leave(self) -> None:
        """Another page over it, or none: it begins anew."""
        self._begun_s, self._said = None, -1
