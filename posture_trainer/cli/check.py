"""The command `check`."""

import typer

from posture_trainer.cli.options import (
    DataDir,
    Source,
)
from posture_trainer.errors import UserError


def check(context: typer.Context, source: Source = "0", data_dir: DataDir = None) -> None:
    """Look at this computer: what works, what does not, what to do.

    Example: posture-trainer check
    """
    from rich.console import Console
    from rich.table import Table

    from posture_trainer.records.people import data_folder
    from posture_trainer.self_check import look

    findings = look(data_folder(data_dir or context.obj), source)
    table = Table(show_header=False, box=None)
    for finding in findings:
        table.add_row("good" if finding.good else "FAULT" if finding.needed else "missing", finding.what, finding.words)
    Console().print(table)
    if any(finding.needed and not finding.good for finding in findings):
        raise UserError("This computer can't run the mirror yet: see the lines marked FAULT.")
