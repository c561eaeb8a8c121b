"""How loud a sound is: integrated loudness and true peak by ITU-R BS.1770-5, for one channel at any rate."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter, resample_poly

Samples = NDArray[np.float64]

_BLOCK_S, _OVERLAP = 0.4, 0.75
_ABSOLUTE_LUFS, _RELATIVE_LU = -70.0, -10.0


def loudness_lufs(samples: Samples, rate: int) -> float:
    """Integrated loudness of one channel. A sound shorter than the standard's block of 0.4 s is judged as one block
    that lasts as long as the sound does."""
    weighted = np.square(_k_weighted(samples, rate))
    size = min(round(_BLOCK_S * rate), len(weighted))
    step = max(1, round(size * (1 - _OVERLAP)))
    powers = np.array([weighted[at : at + size].mean() for at in range(0, len(weighted) - size + 1, step)])
    powers = powers[_lufs(powers) > _ABSOLUTE_LUFS]
    if not powers.size:
        return -np.inf
    gate = float(_lufs(powers.mean())) + _RELATIVE_LU
    return float(_lufs(powers[_lufs(powers) > gate].mean()))


def true_peak_dbtp(samples: Samples) -> float:
    """The highest peak between the samples too, by four times their rate."""
    return float(20 * np.log10(max(np.abs(resample_poly(samples, 4, 1)).max(), 1e-9)))


def _lufs(power: Samples | float) -> Samples:
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))


def _k_weighted(samples: Samples, rate: int) -> Samples:
    """The standard's two filters, made for this rate: a shelf for the head, a high pass for what is hardly heard."""
    for weights, poles in (_shelf(rate), _high_pass(rate)):
        samples = lfilter(weights, poles, samples)
    return samples


def _shelf(rate: int) -> tuple[Samples, Samples]:
    gain_db, quality, k = 3.999843853973347, 0.7071752369554196, np.tan(np.pi * 1681.974450955533 / rate)
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    whole = 1 + k / quality + k * k
    weights = np.array([high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k])
    return weights / whole, np.array([1.0, 2 * (k * k - 1) / whole, (1 - k / quality + k * k) / whole])


def _high_pass(rate: int) -> tuple[Samples, Samples]:
    quality, k = 0.5003270373238773, np.tan(np.pi * 38.13547087602444 / rate)
    whole = 1 + k / quality + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (k * k - 1) / whole, (1 - k / quality + k * k) / whole])
