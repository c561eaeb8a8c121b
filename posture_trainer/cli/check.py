"""The command `check`."""

import typer

from posture_trainer.cli.options import DataDir, Source
from posture_trainer.errors import UserError


def check(context: typer.Context, source: Source = "0", data_dir: DataDir = None) -> None:
    """Look at this computer: what works, what does not, what to do.

    Example: posture-trainer check
    """
    from rich.table import Table
    from rich.text import Text

    from posture_trainer.records.people import data_folder
    from posture_trainer.self_check import look
    from posture_trainer.terminal.console import PlainConsole

    findings = look(data_folder(data_dir or context.obj), source)
    table = Table(show_header=False, box=None)
    for finding in findings:
        state = "good" if finding.good else "FAULT" if finding.needed else "missing"
        table.add_row(state, finding.what, Text(finding.words))
    PlainConsole().print(table)
    if any(finding.needed and not finding.good for finding in findings):
        raise UserError("This computer can't run the mirror yet: see the lines marked FAULT.")
