"""Archives from elsewhere that are not taken: evil names, bombs, lies and damage. Each is told, and leaves no trace."""

import hashlib
import os
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made.archives import made_archive, refused, rewritten
from made.common import RunCommand
from made.patients import files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.names import Limits, split_member, unfit
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.records.baseline_files import load_baseline


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return made_archive(tmp_path)


EVIL = [
    "../evil.json", "patients/anna-1/../../evil.json", "/etc/evil.json", "C:/evil.json", "C:evil.json",
    "patients\\anna-1\\evil.json", "patients/anna-1/..\\evil.json", "//host/share/evil.json", "~/evil.json",
    "patients/../evil.json", "patients/anna-1//evil.json", "patients/anna-1/./evil.json", "patients/anna-1/a.json:b",
    "patients/anna-1/con.json", "patients/anna-1/evil.py", "patients/anna-1/.hidden.json", "patients/anna-1/evil.json ",
    "patients/anna-1/evil.json.", "patients/anna-1/a/b/c/d/e/f/g.json", "patients/ben-2/a.json", "evil.json",
    "patients/anna-1/sessions/\x1b[2J.json", "patients/anna-1/é.json", "PATIENTS/anna-1/evil.json",
    "patients/con/a.json",
]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_an_evil_name_is_refused(tmp_path: Path, exported: Path, name: str) -> None:
    refused(tmp_path, rewritten(exported, added={name: b"{}"}), "not taken")


@given(
    name=st.one_of(
        st.text(min_size=1, max_size=60), st.from_regex(r"patients/anna-1/[./\\:a-zA-Z0-9 -]{1,40}", fullmatch=True)
    )
)
@example(name="patients/anna-1/sessions/x/summary.json")
def test_no_name_leads_out_of_the_patients_folder(name: str) -> None:
    split = split_member(name)
    if split is None:
        return
    with tempfile.TemporaryDirectory() as place:
        folder = (Path(place) / split[0]).resolve()
        target = Path(os.path.normpath(folder / split[1]))
        assert target.is_relative_to(folder)
        assert target != folder
        assert target.relative_to(folder).as_posix() == split[1]
    assert not set(split[1]) & set('\\:*?"<>|\0')


@given(name=st.text(alphabet="ab./\\:C~ \n", min_size=1, max_size=20))
def test_a_forged_archive_changes_nothing_outside(name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        content = {"export.json": b'{"schema_version": 1, "patient": "a"}', name: b"{}"}
        sums = "".join(f"{hashlib.sha256(each).hexdigest()}  {key}\n" for key, each in content.items())
        with zipfile.ZipFile(top / "a.zip", "w") as archive:
            for key, each in {**content, "SHA256SUMS": sums.encode()}.items():
                archive.writestr(key, each)
        with pytest.raises(UserError):
            import_archive(top / "data", top / "a.zip")
        assert [each.name for each in top.iterdir() if each.name != "data"] == ["a.zip"]


def test_a_symbolic_link_is_refused(tmp_path: Path, exported: Path) -> None:
    link = zipfile.ZipInfo("patients/anna-1/sessions/link.json")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    refused(tmp_path, rewritten(exported, added={link: b"/etc/passwd"}), "not a plain file")


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path, exported: Path) -> None:
    for twin in ("patients/anna-1/twin.json", "patients/anna-1/TWIN.json"):
        first = zipfile.ZipInfo("patients/anna-1/twin.json")
        with pytest.warns(UserWarning, match="Duplicate") if twin in first.filename else _quietly():
            changed = rewritten(exported, added={first: b"{}", twin: b"{ }"})
        refused(tmp_path, changed, "twice")


class _quietly:
    def __enter__(self) -> None: ...

    def __exit__(self, *_error: object) -> None: ...


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, exported: Path) -> None:
    bomb = rewritten(exported, added={"patients/anna-1/bomb.csv": bytes(30_000_000)})
    assert bomb.stat().st_size < 1_000_000
    refused(tmp_path, bomb, "grows more than any record")
    refused(tmp_path, rewritten(exported, added={"patients/anna-1/big.json": b" " * 6_000_000}), "too large")
    refused(tmp_path, exported, "would grow", Limits(total_bytes=1000))
    refused(tmp_path, exported, "files, more than", Limits(files=3))
    huge = {"export.json": b'{"patient": "anna-1", "schema_version": 1, "more": [' + b"[]," * 200_000 + b"1]}"}
    refused(tmp_path, rewritten(exported, dict(huge)), "not an export")


