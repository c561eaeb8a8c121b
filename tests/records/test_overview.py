"""The overview of all sessions: from summaries alone, and nothing broken stops it."""

import os
from pathlib import Path

import pytest
from made.patients import make_patient

from posture_trainer.course.patients import Overview
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.session_reader import CUT_OFF, read_session


def test_all_sessions_by_patient_and_time(tmp_path: Path) -> None:
    for code in ("ben-2", "anna-1"):
        make_patient(tmp_path, code, sessions=3)
    found = overview(tmp_path)
    assert found.patients == ("anna-1", "ben-2")
    assert [line.patient for line in found.sessions] == ["anna-1"] * 3 + ["ben-2"] * 3
    assert [line.session for line in found.sessions[:3]] == sorted(line.session for line in found.sessions[:3])
    for line in found.sessions:
        summary = read_session(line.folder).summary
        assert line.summary == summary
        assert line.trouble == ""
        assert summary is not None
        assert line.in_tolerance_share == pytest.approx(summary.neutral_s / summary.seen_s)
    assert found.troubles == ()


def test_samples_are_not_read(tmp_path: Path) -> None:
    folder = make_patient(tmp_path, "a", sessions=2)
    for path in [*folder.rglob("samples.csv"), *folder.rglob("events.jsonl"), *folder.rglob("session.json")]:
        path.unlink()
    assert [line.trouble for line in overview(tmp_path).sessions] == ["", ""]


def test_bad_and_half_written_sessions_are_listed_and_stop_nothing(tmp_path: Path) -> None:
    folder = make_patient(tmp_path, "a", sessions=1) / "sessions"
    contents = {
        "b-cut": None, "c-half": b'{"schema_version": 1, "length_s": 3', "d-binary": b"\xff\x00", "e-list": b"[]",
        "f-deep": b"[" * 100_000, "g-large": b" " * 6_000_000, "h-wrong": b'{"length_s": "long"}',
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).mkdir()
        if content is not None:
            (folder / name / "summary.json").write_bytes(content)
    (folder / "i-folder" / "summary.json").mkdir(parents=True)
    (folder / "a-file").write_text("not a session", encoding="utf-8")
    (tmp_path / "patients" / "not a code\x1b").mkdir()
    (tmp_path / "patients" / "b").mkdir()
    (tmp_path / "patients" / "b" / "sessions").write_text("a file", encoding="utf-8")
    found = overview(tmp_path)
    troubles = {line.session: line.trouble for line in found.sessions}
    assert len(troubles) == 9
    assert sum(trouble == "" for trouble in troubles.values()) == 1
    assert troubles["b-cut"] == CUT_OFF
    assert troubles["g-large"] == "summary.json is too large to be one"
    assert troubles["i-folder"].startswith("summary.json can't be read")
    damaged = {name for name, trouble in troubles.items() if trouble == "summary.json is damaged"}
    assert damaged == {"c-half", "d-binary", "e-list", "f-deep", "h-wrong"}
    assert all(line.summary is None and line.in_tolerance_share is None for line in found.sessions if line.trouble)
    assert len(found.troubles) == 2
    assert all(trouble.isprintable() for trouble in found.troubles)


def test_without_records_it_is_empty(tmp_path: Path) -> None:
    assert overview(tmp_path / "nowhere") == Overview((), ())


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_links_are_not_followed(tmp_path: Path) -> None:
    folder = make_patient(tmp_path, "a", sessions=1)
    (tmp_path / "patients" / "again").symlink_to(folder, target_is_directory=True)
    assert overview(tmp_path).patients == ("a",)
