"""Tremor: which axis trembles, how regularly, and how often a second. Pure.

A tremor is more power in a band of frequencies than on both sides of it: a peak in the averaged spectrum
(figures/spectrum.py) whose prominence is at least a factor of 5. That finds a regular swing (a line) and an irregular,
dystonic one (a hump), and passes over moves of the whole head, whose power only falls with frequency. How regular it is
says the autocorrelation after one swing, taken from the band's spectrum (Wiener and Khinchin); only a regular tremor is
given a frequency, an irregular one the band in which it wanders.
"""

from dataclasses import dataclass, replace

import numpy as np

from posture_trainer.figures.samples import AXES, Floats
from posture_trainer.figures.spectrum import HIGHEST_HZ, LOWEST_HZ, WINDOW_S, Spectrum

USABLE_RATE_SHARE = 0.4  # frequencies above this share of the frame rate are not looked at
STANDS_OUT = 5.0  # times the power of the background
LEAST_DEG = 0.1  # a smaller swing is what cameras and heartbeats do
LEAST_PRESENT = 0.2  # of the windows: one gesture is no tremor
REGULAR = 0.75  # from this autocorrelation on a frequency is given
ALIKE = 0.7  # another frequency with this share of the power, at the true times, can't be told apart
FASTEST_LIKELY_HZ = 8.5  # a rhythm that could be one of up to this is not told; one that could only be faster is
_NEAR_HZ = 0.06  # half a step of the spectrum
_FIRST_BIN = 1  # 0.125 Hz
_SMOOTHED_FROM_HZ = 1.0
_RISES = 3.0  # times the background: a hill of the spectrum, though not yet a tremor
_SMALL_FUNDAMENTAL = 0.1  # of the power of its overtone: below this it is none
_SLOW_FUNDAMENTAL = 9.0  # times the power: so large a slow movement has its overtones far up


@dataclass(frozen=True)
class Tremor:
    """What can be said of tremor. told: False if the record does not allow it; reason says why, in words.

    axis: the dominant one, or None if none stands out. peak_hz: None too where it is irregular. low_hz, high_hz: the
    band that holds the middle two thirds of its power. regularity: 0 to 1, how like each swing is to the one before.
    amplitude_deg: half of peak to peak of a swing of that power, indicative. times: power of the band over that of the
    background. present_share: of the windows. lowest_hz, highest_hz: what could be looked at. kept: the share of the
    amplitude that the frame rate let through, put back already. faster_hz: a faster rhythm that would look the same.
    """

    told: bool
    reason: str
    axis: str | None = None
    peak_hz: float | None = None
    amplitude_deg: float | None = None
    windows: int = 0
    used_s: float = 0.0
    low_hz: float | None = None
    high_hz: float | None = None
    regularity: float | None = None
    times: float | None = None
    present_share: float | None = None
    kept: float | None = None
    lowest_hz: float = LOWEST_HZ
    highest_hz: float = HIGHEST_HZ
    rate_hz: float | None = None
    faster_hz: float | None = None
    left_out: int = 0


@dataclass(frozen=True)
class _Peak:
    """A tremor of one axis (a row of the spectrum). band: its places in the spectrum."""

    axis: int
    frequency_hz: float
    band: slice
    background: float

    def excess(self, found: Spectrum) -> Floats:
        """Its power above the background, at each place of its band."""
        return np.asarray(np.clip(found.power[self.axis, self.band] - self.background, 0.0, None))

    def amplitude_deg(self, found: Spectrum) -> float:
        """Of a sine with that power."""
        return float(np.sqrt(2 * self.excess(found).sum() * found.frequency_hz[1]))


def tremor(found: Spectrum | str) -> Tremor:
    """The dominant axis and what its tremor is like, or why it can't be told. The thresholds are our own."""
    if isinstance(found, str):
        return Tremor(told=False, reason=found)
    highest_hz = min(HIGHEST_HZ, USABLE_RATE_SHARE * found.rate_hz)
    looked = Tremor(
        True,
        "",
        windows=found.windows,
        used_s=found.used_s,
        lowest_hz=found.lowest_hz,
        highest_hz=highest_hz,
        rate_hz=found.rate_hz,
        left_out=found.left_out,
    )
    found_peaks = [peak for axis in range(3) if (peak := _peak(found, axis, highest_hz)) is not None]
    peaks = [peak for peak in found_peaks if peak.frequency_hz >= found.lowest_hz - _NEAR_HZ]
    if not peaks:
        slow = f", only what a movement of {found_peaks[0].frequency_hz:.1f} Hz brings" if found_peaks else ""
        words = f"no peak stands out from {found.lowest_hz:.1f} to {highest_hz:.1f} Hz{slow}"
        return replace(looked, reason=words)
    best = max(peaks, key=lambda peak: peak.amplitude_deg(found))
    faster_hz = _faster_hz(found, best, highest_hz)
    if faster_hz is not None and faster_hz <= FASTEST_LIKELY_HZ:
        words = f"at {found.rate_hz:.0f} frames a second a rhythm of {best.frequency_hz:.1f} Hz and one of"
        words = f"{words} {faster_hz:.1f} Hz look the same"
        return replace(looked, told=False, reason=words, faster_hz=faster_hz)
    excess, frequency_hz = best.excess(found), found.frequency_hz[best.band]
    shares = np.cumsum(excess) / excess.sum()
    low_hz, high_hz = np.interp((1 / 6, 5 / 6), shares, frequency_hz + found.frequency_hz[1] / 2)
    regular = _regularity(frequency_hz, excess, best.frequency_hz)
    each = found.each[:, best.axis, best.band].sum(axis=1)
    quiet = best.background * len(frequency_hz)
    return replace(
        looked,
        axis=AXES[best.axis],
        peak_hz=best.frequency_hz if regular >= REGULAR else None,
        amplitude_deg=best.amplitude_deg(found),
        low_hz=float(low_hz),
        high_hz=float(high_hz),
        regularity=regular,
        times=float(each.mean() / quiet),
        present_share=_present(found, best),
        kept=float(np.interp(best.frequency_hz, found.frequency_hz, found.kept)),
        faster_hz=faster_hz,
    )


