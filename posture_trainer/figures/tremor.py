"""Tremor: which axis trembles, and how often a second. Pure.

Works on the measured angles (before our smoothing) with their true time stamps, and only where MediaPipe did not
smooth them either. Each unbroken stretch of good rows is resampled evenly (linear) at the median frame rate and cut
into windows of 8 s that overlap by half (Hann, straight line taken off); the spectra of all windows are averaged
(Welch 1967): one value each 0.125 Hz.

Welch's average and the Theil-Sen line are SciPy's, to the last digits (tests compare them), but written out here: to
import scipy.signal takes 70 MB and about half a second, and its windows go one by one.
"""

from dataclasses import dataclass

import numpy as np

from posture_trainer.figures.practice_time import measured_well
from posture_trainer.figures.samples import AXES, Floats, Samples

WINDOW_S = 8.0
LONGEST_TREMOR_STEP_S = 0.15  # a longer step breaks the stretch: nothing is invented in between
LEAST_WINDOWS = 8  # 36 s: in a shorter record a few moves of the whole head look like a slow tremor
LOWEST_HZ, HIGHEST_HZ = 1.0, 10.0
USABLE_RATE_SHARE = 0.4  # frequencies above this share of the frame rate are not looked at
LEAST_RATE_HZ = 10.0
STANDS_OUT = 6.0  # a peak must have so many times the power of the background around it
PEAK_HALF_WIDTH_HZ = 0.5


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Averaged spectrum of the three axes. frequency_hz: (m,). power: (3, m) in deg² / Hz. windows: how many."""

    frequency_hz: Floats
    power: Floats
    windows: int
    rate_hz: float


@dataclass(frozen=True)
class Tremor:
    """What can be said of tremor. told: False if the record does not allow it; reason says why, in words.

    axis: the dominant one, or None if none stands out. amplitude_deg is indicative only: half of peak to peak.
    """

    told: bool
    reason: str
    axis: str | None = None
    peak_hz: float | None = None
    amplitude_deg: float | None = None
    windows: int = 0


def spectrum(samples: Samples) -> Spectrum | str:
    """The averaged spectrum from 0 Hz up, or in words why there is none."""
    rows = np.flatnonzero(measured_well(samples) & samples.unsmoothed & np.isfinite(samples.measured).all(axis=1))
    if len(rows) < 2:
        return "no frames in which the head was measured without the tracker's own smoothing"
    rate_hz = float(1 / np.median(np.diff(samples.t_s)))
    if rate_hz < LEAST_RATE_HZ:
        return f"too few frames a second ({rate_hz:.0f}; {LEAST_RATE_HZ:.0f} are needed)"
    size = round(WINDOW_S * rate_hz)
    t_s = samples.t_s[rows]
    broken = np.flatnonzero(np.diff(t_s) > LONGEST_TREMOR_STEP_S) + 1
    total, windows = np.zeros((3, size // 2 + 1)), 0
    for stretch in np.split(rows, broken):
        times = samples.t_s[stretch]
        even_s = np.arange(times[0], times[-1], 1 / rate_hz)
        if len(even_s) >= size:
            even = np.array([np.interp(even_s, times, samples.measured[stretch, axis]) for axis in range(3)])
            power = window_spectra(even, rate_hz, size)
            total, windows = total + power.sum(axis=1), windows + power.shape[1]
    if windows < LEAST_WINDOWS:
        return f"too short: {windows} unbroken windows of {WINDOW_S:.0f} s; {LEAST_WINDOWS} are needed"
    frequency_hz = np.arange(size // 2 + 1) * rate_hz / size
    return Spectrum(frequency_hz, total / windows, windows, rate_hz)


def window_spectra(even: Floats, rate_hz: float, size: int) -> Floats:
    """(3, windows, size // 2 + 1) one-sided power in deg² / Hz of windows of `size` values that overlap by half.

    even: (3, n) degrees at equal steps. Of each window a straight line is taken off (least squares), then Hann.
    """
    windows = np.lib.stride_tricks.sliding_window_view(even, size, axis=1)[:, :: size - size // 2]
    lines, _ = np.linalg.qr(np.vander(np.linspace(-1.0, 1.0, size), 2))  # (size, 2): all straight lines
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
    power = np.abs(np.fft.rfft((windows - windows @ lines @ lines.T) * hann)) ** 2 / (rate_hz * np.sum(hann**2))
    power[..., 1 : (size + 1) // 2] *= 2  # the same power lies at the negative frequencies
    return np.asarray(power)


def robust_line(x: Floats, y: Floats) -> tuple[float, float]:
    """Slope and intercept of the Theil-Sen line: the median of the slopes between all pairs (Sen 1968)."""
    later, earlier = np.tril_indices(len(x), -1)
    slope = float(np.median((y[later] - y[earlier]) / (x[later] - x[earlier])))
    return slope, float(np.median(y) - slope * np.median(x))


def tremor(found: Spectrum | str) -> Tremor:
    """The dominant axis and its peak frequency, or why they can't be told.

    An axis has a tremor peak where its power is a local maximum from 1 to 10 Hz (at most 0.4 of the frame rate) and 6
    times the background: a straight line (Theil-Sen) through log power over log frequency. The axis whose peak has
    the largest amplitude is dominant. Amplitude: sqrt(2 x power within 0.5 Hz of the peak), degrees, indicative: the
    camera, the tracker and the resampling all lessen fast, small movement. The rule is our own.
    """
    if isinstance(found, str):
        return Tremor(told=False, reason=found)
    highest_hz = min(HIGHEST_HZ, USABLE_RATE_SHARE * found.rate_hz)
    inside = (found.frequency_hz >= LOWEST_HZ) & (found.frequency_hz <= highest_hz)
    frequency = found.frequency_hz[inside]
    best: tuple[float, str, float] | None = None
    for axis, power in zip(AXES, found.power[:, inside], strict=True):
        peak = _peak(frequency, power)
        if peak is not None:
            near = np.abs(found.frequency_hz - frequency[peak]) <= PEAK_HALF_WIDTH_HZ
            whole = found.power[AXES.index(axis), near].sum() * float(found.frequency_hz[1])
            amplitude_deg = float(np.sqrt(2 * whole))
            if best is None or amplitude_deg > best[0]:
                best = (amplitude_deg, axis, float(frequency[peak]))
    if best is None:
        return Tremor(True, f"no peak stands out from {LOWEST_HZ:.0f} to {highest_hz:.0f} Hz", windows=found.windows)
    return Tremor(True, "", best[1], best[2], best[0], found.windows)


def _peak(frequency_hz: Floats, power: Floats) -> int | None:
    """The place of the peak that stands out most, or None."""
    if len(power) < 5 or not (power > 0).all():
        return None
    x, y = np.log(frequency_hz), np.log(power)
    slope, intercept = robust_line(x, y)
    above = y - (slope * x + intercept)
    place = int(np.argmax(above))
    is_top = 0 < place < len(power) - 1 and power[place] >= max(power[place - 1], power[place + 1])
    return place if is_top and above[place] >= np.log(STANDS_OUT) else None
