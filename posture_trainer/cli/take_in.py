"""The command `import`."""

from pathlib import Path
from typing import Annotated

import typer

from posture_trainer.cli.options import DataDir
from posture_trainer.cli.say import count, some


def take_in(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(help="An archive made by export.")],
    data_dir: DataDir = None,
) -> None:
    """Take in a record that was exported on another computer.

    Nothing that is here is overwritten.

    Example: posture-trainer import anna-1.zip
    """
    from posture_trainer.exchange.archive.take_in import archive_bytes, import_archive
    from posture_trainer.progress import work_progress
    from posture_trainer.records.people import data_folder

    with work_progress("Importing", archive_bytes(archive)) as progress:
        result = import_archive(data_folder(data_dir or context.obj), archive, progress=progress)
    placed = result.placed
    typer.echo(
        f"Took {count(placed.sessions, 'session')} and {count(placed.baselines, 'baseline')} "
        f"({count(placed.files, 'file')}) of {result.code} into {result.folder}"
    )
    if placed.same:
        typer.echo(f"Here already, and the same: {count(placed.same, 'file')}.")
    if placed.kept:
        typer.echo(f"Here already, but different; yours stayed as they are: {some(placed.kept)}.")
    for refused in result.beyond_limits:
        typer.echo(f"Not taken, for it asks for more than is allowed: {refused} It is still in the archive.")
    if placed.foreign:
        typer.echo(f"These name another patient inside; please check whose they are: {some(placed.foreign)}.")
    if placed.without_shape:
        typer.echo(
            "The baselines came without the shape of the face: they are for review. To practise here, record a "
            f"new one: posture-trainer calibrate --patient {result.code}"
        )
