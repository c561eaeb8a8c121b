"""What every exercise shares: one moment of a trial, what a step asks for, how a trial ends.

An exercise is one small file with settings, a state, and four functions: `opening` (the phrase that begins a
trial), `step`, `view` (what to draw) and `numbers` (what is recorded). It runs one trial; repetitions, rests,
pauses and the end of the session are `session_plan`'s.
"""

from dataclasses import dataclass
from enum import StrEnum

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.trunk.follow import TrunkSample

ROUNDING_S = 1e-6  # sums of float steps fall a hair short of the settings
DIGITS = 6  # of a number that is recorded: whoever shows it rounds it

Number = float | int | bool | str | None
Numbers = dict[str, Number]


@dataclass(frozen=True)
class TrialSample:
    """One moment of a running trial.

    dt_s: seconds since the trial's last sample; pauses, long gaps and a face that is gone for long count as none.
    angles: None when no face was seen. inside: within the tolerance, after hysteresis; False without a face.
    trusted: whether the angles are good enough to act on. exact: whether they are good enough to be averaged.
    trunk: shoulders and hands; None where no body was seen.
    """

    dt_s: float
    angles: HeadAngles | None
    inside: bool = False
    trusted: bool = True
    exact: bool = True
    trunk: TrunkSample | None = None

    @property
    def seen(self) -> bool:
        """Whether this moment is one in or out of tolerance: a face, and good enough to act on."""
        return self.angles is not None and self.trusted


class Ending(StrEnum):
    """How a trial ended. void: it measured nothing usable; unfinished: the session ended first."""

    DONE = "done"
    NOT_REACHED = "not_reached"
    VOID = "void"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Outcome:
    """What one step asks for: a phrase to say, a tone to sound (keys of phrases.py), the end of the trial."""

    say: str | None = None
    sound: str | None = None
    ending: Ending | None = None


NOTHING = Outcome()


def rounded(value: float | None) -> float | None:
    """A number as it is recorded: in full, without the dust of adding up floats."""
    return None if value is None else round(value, DIGITS)


def whole_seconds(left_s: float) -> int:
    """What is left as it is counted down: a second that has begun counts, and there is never less than none."""
    return max(0, int(left_s + 0.999))


def share(part: float, whole: float) -> float | None:
    """A share from 0 to 1 as it is recorded; None when there is nothing to take a share of."""
    return rounded(min(1.0, part / whole)) if whole > ROUNDING_S else None
