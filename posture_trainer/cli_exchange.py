"""The commands that give records away, take them in, and delete them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from posture_trainer.errors import UserError, WrongCall

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder for all records.", show_default=False)]


class Format(StrEnum):
    """What an export is written as."""

    ZIP = "zip"
    BIDS = "bids"
    CSV = "csv"
    PARQUET = "parquet"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("export")(export)
    app.command("import")(import_)
    app.command("delete")(delete)


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="FILE.zip, or a new folder for tables.")],
    patient: Annotated[str | None, typer.Option("--patient", help="The patient's code.", show_default=False)] = None,
    kind: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.ZIP,
    with_face_shape: Annotated[
        bool, typer.Option("--with-face-shape", help="zip: with the shape of the face.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """A patient's record as an archive; or tables for other programs.

    Example: posture-trainer export --patient anna-1 --out anna-1.zip
    """
    from posture_trainer.records.people import checked_code, data_folder

    data = data_folder(data_dir or context.obj)
    code = checked_code(patient) if patient is not None else None
    if with_face_shape and kind is not Format.ZIP:
        raise WrongCall(f"--with-face-shape goes with the archive only: {kind} holds no shape of the face.")
    if kind is Format.ZIP:
        if code is None:
            raise WrongCall("An archive is of one patient: add --patient CODE. Tables can be of all: --format csv.")
        _export_zip(data, code, out, with_face_shape)
        return
    _export_tables(data, code, out, kind)


def import_(
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
        f"Took {_count(placed.sessions, 'session')} and {_count(placed.baselines, 'baseline')} "
        f"({_count(placed.files, 'file')}) of {result.code} into {result.folder}"
    )
    if placed.same:
        typer.echo(f"Here already, and the same: {_count(placed.same, 'file')}.")
    if placed.kept:
        typer.echo(f"Here already, but different; yours stayed as they are: {_some(placed.kept)}.")
    if placed.foreign:
        typer.echo(f"These name another patient inside; please check whose they are: {_some(placed.foreign)}.")
    if placed.without_shape:
        typer.echo(
            "The baselines came without the shape of the face: they are for review. To practise here, record a "
            f"new one: posture-trainer calibrate --patient {result.code}"
        )


def delete(
    context: typer.Context,
    patient: Annotated[str, typer.Option("--patient", help="The patient's code.")],
    yes: Annotated[str | None, typer.Option("--yes", help="The code again, for scripts.", show_default=False)] = None,
    data_dir: DataDir = None,
) -> None:
    """Delete the whole record of a patient. It can't be undone.

    Example: posture-trainer delete --patient anna-1
    """
    from posture_trainer.records.delete import delete_patient, holdings
    from posture_trainer.records.people import checked_code, data_folder

    data, code = data_folder(data_dir or context.obj), checked_code(patient)
    found = holdings(data, code)
    again = yes
    if again is None:
        typer.echo(
            f"This deletes {_count(found.sessions, 'session')} and {_count(found.baselines, 'baseline')} of {code}: "
            f"all of {found.folder}. It can't be undone."
        )
        try:
            again = input("Type the code again to delete: ").strip()
        except EOFError:
            raise WrongCall(f"Nothing was deleted: the code was not typed again. In a script: --yes {code}") from None
    if again != code:
        raise WrongCall(f"Nothing was deleted: {again!a} is not {code}.")
    gone = delete_patient(data, code)
    typer.echo(f"Deleted {gone}. Copies, exports and backups that you made elsewhere are not touched.")


def _export_zip(data: Path, code: str, out: Path, face_shape: bool) -> None:
    from posture_trainer.exchange.archive.write import export_patient, total_bytes
    from posture_trainer.progress import work_progress

    with work_progress("Exporting", total_bytes(data, code)) as progress:
        result = export_patient(data, code, out, face_shape=face_shape, progress=progress)
    shape = "with" if face_shape else "without"
    typer.echo(
        f"Wrote {out} ({result.size / 1e6:.1f} MB): {_count(result.sessions, 'session')} and "
        f"{_count(result.baselines, 'baseline')} of {code}, {shape} the shape of the face."
    )
    if result.left_out:
        typer.echo(f"Left out: {_some(result.left_out)}.")
    typer.echo("It is health data: give it only to those who should read it.")


def _export_tables(data: Path, code: str | None, out: Path, kind: Format) -> None:
    from posture_trainer.exchange.tables.chosen import Chosen
    from posture_trainer.exchange.tables.write import export_tables
    from posture_trainer.progress import work_progress
    from posture_trainer.records.people import known_patient, patient_codes, session_folders

    if code is not None:
        known_patient(data, code)
    codes = [code] if code is not None else patient_codes(data)
    chosen = Chosen(tuple((each, folder) for each in codes for folder in session_folders(data / "patients" / each)))
    if not chosen.sessions:
        raise UserError(f"There are no sessions to export in {data}.")
    with work_progress("Exporting", len(chosen.sessions)) as progress:
        result = export_tables(chosen, out, kind.value, progress)
    typer.echo(
        f"Wrote {_count(result.sessions, 'session')} of {_count(len(codes), 'patient')}, {result.rows} rows, to {out}"
    )
    if result.troubles:
        typer.echo(f"Not whole, taken as far as they go: {_some(result.troubles)}.")
    typer.echo("It is health data: give it only to those who should read it.")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _some(words: tuple[str, ...], most: int = 5) -> str:
    """The first few of a list, harmless on a terminal."""
    shown = [ascii(each)[1:-1][:120] for each in words[:most]]
    return ", ".join(shown) + (f" and {len(words) - most} more" if len(words) > most else "")
