"""Everything of a patient in one archive, with checksums."""

import hashlib
import json
import zipfile
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from posture_trainer import __version__
from posture_trainer.audit import note
from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.face_shape import without_face_shape
from posture_trainer.exchange.archive.files import PatientFiles, patient_files
from posture_trainer.exchange.archive.names import ABOUT, EXTRAS, FORMATS, README, SUMS, Limits, suffix_of
from posture_trainer.exchange.archive.readme import formats_text, readme
from posture_trainer.exchange.archive.sealed import sealing
from posture_trainer.private_files import private_file
from posture_trainer.progress import Advance, no_progress
from posture_trainer.records.people import known_patient

_BLOCK_BYTES = 1 << 20
_LEVEL = 4  # rows of figures: nearly as small as 6 and about twice as fast (bench/export.py)


@dataclass(frozen=True)
class ExportResult:
    """What was written: numbers of files, and what was left out, in words."""

    out: Path
    sessions: int
    baselines: int
    files: int
    size: int
    left_out: tuple[str, ...]


def export_patient(
    data: Path,
    code: str,
    out: Path,
    *,
    face_shape: bool = False,
    password: str | None = None,
    progress: Advance = no_progress,
) -> ExportResult:
    """Write everything of a patient into a new archive. password: to encrypt it with. progress gets the bytes done.

    Raises UserError; WrongCall for a password that is too short.
    """
    folder = known_patient(data, code)
    found = patient_files(folder)
    most = Limits().files - len(EXTRAS)
    if len(found.files) + len(found.left_out) > most:
        raise UserError(f"{folder} holds more than {most:,} files, which no archive takes. --format csv takes all.")
    note(data, code, "export zip")
    return _write(folder, code, found, _Target(out, face_shape, password), progress)


def total_bytes(data: Path, code: str) -> int:
    """How much there is to export, for the progress bar."""
    return sum(file.size for file in patient_files(known_patient(data, code)).files)


@dataclass(frozen=True)
class _Target:
    out: Path
    face_shape: bool
    password: str | None


def _write(folder: Path, code: str, found: PatientFiles, target: _Target, progress: Advance) -> ExportResult:
    out, face_shape = target.out, target.face_shape
    created = datetime.now(UTC)
    left_out, sums, names = list(found.left_out), {}, []
    with (
        private_file(out) as file,
        sealing(file, target.password) if target.password is not None else nullcontext(file) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        for each in found.files:
            member = f"patients/{code}/{each.path}"
            try:
                digest = _add(archive, member, folder / each.path, each.path, face_shape)
            except OSError as error:
                if error.filename is None:
                    raise  # the archive itself can't be written on
                raise UserError(
                    f"{folder / each.path} can't be read ({error.strerror}). Nothing was exported."
                ) from None
            if digest is None:
                left_out.append(f"{each.path}: is damaged, so that the shape of the face can't be taken out")
            else:
                sums[member] = digest
                names.append(each.path)
            progress(each.size)
        about = {
            "schema_version": 1,
            "patient": code,
            "created_utc": created.isoformat(timespec="milliseconds"),
            "program": f"posture_trainer {__version__}",
            "face_shape": face_shape,
            "left_out": left_out,
        }
        texts = {README: readme(code, str(about["created_utc"]), face_shape, left_out), FORMATS: formats_text()}
        texts[ABOUT] = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
        for name, text in texts.items():
            if text is not None:
                archive.writestr(name, text)
                sums[name] = hashlib.sha256(text.encode()).hexdigest()
        archive.writestr(SUMS, "".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    return ExportResult(
        out,
        len({name.split("/")[1] for name in names if name.startswith("sessions/")}),
        sum(name.startswith("baselines/") for name in names),
        len(names),
        out.stat().st_size,
        tuple(left_out),
    )


def _add(archive: zipfile.ZipFile, member: str, source: Path, path: str, face_shape: bool) -> str | None:
    """Add one file; gives back its checksum, or None if it could hold a shape that can't be taken out."""
    digest = hashlib.sha256()
    if not face_shape and suffix_of(path) in (".json", ".jsonl"):
        content = without_face_shape(path, source.read_bytes())
        if content is None:
            return None
        archive.writestr(member, content)
        return hashlib.sha256(content).hexdigest()
    with source.open("rb") as reader, archive.open(member, "w", force_zip64=True) as writer:
        while block := reader.read(_BLOCK_BYTES):
            digest.update(block)
            writer.write(block)
    return digest.hexdigest()
