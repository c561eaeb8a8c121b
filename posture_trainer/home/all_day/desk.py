"""At the desk: the window shrinks to a small sign that runs for hours."""

from pathlib import Path

from posture_trainer.feedback import Cue
from posture_trainer.home.all_day.diary import settings_here
from posture_trainer.home.all_day.reminding import PracticeReminder
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Screen
from posture_trainer.pages.all_day import desk as pages
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.reminders.desk import Told
from posture_trainer.session.desk.eyes import CameraEyes, Eyes
from posture_trainer.session.desk.full_screen import screen_is_taken
from posture_trainer.session.desk.run import DeskRunning, desk_rules
from posture_trainer.sound.player import REGAINED, REST_OVER
from posture_trainer.sources.frames import FrameSource
from posture_trainer.words.all_day import desk as words

SIZE, LARGE_SIZE = (420, 230), (640, 350)
SHOWN_S, OFFERED_S, SAID_S = 20.0, 120.0, 8.0
_QUIET = 0.5  # of the loudness that is set


def open_desk_source(data: Path, source: str) -> FrameSource:
    """The camera of that name with few and small pictures, or a clip played again and again. Raises UserError."""
    from posture_trainer.records.known_cameras import known_camera
    from posture_trainer.sources.camera import Camera, CameraMode
    from posture_trainer.sources.open_source import open_source
    from posture_trainer.sources.set_right import Setting, set_right

    if Path(source).is_file():
        return open_source(source, repeat=True)
    camera = Camera(source or "0", CameraMode(640, 480, 5.0))
    known = known_camera(data, camera.info.name, {})
    return set_right(camera, Setting(known.mirrored, known.upside_down))


class DeskScreen(Screen):
    """The small sign. Leaving it, or a page over it, closes the camera."""

    help_title = "At the desk"
    moment_s = 0.1

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        own = settings_here(room)
        self._desk, self._unstable, self._volume = own.desk, own.unstable, own.sound.volume
        folder = room.folder if room.known else None
        self._run = DeskRunning(folder, desk_rules(own), self._eyes, room.clock, room.now, screen_is_taken)
        self._practice = PracticeReminder(room)
        self._reminder: tuple[Cue, float] | None = None
        self._break: tuple[tuple[str, str], float] | None = None
        self._begun_s: float | None = None
        self._breaks = 0
        self._said: tuple[str, float] | None = None

    def _eyes(self) -> Eyes:
        room = self.room
        name = room.source or room.settings.camera
        return CameraEyes(lambda: open_desk_source(room.data, name), clock=room.clock)

    def arrive(self) -> None:
        """Small, and looking."""
        self.room.window.smaller(LARGE_SIZE if self.large else SIZE)
        self._run.wake()

    def leave(self) -> None:
        """As large as before, and blind."""
        self._run.rest()
        self.room.window.whole()

    def view(self) -> PageView:
        """The sign."""
        run, now_s = self._run, self.room.clock()
        until = run.paused_until
        paused = None if run.until is None else f"{until:%H:%M}" if until is not None else ""
        left_s = None if self._begun_s is None else max(0, round(words.BREAK_S - (now_s - self._begun_s)))
        return pages.desk_view(
            pages.DeskNow(
                run.sign.value,
                run.words or (self._said[0] if self._said else ""),
                self._reminder[0] if self._reminder else None,
                self._break[0] if self._break else None,
                left_s,
                paused,
            )
        )

    def press(self, press: Press) -> Go:
        """Pause, go on, a place, a break."""
        run = self._run
        if press.name == pages.PAUSE:
            run.pause()
        elif press.name == pages.TOMORROW:
            run.pause(tomorrow=True)
        elif press.name == pages.GO_ON:
            run.go_on()
        elif press.name == pages.HERE_TOO:
            run.work_here_too()
        elif press.name == pages.BEGIN:
            self._begun_s = self.room.clock()
        elif press.name == pages.LATER:
            self._end_break("later")
        return None

    def tick(self) -> Go:
        """Look, and tell what is to be told."""
        now_s = self.room.clock()
        told = self._run.tick()
        if told is not None:
            self._tell(told, now_s)
        if self._run.kept:
            self._say(self._run.kept, now_s)
            self._run.kept = ""
        practise = self._practice.due()
        if practise:
            self._say(practise, now_s)
            self.room.window.call()
        if self._said and now_s - self._said[1] > SAID_S:
            self._said = None
        if self._reminder and now_s - self._reminder[1] > SHOWN_S:
            self._reminder = None
        if self._begun_s is not None and now_s - self._begun_s > words.BREAK_S:
            self._play(REST_OVER)
            self._end_break("done")
        elif self._break and self._begun_s is None and now_s - self._break[1] > OFFERED_S:
            self._break = None
        return None

    def _tell(self, told: Told, now_s: float) -> None:
        if told.followed:
            self._reminder = None
        if told.reminder is not None:
            self._reminder = told.reminder, now_s
            self.room.window.call()
            if self._desk.tone:
                self._play(REGAINED)
        if told.break_due:
            self._break = words.break_offer(self._breaks, self._unstable), now_s
            self._breaks += 1
            self.room.window.call()

    def _end_break(self, how: str) -> None:
        self._break = self._begun_s = None
        self._run.did_break(how)

    def _say(self, said: str, now_s: float) -> None:
        self._said = said, now_s

    def _play(self, tone: str) -> None:
        self.room.sounds.play(tone, _QUIET * self._volume)
