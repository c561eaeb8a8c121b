"""The records of a guided session: what is planned, what is known so far, what one step gives back."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from posture_trainer.exercises.supported_rest import RestClock
from posture_trainer.exercises.trial import Numbers
from posture_trainer.feedback import LONGEST_GAP_S, Feedback, FeedbackSettings, FeedbackState, PostureState
from posture_trainer.words.felt import Felt

SILENT = Feedback(PostureState.PAUSED, None, None, None)
NOBODY = Feedback(PostureState.NO_FACE, None, None, None)


class Phase(StrEnum):
    """What a session is at. ask: "how did your head feel?" after a trial without cues. hear: whether the tone is heard,
    before the first trial with closed eyes."""

    TRIAL = "trial"
    REST = "rest"
    ASK = "ask"
    HEAR = "hear"


@dataclass(frozen=True)
class PlannedTrial:
    """One trial to come.

    kind: a name of MACHINES, settings: that exercise's. block, trial: counted from 1, trials: in the block.
    feedback: the tolerances and the timing of cues in it. rest_s: after it, before the next.
    ask: how straight the head felt, before it is told.
    """

    kind: str
    settings: Any
    block: int
    trial: int
    trials: int
    title: str = ""
    cues: bool = False
    probe: bool = False
    feedback: FeedbackSettings = FeedbackSettings()
    rest_s: float = 0.0
    ask: bool = False


@dataclass(frozen=True)
class SessionRules:
    """longest_s: of the session, pauses included. offer_stop_after_s: trying for so long without being in tolerance.
    offer_shown_s: how long the offer is shown. gone_ends_s: nobody there for so long ends the session. ask_s: time
    for an answer. attempts: tries at a trial that measured nothing. longest_gap_s: samples further apart than this
    tell nothing about the time between them."""

    longest_s: float = 20 * 60.0
    offer_stop_after_s: float = 120.0
    offer_shown_s: float = 20.0
    gone_ends_s: float = 180.0
    ask_s: float = 10.0
    attempts: int = 3
    longest_gap_s: float = LONGEST_GAP_S


@dataclass(frozen=True)
class GuidedSession:
    """A whole session as it is meant to be. notes: what was left out of the plan, and why, in words."""

    plan: str
    trials: tuple[PlannedTrial, ...]
    rules: SessionRules = SessionRules()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A stretch of the session. activity: an exercise's name, or rest, supported_rest, ask, hear, paused, no_face, gap.
    Seconds."""

    activity: str
    begins_s: float
    ends_s: float


@dataclass(frozen=True)
class ExerciseEvent:
    """For events.jsonl: an exercise's name, `rest`, `supported_rest`, `felt`, `offer_stop`, `waiting`, `left_out` or
    `ended`, with its numbers.

    feedback: of a trial, the tolerances and the target that were in force.
    """

    name: str
    t_s: float
    numbers: Numbers
    feedback: FeedbackSettings | None = None


@dataclass(frozen=True)
class SessionState:
    """What is known so far. Times in the samples' own t_s unless they are lengths.

    index, attempt: the trial that runs, or comes after the rest. phase_s: running time in the phase. rest_s: how
    long this rest is. machine: the trial's own state. halt: "", "paused", "no_face" or "supported_rest". gone_s:
    without a face. clock: of the minutes of supported rest. toned, heard: the tone has sounded; it was heard, and
    nothing has spoken against it since. call_back: sound was lost with closed eyes, so light must say to open them.
    ends_then: nothing comes after this rest.
    out_s: trying since last in tolerance. felt: the patient's answer. measured_deg: what it was.
    """

    machine: Any
    index: int = 0
    attempt: int = 1
    phase: Phase = Phase.TRIAL
    phase_s: float = 0.0
    rest_s: float = 0.0
    trial_began_s: float = 0.0
    began_s: float | None = None
    last_t_s: float = 0.0
    halt: str = ""
    gone_s: float = 0.0
    out_s: float = 0.0
    offer_until_s: float | None = None
    felt: Felt | None = None
    measured_deg: float | None = None
    feedback: FeedbackState = FeedbackState()
    clock: RestClock = RestClock()
    toned: bool = False
    heard: bool = False
    call_back: bool = False
    ends_then: bool = False
    activity: str = ""
    span_began_s: float = 0.0
    spans: tuple[Span, ...] = ()
    ended: str | None = None


def changed(state: SessionState, **values: Any) -> SessionState:
    """What dataclasses.replace does, for the two changes of every step: several times faster with so many fields."""
    new = object.__new__(SessionState)
    new.__dict__.update(state.__dict__)
    new.__dict__.update(values)
    return new


@dataclass(frozen=True)
class Progress:
    """What one step gives back.

    feedback: what the mirror may show and sound; already without cues where none are allowed. cues_allowed: whether
    they were. activity: what this moment belongs to (as in Span). say, sound: a key of phrases.py, or None.
    ended: "done", "time", "left" or what `stop` was called with, from that step on.
    """

    feedback: Feedback
    cues_allowed: bool = False
    activity: str = ""
    say: str | None = None
    sound: str | None = None
    events: tuple[ExerciseEvent, ...] = field(default=())
    ended: str | None = None
