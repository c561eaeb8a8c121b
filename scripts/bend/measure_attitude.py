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
from posture_trainer.pose.compare_baselines import PLACEMENT_DEG
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.attitude import AXES, Attitude, AttitudeLimits, attitude_of

SIZE = (640, 480)
DRAWS, SEED = 50, 1
LIMITS = AttitudeLimits()


@dataclass(frozen=True, eq=False)
class Source:
    """The heads of one source, a row for each pose in which the face was seen. seen, true: turn, tilt, nod in degrees;
    true is against a straight head of that camera. level_deg: the nod of the straight head against the line to it."""

    name: str
    seen: Array
    true: Array
    level_deg: Array

    @property
    def straight(self) -> Array:
        """Which rows are of straight heads, (n,) of bool."""
        return np.asarray((self.true == 0).all(axis=1))


def load(folder: Path) -> Source:
    """The attitudes that the program finds for the heads in a folder."""
    vfov_deg = default_vfov_deg(*SIZE)
    seen, true, level = [], [], []
    for path in sorted(folder.glob("[0-9]*.npz")):
        if path.name.endswith(".part.npz"):
            continue
        with np.load(path) as stored:
            for landmarks, attitude in zip(stored["landmarks"], stored["attitude"], strict=True):
                if np.isfinite(landmarks).all():
                    found = attitude_of([Face(each.astype(float), SIZE) for each in landmarks], vfov_deg)
                    seen.append([found.of(axis) for axis in AXES])
                    true.append(attitude)
                    level.append((1 - float(stored["gaze"])) * float(stored["elevation_deg"]))
    return Source(folder.name, np.array(seen), np.array(true), np.array(level))


def asked(seen: Array) -> Array:
    """On which axes each of the attitudes (n, 3) is asked about, (n, 3) of bool."""
    out = [LIMITS.out(Attitude(*each)) for each in seen]
    return np.array([[axis in each for axis in AXES] for each in out]).reshape(-1, len(AXES))


def by_eye(straight: Array, rng: np.random.Generator) -> Array:
    """The attitudes (n, 3) of straight heads, many times, each put straight by eye."""
    sd = np.array([PLACEMENT_DEG[axis] for axis in ("rotation", "tilt", "flexion")]) / 1.96
    return np.asarray((straight[None] + rng.normal(0, sd, (DRAWS, *straight.shape))).reshape(-1, len(AXES)))


def straight_table(sources: list[Source]) -> Table:
    """Bias and spread of straight heads, and how many of them are asked."""
    table = Table(title="Straight heads: bias / SD in degrees; share asked")
    for column in (
        "heads",
        "n",
        *AXES,
        "nod, height known",
        "asked: turn",
        "tilt",
        "nod",
        "any",
        "any, by eye",
    ):
        table.add_column(column)
    rng = np.random.default_rng(SEED)
    for source in sources:
        seen, level = source.seen[source.straight], source.level_deg[source.straight]
        figures = [f"{seen[:, i].mean():+.1f} / {seen[:, i].std():.1f}" for i in range(len(AXES))]
        known = seen[:, 2] - level
        out, out_by_eye = asked(seen), asked(by_eye(seen, rng))
        table.add_row(
            source.name,
            str(len(seen)),
            *figures,
            f"{known.mean():+.1f} / {known.std():.1f}",
            *(f"{share:.1%}" for share in out.mean(axis=0)),
            f"{out.any(axis=1).mean():.1%}",
            f"{out_by_eye.any(axis=1).mean():.1%}",
        )
    return table


def found_table(sources: list[Source]) -> Table:
    """How many of the heads that are off on one axis are asked, and what is told of it."""
    table = Table(title="Heads off on one axis: share asked (n); told minus true, mean / SD in degrees")
    for column in ("off by", *(source.name for source in sources), "all", "told − true"):
        table.add_column(column)
    true = np.concatenate([source.true for source in sources])
    alone = (true != 0).sum(axis=1) == 1
    for i, axis in enumerate(AXES):
        sizes = sorted(set(true[alone, i]) - {0.0}) if axis == "nod" else sorted(set(abs(true[alone, i])) - {0.0})
        for size in sizes:
            cells, errors, hits = [], [], []
            for source in sources:
                is_it = (source.true[:, i] == size) if axis == "nod" else (abs(source.true[:, i]) == size)
                rows = is_it & ((source.true != 0).sum(axis=1) == 1)
                out = asked(source.seen[rows]).any(axis=1)
                sign = np.sign(source.true[rows, i])
                errors.append(sign * (source.seen[rows, i] - source.true[rows, i]))
                hits.append(out)
                cells.append(f"{out.mean():.0%} ({len(out)})" if len(out) else "-")
            every, error = np.concatenate(hits), np.concatenate(errors)
            name = f"{axis} {size:+.0f}°" if axis == "nod" else f"{axis} {size:.0f}°"
            table.add_row(name, *cells, f"{every.mean():.0%}", f"{error.mean():+.1f} / {error.std():.1f}")
    return table


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="How well the attitude of a neutral is known.")
    parser.add_argument("folders", type=Path, nargs="+", help="where collect_attitude.py put its heads")
    sources = [load(folder) for folder in parser.parse_args().folders]
    console = Console(width=170)
    console.print(f"{LIMITS}; places at random: seed {SEED}")
    console.print(straight_table(sources), found_table(sources))


if __name__ == "__main__":
    main()
