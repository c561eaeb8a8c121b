"""The supported rests of a mirror without a plan: offered when due, told, written down, skipped by a key."""

from dataclasses import replace

from posture_trainer.exercises.guided_records import SILENT
from posture_trainer.exercises.supported_rest import SUPPORTED_REST, RestClock, rest_view
from posture_trainer.feedback import FeedbackSample
from posture_trainer.pages.views import GuidedView
from posture_trainer.records.session_log import SessionLog
from posture_trainer.session.devices import Devices
from posture_trainer.sound.player import REST_OVER
from posture_trainer.words.phrases import TITLES


class Rests:
    """When one is due, and what is to be done about it. A recorded video tires nobody."""

    def __init__(self, devices: Devices, log: SessionLog) -> None:
        self._devices, self._log = devices, log
        self._clock = RestClock()
        self._to_s = self._since_s = 0.0

    @property
    def due(self) -> bool:
        """Whether it is time to rest now."""
        return self._clock.due_s > 0

    def step(self, seen: FeedbackSample) -> bool:
        """After a moment; gives `due`."""
        if not self._devices.source.live:
            return False
        before, passed_s = self._clock, seen.t_s - self._to_s
        self._to_s = seen.t_s
        self._clock = before.after(passed_s, seen.paused or self.due)
        if self.due and not before.due_s:
            self._since_s = seen.t_s
            self._log.event(seen.t_s, "waiting", reason=SUPPORTED_REST)
            self._devices.speak(SUPPORTED_REST)
        elif before.due_s and not self.due:
            self._end(seen.t_s, skipped=False)
        return self.due

    def skip(self, t_s: float) -> bool:
        """Go on without it; whether there was one."""
        if not self.due:
            return False
        self._clock = RestClock()
        self._end(t_s, skipped=True)
        return True

    def _end(self, t_s: float, skipped: bool) -> None:
        self._log.event(t_s, SUPPORTED_REST, rested_s=round(t_s - self._since_s, 3), skipped=skipped)
        self._devices.play(REST_OVER)
        self._devices.speak("go_on")

    def view(self, t_s: float) -> GuidedView:
        """What is shown in it, over the patient's dimmed picture. t_s: of the session."""
        shown = replace(rest_view(self._clock), title=TITLES[SUPPORTED_REST], elapsed_s=t_s)
        return GuidedView(self._devices.live_picture(), None, SILENT, shown)
