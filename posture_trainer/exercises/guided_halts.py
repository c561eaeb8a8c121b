"""What stands in the way of a guided session at a moment, and what the mirror may show and sound then. Pure."""

from dataclasses import replace

from posture_trainer import feedback as cues
from posture_trainer.exercises.feedback_schedule import without_cues
from posture_trainer.exercises.guided_events import eyes_closed
from posture_trainer.exercises.guided_records import (
    NOBODY,
    SILENT,
    ExerciseEvent,
    GuidedSession,
    Phase,
    SessionState,
    Span,
)
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.supported_rest import SUPPORTED_REST, RestClock
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Outcome
from posture_trainer.feedback import Feedback, FeedbackSample, FeedbackState, PostureState


def clock_after(state: SessionState, session: GuidedSession, elapsed_s: float) -> RestClock:
    """The clock of the supported rests, so many seconds later: what waits, and what is rest itself, is rest."""
    trial = session.trials[state.index]
    at_rest = state.phase is Phase.TRIAL and MACHINES[trial.kind].restful(trial.settings)
    return state.clock.after(elapsed_s, bool(state.halt) or at_rest)


def halt_now(state: SessionState, session: GuidedSession, clock: RestClock, paused: bool, gone_s: float) -> str:
    """Why the session waits now: paused, no_face, supported_rest, or "" where it goes on."""
    if paused:
        return "paused"
    kind = session.trials[state.index].kind
    if state.phase is Phase.TRIAL and gone_s >= MACHINES[kind].face_patience_s - ROUNDING_S:
        return "no_face"
    interruptible = state.phase is Phase.REST or (state.phase is Phase.TRIAL and kind == "free")
    return SUPPORTED_REST if interruptible and clock.due_s else ""


def halted(before: SessionState, halt: str, session: GuidedSession, t_s: float) -> tuple[Outcome, ExerciseEvent]:
    """What a wait begins with. Whoever has the eyes closed is called back first."""
    event = ExerciseEvent("waiting", t_s, {"reason": halt})
    if eyes_closed(before, session):
        return Outcome("position_open", "eyes_open"), event
    if halt == SUPPORTED_REST:
        return Outcome(SUPPORTED_REST, "trial_done" if before.phase is Phase.TRIAL else None), event
    return Outcome(say="face_gone") if halt == "no_face" else NOTHING, event


def feedback_now(
    state: SessionState, session: GuidedSession, sample: FeedbackSample, halt: str
) -> tuple[Feedback, bool, bool, FeedbackState]:
    """What the mirror may show, whether cues were allowed, whether the head is in tolerance, what is remembered.

    In rests, and where the task is not to be in neutral, posture counts as paused: not good, not bad, no cue.
    """
    trial = session.trials[state.index]
    machine = MACHINES[trial.kind]
    if halt or state.phase is not Phase.TRIAL or not machine.needs_tolerance:
        return (NOBODY if halt == "no_face" else SILENT), False, False, state.feedback
    remembered, feedback = cues.step(state.feedback, trial.feedback, sample)
    inside = feedback.state is PostureState.NEUTRAL
    if trial.cues:
        return feedback, True, inside, remembered
    if feedback.cue is not None:  # it was never given, so it delays no other
        remembered = replace(remembered, last_cue_s=state.feedback.last_cue_s, confirmation_due=False, shown=None)
    return (without_cues(feedback) if machine.neutral_task else SILENT), False, inside, remembered


def accounted(before: SessionState, after: SessionState, session: GuidedSession, gap: bool) -> SessionState:
    """Close the span that ran up to this moment when another begins, or when a gap was found."""
    if after.ended is not None:
        activity = "ended"
    elif after.halt:
        activity = after.halt
    elif after.phase is Phase.TRIAL:
        activity = session.trials[after.index].kind
    else:
        activity = after.phase.value
    running = before.activity or activity
    if activity == running and not gap:
        return after if before.activity else replace(after, activity=activity)
    t_s, spans = after.last_t_s, after.spans
    known_to_s = before.last_t_s if gap else t_s
    if known_to_s > after.span_began_s:
        spans = (*spans, Span(running, after.span_began_s, known_to_s))
    if gap:
        spans = (*spans, Span("gap", before.last_t_s, t_s))
    return replace(after, activity=activity, spans=spans, span_began_s=t_s)
