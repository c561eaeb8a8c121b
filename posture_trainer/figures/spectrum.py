"""Spectra of the measured angles, as tremor needs them. Pure.

The angles are those before our smoothing, at their true time stamps, where MediaPipe did not smooth them either. Each
unbroken stretch of good rows is resampled evenly (linear) and cut into windows of 8 s that overlap by half (Hann,
straight line taken off); their spectra are averaged (Welch 1967), one value each 0.125 Hz: SciPy's, to the last digits
(a test compares them), but many times faster for windows that are also looked at one by one. What the camera's frame
rate takes off a swing is known and put back: between samples a step d apart, a line in place of a sine of f Hz keeps
sinc²(f d) of its amplitude.

Windows in which the head went to another place (a voluntary movement, a pull) are left out. A swing of 0.5 Hz or faster
does not move the mean of 2 s; where that mean goes further than 3 degrees off a straight line, the head moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import polynomial

from posture_trainer.figures.practice_time import measured_well
from posture_trainer.figures.samples import Flags, Floats, Samples

WINDOW_S = 8.0
LEAST_S = 60.0  # in a shorter record a few moves of the whole head look like a slow tremor
LONGEST_TREMOR_STEP_S = 0.15  # a longer step breaks the stretch: nothing is invented in between
LEAST_RATE_HZ = 10.0
LOWEST_HZ, HIGHEST_HZ = 0.5, 10.0
LOWEST_MOVED_HZ = 1.0  # with the head on its way most of the time nothing slower can be told from it
EVEN_HZ = 64.0  # of the resampled angles: in no simple ratio to any camera's rate
MOVED_DEG, _SLOW_S, _BLOCK_S = 3.0, 2.0, 0.25
_SLOW_RATE_HZ = 25.0  # below this a faster rhythm could pass for a slower one
_TOLD_APART_HZ = 10.0  # faster ones than this are not looked for: no head trembles so fast
_MOST_TRUE = 30  # windows whose true times are looked at: enough to tell two frequencies apart
PLACES = round(12.0 * WINDOW_S)  # of the spectrum, from 0 Hz up


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Averaged spectra of the three axes.

    frequency_hz: (m,) from 0 up. power: (3, m) in deg² / Hz. each: (windows, 3, m) the same of each window.
    used_s: seconds in the windows. lowest_hz: from where on it says something. rate_hz: frames a second, where there
    were few. kept: (m,) the share of a swing's amplitude that this frame rate keeps; what is lost is put back in power.
    true_power: (3, m) the same from the true time stamps, without resampling, up to 10 Hz in any units; None at rates
    that are high enough. left_out: windows in which the head moved.
    """

    frequency_hz: Floats
    power: Floats
    each: Floats
    used_s: float
    rate_hz: float
    kept: Floats
    lowest_hz: float = LOWEST_HZ
    true_power: Floats | None = None
    left_out: int = 0

    @property
    def windows(self) -> int:
        """How many windows are averaged."""
        return len(self.each)


@dataclass(frozen=True, eq=False)
class _Stretch:
    """Unbroken rows. t_s: (n,). angles_deg: (3, n)."""

    t_s: Floats
    angles_deg: Floats

    @property
    def length_s(self) -> float:
        """Seconds from the first row to the end of the last."""
        return float(self.t_s[-1] - self.t_s[0] + np.median(np.diff(self.t_s)))


def spectrum(samples: Samples) -> Spectrum | str:
    """The averaged spectrum from 0 Hz up, or in words why there is none."""
    rows = np.flatnonzero(measured_well(samples) & samples.unsmoothed & np.isfinite(samples.measured).all(axis=1))
    if len(rows) < 2:
        return "no frames in which the head was measured without the tracker's own smoothing"
    rate_hz = float(1 / np.median(np.diff(samples.t_s)))
    if rate_hz < LEAST_RATE_HZ:
        return f"too few frames a second ({rate_hz:.0f}; {LEAST_RATE_HZ:.0f} are needed)"
    stretches = list(_stretches(samples, rows))
    measured_s = sum(stretch.length_s for stretch in stretches)
    if measured_s < LEAST_S - 0.1:
        return f"too short: {measured_s:.0f} s in unbroken pieces of {WINDOW_S:.0f} s; {LEAST_S:.0f} s are needed"
    found = [_windows(stretch) for stretch in stretches]
    each, moved, rates = (np.concatenate(parts) for parts in zip(*found, strict=True))
    still_s = measured_s * float(1 - moved.mean())
    enough = still_s >= LEAST_S - 0.1
    used: Flags = ~moved if enough else np.ones(len(moved), dtype=bool)
    frequency_hz = np.arange(PLACES) / WINDOW_S
    steps_s = np.concatenate([np.diff(stretch.t_s) for stretch in stretches])
    kept = _kept(frequency_hz, steps_s)
    each = each[used] / kept**2
    slowest_hz = float(np.percentile(rates[used], 10))
    return Spectrum(
        frequency_hz,
        each.mean(axis=0),
        each,
        still_s if enough else measured_s,
        slowest_hz,
        kept,
        LOWEST_HZ if enough else LOWEST_MOVED_HZ,
        _true_power(stretches, used, frequency_hz) if slowest_hz < _SLOW_RATE_HZ else None,
        int(np.sum(~used)),
    )


