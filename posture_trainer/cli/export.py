"""The command `export`: a record as an archive, or sessions as tables."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from posture_trainer.cli.options import DataDir, Patient
from posture_trainer.cli.password import PasswordFile, new_password
from posture_trainer.cli.say import count, some
from posture_trainer.errors import UserError, WrongCall


class Format(StrEnum):
    """What an export is written as."""

    ZIP = "zip"
    BIDS = "bids"
    CSV = "csv"
    PARQUET = "parquet"
    FHIR = "fhir"


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="FILE.zip, FILE.json (fhir), or a new folder for tables.")],
    patient: Patient = None,
    kind: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.ZIP,
    fhir: Annotated[bool, typer.Option("--fhir", help="The same as --format fhir.")] = False,
    with_face_shape: Annotated[
        bool, typer.Option("--with-face-shape", help="zip: with the shape of the face.")
    ] = False,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="zip: with a password.")] = False,
    password_file: PasswordFile = None,
    data_dir: DataDir = None,
) -> None:
    """A patient's record as an archive, or its figures as a FHIR R4 Bundle; or tables for other programs.

    Example: posture-trainer export --patient anna-1 --out anna-1.zip
    """
    from posture_trainer.records.people import checked_code, data_folder

    data = data_folder(data_dir or context.obj)
    code = checked_code(patient) if patient is not None else None
    if fhir and kind not in (Format.ZIP, Format.FHIR):
        raise WrongCall(f"--fhir and --format {kind} are two different exports: please ask for one.")
    kind = Format.FHIR if fhir else kind
    if with_face_shape and kind is not Format.ZIP:
        raise WrongCall(f"--with-face-shape goes with the archive only: {kind} holds no shape of the face.")
    if kind is not Format.ZIP and encrypt:
        raise WrongCall(f"--encrypt goes with the archive only: {kind} has no password.")
    if password_file is not None and not encrypt:
        raise WrongCall("--password-file goes with --encrypt.")
    if kind is Format.ZIP:
        if code is None:
            raise WrongCall("An archive is of one patient: add --patient CODE. Tables can be of all: --format csv.")
        password = new_password(password_file) if encrypt else None
        _export_zip(data, code, out, with_face_shape, password)
        return
    if kind is Format.FHIR:
        if code is None:
            raise WrongCall("A FHIR Bundle is of one patient: add --patient CODE.")
        _export_fhir(data, code, out)
        return
    _export_tables(data, code, out, kind)


def _export_fhir(data: Path, code: str, out: Path) -> None:
    from posture_trainer.audit import note
    from posture_trainer.exchange.fhir.write import export_fhir
    from posture_trainer.progress import progress_bar
    from posture_trainer.records.people import known_patient

    patient = known_patient(data, code)
    note(data, code, "export fhir")
    with progress_bar("Reading sessions", None, counted=True) as done:
        result = export_fhir(patient, out, done)
    typer.echo(f"Wrote {out}: {count(result.observations, 'observation')} of {count(result.sessions, 'session')}.")
    if result.troubles:
        typer.echo(f"Not whole, marked preliminary: {some(result.troubles)}.")
    typer.echo("It is health data: give it only to those who should read it.")


def _export_zip(data: Path, code: str, out: Path, face_shape: bool, password: str | None) -> None:
    from posture_trainer.exchange.archive.write import export_patient, total_bytes
    from posture_trainer.progress import work_progress

    with work_progress("Exporting", total_bytes(data, code)) as progress:
        result = export_patient(data, code, out, face_shape=face_shape, password=password, progress=progress)
    shape = "with" if face_shape else "without"
    typer.echo(
        f"Wrote {out} ({result.size / 1e6:.1f} MB): {count(result.sessions, 'session')} and "
        f"{count(result.baselines, 'baseline')} of {code}, {shape} the shape of the face."
    )
    if result.left_out:
        typer.echo(f"Left out: {some(result.left_out)}.")
    if password is not None:
        typer.echo("It has a password. Never send the two on the same way.")
    typer.echo("It is health data: give it only to those who should read it.")


def _export_tables(data: Path, code: str | None, out: Path, kind: Format) -> None:
    from posture_trainer.audit import EVERYBODY, note
    from posture_trainer.exchange.tables.chosen import Chosen
    from posture_trainer.exchange.tables.write import export_tables
    from posture_trainer.progress import work_progress
    from posture_trainer.records.people import known_patient, patient_codes, session_folders

    if code is not None:
        known_patient(data, code)
    codes = [code] if code is not None else patient_codes(data)
    patients = tuple((each, data / "patients" / each) for each in codes)
    chosen = Chosen(tuple((code, each) for code, folder in patients for each in session_folders(folder)), patients)
    if not chosen.sessions:
        raise UserError(f"There are no sessions to export in {data}.")
    note(data, code or EVERYBODY, f"export {kind.value}")
    with work_progress("Exporting", len(chosen.sessions)) as progress:
        result = export_tables(chosen, out, kind.value, progress)
    typer.echo(
        f"Wrote {count(result.sessions, 'session')} of {count(len(codes), 'patient')}, {result.rows} rows, to {out}"
    )
    if result.troubles:
        typer.echo(f"Not whole, taken as far as they go: {some(result.troubles)}.")
    typer.echo("It is health data: give it only to those who should read it.")
