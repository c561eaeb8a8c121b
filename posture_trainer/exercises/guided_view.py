"""What the screen shows of a guided session at this moment: the exercise's own view, and what is around it. Pure."""

import math
from dataclasses import replace

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.guided_records import GuidedSession, Phase, SessionState
from posture_trainer.exercises.hearing import hear_view
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.supported_rest import SUPPORTED_REST, rest_view
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.words.felt import FELT_WORDS, felt_and_was
from posture_trainer.words.phrases import PHRASES, TITLES

_END_WORDS = {"done": "finished", "time": "time_up", "left": "left"}
ASK_HINT = "Press 1, 2 or 3. Or just wait."
STOP_WORDS = "To stop, press Esc or hold the space bar. To go on, do nothing."


def view(state: SessionState, session: GuidedSession) -> ExerciseView:
    """Everything to be drawn for the session's state."""
    trial = session.trials[state.index]
    shown = _centre(state, session)
    offered = state.offer_until_s is not None and state.last_t_s < state.offer_until_s and not state.ended
    return replace(
        shown,
        title=trial.title if shown.kind == trial.kind and trial.title else TITLES[shown.kind],
        message=f"{PHRASES['offer_stop']} {STOP_WORDS}" if offered else shown.message,
        offer_stop=offered,
        block=trial.block,
        blocks=session.trials[-1].block,
        trial=trial.trial,
        trials=trial.trials,
        elapsed_s=state.last_t_s - (state.began_s or 0.0),
        longest_s=session.rules.longest_s,
    )


def _centre(state: SessionState, session: GuidedSession) -> ExerciseView:
    trial = session.trials[state.index]
    if state.ended is not None:
        return ExerciseView("ended", words=PHRASES[_END_WORDS.get(state.ended, "finished")], mirror=False)
    if state.halt == "paused":
        return ExerciseView("paused", words="Paused.")
    if state.halt == SUPPORTED_REST:
        return rest_view(state.clock)
    if state.halt:
        return ExerciseView("no_face", words=PHRASES["face_gone"])
    if state.phase is Phase.ASK:
        left_s = session.rules.ask_s - state.phase_s
        return ExerciseView(
            "ask",
            words=PHRASES["how_far_off"],
            message=ASK_HINT,
            mirror=False,
            countdown_s=math.ceil(left_s),
            choices=tuple(FELT_WORDS.values()),
        )
    if state.phase is Phase.HEAR:
        return hear_view(state.phase_s)
    if state.call_back:
        return ExerciseView("rest", words=PHRASES["position_open"], mirror=False, bright=True)
    if state.ends_then:
        return ExerciseView("rest", words=PHRASES["no_sound"])
    if state.phase is Phase.REST:
        left_s = state.rest_s - state.phase_s
        following = f"Next: {trial.title or TITLES[trial.kind]}."
        return ExerciseView(
            "rest",
            words=PHRASES["rest"],
            message=f"{_answered(state, session)} {following}".strip(),
            countdown_s=math.ceil(left_s),
            ring_share=min(1.0, state.phase_s / state.rest_s) if state.rest_s > 0 else 1.0,
        )
    return MACHINES[trial.kind].view(state.machine, trial.settings)


def _answered(state: SessionState, session: GuidedSession) -> str:
    """What was felt, and what was measured; of that nothing where a target is set, for it is measured from neutral."""
    if state.measured_deg is None or any(trial.feedback.target != NEUTRAL for trial in session.trials):
        return felt_and_was(state.felt, None)
    return felt_and_was(state.felt, state.measured_deg)