def _stretches(samples: Samples, rows: np.ndarray) -> Iterator[_Stretch]:
    """The unbroken stretches among these rows that are long enough for a window."""
    broken = np.flatnonzero(np.diff(samples.t_s[rows]) > LONGEST_TREMOR_STEP_S) + 1
    for part in np.split(rows, broken):
        if len(part) > 1:
            stretch = _Stretch(samples.t_s[part], samples.measured[part].T)
            if len(_even_s(stretch)) >= round(WINDOW_S * EVEN_HZ):
                yield stretch


def _even_s(stretch: _Stretch) -> Floats:
    """The even times of a stretch, to the end of its last frame."""
    return np.asarray(stretch.t_s[0] + np.arange(int(stretch.length_s * EVEN_HZ + 1e-6)) / EVEN_HZ)


def _begins_s(stretch: _Stretch) -> Floats:
    """When each window of a stretch begins."""
    even_s, size = _even_s(stretch), round(WINDOW_S * EVEN_HZ)
    return even_s[: len(even_s) - size + 1 : size // 2]


def _windows(stretch: _Stretch) -> tuple[Floats, Flags, Floats]:
    """Of the windows of a stretch (w, 3, m) powers, (w,) whether the head moved, (w,) frames a second."""
    even_s, size = _even_s(stretch), round(WINDOW_S * EVEN_HZ)
    even = np.array([np.interp(even_s, stretch.t_s, angle) for angle in stretch.angles_deg])
    pieces = np.lib.stride_tricks.sliding_window_view(even, size, axis=1)[:, :: size // 2]
    lines, _ = np.linalg.qr(np.vander(np.linspace(-1.0, 1.0, size), 2))  # (size, 2): all straight lines
    pieces = pieces - pieces @ lines @ lines.T
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
    power = 2 * np.abs(np.fft.rfft(pieces * hann)[..., :PLACES]) ** 2 / (EVEN_HZ * np.sum(hann**2))
    blocks = pieces.reshape(3, -1, round(WINDOW_S / _BLOCK_S), round(_BLOCK_S * EVEN_HZ)).mean(axis=3)
    slow = np.lib.stride_tricks.sliding_window_view(blocks, round(_SLOW_S / _BLOCK_S), axis=2).mean(axis=3)
    moved = (np.ptp(slow, axis=2) > MOVED_DEG).any(axis=0)
    begins_s = _begins_s(stretch)
    frames = np.searchsorted(stretch.t_s, begins_s + WINDOW_S) - np.searchsorted(stretch.t_s, begins_s)
    return np.moveaxis(power, 1, 0), moved, frames / WINDOW_S


def _kept(frequency_hz: Floats, steps_s: Floats) -> Floats:
    """(m,) the share of a swing's amplitude that straight lines between frames so far apart keep, at least a third."""
    steps, counts = np.unique(np.round(steps_s, 3), return_counts=True)
    shares = np.sinc(np.outer(frequency_hz, steps)) ** 2
    return np.asarray(np.clip(shares @ (counts * steps) / (counts @ steps), 1 / 3, 1.0))


def _true_power(stretches: list[_Stretch], used: Flags, frequency_hz: Floats) -> Floats:
    """(3, m) the mean classical periodogram at the true time stamps (Lomb 1976), up to 10 Hz; 0 above."""
    inside = frequency_hz <= _TOLD_APART_HZ
    total = np.zeros((3, len(frequency_hz)))
    places = [(stretch, begins_s) for stretch in stretches for begins_s in _begins_s(stretch)]
    places = [place for place, use in zip(places, used, strict=True) if use]
    for stretch, begins_s in places[:: len(places) // _MOST_TRUE + 1]:
        rows = slice(*np.searchsorted(stretch.t_s, (begins_s, begins_s + WINDOW_S)))
        t_s, angles = stretch.t_s[rows] - begins_s, stretch.angles_deg[:, rows]
        line = polynomial.polyfit(t_s, angles.T, 1)
        weights = np.gradient(t_s) * (0.5 - 0.5 * np.cos(2 * np.pi * t_s / WINDOW_S))
        waves = np.exp(-2j * np.pi * np.outer(t_s, frequency_hz[inside]))
        total[:, inside] += np.abs((angles - polynomial.polyval(t_s, line)) * weights @ waves) ** 2
    return total
