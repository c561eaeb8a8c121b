"""Tables over all patients, in the format asked for."""

from pathlib import Path

from posture_trainer.exchange.tables.chosen import Chosen, TablesResult
from posture_trainer.private_files import private_folder
from posture_trainer.progress import Advance, no_progress


def export_tables(chosen: Chosen, out: Path, kind: str, progress: Advance = no_progress) -> TablesResult:
    """Write the new folder `out` as csv, parquet or bids. progress gets the sessions done. Raises UserError."""
    from posture_trainer.exchange.tables import bids, csv_files

    if kind == "parquet":
        from posture_trainer.exchange.tables import parquet

        write = parquet.write
    else:
        write = {"csv": csv_files.write, "bids": bids.write}[kind]
    with private_folder(out) as folder:
        return write(chosen, folder, progress)
