"""Which trials have cues: shares, the fade ladder, probe trials. The only place that decides it.

Of 0, 33, 67 and 100 % feedback only 67 % improved and lasted; beginners need 100 %, then fade; now and then a
trial without any shows what stays (docs/exercises.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from posture_trainer.exercises.trial import Numbers, share
from posture_trainer.feedback import Feedback

LADDER = (1.0, 0.67, 0.33, 0.0)  # share of trials with cues, from the beginner's down
FADE_LOWEST = 0.33  # `fade` never goes below it by itself: none at all is a therapist's choice
GOOD_TRIAL_SHARE = 0.7  # a hold went well when this share of its measured time was in tolerance
WELL_SHARE, POOR_SHARE = 0.8, 0.5  # a session went well, or did not: share of its holds that went well
WELL_SESSIONS = 2  # in a row before one step down; one step up follows a single session that did not go well
FEWEST_HOLDS = 3  # a session with fewer says nothing

_PATTERN = {1.0: 3, 0.67: 2, 0.33: 1, 0.0: 0}  # trials with cues out of every three


@dataclass(frozen=True)
class TrialFeedback:
    """What one trial is allowed. probe: a trial without cues that was put in to see what stays."""

    cues: bool
    probe: bool = False


def schedule(feedback_share: float, trials: int, probe_every: int | None = None) -> tuple[TrialFeedback, ...]:
    """Cues or none for each trial of a block: with the share of LADDER, every `probe_every`-th trial a probe.

    The pattern is fixed, the same every time: with 0.67 two trials with cues, then one without; with 0.33 one
    with, two without. Probes do not move the pattern of the others.
    """
    plan, counted = [], 0
    for number in range(1, trials + 1):
        if probe_every and number % probe_every == 0:
            plan.append(TrialFeedback(False, probe=True))
        else:
            plan.append(TrialFeedback(counted % 3 < _PATTERN[feedback_share]))
            counted += 1
    return tuple(plan)


def faded_share(sessions: Sequence[float | None]) -> float:
    """Where `fade` stands after these sessions (oldest first; see `went_well_share`), from LADDER.

    It begins with cues in every trial. One step fewer after two sessions in a row that went well (at least 80 % of
    the holds), one step more after each that did not (below 50 %); sessions without enough holds (None) change
    nothing. It goes no lower than 0.33.
    """
    step, well = 0, 0
    lowest = LADDER.index(FADE_LOWEST)
    for held_well in sessions:
        if held_well is None:
            continue
        if held_well < POOR_SHARE:
            step, well = max(0, step - 1), 0
        elif held_well < WELL_SHARE:
            well = 0
        else:
            well += 1
            if well == WELL_SESSIONS:
                step, well = min(lowest, step + 1), 0
    return LADDER[step]


def went_well_share(holds: Sequence[Numbers]) -> float | None:
    """Of a session's hold trials (their numbers), the share that went well; None with fewer than FEWEST_HOLDS.

    Trials that were broken off do not count.
    """
    counted = [hold for hold in holds if hold.get("ending") in ("done", "not_reached")]
    if len(counted) < FEWEST_HOLDS:
        return None
    return share(sum(_went_well(hold) for hold in counted), len(counted))


def _went_well(hold: Numbers) -> bool:
    held = hold.get("in_tolerance_share")
    return hold.get("ending") == "done" and isinstance(held, int | float) and held >= GOOD_TRIAL_SHARE


def without_cues(feedback: Feedback) -> Feedback:
    """The same moment with nothing that would tell the patient where the head is."""
    return replace(feedback, cue=None, way_back=None, edge_share=None, regained=False)