def _peak(found: Spectrum, axis: int, highest_hz: float) -> _Peak | None:
    """The strongest tremor of one axis, or None."""
    from scipy import signal

    hertz, power = found.frequency_hz, found.power[axis]
    end = int(np.searchsorted(hertz, highest_hz + 1.0))
    if not (power[_FIRST_BIN:end] > 0).all():
        return None
    smooth = np.where(hertz < _SMOOTHED_FROM_HZ, power, np.convolve(power, np.ones(3) / 3, "same"))
    level = np.log(smooth[_FIRST_BIN:end])
    tops, _ = signal.find_peaks(level)
    above = signal.peak_prominences(level, tops)[0]
    tops, above = tops[above >= np.log(_RISES)], above[above >= np.log(_RISES)]
    hills = [
        _hill(found, axis, int(top) + _FIRST_BIN, smooth, float(np.exp(level[top] - rise)))
        for top, rise in zip(tops, above, strict=True)
    ]
    chosen = [
        hill
        for hill, rise in zip(hills, above, strict=True)
        if rise >= np.log(STANDS_OUT)
        and found.lowest_hz - _NEAR_HZ <= hill.frequency_hz <= highest_hz + _NEAR_HZ
        and hill.amplitude_deg(found) >= LEAST_DEG
        and _present(found, hill) >= LEAST_PRESENT
    ]
    if not chosen:
        return None
    best = max(chosen, key=lambda hill: hill.amplitude_deg(found))
    return _fundamental(found, best, hills)


def _fundamental(found: Spectrum, best: _Peak, hills: list[_Peak]) -> _Peak:
    """The lowest hill whose overtone the peak is, or the peak itself.

    A jerky tremor can have more power at twice or three times its frequency; so has a movement that is repeated on the
    beat, and one slower than any tremor still at many times its own.
    """
    for hill in hills:
        number = round(best.frequency_hz / hill.frequency_hz)
        near = abs(best.frequency_hz - number * hill.frequency_hz) <= min(number, 3) * _NEAR_HZ
        share = (hill.amplitude_deg(found) / best.amplitude_deg(found)) ** 2
        slow = hill.frequency_hz < LOWEST_HZ - _NEAR_HZ and number <= 9 and share >= _SLOW_FUNDAMENTAL
        if near and (slow or (number in (2, 3) and share >= _SMALL_FUNDAMENTAL)):
            return hill
    return best


def _hill(found: Spectrum, axis: int, top: int, smooth: Floats, background: float) -> _Peak:
    """The peak at that place: its frequency between the places (a parabola through the log power), and its band."""
    power = found.power[axis]
    place = top - 1 + int(np.argmax(power[top - 1 : top + 2]))
    before, here, after = np.log(power[place - 1 : place + 2])
    bend = before - 2 * here + after
    offset = float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < 0 else 0.0
    edge = max(2 * background, smooth[top] / 10)
    low, high = top, top
    while low > _FIRST_BIN and smooth[low - 1] > edge:
        low -= 1
    while high < len(smooth) - 1 and smooth[high + 1] > edge:
        high += 1
    frequency_hz = (place + offset) * float(found.frequency_hz[1])
    return _Peak(axis, frequency_hz, slice(max(_FIRST_BIN, low - 1), high + 2), background)


def _present(found: Spectrum, peak: _Peak) -> float:
    """The share of the windows in which the band has at least three times the power of the background."""
    band = found.each[:, peak.axis, peak.band]
    return float(np.mean(band.sum(axis=1) >= 3 * peak.background * band.shape[1]))


def _regularity(frequency_hz: Floats, excess: Floats, swing_hz: float) -> float:
    """The autocorrelation of the band after about one swing: 1 where each is as the one before, 0 where none is.

    The spectrum is that of Hann windows, whose own autocorrelation is taken out again.
    """
    lag_s = np.linspace(0.7, 1.4, 71) / swing_hz
    share = lag_s / WINDOW_S
    window = (1 - share) * (2 + np.cos(2 * np.pi * share)) / 3 + np.sin(2 * np.pi * share) / (2 * np.pi)
    after = np.cos(2 * np.pi * np.outer(lag_s, frequency_hz)) @ excess / excess.sum() / window
    return float(np.clip(after.max(), 0.0, 1.0))


def _faster_hz(found: Spectrum, peak: _Peak, highest_hz: float) -> float | None:
    """A frequency above what the frame rate shows that explains the true samples as well as the peak's, if any."""
    if found.true_power is None:
        return None
    power, hertz = found.true_power[peak.axis], found.frequency_hz
    here = power[np.abs(hertz - peak.frequency_hz) <= 2 * _NEAR_HZ].max()
    above = np.where(hertz > highest_hz, power, 0.0)
    return float(hertz[np.argmax(above)]) if above.max() >= ALIKE * here else None
