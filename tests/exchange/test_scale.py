"""The made-up clinic is in the real format, and the questions of docs/scale.md have the answers that the logs give."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from test_tables import chosen

from bench.engines import without_exercises
from bench.questions import questions
from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_reader import read_session
from scripts import make_clinic


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two patients with two sessions of a minute each, half a year apart."""
    data = tmp_path_factory.mktemp("clinic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make_clinic, "LENGTH_S", 60.0)
        make_clinic.make_clinic(data, patients=2, sessions=2, samples_of=4)
    return data


def test_its_summaries_are_those_of_its_samples(clinic: Path) -> None:
    lines = overview(clinic).sessions
    assert len(lines) == 4
    for line in lines:
        assert read_session(line.folder).trouble == ""
        kept = line.folder / "summary.json"
        kept.rename(kept.with_suffix(".kept"))
        made = read_session(line.folder).summary
        kept.with_suffix(".kept").rename(kept)
        assert made is not None
        assert line.summary is not None
        known = line.summary.model_dump(exclude={"angles", "ended", "length_s"})
        found = made.model_dump(exclude={"angles", "ended", "length_s"})
        assert found.pop("cues") == known.pop("cues")
        assert found.pop("exercises") == known.pop("exercises")
        assert found == pytest.approx(known, abs=0.02)
        for axis, figures in made.angles.items():
            assert figures.model_dump() == pytest.approx(line.summary.angles[axis].model_dump(), abs=0.01)


def test_duckdb_gives_the_answers_of_the_logs(clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow", reason="the extra [tables] is not installed")
    duckdb: Any = pytest.importorskip("duckdb", reason="the extra [tables] is not installed")
    export_tables(chosen(clinic), tmp_path / "out", "parquet")
    monkeypatch.chdir(tmp_path / "out")
    answers = []
    for sql in questions():
        with duckdb.connect() as connection:
            answers.append(connection.sql(sql).fetchall())
    by_summary, by_row, trend = answers
    assert [row[:2] for row in by_summary] == [row[:2] for row in by_row]
    assert [row[1] for row in by_row] == [2, 2]
    for slow, fast in zip(by_row, by_summary, strict=True):
        assert slow[2:] == pytest.approx(fast[2:], abs=0.002)
    first = [read_session(session_folders(clinic / "patients" / code)[0]).summary for code in ("p001", "p002")]
    neutral_s, seen_s = (sum(getattr(each, name) for each in first) for name in ("neutral_s", "seen_s"))
    assert by_summary[0][3] == pytest.approx(neutral_s / seen_s, abs=5e-4)
    assert sorted(row[0] for row in trend) == ["p001", "p002"]
    for _, sessions, tests, first_s, last_s, slope, r2, missing in trend:
        assert (sessions, tests, missing) == (2, 2, "")
        assert slope == pytest.approx((last_s - first_s) / 52, abs=0.01)
        assert r2 == pytest.approx(1, abs=0.01)


def test_the_trend_needs_no_exercises_in_the_summaries_and_says_what_is_missing(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Summaries of before are without them: then the trials tell; and where there are none, that is said."""
    pytest.importorskip("pyarrow", reason="the extra [tables] is not installed")
    duckdb: Any = pytest.importorskip("duckdb", reason="the extra [tables] is not installed")

    def trend(data: Path, out: Path) -> list[tuple[Any, ...]]:
        export_tables(chosen(data), out, "parquet")
        monkeypatch.chdir(out)
        with duckdb.connect() as connection:
            found: list[tuple[Any, ...]] = connection.sql(questions()[-1]).fetchall()
        return found

    before = {row[0]: row for row in trend(clinic, tmp_path / "before")}
    data = tmp_path / "data"
    shutil.copytree(clinic, data)
    without_exercises(data / "patients" / "p001")
    without_exercises(data / "patients" / "p002", trials=False)
    first, second = trend(data, tmp_path / "after")
    assert first == before["p001"]
    assert second == ("p002", 2, 0, None, None, None, None, "no hold test in any session")
