"""Runs a session: trials one after the other, rests that are never shortened, waiting, and the end. Pure.

`step` takes what is known, the session and one moment (t_s, angles or None, paused) and gives back what is known
now and what to show, say, sound and write down. No time is lost: every second of the session belongs to a span.
"""

from dataclasses import replace

from posture_trainer.exercises import hearing
from posture_trainer.exercises.guided_events import ended, eyes_closed, rested, trial_event
from posture_trainer.exercises.guided_halts import accounted, clock_after, feedback_now, halt_now, halted
from posture_trainer.exercises.guided_records import (
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
from posture_trainer.exercises.supported_rest import SUPPORTED_REST, RestClock
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Ending, Outcome, TrialSample, rounded
from posture_trainer.feedback import FeedbackSample, FeedbackState
from posture_trainer.words.felt import Felt

_OFFERED_KINDS = ("hold", "free")  # where being out of tolerance for long means a struggle
_LAST_WORDS = {"done": "finished", "time": "time_up", "left": "left"}


def begin(session: GuidedSession) -> SessionState:
    """The state before the first sample."""
    machine = MACHINES[session.trials[0].kind]
    return SessionState(machine=machine.begin(), phase=Phase.HEAR if machine.by_ear else Phase.TRIAL)


def step(
    state: SessionState, session: GuidedSession, sample: FeedbackSample, audible: bool = True
) -> tuple[SessionState, Progress]:
    """One moment on. t_s never decreases. Without frames, call it with no angles, so that time goes on.

    audible: whether tones and words can be heard: nothing with closed eyes is begun or goes on without.
    """
    if state.ended is not None:
        return state, Progress(SILENT, activity="ended", ended=state.ended)
    t_s, rules = sample.t_s, session.rules
    say: str | None = None
    if state.began_s is None:
        say = hearing.HEAR if state.phase is Phase.HEAR else _opening(session.trials[0])
        state = replace(state, began_s=t_s, last_t_s=t_s, trial_began_s=t_s, span_began_s=t_s)
    elapsed_s = t_s - state.last_t_s
    gap = elapsed_s > rules.longest_gap_s
    running_s = 0.0 if gap or state.halt else elapsed_s
    gone_s = 0.0 if sample.angles is not None or sample.paused else state.gone_s + elapsed_s
    before, clock = state, clock_after(state, session, elapsed_s)
    halt = halt_now(state, session, clock, sample.paused, gone_s)
    shown, allowed, inside, feedback = feedback_now(state, session, sample, halt)
    if t_s - (state.began_s or 0.0) >= rules.longest_s - ROUNDING_S:
        return _end(accounted(before, replace(state, last_t_s=t_s, clock=clock), session, gap), session, t_s, "time")
    if gone_s >= rules.gone_ends_s - ROUNDING_S:
        return _end(accounted(before, replace(state, last_t_s=t_s, clock=clock), session, gap), session, t_s, "left")

    phase_s = state.phase_s + running_s
    state = changed(state, last_t_s=t_s, clock=clock, gone_s=gone_s, halt=halt, phase_s=phase_s, feedback=feedback)
    events: tuple[ExerciseEvent, ...] = ()
    outcome = NOTHING
    rest = (rested(before, t_s),) if before.halt == SUPPORTED_REST != halt else ()
    if halt:
        if before.halt != halt:
            outcome, event = halted(before, halt, session, t_s)
            events = (event,)
    else:
        waited = before.halt != "" or (gap and state.phase is Phase.TRIAL)
        if state.phase is Phase.TRIAL:
            moment = TrialSample(running_s, sample.angles, inside, sample.trusted, sample.exact, sample.trunk)
            state, outcome, events = _run_trial(state, session, moment, waited, audible)
        elif state.phase is Phase.HEAR:
            state, outcome, events = _run_hearing(state, session, before.phase_s, audible)
        else:
            state, outcome, events = _run_break(state, session)
        if rest and state.phase is Phase.TRIAL and outcome == NOTHING:
            outcome = Outcome("go_on", "rest_over")
        if before.halt == "no_face" and outcome.say is None:
            outcome = replace(outcome, say="welcome_back")
    state = accounted(before, state, session, gap)
    if (state.phase, state.index, state.attempt, state.ended) != (before.phase, before.index, before.attempt, None):
        allowed, shown = False, SILENT  # a trial has just ended: its last cue would come into the next thing
    said = outcome.say or say
    return state, Progress(shown, allowed, state.activity, said, outcome.sound, (*rest, *events), ended=state.ended)


def stop(state: SessionState, session: GuidedSession, t_s: float, reason: str) -> tuple[SessionState, Progress]:
    """End the session now (the patient stops, the clip is over); what runs is recorded as unfinished."""
    if state.ended is not None:
        return state, Progress(SILENT, activity="ended", ended=state.ended)
    if state.began_s is None:
        state = replace(state, began_s=t_s, last_t_s=t_s, trial_began_s=t_s, span_began_s=t_s)
    moved = replace(state, last_t_s=max(t_s, state.last_t_s))
    gap = moved.last_t_s - state.last_t_s > session.rules.longest_gap_s
    return _end(accounted(state, moved, session, gap), session, moved.last_t_s, reason)


def answer(state: SessionState, felt: Felt) -> SessionState:
    """The patient's answer to "how did your head feel?"; ignored when nothing was asked."""
    return replace(state, felt=felt) if state.phase is Phase.ASK else state


def skip_rest(state: SessionState) -> SessionState:
    """The patient goes on without the rest that is offered; ignored when none is."""
    return replace(state, clock=RestClock()) if state.halt == SUPPORTED_REST else state


def parts(state: SessionState) -> dict[str, float]:
    """Seconds of each activity; together the length of the session. Complete once it has ended."""
    seconds: dict[str, float] = {}
    for span in state.spans:
        seconds[span.activity] = seconds.get(span.activity, 0.0) + span.ends_s - span.begins_s
    return seconds


def _opening(trial: PlannedTrial) -> str:
    return MACHINES[trial.kind].opening(trial.settings)


def _run_trial(
    state: SessionState, session: GuidedSession, sample: TrialSample, waited: bool, audible: bool
) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    trial = session.trials[state.index]
    machine = MACHINES[trial.kind]
    if machine.by_ear and not audible:
        return hearing.without_sound(state, session)
    if waited and machine.spoiled_by_wait(state.machine):
        closed = eyes_closed(state, session)
        say, sound = ("position_open", "eyes_open") if closed else ("again", None)
        return _finish_trial(state, session, Outcome(say, sound, Ending.VOID))
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
    event = trial_event(state, session, ending)
    again = ending is Ending.VOID and state.attempt < session.rules.attempts
    index, attempt = (state.index, state.attempt + 1) if again else (state.index + 1, 1)
    if index == len(session.trials) and not trial.ask:
        return replace(state, ended="done"), Outcome("finished", "finished"), (event, ended(state, "done"))
    measured = event.numbers.get("mean_deviation_deg")
    state = replace(
        state,
        index=min(index, len(session.trials) - 1),
        attempt=attempt,
        phase_s=0.0,
        rest_s=trial.rest_s,
        felt=None,
        measured_deg=measured if isinstance(measured, float) and trial.ask else None,
        heard=state.heard and not event.numbers.get("too_far"),
    )
    if trial.ask and not again:
        last = index == len(session.trials)
        asking = replace(
            state, phase=Phase.ASK, index=index - 1 if last else index, rest_s=-1.0 if last else trial.rest_s
        )
        return asking, Outcome("how_far_off", outcome.sound), (event,)
    state, then = _rest(state, session)
    kept = outcome.say is not None and then.say in ("rest", None) and (not again or outcome.sound == "eyes_open")
    say = outcome.say if kept else "again" if again else then.say
    return state, Outcome(say, outcome.sound or then.sound), (event,)


def _run_hearing(
    state: SessionState, session: GuidedSession, before_s: float, audible: bool
) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    if state.heard and audible:
        started, outcome = _start_trial(state, session)
        return started, outcome, ()
    reason = hearing.why_left_out(state.phase_s, audible)
    if reason:
        return hearing.leave_out(state, session, reason)
    due = audible and hearing.tone_due(before_s, state.phase_s)
    state = replace(state, heard=False, toned=audible and (state.toned or due))
    return state, Outcome(sound=hearing.TONE) if due else NOTHING, ()


def _run_break(state: SessionState, session: GuidedSession) -> tuple[SessionState, Outcome, tuple[ExerciseEvent, ...]]:
    phase_s = state.phase_s
    if state.phase is Phase.REST:
        if phase_s < state.rest_s:
            return state, NOTHING, ()
        event = ExerciseEvent("rest", state.last_t_s, {"asked_s": state.rest_s, "rested_s": rounded(phase_s)})
        if state.ends_then:
            return replace(state, ended="done"), Outcome("finished", "finished"), (event, ended(state, "done"))
        state, outcome = _start_trial(state, session)
        return state, Outcome(outcome.say, "rest_over"), (event,)
    if state.felt is None and phase_s < session.rules.ask_s:
        return state, NOTHING, ()
    event = ExerciseEvent("felt", state.last_t_s, {"felt": state.felt, "measured_deg": state.measured_deg})
    if state.rest_s < 0:  # it was the last trial
        return replace(state, ended="done"), Outcome("finished", "finished"), (event, ended(state, "done"))
    state, outcome = _rest(replace(state, phase_s=0.0), session)
    return state, outcome, (event,)


def _rest(state: SessionState, session: GuidedSession) -> tuple[SessionState, Outcome]:
    due = state.clock.due_s > 0  # then that rest is what is said
    if state.rest_s <= 0 and not due:
        return _start_trial(state, session)
    return replace(state, phase=Phase.REST, phase_s=0.0), Outcome(say=None if due else "rest")


def _start_trial(state: SessionState, session: GuidedSession) -> tuple[SessionState, Outcome]:
    trial = session.trials[state.index]
    if MACHINES[trial.kind].by_ear and not state.heard:
        asking = replace(state, phase=Phase.HEAR, phase_s=0.0, toned=False, call_back=False)
        return asking, Outcome(say=hearing.HEAR)
    started = replace(
        state,
        phase=Phase.TRIAL,
        phase_s=0.0,
        trial_began_s=state.last_t_s,
        machine=MACHINES[trial.kind].begin(),
        feedback=FeedbackState(last_cue_s=state.feedback.last_cue_s),  # a second of silence for the words
        measured_deg=None,
        call_back=False,
    )
    return started, Outcome(say=_opening(trial))


def _end(state: SessionState, session: GuidedSession, t_s: float, reason: str) -> tuple[SessionState, Progress]:
    events: tuple[ExerciseEvent, ...] = (ended(state, reason),)
    if state.phase is Phase.TRIAL:
        events = (trial_event(state, session, Ending.UNFINISHED), *events)
    state = replace(state, ended=reason)
    if t_s > state.span_began_s:
        state = replace(state, spans=(*state.spans, Span(state.activity, state.span_began_s, t_s)), span_began_s=t_s)
    say = _LAST_WORDS.get(reason)
    state = replace(state, activity="ended")
    return state, Progress(SILENT, False, "ended", say, "finished" if say else None, events, ended=reason)
