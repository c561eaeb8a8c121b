"""Still enough, quick enough, true to a tremor and to the place? Our angles on clips with known angles.

    python bench/steadiness.py CLIP TRUTH [CLIP TRUTH ...] [--vfov DEG]

Still: standard deviation of each smoothed angle from 2.2 to 3 s (--still FROM TO), where the clips' heads rest.
Lag: the shift in time at which the rotation fits the true one best.
Tremor: amplitude and frequency, 1 to 5 Hz, in the longest held part.
Place: how many times the true movement ours is (x, y, z; the slope of the one over the other), where it is over 2 cm.
"""

import argparse
import csv
import tempfile
from pathlib import Path

import numpy as np
from accuracy import Array, read_track
from rich.console import Console
from rich.table import Table

from posture_trainer.cli.app import main as posture_trainer
from posture_trainer.quiet import quiet_native_libraries

STILL_S = (2.2, 3.0)  # after the neutral seconds, whose landmarks are smoothed
HELD_S = (6.5, 9.5)


def columns(path: Path, names: tuple[str, ...]) -> Array:
    """Columns of a samples.csv, (n, len(names)), NaN where empty."""
    with path.open(newline="") as file:
        return np.array([[float(row[name] or "nan") for name in names] for row in csv.DictReader(file)])


def lag_ms(t_s: Array, ours: Array, true_t_s: Array, truth: Array) -> float:
    """The delay at which `truth` fits `ours` best, whatever the gain; milliseconds."""
    shifts = np.arange(-0.1, 0.2, 0.002)
    use = np.isfinite(ours) & (t_s > 3.2)
    fits = [np.corrcoef(ours[use], np.interp(t_s[use] - shift, true_t_s, truth))[0, 1] for shift in shifts]
    return float(1000 * shifts[int(np.argmax(fits))])


def tremor(t_s: Array, angle: Array) -> tuple[float, float]:
    """Amplitude (degrees) and frequency (Hz) of the strongest oscillation from 1 to 5 Hz while held."""
    use = np.isfinite(angle) & (t_s > HELD_S[0]) & (t_s < HELD_S[1])
    x = angle[use] - np.polyval(np.polyfit(t_s[use], angle[use], 1), t_s[use])
    frequencies = np.arange(1, 5, 0.02)
    sizes = [2 * abs(np.mean(x * np.exp(-2j * np.pi * each * t_s[use]))) for each in frequencies]
    return max(sizes), float(frequencies[int(np.argmax(sizes))])


def movement_ratios(t_s: Array, place: Array, true_t_s: Array, true_place: Array) -> str:
    """x / y / z: slope of our place over the true one; "-" where the head hardly moves."""
    words = []
    for axis in range(3):
        truth = np.interp(t_s, true_t_s, true_place[:, axis])
        use = np.isfinite(place[:, axis])
        moved = np.ptp(true_place[:, axis]) > 2
        words.append(f"{np.polyfit(truth[use], place[use, axis], 1)[0]:.2f}" if moved else "-")
    return " / ".join(words)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Spread at rest, lag and tremor of the angles.")
    parser.add_argument("files", type=Path, nargs="+", help="pairs of a clip and its truth")
    parser.add_argument("--still", type=float, nargs=2, default=STILL_S, metavar="S", help="where the head rests")
    parser.add_argument("--vfov", type=float, help="the camera's vertical field of view, degrees")
    arguments = parser.parse_args()
    files = arguments.files
    if len(files) % 2:
        parser.error("clips and truths come in pairs")
    quiet_native_libraries()
    table = Table(title="Smoothed / measured")
    for heading in ("clip", "still, worst axis °", "lag ms", "tremor °", "tremor Hz", "true tremor", "place x / y / z"):
        table.add_column(heading, no_wrap=True)
    for clip, truth_file in zip(files[::2], files[1::2], strict=True):
        with tempfile.TemporaryDirectory() as folder:
            told = [] if arguments.vfov is None else ["--vfov", str(arguments.vfov)]
            posture_trainer(["analyze", str(clip), "--out", f"{folder}/log", *told])
            log = Path(folder) / "log" / "samples.csv"
            names = ("rotation_deg", "tilt_deg", "flexion_deg")
            t_s = columns(log, ("t_s",))[:, 0]
            place = columns(log, ("x_cm", "y_cm", "z_cm"))
            both = [columns(log, names), columns(log, tuple(f"measured_{name}" for name in names))]
        truth = read_track(truth_file)
        still = (t_s > arguments.still[0]) & (t_s < arguments.still[1])
        shakes = [tremor(t_s, each[:, 0]) for each in both]
        true_size, true_hz = tremor(truth.t_s, truth.angles[:, 0])
        known = np.isfinite(truth.angles[:, 0])
        lags = [lag_ms(t_s, each[:, 0], truth.t_s[known], truth.angles[known, 0]) for each in both]
        table.add_row(
            clip.stem,
            " / ".join(f"{np.nanstd(each[still], axis=0).max():.3f}" for each in both),
            " / ".join(f"{each:.0f}" for each in lags),
            " / ".join(f"{size:.2f}" for size, _ in shakes) if true_size > 0.5 else "-",
            " / ".join(f"{hz:.2f}" for _, hz in shakes) if true_size > 0.5 else "-",
            f"{true_size:.2f} at {true_hz:.2f} Hz" if true_size > 0.5 else "-",
            movement_ratios(t_s, place, truth.t_s, columns(truth_file, ("x_cm", "y_cm", "z_cm"))),
        )
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
