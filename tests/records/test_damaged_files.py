"""Every reader on files that were damaged: no traceback, no number that nobody can mean, never much memory."""

import json
import math
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made.common import child_environment
from made.patients import make_patient
from made.scripted import made_baseline, made_face

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.face_shape import without_face_shape
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.exchange.tables.sample_rows import all_columns, read_rows
from posture_trainer.exchange.tables.session_rows import session_row
from posture_trainer.plans.patient_file import as_toml, load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan
from posture_trainer.plans.toml_limits import too_much
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.injections import injections
from posture_trainer.records.known_cameras import known_camera
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.session_reader import read_samples, read_session
from posture_trainer.session.todays_plan import history, todays_plan
from posture_trainer.shipped_files import presets

Read = TypeVar("Read")
HUGE = "1" + "0" * 400
VALUES = (
    "NaN", "nan", "inf", "Infinity", "-Infinity", "1e999", "-1e999", HUGE, "-1", "1e308", "-1e308", "181", "null",
    "true", '""', '"x"', "[]", "{}", '"\\u0000"', '"\\ud800"', '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59-12:00"',
    "0001-01-01", "9999-12-31", "1\r9", "\x1b[2J", "1_0", "１２", '"', ",", "\n",
)  # fmt: skip
WHOLE = (
    b"", b"[", b"[" * 100_000, b'{"a":' * 100_000, b"null", b"[]", b"{}", b"\xff\xfe", b"\r", b"a." * 20_000 + b"b=1",
    b"9" * 200_000,
)  # fmt: skip

slow = settings(max_examples=12, suppress_health_check=list(HealthCheck))


