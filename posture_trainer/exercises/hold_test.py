"""Hold test: how long the head stays within 10 degrees of neutral, without cues, capped at 60 s, mean of two tries.

What is judged is the posture averaged over one second, so that a tremor makes a try neither shorter nor longer.
"""

from dataclasses import dataclass, replace

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Ending, Numbers, Outcome, TrialSample, rounded
from posture_trainer.pose.last_second import AVERAGED_S, LastSecond
from posture_trainer.words.phrases import HOLD_TEST_GOAL, HOLD_TEST_HANDS

# One rule for both ends: the time runs from the moment the averaged posture came within, once it stayed there for so
# long, to the moment it left, once it stayed away for so long. What a tremor leaves in the average takes less.
_STAYS_S = 0.5
_WORDS_S = 9.0  # the opening words take so long: what is said next does not cut them off
_LOST_S = 1.0  # without a face for longer nobody knows: the try is void
BANDS = ((60.0, "> 60 s"), (45.5, "46–60 s"), (30.5, "31–45 s"), (15.5, "16–30 s"), (0.0, "≤ 15 s"))


@dataclass(frozen=True)
class HoldTestSettings:
    """within_deg: of neutral, the angle of the whole rotation. limit_s: longest wait for the head to come in."""

    within_deg: float = 10.0
    cap_s: float = 60.0
    limit_s: float = 20.0


@dataclass(frozen=True)
class HoldTestState:
    """posture: of the last second. within_s: since it came in (the test's time once it runs). out_s: since it left,
    None while it is within. lost_s: since the face was seen."""

    t_s: float = 0.0
    running: bool = False
    posture: LastSecond = LastSecond()
    within_s: float | None = None
    out_s: float | None = None
    lost_s: float = 0.0
    held_s: float = 0.0
    deviation_sum_deg: float = 0.0
    frames: int = 0


def opening(_settings: HoldTestSettings) -> str:
    """The phrase that begins the trial."""
    return "hold_test"


def step(state: HoldTestState, settings: HoldTestSettings, sample: TrialSample) -> tuple[HoldTestState, Outcome]:
    """One moment on."""
    t_s = state.t_s + sample.dt_s
    posture = state.posture.after(sample.dt_s, sample.angles)
    within = posture.full and posture.mean.deviation_deg <= settings.within_deg
    if not state.running:
        return _wait(state, settings, HoldTestState(t_s, posture=posture), within and sample.angles is not None)
    before_s, within_s = state.t_s, (state.within_s or 0.0) + sample.dt_s
    lost_s = state.lost_s + sample.dt_s if sample.angles is None else 0.0
    out_s = state.out_s
    if sample.angles is not None:
        out_s = None if within else 0.0 if out_s is None else out_s + sample.dt_s
    exact = sample.angles if sample.exact else None
    state = HoldTestState(
        t_s,
        True,
        posture,
        within_s,
        out_s,
        lost_s,
        held_s=min(settings.cap_s, within_s - (out_s or 0.0)),
        deviation_sum_deg=state.deviation_sum_deg + (exact.deviation_deg if exact else 0.0),
        frames=state.frames + (exact is not None),
    )
    if lost_s >= _LOST_S:
        return state, Outcome(ending=Ending.VOID)
    if out_s is not None and out_s >= _STAYS_S - ROUNDING_S:
        return state, Outcome(say="hold_test_over", ending=Ending.DONE)
    if within_s >= settings.cap_s - ROUNDING_S and out_s is None and lost_s == 0:
        return state, Outcome(say="hold_test_over", ending=Ending.DONE)
    return state, _go(before_s, t_s)


def _go(before_s: float, t_s: float) -> Outcome:
    """That the time is running: said once, when it begins, or when the opening words are over."""
    return Outcome(say="hold_test_go") if before_s < _WORDS_S <= t_s else NOTHING


def _wait(
    before: HoldTestState, settings: HoldTestSettings, now: HoldTestState, within: bool
) -> tuple[HoldTestState, Outcome]:
    """One moment on while the time does not run yet. now: the new state so far."""
    if not within:
        ending = Ending.NOT_REACHED if now.t_s >= settings.limit_s else None
        return now, Outcome(say="hold_test_over", ending=ending) if ending else NOTHING
    within_s = 0.0 if before.within_s is None else before.within_s + now.t_s - before.t_s
    if within_s >= _STAYS_S - ROUNDING_S:
        return replace(now, running=True, within_s=within_s, held_s=within_s), _go(0.0, now.t_s)
    return replace(now, within_s=within_s), NOTHING


def view(state: HoldTestState, _settings: HoldTestSettings) -> ExerciseView:
    """What to draw: the outline until the time runs, then nothing that tells where the head is."""
    if state.running:
        return ExerciseView("hold_test", words="Keep your head there.", mirror=False)
    return ExerciseView("hold_test", words=HOLD_TEST_GOAL, message=HOLD_TEST_HANDS, outline=True)


def numbers(state: HoldTestState, settings: HoldTestSettings) -> Numbers:
    """What is recorded of the try (docs/exercises.md)."""
    return {
        "within_deg": settings.within_deg,
        "averaged_s": AVERAGED_S,
        "held_s": rounded(state.held_s),
        "capped": state.held_s >= settings.cap_s - ROUNDING_S,
        "reached": state.running,
        "mean_deviation_deg": rounded(state.deviation_sum_deg / state.frames) if state.frames else None,
    }


def band(mean_s: float) -> str:
    """The band of a mean hold time; "> 60 s" is a mean at the cap of 60 s, the others by whole seconds."""
    return next((name for lowest_s, name in BANDS if mean_s >= lowest_s), BANDS[-1][1])
