"""Patients made of formulas, in fake time: they see what the screen says and move their heads, better or worse."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from posture_trainer.exercises import guided_session, hearing
from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.follow import Reach
from posture_trainer.exercises.guided_records import ExerciseEvent, GuidedSession, Progress, SessionState
from posture_trainer.exercises.guided_view import view
from posture_trainer.feedback import FeedbackSample
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import Direction

RATE_HZ = 30.0
LOOKS_EVERY = 3  # frames: a patient sees what the screen shows ten times a second
LONG_ENOUGH_S = 3700.0

# What the camera sees at t_s of a patient who sees this: a head, None for no face, NO_FRAME for nothing at all.
Patient = Callable[[float, ExerciseView], HeadAngles | str | None]
NO_FRAME = "no frame"
_AXES = {
    Direction.ROTATION_RIGHT: (1, 0, 0),
    Direction.ROTATION_LEFT: (-1, 0, 0),
    Direction.TILT_RIGHT: (0, 1, 0),
    Direction.TILT_LEFT: (0, -1, 0),
    Direction.FLEXION: (0, 0, 1),
    Direction.EXTENSION: (0, 0, -1),
}


def head(rotation_deg: float = 0.0, tilt_deg: float = 0.0, flexion_deg: float = 0.0) -> HeadAngles:
    """A head at these angles; the whole rotation of small ones is near their root sum of squares."""
    return HeadAngles(rotation_deg, tilt_deg, flexion_deg, math.hypot(rotation_deg, tilt_deg, flexion_deg))


def wanted(seen: ExerciseView, range_deg: float = 40.0, reach: Reach | None = None) -> tuple[float, float, float]:
    """Where the screen asks the head to be: rotation, tilt, flexion in degrees."""
    reach = reach or Reach()
    if seen.target is not None:
        return seen.target[0] * reach.rotation_deg, 0.0, -seen.target[1] * reach.flexion_deg
    if seen.gauge is not None and (seen.arrow is not None or seen.gauge.target_deg is not None):
        to_deg = range_deg if seen.gauge.target_deg is None else seen.gauge.target_deg
        to_deg += 2.0 if seen.kind == "position_sense" else 0.0
        rotation, tilt, flexion = _AXES[seen.gauge.direction]
        return rotation * to_deg, tilt * to_deg, flexion * to_deg
    return 0.0, 0.0, 0.0


@dataclass
class Willing:
    """Goes where the screen asks, at a natural speed, and holds well.

    error_deg: what straight feels like with closed eyes. pull_deg: added to the rotation, and how fast it grows.
    """

    speed_deg_per_s: float = 25.0
    range_deg: float = 40.0
    eyes_closed_rotation_deg: float = 0.0
    reach: Reach = field(default_factory=Reach)
    _at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    _last_s: float | None = None

    def __call__(self, t_s: float, seen: ExerciseView) -> HeadAngles | str | None:
        goal = wanted(seen, self.range_deg, self.reach)
        if seen.eyes_closed and goal == (0.0, 0.0, 0.0) and "back" in seen.words:
            goal = (self.eyes_closed_rotation_deg, 0.0, 0.0)
        step_deg = self.speed_deg_per_s * (t_s - (self._last_s if self._last_s is not None else t_s))
        self._last_s = t_s
        a, b, c = (now + max(-step_deg, min(step_deg, to - now)) for now, to in zip(self._at, goal, strict=True))
        self._at = (a, b, c)
        return head(a, b, c)


def pull_and_tremor(pull_deg: float = 9.0, tremor_deg: float = 3.0, tremor_hz: float = 2.0) -> Patient:
    """Pulled to the right every few seconds, comes back when cued by the outline, and trembles at 2 Hz in flexion."""

    def at(t_s: float, _seen: ExerciseView) -> HeadAngles:
        slow = max(0.0, math.sin(2 * math.pi * t_s / 7.0))
        return head(pull_deg * slow, 0.0, tremor_deg * math.sin(2 * math.pi * tremor_hz * t_s))

    return at


def tires(after_s: float = 120.0, drift_deg_per_min: float = 12.0) -> Patient:
    """Holds well at first, then drifts further and further to the left, back to straight with every rest."""

    def at(t_s: float, seen: ExerciseView) -> HeadAngles:
        tired_min = max(0.0, t_s - after_s) / 60.0
        return head(0.0 if seen.kind == "rest" else -drift_deg_per_min * tired_min)

    return at


def leaves(at_s: float, back_s: float = math.inf) -> Patient:
    """Holds well, goes away, and perhaps comes back."""
    willing = Willing()
    return lambda t_s, seen: None if at_s <= t_s < back_s else willing(t_s, seen)


def camera_drops(every_s: float = 40.0, for_s: float = 5.0) -> Patient:
    """Holds well before a camera that gives no frame at all for some seconds, again and again."""
    willing = Willing()
    return lambda t_s, seen: NO_FRAME if t_s % every_s > every_s - for_s else willing(t_s, seen)


def never_neutral(rotation_deg: float = 25.0) -> Patient:
    """Stays turned, whatever is asked."""
    return lambda _t_s, _seen: head(rotation_deg, 4.0, 3.0)


def whimsical(seed: int) -> Patient:
    """Anything at all, a while at a time."""
    chance = random.Random(seed)
    until_s, now = 0.0, head()
    what: HeadAngles | str | None = now

    def at(t_s: float, _seen: ExerciseView) -> HeadAngles | str | None:
        nonlocal until_s, what
        if t_s >= until_s:
            until_s = t_s + chance.choice([0.05, 0.4, 2.0, 10.0])
            angles = head(*(chance.gauss(0, chance.choice([1, 6, 30])) for _ in range(3)))
            what = chance.choice([angles, angles, angles, head(), head(), None, NO_FRAME])
        return what

    return at


@dataclass
class Played:
    """A session as it went."""

    session: GuidedSession
    state: SessionState
    steps: list[tuple[float, Progress]]

    @property
    def events(self) -> list[ExerciseEvent]:
        return [event for _, progress in self.steps for event in progress.events]

    def named(self, name: str) -> list[ExerciseEvent]:
        return [event for event in self.events if event.name == name]

    def said(self) -> list[str]:
        return [progress.say for _, progress in self.steps if progress.say]

    @property
    def length_s(self) -> float:
        return self.steps[-1][0] - self.steps[0][0]


def play(
    session: GuidedSession,
    patient: Patient,
    rate_hz: float = RATE_HZ,
    paused: Callable[[float], bool] = lambda _t_s: False,
    longest_s: float = LONG_ENOUGH_S,
    hears: bool = True,
    audible: Callable[[float], bool] = lambda _t_s: True,
) -> Played:
    """Play the session to its end; fails when it does not end. hears: says so when a tone is to be heard. audible:
    whether the sound is on."""
    state, steps = guided_session.begin(session), []
    seen = view(state, session)
    for frame in range(int(longest_s * rate_hz) + 1):
        t_s = frame / rate_hz
        if frame % LOOKS_EVERY == 0:
            seen = view(state, session)
        given = patient(t_s, seen)
        if isinstance(given, str):
            continue
        state, progress = guided_session.step(state, session, FeedbackSample(t_s, given, paused(t_s)), audible(t_s))
        steps.append((t_s, progress))
        state = hearing.heard(state) if hears else state
        if progress.ended:
            return Played(session, state, steps)
    raise AssertionError(f"the session did not end within {longest_s} s")
