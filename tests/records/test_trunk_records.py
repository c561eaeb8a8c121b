"""The columns of the trunk: written, read again, and missing in records of before."""

from pathlib import Path

import numpy as np
import pytest
from made.common import ROOT

from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.pose.trunk.follow import TrunkSample
from posture_trainer.pose.trunk.hand import Hand, HandSeen, Place
from posture_trainer.pose.trunk.shoulders import TrunkFigures
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.records.samples_file import load_samples, text_rows
from posture_trainer.records.session_log import SessionLog

BEFORE = ROOT / "tests" / "whole" / "records_of_before" / "p001"
ANGLES = HeadAngles(3.0, -2.0, 1.0, 4.0)
FIGURES = TrunkFigures(2.5, -8.25, 1.5, -0.75, 11.25, 0.5)


def written(folder: Path, trunks: list[TrunkSample | None]) -> Path:
    log = SessionLog(folder / "s", {})
    for row, trunk in enumerate(trunks):
        sample = PostureSample(row / 30, ANGLES, ANGLES, (0.0, 0.0, 0.0), Quality.GOOD, True, trunk)
        log.sample(sample, Feedback(PostureState.NEUTRAL, None, None, 0.1))
    log.finish("stopped")
    return folder / "s"


def test_what_was_seen_is_read_again_and_what_was_not_is_empty(tmp_path: Path) -> None:
    hand = HandSeen(Hand.RIGHT, Place.CHEEK)
    folder = written(tmp_path, [TrunkSample(FIGURES, hand, True), TrunkSample(None, HandSeen(Hand.NONE)), None])
    found = load_samples(folder)
    assert found.trunk is not None
    assert found.trunk[0] == pytest.approx(FIGURES.in_order())
    assert np.isnan(found.trunk[1:]).all()
    columns = [(row["hand"], row["hand_place"]) for row in text_rows(folder)]
    assert columns == [("right", "cheek"), ("none", ""), ("", "")]


def test_records_of_before_have_no_trunk_and_are_read() -> None:
    sessions = sorted((BEFORE / "sessions").iterdir())
    found = [load_samples(folder) for folder in sessions if (folder / "samples.csv").exists()]
    assert found
    assert all(len(each.t_s) and each.trunk is None for each in found)
    known = latest_baseline(BEFORE)
    assert known is not None
    assert known[1].shoulders is None
