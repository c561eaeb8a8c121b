"""What a guided session writes down, and what it knows of the trial that runs. Pure."""

from posture_trainer.exercises.guided_records import ExerciseEvent, GuidedSession, Phase, SessionState
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.supported_rest import SUPPORTED_REST, RestClock
from posture_trainer.exercises.trial import Ending, Numbers, rounded


def rested(before: SessionState, t_s: float) -> ExerciseEvent:
    """For the record, when a supported rest is over. before: still in it."""
    skipped = before.clock == RestClock()
    return ExerciseEvent(SUPPORTED_REST, t_s, {"rested_s": rounded(t_s - before.span_began_s), "skipped": skipped})


def eyes_closed(state: SessionState, session: GuidedSession) -> bool:
    """Whether the patient has the eyes closed, so that nothing but sound can tell anything."""
    machine = MACHINES[session.trials[state.index].kind]
    return state.phase is Phase.TRIAL and not state.halt and machine.eyes_closed(state.machine)


def trial_event(state: SessionState, session: GuidedSession, ending: Ending) -> ExerciseEvent:
    """Of the trial that runs, with its numbers."""
    trial = session.trials[state.index]
    numbers: Numbers = {
        "block": trial.block,
        "trial": trial.trial,
        "attempt": state.attempt,
        "ending": ending.value,
        "cues": trial.cues,
        "probe": trial.probe,
        "began_s": rounded(state.trial_began_s),
        "ran_s": rounded(state.phase_s),
        **MACHINES[trial.kind].numbers(state.machine, trial.settings),
    }
    return ExerciseEvent(trial.kind, state.last_t_s, numbers, trial.feedback)


def ended(state: SessionState, reason: str) -> ExerciseEvent:
    """Of the session's end."""
    return ExerciseEvent("ended", state.last_t_s, {"reason": reason})