@st.composite
def damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A way to damage any file: a value put in the place of another, bits, cuts, doubled or foreign bytes."""
    where, length = draw(st.floats(0, 1)), draw(st.sampled_from((1, 8, 1000)))
    kind = draw(st.sampled_from(("value", "value", "value", "bit", "cut", "lost", "twice", "zeros", "utf-16", "whole")))
    value, whole, bit = draw(st.sampled_from(VALUES)), draw(st.sampled_from(WHOLE)), draw(st.integers(0, 7))

    def damaged(content: bytes) -> bytes:
        at = int(where * (len(content) - 1))
        if kind == "value":
            start = at + next((i for i, byte in enumerate(content[at:]) if byte in b":=,[ "), 0) + 1
            end = start + next((i for i, byte in enumerate(content[start:]) if byte in b",\n]}"), 0)
            return content[:start] + value.encode("utf-8", "surrogatepass") + content[end:]
        if kind == "bit":
            return content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :]
        changed = {
            "cut": content[:at],
            "lost": content[:at] + content[at + length :],
            "twice": content[: at + length] + content[at:],
            "zeros": content[:at] + bytes(length) + content[at:],
            "utf-16": content.decode("utf-8", "replace").encode("utf-16"),
            "whole": whole,
        }
        return changed[kind]

    return damaged


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A patient with all that a record can have, small."""
    data = tmp_path_factory.mktemp("data")
    folder = make_patient(data, "anna", sessions=2, rows=40)
    (folder / "patient.toml").write_text(as_toml(PatientSettings(plan="meige")), encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def patient(data: Path) -> Path:
    return data / "patients" / "anna"


def taken_or_refused(read: Callable[[], Read]) -> tuple[Read | None, str]:
    """What was read, or the words of the refusal; anything else that is raised is a fault."""
    try:
        return read(), ""
    except UserError as refusal:
        return None, str(refusal)


def numbers(value: Any) -> Iterator[float]:
    """All numbers in a value."""
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from numbers(each)
    elif hasattr(value, "__dataclass_fields__"):
        yield from numbers(vars(value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def all_can_be_meant(value: Any) -> bool:
    return all(math.isfinite(number) and abs(number) < 1e13 for number in numbers(value))


def look_at_sessions(patient: Path) -> None:
    """All that reads a session, without the report's page."""
    for session in past_sessions(patient):
        assert all_can_be_meant(session.figures)
        assert session.spread_deg is None or abs(session.spread_deg) <= 180
    for folder in (patient / "sessions").iterdir():
        record = read_session(folder)
        if record.summary is not None:
            assert all_can_be_meant(record.summary.model_dump())
            assert 0 <= record.summary.neutral_s <= record.summary.length_s + 2
        assert all_can_be_meant(list(session_row("anna", folder).values))
        try:
            for line in read_rows(folder, all_columns([folder])).text.splitlines():
                assert not {"nan", "inf"} & set(line.lower().split(","))
            for sample, _ in read_samples(folder):
                assert all_can_be_meant(sample)
        except (OSError, UserError):
            pass
    lines = overview(patient.parent.parent).sessions
    assert all_can_be_meant([(line.neutral_s, line.out_s) for line in lines])
    history(patient, *load_plan("home"))


class Put:
    """A damaged file in the place of a whole one, which comes back."""

    def __init__(self, path: Path, change: Callable[[bytes], bytes]) -> None:
        self.path, self.content = path, path.read_bytes()
        path.write_bytes(change(self.content))

    def __enter__(self) -> None:
        return

    def __exit__(self, *_: object) -> None:
        self.path.write_bytes(self.content)


@pytest.mark.parametrize("name", ["session.json", "summary.json", "samples.csv", "events.jsonl"])
@pytest.mark.parametrize("cut_off", [False, True])
@slow
@given(change=damage())
def test_sessions(patient: Path, name: str, cut_off: bool, change: Callable[[bytes], bytes]) -> None:
    session = max((patient / "sessions").iterdir())
    with Put(session / name, change), Put(session / "summary.json", lambda whole: whole):
        if cut_off:
            (session / "summary.json").unlink()
        look_at_sessions(patient)


@slow
@given(change=damage())
def test_figures_that_were_kept(patient: Path, change: Callable[[bytes], bytes]) -> None:
    whole = [session.figures for session in past_sessions(patient)]
    with Put(patient / "review-figures.json", change):
        assert [session.figures for session in past_sessions(patient)] == whole


@slow
@given(change=damage())
def test_baselines(patient: Path, change: Callable[[bytes], bytes]) -> None:
    with Put(max((patient / "baselines").iterdir()), change):
        found, words = taken_or_refused(lambda: latest_baseline(patient))
        assert len(words.splitlines()) <= 1
        if found is None:
            return
        baseline = found[1]
        guide = baseline.guide(baseline.target) if baseline.target else baseline.guide()
        assert abs(guide.outline).max() < 100
        sample = PatientPosture(baseline).sample(0.0, (made_face(),))
        assert sample.smoothed is None or all_can_be_meant(sample.smoothed)


@slow
@given(change=damage())
@example(change=lambda _: b"a." * 20_000 + b"b=1")
def test_the_patients_file(patient: Path, change: Callable[[bytes], bytes]) -> None:
    with Put(patient / "patient.toml", change):
        assert all(1970 <= day.year <= 2200 for day in injections(patient))
        own, words = taken_or_refused(lambda: load_patient_settings(patient))
        _, no_plan = taken_or_refused(lambda: todays_plan(patient, None, own or PatientSettings()))
        assert len(words.splitlines()) <= 1 >= len(no_plan.splitlines())
        if own is not None:
            save_patient_settings(patient, own)
            assert load_patient_settings(patient) == own


@slow
@given(change=damage(), preset=st.sampled_from(sorted(presets().glob("*.toml"))))
def test_plans(tmp_path_factory: pytest.TempPathFactory, change: Callable[[bytes], bytes], preset: Path) -> None:
    path = tmp_path_factory.getbasetemp() / "own.toml"
    path.write_bytes(change(preset.read_bytes()))
    _, words = taken_or_refused(lambda: load_plan(str(path)))
    assert len(words.splitlines()) <= 1
    assert len(words) < 1500


@slow
@given(change=damage())
def test_cameras(tmp_path_factory: pytest.TempPathFactory, change: Callable[[bytes], bytes]) -> None:
    data = tmp_path_factory.getbasetemp()
    (data / "cameras.json").write_bytes(
        change(b'{\n "cam": {"vfov_deg": 45.0, "mirrored": true},\n "other": 60.5\n}\n')
    )
    known = known_camera(data, "cam", {})
    assert known.vfov_deg is None or 10 <= known.vfov_deg <= 150


@slow
@given(change=damage())
def test_archives(data: Path, tmp_path_factory: pytest.TempPathFactory, change: Callable[[bytes], bytes]) -> None:
    base = tmp_path_factory.getbasetemp()
    whole, archive, other = base / "whole.zip", base / "damaged.zip", base / "other"
    if not whole.exists():
        export_patient(data, "anna", whole)
    archive.write_bytes(change(whole.read_bytes()))
    _, words = taken_or_refused(lambda: import_archive(other, archive))
    assert len(words.splitlines()) <= 1
    assert not list(other.glob(".importing-*"))
    shutil.rmtree(other, ignore_errors=True)


def test_only_a_hostile_file_is_too_much() -> None:
    for preset in presets().glob("*.toml"):
        assert too_much(preset.read_text(encoding="utf-8")) == ""
    assert too_much(as_toml(PatientSettings(note='a.a.a.a.a.a.a.a.a."""\\' * 80))) == ""
    assert too_much("a.b.c.d.e.f.g.h.i = 1") == "a key in it has too many parts"
    assert too_much("[a . 'b' . \"c\".d.e.f.g.h.i]") == "a key in it has too many parts"
    assert too_much("a = " + "[" * 30) == "something in it is too deep"
    assert too_much("a = 1\n" * 5000).endswith("4000 values")
    assert too_much("#" * 300_000) == "larger than 200 kB"
    assert too_much("a = [" + "1.5, " * 300 + "]\n" + "b = 1.5\n" * 100) == ""


def test_a_file_of_too_many_values_is_not_given_away() -> None:
    many = b"[" + b"[]," * 200_000 + b'"landmarks"]'
    for path, content in (("sessions/s/summary.json", many), ("sessions/s/events.jsonl", b"\n" * 60_000 + many)):
        assert without_face_shape(path, content) is None
    assert without_face_shape("sessions/s/events.jsonl", b"\n" * 60_000) == b"\n" * 60_000


def test_a_model_with_a_flipped_bit_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from posture_trainer import shipped_files
    from posture_trainer.tracking.faces import face_model

    whole = bytearray(face_model())
    damaged = tmp_path / "face_landmarker.task"
    monkeypatch.setattr(shipped_files, "face_landmarker", lambda: damaged)
    with pytest.raises(UserError, match="missing"):
        face_model()
    whole[len(whole) // 2] ^= 4
    damaged.write_bytes(whole)
    with pytest.raises(UserError, match="damaged"):
        face_model()


def test_two_writers_of_one_file_never_show_half_of_it(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom posture_trainer.private_files import write_private_file\n"
        "for _ in range(60): write_private_file(Path(sys.argv[1]), sys.argv[2] * 20000)"
    )
    path = tmp_path / "patient.toml"
    call = [sys.executable, "-c", program, str(path)]
    writers = [subprocess.Popen([*call, sign], env=child_environment()) for sign in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            seen.add(path.read_text(encoding="utf-8"))
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {"a" * 20000, "b" * 20000}
    assert [each.name for each in tmp_path.iterdir()] == ["patient.toml"]


def test_an_export_leaves_a_foreign_part_file_alone(data: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip.part").write_text("mine", encoding="utf-8")
    export_patient(data, "anna", tmp_path / "b.zip")
    assert (tmp_path / "b.zip.part").read_text(encoding="utf-8") == "mine"
    assert zipfile.is_zipfile(tmp_path / "b.zip")


def test_a_baseline_of_numbers_that_no_camera_gives_is_refused(tmp_path: Path) -> None:
    whole = made_baseline().model_dump(mode="json")
    folder = tmp_path / "baselines"
    folder.mkdir()
    for key, value in {
        "position_cm": [1e308, 0, 0], "spread_deg": 181, "face_width_px": 1e9, "picture_size": [10**9, 1],
        "vfov_deg": 4, "duration_s": 1e308, "created_utc": "9999-12-31T23:59:59Z", "frames": 10**400,
    }.items():  # fmt: skip
        (folder / "2026-01-01T00-00-00.000Z.json").write_text(json.dumps({**whole, key: value}), encoding="utf-8")
        with pytest.raises(UserError, match="damaged"):
            latest_baseline(tmp_path)
