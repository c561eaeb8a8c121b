"""Archives of a patient, as they are exported and as a forger would change them."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from made.patients import files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.names import Limits
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient


def made_archive(folder: Path) -> Path:
    """An archive of a patient with two sessions, without the shape of the face."""
    make_patient(folder / "home", "anna-1")
    export_patient(folder / "home", "anna-1", folder / "anna.zip")
    return folder / "anna.zip"


def rewritten(
    archive: Path,
    changed: dict[str, bytes | None] | None = None,
    added: dict[zipfile.ZipInfo | str, bytes] | None = None,
    mend_sums: bool = True,
) -> Path:
    """The archive with members changed (None: removed) and added; with a right list of checksums, as a forger would."""
    out = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as source:
        members: list[tuple[zipfile.ZipInfo | str, bytes]] = [(name, source.read(name)) for name in source.namelist()]
    members = [
        (name, (changed or {}).get(str(name), content) or b"")
        for name, content in members
        if (changed or {}).get(str(name), content) is not None
    ]
    members += list((added or {}).items())
    if mend_sums:
        sums = {_name(member): hashlib.sha256(content).hexdigest() for member, content in members}
        sums.pop("SHA256SUMS", None)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        members = [
            (member, lines.encode() if _name(member) == "SHA256SUMS" else content) for member, content in members
        ]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member, content in members:
            target.writestr(member, content)
    return out


def _name(member: zipfile.ZipInfo | str) -> str:
    return member if isinstance(member, str) else member.filename


def refused(tmp_path: Path, archive: Path, match: str, limits: Limits | None = None) -> None:
    """The import must say why, and leave no trace."""
    data = tmp_path / "clinic"
    before = files_of(tmp_path)
    with pytest.raises(UserError, match=match) as caught:
        import_archive(data, archive, limits=limits)
    assert str(archive) in str(caught.value)
    assert files_of(tmp_path) == before
    assert not data.exists() or not any(data.iterdir())
