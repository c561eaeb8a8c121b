"""From what an engine gives to the file that is shipped: ends cut short, one loudness, no peak that could clip."""

import subprocess
from pathlib import Path

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import butter, resample_poly, sosfiltfilt

from scripts.speech.loudness import Samples, loudness_lufs, true_peak_dbtp

RATE = 24_000
LUFS = -18.0  # played at full volume 2 dB louder (sound/player.py)
PEAK_DBTP = -3.7  # so that those 2 dB stay below -1.5, of the packed file
QUIET_DB = -45.0  # below the loudest sample: silence
MARGIN_S, FADE_S = 0.04, 0.012
_LOWEST_HZ = 70.0  # below there is no speech
_HIGHEST_HZ = "8000"  # above there is little of it, nothing that old ears hear, and a fifteenth of the bytes
_LIMITER_S = 0.004
_ROUNDS, _LUFS_OFF = 6, 0.5
_BITS_S = "16k"  # about 20 kbit/s with what Vorbis adds: a language in 1.5 MB


def at_rate(samples: Samples, rate: int) -> Samples:
    """The speech at RATE, its ends as short as MARGIN_S."""
    if rate != RATE:
        shared = int(np.gcd(rate, RATE))
        samples = resample_poly(samples, RATE // shared, rate // shared)
    heard = sosfiltfilt(butter(2, _LOWEST_HZ, "highpass", fs=RATE, output="sos"), samples)
    return _cut(heard)


def stretched(samples: Samples, tempo: float) -> Samples:
    """The same speech at RATE, slower: tempo 0.5 takes twice as long, at the same pitch."""
    call = ["ffmpeg", "-v", "error", "-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0"]
    call += ["-filter:a", f"atempo={tempo:.4f}", "-f", "f32le", "pipe:1"]
    done = subprocess.run(call, input=samples.astype("<f4").tobytes(), capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<f4").astype(np.float64)


def write_mastered(path: Path, samples: Samples) -> None:
    """Pack speech at RATE so that what comes out again is at LUFS, its peaks below PEAK_DBTP: packing so small changes
    both, so it is measured and done anew."""
    lufs, peak_dbtp = LUFS, PEAK_DBTP - 1
    for _ in range(_ROUNDS):
        levelled = samples
        for _ in range(3):  # a limited peak costs some loudness
            levelled = _limited(levelled * 10 ** ((lufs - loudness_lufs(levelled, RATE)) / 20), peak_dbtp)
        write_ogg(path, levelled)
        out = read_sound(path, RATE)
        lufs += LUFS - loudness_lufs(out, RATE)
        over_db = true_peak_dbtp(out) - PEAK_DBTP
        if over_db <= 0 and abs(LUFS - loudness_lufs(out, RATE)) < _LUFS_OFF:
            return
        peak_dbtp -= max(0.0, over_db) + 0.3


def _cut(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 10 ** (QUIET_DB / 20))
    margin = round(MARGIN_S * RATE)
    kept = samples[max(0, loud[0] - margin) : loud[-1] + margin].copy()
    ramp = np.sin(np.linspace(0, np.pi / 2, round(FADE_S * RATE))) ** 2
    kept[: len(ramp)] *= ramp
    kept[-len(ramp) :] *= ramp[::-1]
    return kept


def _limited(samples: Samples, peak_dbtp: float) -> Samples:
    """Peaks turned down, smoothly and from just before each."""
    if true_peak_dbtp(samples) <= peak_dbtp:
        return samples
    fine = np.abs(resample_poly(samples, 4, 1))[: 4 * len(samples)].reshape(-1, 4).max(axis=1)
    width = round(_LIMITER_S * RATE) | 1
    most = 10 ** (peak_dbtp / 20)
    needed = np.minimum(1.0, most / np.maximum(maximum_filter1d(fine, 2 * width + 1), 1e-9))
    return np.asarray(samples * uniform_filter1d(needed, width), dtype=np.float64)


def write_ogg(path: Path, samples: Samples) -> None:
    """Pack it as Ogg Vorbis, without a word of who did it or when."""
    path.parent.mkdir(parents=True, exist_ok=True)
    call = ["ffmpeg", "-v", "error", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0"]
    call += [
        "-c:a",
        "libvorbis",
        "-cutoff",
        _HIGHEST_HZ,
        "-b:a",
        _BITS_S,
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
    ]
    subprocess.run([*call, "-flags", "+bitexact", str(path)], input=samples.astype("<f4").tobytes(), check=True)


def read_sound(path: Path, rate: int) -> Samples:
    """The samples of a file as one channel at that rate."""
    call = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-ar", str(rate), "pipe:1"]
    done = subprocess.run(call, check=True, capture_output=True)
    return np.frombuffer(done.stdout, "<f4").astype(np.float64)
