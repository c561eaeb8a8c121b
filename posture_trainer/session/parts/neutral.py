"""A neutral, from finding one's place to the question whether it is straight: the one way in which any is taken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from posture_trainer.plans.limits import within_limits
from posture_trainer.pose.neutral.attitude import AttitudeLimits, step_to_straight, stored_attitude
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.baseline import BaselinePlan, Recorded, Tries, baseline_part
from posture_trainer.session.parts.placement import Placed, placement_part
from posture_trainer.session.parts.straight import Answer, straight_part
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words.straightness import start_position_words


def neutral_part(
    devices: Devices,
    plan: BaselinePlan,
    on_frame: Callable[[TrackedFrame], None] | None = None,
    tries: Tries | None = None,
) -> Recorded | Refusal | None:
    """Take a neutral; why there is none; or None when stopped. Parameters as of `baseline_part`.

    Whoever is not straight is asked, where there is a window and somebody before a camera. Nobody is stuck: every part
    of it goes on by itself, and "try again" takes a key each time.
    """
    while True:
        placed = placement_part(devices, on_frame) if devices.source.live else Placed()
        if placed is None:
            return None
        taken = baseline_part(devices, plan, placed, on_frame, tries)
        if not isinstance(taken, Recorded):
            return taken
        if tries is not None:
            tries.clear()
        attitude = stored_attitude(taken.baseline)
        if attitude is None or not taken.baseline.is_start_position:
            return taken
        asked = devices.source.live and devices.window.visible
        answer = straight_part(devices, attitude, on_frame) if asked else Answer.NONE
        match answer:
            case Answer.STOP:
                return None
            case Answer.AGAIN:
                continue
            case Answer.YES:
                return replace(taken, baseline=_with(taken.baseline, confirmed_as_straightest=True))
            case Answer.STEP:
                target = within_limits(step_to_straight(attitude, AttitudeLimits()))
                return replace(taken, baseline=_with(taken.baseline, confirmed_as_straightest=True, target=target))
            case Answer.NONE:
                devices.notice(start_position_words(taken.baseline))
                return taken


def _with(baseline: Baseline, **changes: Any) -> Baseline:
    return baseline.model_copy(update=changes)
