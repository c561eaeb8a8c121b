"""Tables over all patients, in the format asked for."""

from dataclasses import dataclass
from pathlib import Path

from posture_trainer.exchange.private_output import Advance, no_progress, private_folder


@dataclass(frozen=True)
class Chosen:
    """The sessions to export: patient's code and session folder."""

    sessions: tuple[tuple[str, Path], ...]


@dataclass(frozen=True)
class TablesResult:
    """How much was written. troubles: sessions that are not whole, with what is wrong."""

    sessions: int
    rows: int
    troubles: tuple[str, ...]


def export_tables(chosen: Chosen, out: Path, kind: str, progress: Advance = no_progress) -> TablesResult:
    """Write the new folder `out` as csv, parquet or bids. progress gets the sessions done. Raises UserError."""
    from posture_trainer.exchange import export_bids, export_csv

    if kind == "parquet":
        from posture_trainer.exchange import export_parquet

        write = export_parquet.write
    else:
        write = {"csv": export_csv.write, "bids": export_bids.write}[kind]
    with private_folder(out) as folder:
        return write(chosen, folder, progress)
