"""The One Euro filter for rotations: little lag when the head moves, little jitter when it rests."""

from dataclasses import dataclass

import cv2
import numpy as np

from posture_trainer.pose.angles import Matrix


@dataclass(frozen=True)
class OneEuroSettings:
    """min_cutoff_hz: cutoff at rest. beta: cutoff added per radian per second. speed_cutoff_hz: for the speed."""

    min_cutoff_hz: float = 1.2
    beta: float = 14.3  # 0.25 Hz for each degree per second: about 5 ms of lag at 30 degrees per second
    speed_cutoff_hz: float = 2.0


@dataclass(frozen=True, eq=False)
class OneEuroState:
    """What the filter remembers: time, smoothed rotation (3x3), smoothed velocity (rad/s, 3)."""

    t_s: float
    rotation: Matrix
    velocity: Matrix


def smooth(state: OneEuroState | None, settings: OneEuroSettings, t_s: float, rotation: Matrix) -> OneEuroState:
    """The filter's state after the rotation seen at `t_s`; start with state None.

    Casiez et al. 2012 (One Euro filter), with differences of rotations in place of differences of numbers.
    A time that does not grow changes nothing.
    """
    if state is None:
        return OneEuroState(t_s, rotation, np.zeros(3))
    dt_s = t_s - state.t_s
    if dt_s <= 0:
        return state
    change = np.asarray(cv2.Rodrigues(state.rotation.T @ rotation)[0], float).ravel()
    velocity = state.velocity + _weight(settings.speed_cutoff_hz, dt_s) * (change / dt_s - state.velocity)
    cutoff_hz = settings.min_cutoff_hz + settings.beta * float(np.linalg.norm(velocity))
    moved = np.asarray(cv2.Rodrigues(_weight(cutoff_hz, dt_s) * change)[0], float)
    return OneEuroState(t_s, np.asarray(state.rotation @ moved), velocity)


def _weight(cutoff_hz: float, dt_s: float) -> float:
    """The share of a change that a first-order low-pass of that cutoff lets through in one step."""
    return float(1 - np.exp(-2 * np.pi * cutoff_hz * dt_s))
