"""How the head moves: speed and smoothness of the returns to neutral. Pure."""

from dataclasses import dataclass

import numpy as np

from posture_trainer.feedback import LONGEST_GAP_S
from posture_trainer.figures.angle_figures import median
from posture_trainer.figures.excursions import ExcursionFigures
from posture_trainer.figures.samples import Floats, Samples

RATE_HZ = 30.0  # returns are resampled to this rate
SHORTEST_RETURN_S = 0.3
_PADDING, _HIGHEST_HZ, _LEAST_SHARE = 4, 10.0, 0.05  # as published with the measure


@dataclass(frozen=True)
class ReturnFigures:
    """Medians over the returns: peak speed in degrees a second, smoothness (SPARC, no unit), how many returns."""

    peak_speed_deg_s: float | None
    smoothness: float | None
    returns: int


def speed_deg_s(t_s: Floats, angles_deg: Floats) -> Floats:
    """(n - 1,) speed of the head between rows: angle of the rotation from each row to the next, by its time.

    t_s: (n,) seconds. angles_deg: (n, 3) rotation, tilt, flexion. The angle of the whole rotation, so that a turn
    about any axis counts alike. R = Rx(flexion) Rz(tilt) Ry(-rotation) as quaternions, written out because SciPy takes
    longer for it than for all other figures of a session.
    """
    if len(t_s) < 2:
        return np.zeros(0)
    (x_cos, z_cos, y_cos), (x_sin, z_sin, y_sin) = (
        part(np.radians(angles_deg[:, [2, 1, 0]] * (0.5, 0.5, -0.5)).T) for part in (np.cos, np.sin)
    )
    w, x, y, z = (
        x_cos * z_cos,
        x_sin * z_cos,
        -x_sin * z_sin,
        x_cos * z_sin,
    )  # the quaternion of Rx Rz, then of Rx Rz Ry
    poses = np.stack((w * y_cos - y * y_sin, x * y_cos - z * y_sin, y * y_cos + w * y_sin, z * y_cos + x * y_sin))
    between = 2 * np.arccos(np.abs((poses[:, :-1] * poses[:, 1:]).sum(axis=0)).clip(max=1.0))
    return np.asarray(np.degrees(between) / np.diff(t_s))


def spectral_arc_length(speed: Floats, rate_hz: float) -> float | None:
    """Smoothness of a movement as the spectral arc length of its speed (SPARC): below 0, nearer to 0 is smoother.

    The length of the curve of the speed's Fourier magnitudes, each as a share of the one at 0 Hz, from 0 to the last
    frequency up to 10 Hz whose share is 0.05 or more; the frequencies are taken as shares of that range.
    No unit. Balasubramanian et al. 2015, J NeuroEng Rehabil 12:112. None for a head that does not move.
    """
    if len(speed) < 4 or not np.max(np.abs(speed)):
        return None
    size = 2 ** (int(np.ceil(np.log2(len(speed)))) + _PADDING)
    magnitude = np.abs(np.fft.rfft(speed, size))
    frequency = np.fft.rfftfreq(size, 1 / rate_hz)
    shares = magnitude / magnitude.max()
    inside = frequency <= _HIGHEST_HZ
    last = int(np.flatnonzero(inside & (shares >= _LEAST_SHARE))[-1])
    if last == 0:
        return None
    steps = np.diff(frequency[: last + 1]) / frequency[last]
    return -float(np.sum(np.hypot(steps, np.diff(shares[: last + 1]))))


def return_figures(samples: Samples, found: list[ExcursionFigures]) -> ReturnFigures:
    """Peak speed and smoothness of the returns, from an excursion's peak to being back, on the smoothed angles.

    Of good rows. Each return is resampled to 30 Hz in time. Returns of under 0.3 s, or with good rows missing for 0.5 s
    from the peak on, are left out.
    """
    ways: list[Floats] = []
    for excursion in found:
        if excursion.return_s is None or excursion.return_s < SHORTEST_RETURN_S:
            continue
        rows = np.arange(excursion.peak_row, excursion.end_row + 1)
        rows = rows[samples.good[rows]]
        t_s = samples.t_s[rows]
        if len(rows) < 4 or np.diff(t_s, prepend=samples.t_s[excursion.peak_row]).max() > LONGEST_GAP_S:
            continue
        even_s = np.arange(t_s[0], t_s[-1], 1 / RATE_HZ)
        ways.append(np.column_stack([np.interp(even_s, t_s, samples.smoothed[rows, axis]) for axis in range(3)]))
    if not ways:
        return ReturnFigures(None, None, 0)
    joined = np.concatenate(ways)  # all at once is several times faster
    speed = speed_deg_s(np.arange(len(joined)) / RATE_HZ, joined)
    ends = np.cumsum([len(way) for way in ways])
    speeds = [speed[end - len(way) : end - 1] for way, end in zip(ways, ends, strict=True)]
    smooth = [value for each in speeds if (value := spectral_arc_length(each, RATE_HZ)) is not None]
    return ReturnFigures(median([float(each.max()) for each in speeds]), median(smooth), len(speeds))
