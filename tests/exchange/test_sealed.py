"""Archives with a password, and whole folders of archives."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from made.common import RunCommand
from made.patients import files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.many import import_many
from posture_trainer.exchange.archive.sealed import INNER, WantsPassword, made_password
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient

PASSWORD = "pferd-Käse-batterie"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """An encrypted archive of a patient with two sessions."""
    make_patient(tmp_path / "home", "anna-1")
    export_patient(tmp_path / "home", "anna-1", tmp_path / "anna.zip", password=PASSWORD)
    return tmp_path / "anna.zip"


def test_it_comes_back_as_it_went_out(tmp_path: Path, sealed: Path) -> None:
    result = import_archive(tmp_path / "clinic", sealed, password=PASSWORD)
    assert (result.code, result.placed.sessions, result.placed.baselines) == ("anna-1", 2, 1)
    export_patient(tmp_path / "home", "anna-1", tmp_path / "plain.zip")
    import_archive(tmp_path / "other", tmp_path / "plain.zip")
    assert files_of(tmp_path / "clinic") == files_of(tmp_path / "other")
    assert not list((tmp_path / "clinic").glob(".importing-*"))


def test_nothing_of_the_record_can_be_read_without_the_password(sealed: Path) -> None:
    content = sealed.read_bytes()
    assert not [word for word in (b"anna-1", b"sessions", b"samples.csv", b"2026-01-30") if word in content]
    with zipfile.ZipFile(sealed) as outer:
        (info,) = outer.infolist()
        assert info.filename == INNER
        assert info.compress_type == 99  # what the field says of WinZip AES
        with pytest.raises((RuntimeError, NotImplementedError)):
            outer.read(info)


@pytest.mark.parametrize("password", [None, "pferd-kaese-batterie", ""])
def test_another_password_changes_nothing(tmp_path: Path, sealed: Path, password: str | None) -> None:
    with pytest.raises(WantsPassword, match="Nothing was changed"):
        import_archive(tmp_path / "clinic", sealed, password=password)
    assert files_of(tmp_path / "clinic") == {}


def test_a_bit_that_fell_over_is_found(tmp_path: Path, sealed: Path) -> None:
    content = bytearray(sealed.read_bytes())
    content[len(content) // 2] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(UserError, match=r"damaged.*Nothing was changed"):
        import_archive(tmp_path / "clinic", sealed, password=PASSWORD)
    assert files_of(tmp_path / "clinic") == {}


def test_another_program_opens_it(tmp_path: Path, sealed: Path) -> None:
    program = shutil.which("7zz") or shutil.which("7z")
    if program is None:
        pytest.skip("7-Zip is not installed (Debian: 7zip)")
    call = [program, "x", "-y", f"-p{PASSWORD}", f"-o{tmp_path / 'out'}", str(sealed)]
    done = subprocess.run(call, capture_output=True, check=False)
    assert done.returncode == 0
    with zipfile.ZipFile(tmp_path / "out" / INNER) as inner:
        assert "patients/anna-1/sessions/2026-01-30T08-15-00.000Z/samples.csv" in inner.namelist()


def test_the_commands_take_it_from_a_file(tmp_path: Path, call_command: RunCommand) -> None:
    make_patient(tmp_path / "home", "anna-1", sessions=1)
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    (tmp_path / "short").write_text("short\n", encoding="utf-8")
    call = ("export", "--patient", "anna-1", "--encrypt", "--data-dir", tmp_path / "home", "--out")
    short = call_command(*call, tmp_path / "no.zip", "--password-file", tmp_path / "short")
    assert (short.returncode, (tmp_path / "no.zip").exists()) == (2, False)
    assert "12 signs" in short.stderr
    untyped = call_command(*call, tmp_path / "no.zip")
    assert (untyped.returncode, (tmp_path / "no.zip").exists()) == (2, False)
    done = call_command(*call, tmp_path / "a.zip", "--password-file", tmp_path / "password")
    assert (done.returncode, done.stderr) == (0, "")
    assert PASSWORD not in done.stdout
    back = call_command(
        "import", tmp_path / "a.zip", "--data-dir", tmp_path / "b", "--password-file", tmp_path / "password"
    )
    assert (back.returncode, back.stderr) == (0, "")
    assert "Took 1 session and 1 baseline" in back.stdout


def test_made_passwords_are_long_and_differ() -> None:
    made = {made_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) >= 19 for each in made)


def test_a_folder_of_archives_has_one_summary(tmp_path: Path, call_command: RunCommand) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for code in ("anna-1", "ben-2"):
        make_patient(tmp_path / "home", code)
        export_patient(tmp_path / "home", code, inbox / f"{code}.zip")
    (inbox / "carl.zip").write_bytes(b"no archive")
    (inbox / "letter.txt").write_text("not looked at", encoding="utf-8")
    done = call_command("import", inbox, "--data-dir", tmp_path / "clinic")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 4
    assert "anna-1.zip: anna-1: 2 sessions and 1 baseline taken." in done.stdout
    assert "Took 4 sessions of 2 patients from 2 of 3 archives" in done.stdout
    assert "carl.zip is not taken" in done.stderr
    assert "1 archive of 3 not taken" in done.stderr
    again = call_command("import", inbox, "--data-dir", tmp_path / "clinic")
    assert "Took 0 sessions of 2 patients" in again.stdout


def test_of_many_the_password_is_asked_for_once(tmp_path: Path) -> None:
    archives = []
    for code in ("anna-1", "ben-2"):
        make_patient(tmp_path / "home", code, sessions=1)
        archives.append(tmp_path / f"{code}.zip")
        export_patient(tmp_path / "home", code, archives[-1], password=PASSWORD)
    asked = []

    def password() -> str:
        asked.append(1)
        return PASSWORD

    done = import_many(tmp_path / "clinic", tuple(archives), password)
    assert ([name for name, _ in done.taken], done.refused, len(asked)) == (["anna-1.zip", "ben-2.zip"], (), 1)
