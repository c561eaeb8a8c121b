"""Before the first trial with closed eyes: is the tone heard? Nothing with closed eyes is done without. Pure."""

import math
from dataclasses import replace

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.guided_events import eyes_closed, trial_event
from posture_trainer.exercises.guided_records import ExerciseEvent, GuidedSession, Phase, SessionState
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.trial import ROUNDING_S, Ending, Numbers, Outcome
from posture_trainer.words.doses import CLOSED_EYES_WORDS
from posture_trainer.words.phrases import PHRASES

HEAR = "hear"  # its name as a page and a phrase
TONE = "turning_point"  # the very tone that is to be heard later
_FIRST_S, _EVERY_S, _LIMIT_S = 4.0, 5.0, 26.0  # after the words; five tones
_OFF_LIMIT_S = 12.0  # to turn the sound on
_TOLD_S = 8.0  # to read why something is left out


def tone_due(before_s: float, now_s: float) -> bool:
    """Whether the tone is to sound between these two moments of the question."""

    def tones(at_s: float) -> int:
        return math.floor((at_s - _FIRST_S + ROUNDING_S) / _EVERY_S) + 1 if at_s >= _FIRST_S - ROUNDING_S else 0

    return now_s < _LIMIT_S and tones(now_s) > tones(before_s)


def why_left_out(now_s: float, audible: bool) -> str:
    """Why nothing with closed eyes is done, so long after it was asked; "" while there is time for an answer."""
    if not audible:
        return "sound off" if now_s >= _OFF_LIMIT_S else ""
    return "no answer" if now_s >= _LIMIT_S else ""


def heard(state: SessionState) -> SessionState:
    """The patient hears the tone; of no meaning before it has sounded, and where nothing was asked."""
    return replace(state, heard=True) if state.phase is Phase.HEAR and state.toned else state


def leave_out(
    state: SessionState, session: GuidedSession, reason: str
) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    """Go on, after a rest in which it can be read, with what needs no sound; or end, where there is nothing else."""
    trial, index = session.trials[state.index], state.index
    while index < len(session.trials) and MACHINES[session.trials[index].kind].by_ear:
        index += 1
    numbers: Numbers = {"kind": trial.kind, "reason": reason, "trials": index - state.index}
    event = ExerciseEvent("left_out", state.last_t_s, numbers)
    last = index == len(session.trials)
    resting = replace(
        state,
        index=index - 1 if last else index,
        attempt=1,
        phase=Phase.REST,
        phase_s=0.0,
        rest_s=max(trial.rest_s, _TOLD_S),
        heard=False,
        ends_then=last,
    )
    return resting, Outcome("no_sound"), (event,)


def without_sound(
    state: SessionState, session: GuidedSession
) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    """Sound was lost in a trial that needs it: it ends, the eyes may be opened, and the tone is asked for again."""
    closed = eyes_closed(state, session)
    events = (trial_event(state, session, Ending.VOID), ExerciseEvent("sound_lost", state.last_t_s, {}))
    rest_s = max(session.trials[state.index].rest_s, _TOLD_S)
    resting = replace(state, phase=Phase.REST, phase_s=0.0, rest_s=rest_s, heard=False, call_back=closed)
    return resting, Outcome("position_open", "eyes_open") if closed else Outcome("rest"), events


def hear_view(phase_s: float) -> ExerciseView:
    """What is shown while it is asked."""
    left_s = math.ceil(_LIMIT_S - phase_s)
    return ExerciseView(HEAR, words=PHRASES[HEAR], message=CLOSED_EYES_WORDS, mirror=False, countdown_s=left_s)
