"""The Python API for labs: arrays with units, one's own video, the notebook and the API's pages."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from made.common import ROOT, child_environment
from made.patients import make_patient

from posture_trainer.errors import UserError
from posture_trainer.pose import track
from posture_trainer.records import open_session
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_log import COLUMNS
from posture_trainer.records.session_reader import read_samples

NOTEBOOK = ROOT / "docs" / "lab.ipynb"


def code_cells() -> list[str]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_a_record_comes_as_arrays_with_units(tmp_path: Path) -> None:
    folder = session_folders(make_patient(tmp_path, "anna-1", sessions=1))[0]
    session = open_session(folder)
    assert len(session) == 90
    assert (session.trouble, session.left_out) == ("", 0)
    assert session.header["patient"] == "anna-1"
    assert session.summary is not None
    assert [event["event"] for event in session.events] == ["cue", "stop"]
    assert set(session.columns) - {"good"} == {*COLUMNS} - {"quality", "measured_deviation_deg", "hand", "hand_place"}
    assert (session.units["rotation_deg"], session.units["x_cm"], session.units["t_s"]) == ("deg", "cm", "s")
    assert set(session.units) == set(session.columns)
    assert session["rotation_deg"][30] == pytest.approx(12 * math.sin(1.0), abs=0.001)
    assert np.isnan(session["rotation_deg"][9])
    assert not session["face"][9]
    assert np.all(np.diff(session["t_s"]) > 0)
    with pytest.raises(UserError):
        open_session(tmp_path / "nothing")


def test_a_video_of_ones_own_comes_as_samples_like_those_of_its_log(tmp_path: Path, restless_face_video: Path) -> None:
    samples = list(track(restless_face_video))
    done = subprocess.run(
        [sys.executable, "-m", "posture_trainer", "analyze", restless_face_video, "--out", tmp_path / "log"],
        env=child_environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    logged = [row for row, _ in read_samples(tmp_path / "log")]
    assert len(samples) == len(logged) == 60
    for sample, row in zip(samples, logged, strict=True):
        assert sample.smoothed is not None
        assert row.smoothed is not None
        assert sample.t_s == pytest.approx(row.t_s, abs=0.0001)
        assert sample.smoothed.tilt_deg == pytest.approx(row.smoothed.tilt_deg, abs=0.02)


def test_a_video_without_a_face_has_samples_without_angles(no_face_video: Path, tmp_path: Path) -> None:
    assert {sample.smoothed for sample in track(no_face_video)} == {None}
    with pytest.raises(UserError):
        next(track(tmp_path / "none.mp4"))


def test_the_notebook_draws_the_picture_in_twenty_lines(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed (extra [lab])")
    picture, *more = code_cells()
    assert len([line for line in picture.splitlines() if line.strip()]) <= 20
    folder = session_folders(make_patient(tmp_path, "anna-1", sessions=1))[0]
    environment = {
        **child_environment(),
        "MPLBACKEND": "agg",
        "RECORD": str(folder),
        "PICTURE": str(tmp_path / "a.png"),
    }
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([picture, *more])],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0 pictures, 0 with a face\n"), done.stderr
    drawn = cv2.imread(str(tmp_path / "a.png"))
    assert drawn is not None
    blue_to_orange = drawn.reshape(-1, 3).astype(int)
    assert (blue_to_orange[:, 2] - blue_to_orange[:, 0] > 150).sum() > 50  # the moments out of tolerance are marked


def test_the_api_has_pages_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("pdoc", reason="pdoc is not installed (extra [test])")
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_api_pages.py", tmp_path / "api"],
        env={**child_environment(), "PYTHONPATH": os.pathsep.join([str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "api/posture_trainer/records.html").read_text(encoding="utf-8")
    assert "open_session" in page
    assert "track" in (tmp_path / "api/posture_trainer/pose.html").read_text(encoding="utf-8")
