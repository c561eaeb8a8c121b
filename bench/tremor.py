"""Is a tremor found, at its frequency, and none where there is none? Made heads before cameras of all kinds.

python bench/tremor.py [--seeds 40]

Beside it stands the anchor: a plain Welch spectrum whose largest peak, 6 times over a straight line through log power
over log frequency from 1 Hz up, is called a tremor. Each in per cent of the seeds. "Hz off" is the largest error,
"size" the median of the amplitude found over the true one.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import signal, stats

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from made.trembling_heads import Head

from posture_trainer.figures.samples import Samples
from posture_trainer.figures.spectrum import spectrum
from posture_trainer.figures.tremor import Tremor, tremor

FOUND, IRREGULAR, NONE, REFUSED = "found", "found, any band", "none", "refused"
CASES: list[tuple[str, str, Head]] = [
    *((f"sine {hz} Hz ±1°", FOUND, Head(hz=hz, deg=1.0)) for hz in (0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0, 6.5, 8.0)),
    *((f"sine 2 Hz ±{deg}°", FOUND, Head(deg=deg)) for deg in (0.2, 0.3, 3.0, 5.0)),
    ("sine 0.7 Hz ±5°", FOUND, Head(hz=0.7, deg=5.0)),
    ("sine 2 Hz ±1°, 60 s", FOUND, Head(deg=1.0, seconds=60.0)),
    ("saw 0.6 Hz ±3°", FOUND, Head(hz=0.6, deg=3.0, shape="saw")),
    ("saw 1.5 Hz ±2°", FOUND, Head(hz=1.5, deg=2.0, shape="saw")),
    ("1.5 Hz under a larger 3 Hz", FOUND, Head(hz=1.5, deg=1.0, shape="second")),
    *((f"2 Hz ±2°, wander {w:.0%}", IRREGULAR, Head(deg=2.0, wander=w)) for w in (0.1, 0.2, 0.3, 0.5)),
    ("2 Hz ±2°, wander 30%, 60 s", IRREGULAR, Head(deg=2.0, wander=0.3, seconds=60.0)),
    ("4 Hz ±1°, wander 40%", IRREGULAR, Head(hz=4.0, deg=1.0, wander=0.4)),
    ("2 Hz ±2°, wander 30%, pulls 10°", IRREGULAR, Head(deg=2.0, wander=0.3, pull_deg=10.0)),
    *((f"2.5 Hz ±{deg}°, pulls 10°", FOUND, Head(hz=2.5, deg=deg, pull_deg=10.0)) for deg in (0.3, 0.5, 1.0, 2.0)),
    ("2.5 Hz ±1°, pulls 20°", FOUND, Head(hz=2.5, deg=1.0, pull_deg=20.0)),
    *(
        (f"4 Hz ±2° in {share:.0%} of the time", FOUND, Head(hz=4.0, deg=2.0, share=share))
        for share in (0.1, 0.25, 0.5)
    ),
    ("2 Hz ±1°, slow drift 5°", FOUND, Head(deg=1.0, drift_deg=5.0)),
    *((f"4 Hz ±1°, {lost:.0%} of frames lost", FOUND, Head(hz=4.0, deg=1.0, lost=lost)) for lost in (0.05, 0.2)),
    ("5 Hz ±1°, steps uneven by 30%", FOUND, Head(hz=5.0, deg=1.0, jitter=0.3)),
    ("4 Hz ±1°, 12 to 30 frames/s", FOUND, Head(hz=4.0, deg=1.0, fps=12.0, to_fps=30.0)),
    ("8 Hz ±1°, 20 frames/s", FOUND, Head(hz=8.0, deg=1.0, fps=20.0)),
    ("5 Hz ±1°, 15 frames/s", FOUND, Head(hz=5.0, deg=1.0, fps=15.0)),
    ("3 Hz ±1°, 12 frames/s", FOUND, Head(hz=3.0, deg=1.0, fps=12.0)),
    ("8 Hz ±1°, 12 frames/s", REFUSED, Head(hz=8.0, deg=1.0, fps=12.0)),
    ("7 Hz ±1°, 12 frames/s", REFUSED, Head(hz=7.0, deg=1.0, fps=12.0)),
    ("noise alone", NONE, Head()),
    ("noise alone, 60 s", NONE, Head(seconds=60.0)),
    ("noise alone, 12 frames/s", NONE, Head(fps=12.0)),
    ("pulls 12°, 60 s", NONE, Head(pull_deg=12.0, seconds=60.0)),
    ("pulls 12°", NONE, Head(pull_deg=12.0)),
    ("pulls 25°", NONE, Head(pull_deg=25.0)),
    ("pulls 12°, 300 s", NONE, Head(pull_deg=12.0, seconds=300.0)),
    ("pulls 12°, 15 frames/s", NONE, Head(pull_deg=12.0, fps=15.0)),
    *((f"pulls 12° each {s} s", NONE, Head(pull_deg=12.0, even_s=s)) for s in (1.2, 1.5, 2.0, 2.5, 3.5)),
    ("jumps 3° each 9 s", NONE, Head(jump_deg=3.0)),
    ("one shake of the head", NONE, Head(gesture=True)),
    ("slow drift 5°", NONE, Head(drift_deg=5.0)),
]


def plain_welch_hz(samples: Samples) -> float | None:
    """The anchor: frequency of the largest peak of a plain Welch spectrum over all axes, or None."""
    rate_hz = float(1 / np.median(np.diff(samples.t_s)))
    even_s = np.arange(samples.t_s[0], samples.t_s[-1], 1 / rate_hz)
    even = np.array([np.interp(even_s, samples.t_s, axis) for axis in samples.measured.T])
    hertz, power = signal.welch(even, rate_hz, nperseg=round(8 * rate_hz), detrend=signal.detrend)
    inside = (hertz >= 1) & (hertz <= min(10, 0.4 * rate_hz))
    hertz, best, found_hz = hertz[inside], 0.0, None
    for axis in np.log(power[:, inside]):
        slope, middle = stats.theilslopes(axis, np.log(hertz))[:2]
        above = axis - slope * np.log(hertz) - middle
        place = int(np.argmax(above))
        if 0 < place < len(axis) - 1 and above[place] >= np.log(6) and axis[place] > np.log(best + 1e-12):
            best, found_hz = float(np.exp(axis[place])), float(hertz[place])
    return found_hz


def is_right(told: Tremor, right: str, head: Head) -> bool:
    """Whether that is what should be said of such a head."""
    if right == REFUSED:
        return not told.told or told.axis is None
    if right == NONE:
        return told.axis is None
    if told.axis != "rotation":
        return False
    if right == IRREGULAR:
        return 0.8 * (told.low_hz or 0.0) < head.hz < 1.25 * (told.high_hz or 0.0)
    return told.peak_hz is not None and abs(told.peak_hz - head.hz) <= 0.1


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    columns = ("head", "right answer", "right", "plain Welch", "Hz off", "size", "regularity", "band, Hz")
    table = Table(*columns)
    for name, right, head in CASES:
        if arguments.only not in name:
            continue
        made = [head.samples(seed) for seed in range(1000, 1000 + arguments.seeds)]
        told = [tremor(spectrum(samples)) for samples in made]
        rights = np.mean([is_right(each, right, head) for each in told])
        plain = [plain_welch_hz(samples) for samples in made]
        near = 0.8 if right == IRREGULAR else 0.1
        if right in (FOUND, IRREGULAR):
            as_plain = np.mean([hz is not None and abs(hz - head.hz) <= near for hz in plain])
        else:
            as_plain = np.mean([hz is None for hz in plain])
        found = [each for each in told if each.axis]
        off = [abs(each.peak_hz - head.hz) for each in found if each.peak_hz is not None]
        sizes = [each.amplitude_deg / head.deg for each in found if head.deg and each.amplitude_deg is not None]
        table.add_row(
            name, right, f"{rights:.0%}", f"{as_plain:.0%}",
            f"{max(off):.2f}" if off else "", f"{np.median(sizes):.2f}" if sizes else "",
            f"{np.median([each.regularity for each in found]):.2f}" if found else "",
            f"{np.median([each.low_hz for each in found]):.1f}–{np.median([each.high_hz for each in found]):.1f}"
            if found else "",
        )  # fmt: skip
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
