"""Runs a session: trials one after the other, rests that are never shortened, waiting, and the end. Pure.

`step` takes what is known, the session and one moment (t_s, angles or None, paused) and gives back what is known
now and what to show, say, sound and write down. No time is lost: every second of the session belongs to a span.
"""

from dataclasses import replace

from posture_trainer import feedback as cues
from posture_trainer.exercises.feedback_schedule import without_cues
from posture_trainer.exercises.guided_records import (
    NOBODY,
    SILENT,
    ExerciseEvent,
    GuidedSession,
    Phase,
    PlannedTrial,
    Progress,
    SessionState,
    Span,
    changed,
)
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Ending, Numbers, Outcome, TrialSample, rounded
from posture_trainer.feedback import Feedback, FeedbackSample, FeedbackState, PostureState

_OFFERED_KINDS = ("hold", "free")  # where being out of tolerance for long means a struggle
_LAST_WORDS = {"done": "finished", "time": "time_up", "left": "left"}


def begin(session: GuidedSession) -> SessionState:
    """The state before the first sample."""
    return SessionState(machine=MACHINES[session.trials[0].kind].begin())


def step(state: SessionState, session: GuidedSession, sample: FeedbackSample) -> tuple[SessionState, Progress]:
    """One moment on. t_s never decreases. Without frames, call it with no angles, so that time goes on."""
    if state.ended is not None:
        return state, Progress(SILENT, activity="ended", ended=state.ended)
    t_s, rules = sample.t_s, session.rules
    say: str | None = None
    if state.began_s is None:
        say = _opening(session.trials[0])
        state = replace(state, began_s=t_s, last_t_s=t_s, trial_began_s=t_s, span_began_s=t_s)
    elapsed_s = t_s - state.last_t_s
    gap = elapsed_s > rules.longest_gap_s
    running_s = 0.0 if gap or state.halt else elapsed_s
    gone_s = 0.0 if sample.angles is not None or sample.paused else state.gone_s + elapsed_s
    halt = _halt(state, session, sample.paused, gone_s)
    shown, allowed, inside, feedback = _feedback(state, session, sample, halt)
    before = state
    if t_s - (state.began_s or 0.0) >= rules.longest_s - ROUNDING_S:
        return _end(_accounted(before, replace(state, last_t_s=t_s), session, gap), session, t_s, "time")
    if gone_s >= rules.gone_ends_s - ROUNDING_S:
        return _end(_accounted(before, replace(state, last_t_s=t_s), session, gap), session, t_s, "left")

    phase_s = state.phase_s + running_s
    state = changed(state, last_t_s=t_s, gone_s=gone_s, halt=halt, phase_s=phase_s, feedback=feedback)
    events: tuple[ExerciseEvent, ...] = ()
    outcome = NOTHING
    if halt:
        if before.halt != halt:
            events = (ExerciseEvent("waiting", t_s, {"reason": halt}),)
            outcome = Outcome(say="face_gone") if halt == "no_face" else NOTHING
    else:
        waited = before.halt != "" or (gap and state.phase is Phase.TRIAL)
        if state.phase is Phase.TRIAL:
            moment = TrialSample(running_s, sample.angles, inside, sample.trusted, sample.exact)
            state, outcome, events = _run_trial(state, session, moment, waited)
        else:
            state, outcome, events = _run_break(state, session)
        if before.halt == "no_face" and outcome.say is None:
            outcome = replace(outcome, say="welcome_back")
    state = _accounted(before, state, session, gap)
    if (state.phase, state.index, state.attempt, state.ended) != (before.phase, before.index, before.attempt, None):
        allowed, shown = False, SILENT  # a trial has just ended: its last cue would come into the next thing
    return state, Progress(shown, allowed, state.activity, outcome.say or say, outcome.sound, events, ended=state.ended)


def stop(state: SessionState, session: GuidedSession, t_s: float, reason: str) -> tuple[SessionState, Progress]:
    """End the session now (the patient stops, the clip is over); what runs is recorded as unfinished."""
    if state.ended is not None:
        return state, Progress(SILENT, activity="ended", ended=state.ended)
    if state.began_s is None:
        state = replace(state, began_s=t_s, last_t_s=t_s, trial_began_s=t_s, span_began_s=t_s)
    moved = replace(state, last_t_s=max(t_s, state.last_t_s))
    gap = moved.last_t_s - state.last_t_s > session.rules.longest_gap_s
    return _end(_accounted(state, moved, session, gap), session, moved.last_t_s, reason)


def answer(state: SessionState, felt_deg: float) -> SessionState:
    """The patient's answer to "how far off do you feel you are?"; ignored when nothing was asked."""
    return replace(state, felt_deg=felt_deg) if state.phase is Phase.ASK else state


def parts(state: SessionState) -> dict[str, float]:
    """Seconds of each activity; together the length of the session. Complete once it has ended."""
    seconds: dict[str, float] = {}
    for span in state.spans:
        seconds[span.activity] = seconds.get(span.activity, 0.0) + span.ends_s - span.begins_s
    return seconds


def _opening(trial: PlannedTrial) -> str:
    return MACHINES[trial.kind].opening(trial.settings)


def _halt(state: SessionState, session: GuidedSession, paused: bool, gone_s: float) -> str:
    if paused:
        return "paused"
    patience_s = MACHINES[session.trials[state.index].kind].face_patience_s
    return "no_face" if state.phase is Phase.TRIAL and gone_s >= patience_s - ROUNDING_S else ""


