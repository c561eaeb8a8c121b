"""A session's record as arrays with units, for whoever works with it in Python. Stable: names stay, more may come."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture_trainer.figures.session_summary import Summary
from posture_trainer.records.samples_file import MEASURED, POSITION, SMOOTHED, TRUNK, load_samples
from posture_trainer.records.session_reader import read_events, read_session

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "t_s": "s",
        **dict.fromkeys((*SMOOTHED, *MEASURED), "deg"),
        **dict.fromkeys(POSITION, "cm"),
        **{name: "cm" if name.endswith("_cm") else "deg" for name in TRUNK},
        **dict.fromkeys(("face", "good", "unsmoothed", "state"), "1"),
    }
)


@dataclass(frozen=True, eq=False)
class OpenSession:
    """One session as it was recorded.

    columns: each an array of n rows, in order of time, by the names of samples.csv (docs/formats.md): `t_s` in
    seconds, angles in degrees (`rotation_deg` + face to the patient's right, `tilt_deg` + right ear to the right
    shoulder, `flexion_deg` + chin down, `deviation_deg` 0 to 180; `measured_...` before smoothing), `x_cm`, `y_cm`,
    `z_cm` in centimetres from the neutral position, the trunk's six (degrees, cm), NaN where there is none; `face`,
    `good`, `unsmoothed` as bool; `state` as text. header: session.json. events: the lines of events.jsonl.
    summary: its figures, None where nothing could be read. trouble: what is wrong with the record, '' if nothing.
    left_out: rows that are damaged, and not among these.
    """

    folder: Path
    header: Mapping[str, Any]
    columns: Mapping[str, NDArray[Any]]
    events: tuple[Mapping[str, Any], ...]
    summary: Summary | None
    trouble: str
    left_out: int

    @property
    def units(self) -> Mapping[str, str]:
        """Of each column: "s", "deg", "cm", or "1" for none."""
        return UNITS

    def __getitem__(self, name: str) -> NDArray[Any]:
        """(n,) the column of that name. Raises KeyError."""
        return self.columns[name]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.columns["t_s"])


def read_arrays(folder: Path) -> OpenSession:
    """As `records.open_session` says. Raises UserError."""
    samples, record = load_samples(folder), read_session(folder)
    trunk = samples.trunk if samples.trunk is not None else np.full((len(samples.t_s), len(TRUNK)), np.nan)
    columns: dict[str, NDArray[Any]] = {
        "t_s": samples.t_s,
        "face": samples.face,
        "good": samples.good,
        "state": samples.state,
        "unsmoothed": samples.unsmoothed,
        **dict(zip(SMOOTHED, np.ascontiguousarray(samples.smoothed.T), strict=True)),
        **dict(zip(MEASURED, np.ascontiguousarray(samples.measured.T), strict=True)),
        **dict(zip(POSITION, np.ascontiguousarray(samples.position_cm.T), strict=True)),
        **dict(zip(TRUNK, np.ascontiguousarray(trunk.T), strict=True)),
    }
    return OpenSession(
        folder,
        MappingProxyType(record.header),
        MappingProxyType(columns),
        tuple(MappingProxyType(event) for event in read_events(folder)),
        record.summary,
        record.trouble,
        samples.left_out,
    )
