"""One session's samples.csv as arrays, made for statistics. docs/formats.md says what the columns mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AXES = ("rotation", "tilt", "flexion")


@dataclass(frozen=True, eq=False)
class Samples:
    """The rows of one session, in order of time. All arrays have one entry for each row.

    t_s: (n,) seconds, strictly growing. face: (n,) a face was seen, and its angles are numbers. good: (n,) the same,
    and its quality is good: only these rows count in statistics of angles. state: (n,) as in docs/formats.md.
    smoothed: (n, 4) rotation, tilt, flexion, deviation in degrees. measured: (n, 3) the first three before
    smoothing. position_cm: (n, 3) x, y, z. Angles and positions are nan where there is none. unsmoothed: (n,) the
    tracker did not smooth the measured angles either; taken as so in logs of before there was such a column.
    left_out: rows of the file that are damaged or say what cannot be, and are not among these. turned: (n,) a face
    turned further than can be measured well: its side is certain, its number is not; None where nothing says so.
    trunk: (n, 6) shoulder line, trunk rotation (degrees), head shift, head forward (cm), neck rotation, neck tilt
    (degrees), nan where they were not seen; None in logs of before.
    """

    t_s: Floats
    face: Flags
    good: Flags
    state: NDArray[np.str_]
    smoothed: Floats
    measured: Floats
    position_cm: Floats
    unsmoothed: Flags
    left_out: int = 0
    turned: Flags | None = None
    trunk: Floats | None = None

    def angle_deg(self, name: str) -> Floats:
        """(n,) the smoothed angle of that name: rotation, tilt, flexion or deviation."""
        return self.smoothed[:, (*AXES, "deviation").index(name)]

    @property
    def too_far(self) -> Flags:
        """(n,) the rows turned too far to be measured well."""
        return np.zeros(len(self.t_s), dtype=bool) if self.turned is None else self.turned

    def between(self, first: int, end: int) -> "Samples":
        """The rows from `first` up to, without, `end`."""
        return self.only(slice(first, end))

    def only(self, rows: "slice | Flags") -> "Samples":
        """These rows alone: a slice, or (n,) flags."""
        return Samples(
            self.t_s[rows],
            self.face[rows],
            self.good[rows],
            self.state[rows],
            self.smoothed[rows],
            self.measured[rows],
            self.position_cm[rows],
            self.unsmoothed[rows],
            turned=self.too_far[rows],
            trunk=None if self.trunk is None else self.trunk[rows],
        )
