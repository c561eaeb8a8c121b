"""What is kept: patient folders, session logs, and reading them back. For labs: `open_session`."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posture_trainer.records.arrays import OpenSession

__all__ = ["open_session"]


def open_session(path: str | Path) -> "OpenSession":
    """The session in that folder (patients/CODE/sessions/TIME, or what `analyze --out` wrote), as arrays with units.

    Gives a `posture_trainer.records.arrays.OpenSession`. Raises `posture_trainer.errors.UserError` where its samples
    can't be read; other damage is told in its `trouble`.
    """
    from posture_trainer.records.arrays import read_arrays  # numpy and the readers only for whoever asks

    return read_arrays(Path(path))
