"""The FHIR Bundle: valid, the figures of the report, the same bytes each time, and nobody's name in it."""

import json
import stat
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from made.common import RunCommand
from made.courses import Day, Stretch, session_of
from made.patients import change_header, make_patient
from made.reported import write_patient, write_session
from test_report_figures import every_exercise

from posture_trainer.course.past_session import PastSession
from posture_trainer.errors import UserError
from posture_trainer.exchange.fhir import codes
from posture_trainer.exchange.fhir.observations import figures_of_session, moment, observation
from posture_trainer.exchange.fhir.write import bundle, export_fhir
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import session_folders

needs_library = pytest.mark.skipif(
    find_spec("fhir") is None,
    reason="fhir.resources is not installed (it is in the extra [test])",
)
UCUM = {"deg", "s", "%", "Hz", "{score}"}


def observations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [each["resource"] for each in found["entry"] if each["resource"]["resourceType"] == "Observation"]


def own_code(resource: dict[str, Any]) -> str:
    (found,) = [each["code"] for each in resource["code"]["coding"] if each["system"] == codes.FIGURES]
    return str(found)


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sessions with hold tests and ratings, one of them with every exercise, and one that was cut off."""
    folder = write_patient(tmp_path_factory.mktemp("fhir"), count=1)
    write_session(folder, 8, pain=40, hold_test_s=30, exercises=every_exercise(), notes=["Ask Mrs Miller"])
    write_session(folder, 9, cut=True)
    return folder


@pytest.fixture(scope="module")
def made(patient: Path) -> dict[str, Any]:
    return bundle("anna", past_sessions(patient))


@needs_library
def test_it_is_valid_private_and_the_same_each_time(patient: Path, tmp_path: Path, made: dict[str, Any]) -> None:
    result = export_fhir(patient, tmp_path / "anna.json")
    export_fhir(patient, tmp_path / "again.json")
    content = (tmp_path / "anna.json").read_bytes()
    assert content == (tmp_path / "again.json").read_bytes()
    assert stat.S_IMODE((tmp_path / "anna.json").stat().st_mode) == 0o600
    assert json.loads(content) == made
    assert result.observations == len(observations(made))
    assert (result.sessions, len(result.troubles)) == (3, 1)
    with pytest.raises(UserError, match="is there already"):
        export_fhir(patient, tmp_path / "anna.json")


def test_every_observation_has_what_a_reader_needs(made: dict[str, Any]) -> None:
    ids = [each["fullUrl"] for each in made["entry"]]
    assert len(ids) == len(set(ids))
    kinds = [each["resource"]["resourceType"] for each in made["entry"]]
    assert kinds[:2] == ["Patient", "Device"]
    assert set(kinds[2:]) == {"Observation"}
    subject, device = ids[:2]
    times = []
    for each in observations(made):
        assert each["subject"]["reference"] == subject
        assert each["device"]["reference"] == device
        assert each["method"]["text"]
        assert each["status"] in ("final", "preliminary")
        moment_of = datetime.fromisoformat(each["effectiveDateTime"])
        assert moment_of.tzinfo is not None
        times.append(each["effectiveDateTime"][:10])
        parts = [each, *each.get("component", [])]
        quantities = [part["valueQuantity"] for part in parts if "valueQuantity" in part]
        assert quantities
        assert {quantity["code"] for quantity in quantities} <= UCUM
        assert {quantity["system"] for quantity in quantities} == {codes.UCUM}
        assert all(quantity.get("comparator", ">=") == ">=" for quantity in quantities)
        assert {coding["system"] for coding in each["code"]["coding"]} <= {codes.FIGURES, codes.LOINC}
    assert times == sorted(times)
    assert {each["status"] for each in observations(made) if each["effectiveDateTime"].startswith("2026-01-14")} == {
        "preliminary"
    }


def test_the_figures_are_those_of_the_report(patient: Path, made: dict[str, Any]) -> None:
    session = past_sessions(patient)[0]
    figures = session.figures
    assert figures is not None
    of_first = {
        own_code(each): each for each in observations(made) if each["effectiveDateTime"].startswith("2026-01-05")
    }
    value = {code: each["valueQuantity"]["value"] for code, each in of_first.items()}
    assert value["in-tolerance"] == pytest.approx(100 * (figures.in_tolerance_share or 0), abs=1e-4)
    assert value["longest-hold"] == pytest.approx(figures.longest_hold_s, abs=1e-4)
    assert value["deviation-median"] == pytest.approx(figures.deviation_deg, abs=1e-4)
    assert value["hold-test"] == session.extras.hold_test_s
    assert value["pain-before"] == 60
    pain = of_first["pain-before"]
    assert {coding["code"] for coding in pain["code"]["coding"]} == {"38208-5", "pain-before"}
    assert "0 (none) to 100" in pain["note"][0]["text"]
    mirror = figures.mirror
    assert mirror is not None
    parts = {
        each["code"]["coding"][0]["code"]: each["valueQuantity"]["value"] for each in of_first["pull"]["component"]
    }
    assert parts == {f"pull-{axis}": pytest.approx(deg, abs=1e-4) for axis, deg in mirror.pull.items()}


def test_tests_of_range_are_handed_over_with_their_direction(made: dict[str, Any]) -> None:
    ranges = {own_code(each): each["valueQuantity"] for each in observations(made) if "range-" in own_code(each)}
    assert ranges
    assert all(quantity["code"] == "deg" for quantity in ranges.values())


def test_nothing_but_the_code_tells_who_it_is(patient: Path, made: dict[str, Any]) -> None:
    text = json.dumps(made)
    assert made["entry"][0]["resource"]["identifier"][0]["value"] == "anna"
    assert "name" not in made["entry"][0]["resource"]
    for secret in ("Miller", "landmarks", "face_model", str(patient)):
        assert secret not in text


def test_what_could_not_be_measured_further_is_a_lower_bound() -> None:
    session = session_of(Day(0, (Stretch(60, (62, 4, 0), 2, 30),)))
    found = {each.code.code: each for each in figures_of_session(session)}
    assert found["pull"].at_least
    resource = observation(session, found["pull"], {"id": "x"})
    assert resource["valueQuantity"]["comparator"] == ">="
    assert any("lower bound" in note["text"] for note in resource["note"])
    near = {each.code.code: each for each in figures_of_session(session_of(Day(0, (Stretch(60, (12, 4, 0)),))))}
    assert not near["pull"].at_least


@pytest.mark.parametrize(
    ("offset_s", "told"),
    [
        (7200, "2026-01-05T11:00:00+02:00"),
        (-12600, "2026-01-05T05:30:00-03:30"),
        (None, "2026-01-05T09:00:00+00:00"),
        (64800, "2026-01-05T09:00:00+00:00"),
        (7230, "2026-01-05T09:00:00+00:00"),
        ("soon", "2026-01-05T09:00:00+00:00"),
    ],
)
def test_times_have_the_patients_own_zone(offset_s: Any, told: str) -> None:
    session = session_of(Day(0, (Stretch(30, (12, 4, 0)),)))
    session.header["utc_offset_s"] = offset_s
    assert moment(session) == told


def test_refused_sessions_are_none(patient: Path) -> None:
    def refused(session: PastSession) -> PastSession:
        session.header["refused"] = "signs"
        return session

    assert observations(bundle("anna", map(refused, past_sessions(patient)))) == []


@needs_library
def test_a_bundle_that_would_not_be_valid_is_not_written(
    patient: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "posture_trainer.exchange.fhir.write.observation",
        lambda *given: {**observation(*given), "effectiveDateTime": "yesterday"},
    )
    with pytest.raises(UserError, match="would not be valid FHIR"):
        export_fhir(patient, tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []


@needs_library
def test_hostile_records_stay_valid(tmp_path: Path) -> None:
    folder = make_patient(tmp_path / "data", "anna-1")
    first, second = session_folders(folder)
    change_header(first, utc_offset_s=1e300, baseline={"created_utc": "<b>\x1b[2J" * 50}, created_utc="never")
    lines = [
        '{"event": "ratings", "t_s": 1, "when": "before", "pain": 1e400}',
        '{"event": "ratings", "t_s": 1, "when": "before", "pain": 55.5, "control": "=1+1"}',
        '{"event": "range", "t_s": NaN}',
    ]
    (second / "events.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    export_fhir(folder, tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert "\\u001b" not in text
    found = [each for each in observations(json.loads(text)) if own_code(each) == "pain-before"]
    assert [each["valueQuantity"]["value"] for each in found] == [55.5]


def test_without_the_library_it_says_what_to_install(
    patient: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    with pytest.raises(UserError, match=r"posture-trainer\[fhir\]"):
        export_fhir(patient, tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []


@needs_library
def test_the_command(run_command: RunCommand, patient: Path, tmp_path: Path) -> None:
    data = patient.parent.parent
    done = run_command("export", "--fhir", "--patient", "anna", "--out", tmp_path / "a.json", "--data-dir", data)
    assert done.returncode == 0, done.stderr
    assert "observations of 3 sessions" in done.stdout
    assert json.loads((tmp_path / "a.json").read_bytes())["resourceType"] == "Bundle"
    for wrong in (["--fhir"], ["--fhir", "--format", "csv", "--patient", "anna"]):
        assert run_command("export", *wrong, "--out", tmp_path / "b", "--data-dir", data).returncode == 2
    assert not (tmp_path / "b").exists()
