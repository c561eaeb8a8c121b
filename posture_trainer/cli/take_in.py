"""The command `import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posture_trainer.cli.options import DataDir
from posture_trainer.cli.password import PasswordFile, known_password
from posture_trainer.cli.say import count, say, some
from posture_trainer.errors import UserError

if TYPE_CHECKING:
    from posture_trainer.exchange.archive.take_in import ImportResult


def take_in(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(help="An archive made by export, or a folder of them.")],
    password_file: PasswordFile = None,
    data_dir: DataDir = None,
) -> None:
    """Take in a record that was exported on another computer, or a whole folder of them.

    Nothing that is here is overwritten.

    Example: posture-trainer import anna-1.zip
    """
    from posture_trainer.records.people import data_folder

    data = data_folder(data_dir or context.obj)
    if archive.is_dir():
        _many(data, archive, password_file)
    else:
        _one(data, archive, password_file)


def _one(data: Path, archive: Path, password_file: Path | None) -> None:
    from posture_trainer.exchange.archive.sealed import is_sealed
    from posture_trainer.exchange.archive.take_in import archive_bytes, import_archive
    from posture_trainer.progress import work_progress

    password = known_password(password_file) if is_sealed(archive) else None
    with work_progress("Importing", archive_bytes(archive)) as progress:
        result = import_archive(data, archive, password=password, progress=progress)
    _tell(result)


def _tell(result: "ImportResult") -> None:
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


def _many(data: Path, folder: Path, password_file: Path | None) -> None:
    """All archives of a folder, and one summary. Raises UserError when any was refused."""
    from posture_trainer.exchange.archive.many import archives_in, import_many
    from posture_trainer.progress import work_progress

    archives = archives_in(folder)
    with work_progress("Importing", len(archives)) as progress:
        done = import_many(data, archives, lambda: known_password(password_file), progress)
    for name, result in done.taken:
        placed = result.placed
        told = [f"{count(placed.sessions, 'session')} and {count(placed.baselines, 'baseline')} taken"]
        told += [f"{count(placed.same, 'file')} here already"] if placed.same else []
        told += [f"different here, yours stayed: {some(placed.kept)}"] if placed.kept else []
        told += [f"more than is allowed, not taken: {some(result.beyond_limits)}"] if result.beyond_limits else []
        told += [f"name another patient inside: {some(placed.foreign)}"] if placed.foreign else []
        typer.echo(f"{some((name,))}: {result.code}: {', '.join(told)}.")
    sessions = sum(result.placed.sessions for _, result in done.taken)
    codes = {result.code for _, result in done.taken}
    typer.echo(
        f"Took {count(sessions, 'session')} of {count(len(codes), 'patient')} from {len(done.taken)} of "
        f"{count(len(archives), 'archive')} into {data}"
    )
    if any(result.placed.without_shape for _, result in done.taken):
        typer.echo("Baselines without the shape of the face are for review: to practise here, record new ones.")
    for _, why in done.refused:
        say(why)
    if done.refused:
        raise UserError(f"{count(len(done.refused), 'archive')} of {len(archives)} not taken, as told above.")