def test_the_members_are_counted_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    listed = tmp_path / "listed.zip"
    monkeypatch.setattr(zipfile, "ZipFile", lambda _path: pytest.fail("the members were read"))
    for said, comment in ((3, b""), (0xFFFF, b"c" * 65_535)):
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, said, said, len(entry) * 50_000, 0, len(comment))
        listed.write_bytes(entry * 50_000 + end + comment)
        refused(tmp_path, listed, "more than 40,000 files")
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 3, 3, 1 << 40, 0)
    listed.write_bytes(long + struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1) + end + comment)
    refused(tmp_path, listed, "more than 40,000 files")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_no_archive_and_no_baseline(run_command: RunCommand, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no archive" in run_command("import", tmp_path / "pipe", "--data-dir", tmp_path / "data").stderr
    with pytest.raises(UserError, match="a pipe, and no file"):
        load_baseline(tmp_path / "pipe")


def test_what_can_not_lie_side_by_side_on_every_disk_is_refused(tmp_path: Path, exported: Path) -> None:
    sessions = "patients/anna-1/sessions"
    for names, words in (
        ((f"{sessions}/a/x.json", f"{sessions}/A/y.json"), "twice"),
        ((f"{sessions}/a.json", f"{sessions}/a.json/b.json"), "a file and a folder"),
        (tuple(f"patients/anna-1/plan-{number}.toml" for number in range(201)), "200 plans"),
    ):
        refused(tmp_path, rewritten(exported, added=dict.fromkeys(names, b"{}")), words)


def test_a_bomb_of_many_small_files_is_refused_too(tmp_path: Path, exported: Path) -> None:
    zeros = b"0" * 900_000
    many: dict[zipfile.ZipInfo | str, bytes] = {
        f"patients/anna-1/sessions/bomb-{number}/samples.csv": zeros for number in range(40)
    }
    refused(tmp_path, rewritten(exported, added=many), "grow")


def test_a_size_that_is_a_lie_is_found_out(tmp_path: Path, exported: Path) -> None:
    bomb = rewritten(exported, added={"patients/anna-1/bomb.csv": bytes(3_000_000)})
    content = bytearray(bomb.read_bytes())
    real, said = (3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little")
    assert content.count(real) == 2  # in the local header and in the directory
    bomb.write_bytes(bytes(content).replace(real, said))
    refused(tmp_path, bomb, "not taken")


def test_a_truncated_archive_is_refused(tmp_path: Path, exported: Path) -> None:
    content = exported.read_bytes()
    for length in (0, 10, len(content) // 2, len(content) - 1):
        exported.write_bytes(content[:length])
        refused(tmp_path, exported, "not taken")
    exported.write_bytes(b"This is no archive at all.")
    refused(tmp_path, exported, "not a whole zip archive")


@pytest.fixture(scope="module")
def small_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of very little, with the shape of the face."""
    top = tmp_path_factory.mktemp("small")
    make_patient(top / "home", "anna-1", sessions=1, rows=5)
    export_patient(top / "home", "anna-1", top / "a.zip", face_shape=True)
    return top / "a.zip"


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_damaged_byte_is_found_or_changes_nothing(small_archive: Path, place: int, byte: int) -> None:
    content = bytearray(small_archive.read_bytes())
    content[place % len(content)] = byte
    with tempfile.TemporaryDirectory() as top:
        data, damaged = Path(top) / "clinic", Path(top) / "a.zip"
        damaged.write_bytes(content)
        try:
            import_archive(data, damaged)
        except UserError:
            assert not (data / "patients").exists()
        else:
            assert files_of(data) == files_of(small_archive.parent / "home")


def test_a_wrong_checksum_is_refused(tmp_path: Path, exported: Path) -> None:
    name = "patients/anna-1/sessions/2026-01-30T08-15-00.000Z/samples.csv"
    with zipfile.ZipFile(exported) as archive:
        content = archive.read(name).replace(b"neutral", b"out", 1)
    refused(tmp_path, rewritten(exported, changed={name: content}, mend_sums=False), "checksum differs")


def test_files_and_checksums_must_be_the_same_list(tmp_path: Path, exported: Path) -> None:
    extra = rewritten(exported, added={"patients/anna-1/extra.json": b"{}"}, mend_sums=False)
    refused(tmp_path, extra, "do not agree")
    fewer = rewritten(exported, changed={"README.txt": None}, mend_sums=False)
    refused(tmp_path, fewer, "do not agree")
    refused(tmp_path, rewritten(exported, changed={"SHA256SUMS": b"x\n"}, mend_sums=False), "damaged")
    refused(tmp_path, rewritten(exported, changed={"SHA256SUMS": None}, mend_sums=False), "SHA256SUMS can't be read")


@pytest.mark.parametrize(
    "about",
    [None, b"", b"[]", b'{"schema_version": 1}', b'{"schema_version": 2, "patient": "anna-1"}',
     b'{"schema_version": 1, "patient": "../x"}', b"[" * 100_000],
)  # fmt: skip
def test_an_archive_must_say_whose_it_is(tmp_path: Path, exported: Path, about: bytes | None) -> None:
    refused(tmp_path, rewritten(exported, changed={"export.json": about}), "export.json")


def test_an_archive_of_another_code_inside_is_refused(tmp_path: Path, exported: Path) -> None:
    changed = rewritten(exported, changed={"export.json": b'{"schema_version": 1, "patient": "ben-2"}'})
    refused(tmp_path, changed, "it is of ben-2, but holds files of 'anna-1'")


def test_all_that_goes_out_can_come_in() -> None:
    for path in (
        "baselines/2026-01-31T08-15-00.123Z.json",
        "patient.toml",
        "sessions/2026-01-31T08-15-00.123Z/samples.csv",
    ):
        assert unfit(path) == ""
        assert split_member(f"patients/-a_1/{path}") == ("-a_1", path)
