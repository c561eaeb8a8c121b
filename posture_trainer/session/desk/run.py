"""One run at the desk: takes the place of work, goes from look to look, writes a row a minute."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.graded import Grader
from posture_trainer.pose.neutral.recording import Refusal, record_baseline
from posture_trainer.records.beside.desk import DeskLog
from posture_trainer.records.session_header import utc_offset_s, versions
from posture_trainer.reminders.desk import DeskRules, DeskState, Moment, Sight, Sign, Told, step, widened
from posture_trainer.reminders.minutes import Minute, Tally
from posture_trainer.reminders.sight import DESK_BASELINE, TAKE_S, DeskSight, middle
from posture_trainer.session.desk.eyes import Eyes, Glimpse
from posture_trainer.words.all_day import desk as words

HALF_HOUR_S = 1800.0
_LOOKED_ASIDE_S = 10.0  # how often it is asked whether a call fills the screen, while a reminder would be due
_LOST_S, _LONGEST_TAKE_S = 5.0, 10.0


def desk_rules(own: PatientSettings) -> DeskRules:
    """The rules as they are set for this patient."""
    desk, every_min = own.desk, own.desk.break_every_min
    return DeskRules(
        widened(own.all_tolerances(), desk.tolerance_share),
        held_s=float(desk.held_s),
        apart_s=60.0 * desk.apart_min,
        break_every_s=None if every_min is None else 60.0 * every_min,
    )


@dataclass(frozen=True)
class Until:
    """When a pause ends: t_s by the clock that never goes back, or at that time on the wall, as that one stands still
    while the computer sleeps; without t_s once another day is there. begun, ends: on the wall."""

    t_s: float | None
    begun: datetime
    ends: datetime

    def over(self, t_s: float, now: datetime) -> bool:
        """Whether it is over."""
        return (t_s >= self.t_s or now >= self.ends) if self.t_s is not None else now.date() != self.begun.date()


class Sees(Protocol):
    """What makes a moment of the faces of a picture: `DeskSight`."""

    def moment(self, t_s: float, faces: Sequence[Face]) -> Moment:
        """What this picture shows at that time."""
        ...


class DeskRunning:
    """A run. patient: the folder that rows go to; None: nothing is written down (a guest). eyes: opens the camera.

    clock: seconds that never go back. now: the time on the wall. taken: whether a call fills the screen.
    """

    def __init__(
        self,
        patient: Path | None,
        rules: DeskRules,
        eyes: Callable[[], Eyes],
        clock: Callable[[], float],
        now: Callable[[], datetime],
        taken: Callable[[], bool] = lambda: False,
        sight: Callable[[Baseline], Sees] = DeskSight,
    ) -> None:
        self._patient, self.rules, self._open_eyes = patient, rules, eyes
        self._clock, self._now, self._taken, self._sees = clock, now, taken, sight
        self._eyes: Eyes | None = None
        self._sight: Sees | None = None
        self._baseline: Baseline | None = None
        self._taking: list[Glimpse] | None = []
        self._place: list[Moment] | None = None
        self._state, self._tally = DeskState(), Tally()
        self._log: DeskLog | None = None
        self._asked_s, self._hushed = -_LOOKED_ASIDE_S, False
        self.until: Until | None = None
        self.words, self.kept = words.OPENING, ""
        self._heard_s = clock()

    @property
    def sign(self) -> Sign:
        """What is shown."""
        return Sign.PAUSED if self.until is not None else self._state.sign

    @property
    def taking(self) -> bool:
        """Whether the place of work is being taken."""
        return self._sight is None or self._place is not None

    def wake(self) -> None:
        """Open the camera, unless it is paused."""
        if self._eyes is None and self.until is None:
            self._eyes = self._open_eyes()
            self._eyes.often(self.taking)
            self._heard_s = self._clock()

    def rest(self) -> None:
        """Close the camera, and write down what there is."""
        if self._eyes is not None:
            self._eyes.close()
            self._eyes = None
        for minute in self._tally.close():
            self._write(minute)
        self._tally = Tally()

    def pause(self, tomorrow: bool = False) -> None:
        """For half an hour, or until tomorrow; the camera is closed."""
        self.rest()
        now = self._now()
        ends_s = None if tomorrow else self._clock() + HALF_HOUR_S
        self.until = Until(ends_s, now, now + timedelta(seconds=HALF_HOUR_S))

    def go_on(self) -> None:
        """The pause is over."""
        self.until = None
        self.wake()

    @property
    def paused_until(self) -> datetime | None:
        """When the half hour is over, by the wall; None until tomorrow, or where nothing is paused."""
        return None if self.until is None or self.until.t_s is None else self.until.ends

    def work_here_too(self) -> None:
        """Where the head is in the next seconds is a place of work as well: a second screen."""
        if self._sight is not None and self._eyes is not None:
            self._place, self.words = [], words.HERE_TOO
            self._eyes.often(True)

    def did_break(self, what: str) -> None:
        """A break was done, or put off, in a word of desk.csv."""
        self._tally = self._tally.with_break(what)

    def tick(self) -> Told | None:
        """Look, if there is something new to be seen; gives what came of it."""
        t_s = self._clock()
        if self.until is not None:
            if self.until.over(t_s, self._now()):
                self.go_on()
                return None
            return self._counted(Moment(t_s, Sight.PAUSED)) if t_s - (self._state.last_s or 0.0) >= 1.0 else None
        glimpse = self._eyes.take() if self._eyes is not None else None
        if glimpse is None:
            if t_s - self._heard_s > _LOST_S and self._sight is not None:
                self.words = words.NO_CAMERA
            return None
        self._heard_s = t_s
        if glimpse.lost:
            self.words = glimpse.words or words.NO_CAMERA
            return None
        if self._sight is None:
            self._take(glimpse)
            return None
        return self._looked(self._sight, glimpse)

    def _take(self, glimpse: Glimpse) -> None:
        """The place of work, from the first seconds."""
        assert glimpse.info is not None
        seen = self._taking = [*(self._taking or []), glimpse]
        if self.words != words.NOT_SEEN:
            self.words = words.TAKING
        since_s = glimpse.t_s - seen[0].t_s
        if since_s < TAKE_S or (len(seen) <= DESK_BASELINE.fewest_frames and since_s < _LONGEST_TAKE_S):
            return
        self._taking = []
        vfov = default_vfov_deg(glimpse.info.width, glimpse.info.height)
        grader = Grader(vfov)
        graded = [grader.grade(each.t_s, each.faces) for each in seen]
        found = record_baseline(
            [(each.t_s, each.face) for each in graded],
            vfov,
            created_utc=self._now().astimezone(UTC),
            source=asdict(glimpse.info),
            versions=versions(),
            rules=DESK_BASELINE,
        )
        if isinstance(found, Refusal):
            self.words = words.NOT_SEEN
            return
        self._baseline, self._sight, self.words = found, self._sees(found), ""
        if self._eyes is not None:
            self._eyes.often(False)
        self._begin_log(glimpse)

    def _looked(self, sight: Sees, glimpse: Glimpse) -> Told:
        moment = sight.moment(glimpse.t_s, glimpse.faces)
        if glimpse.covered:
            moment = Moment(glimpse.t_s, Sight.UNSURE)
        self.words = words.HERE_TOO if self._place is not None else ""
        if self._place is not None:
            self._placed([*self._place, moment])
            moment = Moment(glimpse.t_s, Sight.UNSURE)  # nobody is reminded meanwhile
        return self._counted(replace(moment, hushed=self._is_hushed(glimpse.t_s)))

    def _placed(self, seen: list[Moment]) -> None:
        self._place = seen
        if seen[-1].t_s - seen[0].t_s < TAKE_S:
            return
        found, self._place = middle(seen), None
        if self._eyes is not None:
            self._eyes.often(False)
        self.kept, self.words = words.NOT_SEEN if found is None else words.TAKEN, ""
        if found is not None:
            self.rules = replace(self.rules, places=(*self.rules.places, found))

    def _is_hushed(self, t_s: float) -> bool:
        """Asked now and then, and only while it matters."""
        matters = self._state.window.outside or (
            self.rules.break_every_s is not None and self._state.there_s > self.rules.break_every_s - _LOOKED_ASIDE_S
        )
        if matters and t_s - self._asked_s >= _LOOKED_ASIDE_S:
            self._asked_s, self._hushed = t_s, self._taken()
        return matters and self._hushed

    def _counted(self, moment: Moment) -> Told:
        self._state, told = step(self._state, self.rules, moment)
        self._tally, over = self._tally.add(moment, told, self._now())
        for minute in over:
            self._write(minute)
        return told

    def _write(self, minute: Minute) -> None:
        if self._log is None:
            return
        try:
            self._log.add(minute)
        except RecordingStopped:
            self._log, self.kept = None, words.NOT_KEPT

    def _begin_log(self, glimpse: Glimpse) -> None:
        if self._patient is None or self._log is not None:
            return
        try:
            self._log = DeskLog(self._patient, self._now().astimezone(UTC), self._header(glimpse))
        except UserError:
            self.kept = words.NOT_KEPT

    def _header(self, glimpse: Glimpse) -> dict[str, Any]:
        assert self._patient is not None
        assert self._baseline is not None
        now = self._now()
        rules = asdict(self.rules)
        del rules["places"]
        return {
            "schema_version": 1,
            "created_utc": now.astimezone(UTC).isoformat(timespec="milliseconds"),
            "utc_offset_s": utc_offset_s(now),
            "patient": self._patient.name,
            "versions": versions(),
            "source": asdict(glimpse.info) if glimpse.info is not None else None,
            "tracker": glimpse.tracker,
            "rules": rules,
            "baseline": self._baseline.model_dump(mode="json", exclude={"landmarks", "face_model"}),
        }