def _feedback(
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


def _run_trial(
    state: SessionState, session: GuidedSession, sample: TrialSample, waited: bool
) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    trial = session.trials[state.index]
    machine = MACHINES[trial.kind]
    if waited and machine.spoiled_by_wait(state.machine):
        return _finish_trial(state, session, Outcome(say="again", ending=Ending.VOID))
    its_state, outcome = machine.step(state.machine, trial.settings, sample)
    tries = trial.kind in _OFFERED_KINDS and not sample.inside
    state = changed(
        state,
        machine=its_state,
        out_s=(state.out_s + sample.dt_s if tries else 0.0) if trial.kind in _OFFERED_KINDS else state.out_s,
    )
    if outcome.ending is not None:
        return _finish_trial(state, session, outcome)
    if state.out_s >= session.rules.offer_stop_after_s:
        event = ExerciseEvent("offer_stop", state.last_t_s, {"out_s": rounded(state.out_s)})
        until_s = state.last_t_s + session.rules.offer_shown_s
        return replace(state, out_s=0.0, offer_until_s=until_s), Outcome(say="offer_stop"), (event,)
    return state, outcome, ()


def _finish_trial(
    state: SessionState, session: GuidedSession, outcome: Outcome
) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    trial = session.trials[state.index]
    ending = outcome.ending or Ending.DONE
    event = _trial_event(state, session, ending)
    again = ending is Ending.VOID and state.attempt < session.rules.attempts
    index, attempt = (state.index, state.attempt + 1) if again else (state.index + 1, 1)
    if index == len(session.trials) and not trial.ask:
        return replace(state, ended="done"), Outcome("finished", "finished"), (event, _ended(state, "done"))
    measured = event.numbers.get("mean_deviation_deg")
    state = replace(
        state,
        index=min(index, len(session.trials) - 1),
        attempt=attempt,
        phase_s=0.0,
        rest_s=trial.rest_s,
        felt_deg=None,
        measured_deg=measured if isinstance(measured, float) and trial.ask else None,
    )
    if trial.ask and not again:
        last = index == len(session.trials)
        asking = replace(
            state, phase=Phase.ASK, index=index - 1 if last else index, rest_s=-1.0 if last else trial.rest_s
        )
        return asking, Outcome("how_far_off", outcome.sound), (event,)
    state, then = _rest(state, session)
    say = "again" if again else outcome.say if then.say == "rest" and outcome.say else then.say
    return state, Outcome(say, outcome.sound or then.sound), (event,)


def _run_break(state: SessionState, session: GuidedSession) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    phase_s = state.phase_s
    if state.phase is Phase.REST:
        if phase_s < state.rest_s:
            return state, NOTHING, ()
        event = ExerciseEvent("rest", state.last_t_s, {"asked_s": state.rest_s, "rested_s": rounded(phase_s)})
        state, outcome = _start_trial(state, session)
        return state, Outcome(outcome.say, "rest_over"), (event,)
    if state.felt_deg is None and phase_s < session.rules.ask_s:
        return state, NOTHING, ()
    event = ExerciseEvent(
        "felt", state.last_t_s, {"felt_deg": rounded(state.felt_deg), "measured_deg": state.measured_deg}
    )
    if state.rest_s < 0:  # it was the last trial
        return replace(state, ended="done"), Outcome("finished", "finished"), (event, _ended(state, "done"))
    state, outcome = _rest(replace(state, phase_s=0.0), session)
    return state, outcome, (event,)


def _rest(state: SessionState, session: GuidedSession) -> tuple[SessionState, Outcome]:
    if state.rest_s <= 0:
        return _start_trial(state, session)
    return replace(state, phase=Phase.REST, phase_s=0.0), Outcome(say="rest")


def _start_trial(state: SessionState, session: GuidedSession) -> tuple[SessionState, Outcome]:
    trial = session.trials[state.index]
    started = replace(
        state,
        phase=Phase.TRIAL,
        phase_s=0.0,
        trial_began_s=state.last_t_s,
        machine=MACHINES[trial.kind].begin(),
        feedback=FeedbackState(last_cue_s=state.feedback.last_cue_s),  # a second of silence for the words
        measured_deg=None,
    )
    return started, Outcome(say=_opening(trial))


def _end(state: SessionState, session: GuidedSession, t_s: float, reason: str) -> tuple[SessionState, Progress]:
    events: tuple[ExerciseEvent, ...] = (_ended(state, reason),)
    if state.phase is Phase.TRIAL:
        events = (_trial_event(state, session, Ending.UNFINISHED), *events)
    state = replace(state, ended=reason)
    if t_s > state.span_began_s:
        state = replace(state, spans=(*state.spans, Span(state.activity, state.span_began_s, t_s)), span_began_s=t_s)
    say = _LAST_WORDS.get(reason)
    state = replace(state, activity="ended")
    return state, Progress(SILENT, False, "ended", say, "finished" if say else None, events, ended=reason)


def _trial_event(state: SessionState, session: GuidedSession, ending: Ending) -> ExerciseEvent:
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


def _ended(state: SessionState, reason: str) -> ExerciseEvent:
    return ExerciseEvent("ended", state.last_t_s, {"reason": reason})


def _accounted(before: SessionState, after: SessionState, session: GuidedSession, gap: bool) -> SessionState:
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
