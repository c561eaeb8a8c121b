"""How well the attitude of a neutral is known, and how often a head is asked whether it is straight.

    python scripts/bend/measure_attitude.py made-up ict scan

Reads what collect_attitude.py kept, one folder for each source of heads. The lens is not told: the field of view is the
one that the program assumes for a camera that it does not know. "by eye" adds how differently a head is put straight
again by eye (PLACEMENT_DEG, 95 %), which the rendered heads don't have.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from makehuman_heads import Array
from rich.console import Console
from rich.table import Table

from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.attitude import AXES, Attitude, AttitudeLimits, attitude_of
from posture_trainer.pose.neutral.compare import PLACEMENT_DEG

SIZE = (640, 480)
DRAWS, SEED = 50, 1
LIMITS = AttitudeLimits()


@dataclass(frozen=True, eq=False)
class Source:
    """The heads of one source, a row for each pose in which the face was seen. seen, true: turn, tilt, nod in degrees;
    true is against a straight head of that camera. elevation_deg: the nod of a level head against the line to it;
    level_deg: that of this straight head, which looks up to the camera in part."""

    name: str
    seen: Array
    true: Array
    elevation_deg: Array
    level_deg: Array

    def straight(self, looks: str = "between") -> Array:
        """What is seen of straight heads, (n, 3): as they were drawn, or had they looked "level" or "at the camera"."""
        rows = (self.true == 0).all(axis=1)
        other = {"between": self.level_deg, "level": self.elevation_deg, "at the camera": 0 * self.level_deg}[looks]
        seen = self.seen[rows].copy()
        seen[:, 2] += (other - self.level_deg)[rows]
        return seen

    def off(self) -> Array:
        """On how many axes each row is off, (n,)."""
        return np.asarray((self.true != 0).sum(axis=1))


def load(folder: Path) -> Source:
    """The attitudes that the program finds for the heads in a folder."""
    vfov_deg = default_vfov_deg(*SIZE)
    seen, true, elevation, level = [], [], [], []
    for path in sorted(folder.glob("[0-9]*[0-9].npz")):
        with np.load(path) as stored:
            for landmarks, attitude in zip(stored["landmarks"], stored["attitude"], strict=True):
                if np.isfinite(landmarks).all():
                    found = attitude_of([Face(each.astype(float), SIZE) for each in landmarks], vfov_deg)
                    seen.append([found.of(axis) for axis in AXES])
                    true.append(attitude)
                    elevation.append(float(stored["elevation_deg"]))
                    level.append((1 - float(stored["gaze"])) * elevation[-1])
    return Source(folder.name, np.array(seen), np.array(true), np.array(elevation), np.array(level))


def asked(seen: Array) -> Array:
    """On which axes each of the attitudes (n, 3) is asked about, (n, 3) of bool."""
    out = [LIMITS.out(Attitude(*each)) for each in seen]
    return np.array([[axis in each for axis in AXES] for each in out]).reshape(-1, len(AXES))


def by_eye(straight: Array) -> Array:
    """The attitudes (n, 3) of straight heads, many times, each put straight by eye."""
    sd = np.array([PLACEMENT_DEG[axis] for axis in ("rotation", "tilt", "flexion")]) / 1.96
    moved = np.random.default_rng(SEED).normal(0, sd, (DRAWS, *straight.shape))
    return np.asarray((straight[None] + moved).reshape(-1, len(AXES)))


def straight_table(sources: list[Source]) -> Table:
    """Bias and spread of straight heads; in the last row the widest of the sources."""
    table = Table(title="Straight heads, told: bias / SD in degrees, and the middle 98 %")
    for column in ("heads", "n", *AXES, "nod of one that looks at the camera"):
        table.add_column(column)
    within = []
    for source in sources:
        seen = source.straight()
        figures = np.column_stack([seen, source.straight("at the camera")[:, 2]])
        low, high = np.percentile(figures, [1, 99], axis=0)
        cells = [
            f"{mean:+.1f} / {sd:.1f} ({a:+.0f} to {b:+.0f})"
            for mean, sd, a, b in zip(figures.mean(axis=0), figures.std(axis=0), low, high, strict=True)
        ]
        table.add_row(source.name, str(len(seen)), *cells)
        within.append(np.percentile(abs(figures), 95, axis=0))
    table.add_row("95 % within", "", *(f"±{each:.1f}" for each in np.max(within, axis=0)))
    return table


def asked_table(sources: list[Source]) -> Table:
    """How many straight heads are asked, by where they look; in the last row each source counts the same."""
    table = Table(title="Straight heads: share asked")
    looks = ("between", "level", "at the camera")
    for column in ("heads", *AXES, *(f"any, {each}" for each in looks), "any, by eye"):
        table.add_column(column)
    rows = []
    for source in sources:
        shares = list(asked(source.straight()).mean(axis=0))
        shares += [asked(source.straight(each)).any(axis=1).mean() for each in looks]
        rows.append([*shares, asked(by_eye(source.straight())).any(axis=1).mean()])
        table.add_row(source.name, *(f"{share:.1%}" for share in rows[-1]))
    table.add_row("all", *(f"{share:.1%}" for share in np.mean(rows, axis=0)))
    return table


def found_table(sources: list[Source]) -> Table:
    """How many of the heads that are off are asked."""
    table = Table(title="Heads that are off: share asked (n); told minus true on that axis, mean / SD in degrees")
    for column in ("off by", *(source.name for source in sources), "all", "told − true"):
        table.add_column(column)
    for i, axis in enumerate(AXES):
        signed = [np.unique(source.true[source.off() == 1, i]) for source in sources]
        sizes = np.unique(np.concatenate(signed if axis == "nod" else [abs(each) for each in signed]))
        for size in sizes[sizes != 0]:
            chosen = []
            for source in sources:
                value = source.true[:, i] if axis == "nod" else abs(source.true[:, i])
                chosen.append((value == size) & (source.off() == 1))
            name = f"{axis} {size:+.0f}°" if axis == "nod" else f"{axis} {size:.0f}°"
            told = [s.seen[rows, i] - s.true[rows, i] for s, rows in zip(sources, chosen, strict=True)]
            outward = [np.sign(s.true[rows, i]) for s, rows in zip(sources, chosen, strict=True)]
            error = np.concatenate(told) * (1 if axis == "nod" else np.concatenate(outward))
            _add_row(table, name, sources, chosen, f"{error.mean():+.1f} / {error.std():.1f}")
    _add_row(table, "turn and tilt", sources, [source.off() == 2 for source in sources], "")
    return table


def _add_row(table: Table, name: str, sources: list[Source], chosen: list[Array], error: str) -> None:
    """chosen: for each source which of its rows, (n,) of bool."""
    hits = [asked(source.seen[rows]).any(axis=1) for source, rows in zip(sources, chosen, strict=True)]
    cells = [f"{each.mean():.0%} ({len(each)})" if len(each) else "-" for each in hits]
    table.add_row(name, *cells, f"{np.concatenate(hits).mean():.0%}", error)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How well the attitude of a neutral is known.")
    parser.add_argument("folders", type=Path, nargs="+", help="where collect_attitude.py put its heads")
    sources = [load(folder) for folder in parser.parse_args().folders]
    console = Console(width=150)
    console.print(LIMITS, straight_table(sources), asked_table(sources), found_table(sources))


if __name__ == "__main__":
    main()
