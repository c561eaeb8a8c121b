"""Made logs of heads that tremble, move, or do both, before cameras of all kinds; for tests and bench/tremor.py."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from posture_trainer.figures.samples import Floats, Samples

FINE_HZ = 200.0


@dataclass(frozen=True)
class Head:
    """A head before a camera.

    hz, deg: of the tremor (0 deg: none), half of peak to peak; axis: its row. wander: how far frequency and size
    wander, as the SD of their logarithm, within 0.7 s. shape: sine, saw or second (an overtone above its fundamental).
    share: of each 20 s in which it is there. pull_deg: pulls and returns by chance, about 5 s each; even_s: after so
    long each, on the beat. jump_deg: a jump each 9 s. drift_deg: a slow wave of 37 s. gesture: one shake.
    fps, to_fps: frames a second, swinging slowly between the two. jitter: of the steps. lost: share of lost frames.
    """

    hz: float = 2.0
    deg: float = 0.0
    axis: int = 0
    wander: float = 0.0
    shape: str = "sine"
    share: float = 1.0
    pull_deg: float = 0.0
    even_s: float = 0.0
    jump_deg: float = 0.0
    drift_deg: float = 0.0
    gesture: bool = False
    seconds: float = 120.0
    fps: float = 30.0
    to_fps: float = 0.0
    jitter: float = 0.0
    lost: float = 0.0
    noise_deg: float = 0.14

    def samples(self, seed: int) -> Samples:
        """Its log, all of good quality, neither paused nor smoothed."""
        chance = np.random.default_rng(seed)
        t_s = self._times(chance)
        fine_s = np.arange(0.0, self.seconds + 1.0, 1 / FINE_HZ)
        angles = chance.normal(0.0, self.noise_deg, (len(t_s), 3))
        tremor, moved = self._tremor(fine_s, chance), self._moved(fine_s, chance)
        angles[:, self.axis] += np.interp(t_s, fine_s, tremor) + np.interp(t_s, fine_s, moved)
        angles[:, (self.axis + 1) % 3] += 0.3 * np.interp(t_s, fine_s, moved)
        seen = np.ones(len(t_s), dtype=bool)
        smoothed = np.column_stack((angles, np.linalg.norm(angles, axis=1)))
        return Samples(t_s, seen, seen, np.full(len(t_s), "neutral"), smoothed, angles, np.zeros((len(t_s), 3)), seen)

    def _times(self, chance: np.random.Generator) -> Floats:
        times = [0.0]
        while times[-1] < self.seconds:
            middle, half = (self.fps + (self.to_fps or self.fps)) / 2, ((self.to_fps or self.fps) - self.fps) / 2
            rate = middle + half * np.sin(2 * np.pi * times[-1] / 23.0)
            times.append(times[-1] + max(0.001, (1 + self.jitter * chance.normal()) / rate))
        t_s = np.array(times[:-1])
        return np.asarray(t_s[chance.random(len(t_s)) >= self.lost])

    def _tremor(self, fine_s: Floats, chance: np.random.Generator) -> Floats:
        hz = self.hz * np.exp(self.wander * _wandering(len(fine_s), 0.7, chance))
        phase = 2 * np.pi * np.cumsum(hz) / FINE_HZ + chance.uniform(0, 2 * np.pi)
        wave = np.sin(phase)
        if self.shape == "saw":
            wave = np.mod(phase, 2 * np.pi) / np.pi - 1
        elif self.shape == "second":
            wave = 0.5 * np.sin(phase) + np.sin(2 * phase)
        size = self.deg * np.exp(self.wander * _wandering(len(fine_s), 0.7, chance))
        return np.asarray(size * wave * (np.mod(fine_s, 20.0) < 20.0 * self.share))

    def _moved(self, fine_s: Floats, chance: np.random.Generator) -> Floats:
        goal, place, away = np.zeros(len(fine_s)), 0, False
        while place < len(goal):
            lasts_s = self.even_s or chance.exponential(5.0 if away else 4.0)
            end = place + max(20, round(lasts_s * FINE_HZ))
            goal[place:end] = self.pull_deg * away * (1.0 if self.even_s else chance.uniform(0.5, 1.3))
            place, away = end, not away
        for _ in range(2):  # muscles and mass: two lags of 0.25 s
            goal = signal.lfilter([1 / (0.25 * FINE_HZ)], [1, 1 / (0.25 * FINE_HZ) - 1], goal)
        goal = goal + self.drift_deg * np.sin(2 * np.pi * fine_s / 37.0)
        for at_s in np.arange(5.0, self.seconds, 9.0):
            goal[fine_s > at_s] += self.jump_deg * chance.choice([-1, 1])
        if self.gesture:
            shake = (fine_s > 50) & (fine_s < 53)
            goal[shake] += 8.0 * np.sin(2 * np.pi * 1.3 * (fine_s[shake] - 50))
        return np.asarray(goal)


def _wandering(count: int, lasts_s: float, chance: np.random.Generator) -> Floats:
    """A random course of SD 1 whose correlation fades within that time."""
    keeps = np.exp(-1 / FINE_HZ / lasts_s)
    steps = chance.normal(0.0, np.sqrt(1 - keeps**2), count)
    return np.asarray(signal.lfilter([1], [1, -keeps], steps))
