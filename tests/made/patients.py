"""Whole patients on disk, made in a moment, for the tests of export, import and delete."""

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

from made.scripted import made_baseline

from posture_trainer.feedback import Cue, Feedback, FeedbackSettings, PostureState
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.people import patient_folder
from posture_trainer.records.session_header import session_header
from posture_trainer.records.session_log import SessionLog, session_folder
from posture_trainer.sources.frames import SourceInfo

BEGAN = datetime(2026, 1, 30, 8, 15, tzinfo=UTC)


def make_patient(data: Path, code: str, sessions: int = 2, rows: int = 90) -> Path:
    """A patient with a baseline and sessions a day apart, each with a cue; gives back the folder."""
    folder = patient_folder(data, code)
    baseline = save_baseline(folder, made_baseline())
    for number in range(sessions):
        header = session_header(
            command="practice",
            patient=code,
            source=SourceInfo("script", "a script", 320, 320, 30.0),
            baseline=made_baseline(),
            baseline_file=baseline,
            settings=FeedbackSettings(),
            notes=[],
        )
        began = BEGAN + timedelta(days=number)
        header["created_utc"] = began.isoformat(timespec="milliseconds")
        write_session(session_folder(folder, began), header, rows)
    return folder


def write_session(folder: Path, header: dict[str, object], rows: int) -> None:
    """A finished session of rows 1/30 s apart, every tenth without a face."""
    log = SessionLog(folder, header)
    for index in range(rows):
        t_s = index / 30
        if index % 10 == 9:
            log.sample(PostureSample(t_s), Feedback(PostureState.NO_FACE, None, None, None))
            continue
        turn = 12 * math.sin(t_s)
        angles = HeadAngles(turn, -2.0, 3.5, abs(turn) + 1)
        state = PostureState.OUT if abs(turn) > 8 else PostureState.NEUTRAL
        cue = Cue.TURN_LEFT if index == 60 else None
        log.sample(
            PostureSample(t_s, angles, angles, (0.1, -0.25, 12.345), Quality.GOOD, True),
            Feedback(state, cue, None, 1.2),
        )
    log.event(rows / 30, "stop")
    log.finish("stopped")


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their path, but for the audit lines."""
    found = (each for each in folder.rglob("*") if each.is_file() and each.parent.name != "audit")
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def change_header(session: Path, **more: object) -> None:
    """Put other values into a session's header, as a person with an editor could."""
    path = session / "session.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **more}), encoding="utf-8")
