"""Writes one session to disk, so that nothing but the last second can ever be lost."""

import errno
import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.figures.session_summary import Summary, SummaryTally
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.private_files import create_private_file, make_private_folder, write_private_file
from posture_trainer.records.people import utc_name

COLUMNS = (
    "t_s", "face", "rotation_deg", "tilt_deg", "flexion_deg", "deviation_deg",
    "measured_rotation_deg", "measured_tilt_deg", "measured_flexion_deg",
    "x_cm", "y_cm", "z_cm", "state", "measured_deviation_deg", "quality", "unsmoothed",
)  # fmt: skip
_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows knows no quota
_MAKE_ROOM = "Please make room on the disk before the next session."
FILES = ("session.json", "samples.csv", "events.jsonl", "summary.json")


class SessionLog:
    """One session's four files (docs/formats.md). Each row goes to the system at once.

    Raises UserError when the folder cannot be made or already holds a session; RecordingStopped when writing
    fails later (a full disk): what was written until then stays readable.
    """

    def __init__(self, folder: Path, header: dict[str, Any]) -> None:
        make_private_folder(folder)
        self.folder = folder
        self._tally = SummaryTally()
        self._utc_offset_s = header.get("utc_offset_s")
        self._refused = header.get("refused")
        self._broken = False
        self._exercises: list[ExerciseEvent] = []
        in_the_way = next((name for name in FILES if (folder / name).exists()), None)
        if in_the_way:
            raise UserError(f"{folder} already holds a session ({in_the_way}). Please name another folder.")
        try:
            write_private_file(folder / "session.json", json.dumps(header, indent=1, default=str) + "\n")
            self._samples = _open_text(folder / "samples.csv")
            self._events = _open_text(folder / "events.jsonl")
            self._samples.write(",".join(COLUMNS) + "\n")
        except OSError as error:
            raise RecordingStopped(_unbegun_words(folder, error)) from error

    @property
    def neutral_s(self) -> float:
        """Seconds in neutral so far."""
        return self._tally.neutral_s

    @property
    def parts(self) -> list[tuple[float, float]]:
        """Seconds in neutral, and seen and not paused, of each part of the session so far (SummaryTally.parts)."""
        return self._tally.parts

    @property
    def exercises(self) -> tuple[ExerciseEvent, ...]:
        """What happened in a guided session so far."""
        return tuple(self._exercises)

    def sample(self, sample: PostureSample, feedback: Feedback) -> None:
        """Write one processed frame, and its cue or confirmation if it has one."""
        self._write(self._samples, sample_row(sample, feedback.state))
        self._tally.add(sample, feedback.state)
        if feedback.cue is not None:
            self.event(sample.t_s, "cue", cue=feedback.cue.value, edge_share=round(feedback.edge_share or 0.0, 3))
            self._tally.add_cue(feedback.cue.value)
        if feedback.regained:
            self.event(sample.t_s, "regained")
            self._tally.add_regained()

    def event(self, t_s: float, event: str, **more: Any) -> None:
        """Write one event at `t_s` seconds of the session."""
        self._write(self._events, json.dumps({"t_s": round(t_s, 4), "event": event, **more}) + "\n")

    def late_event(self, t_s: float, event: str, **more: Any) -> None:
        """Write one event of after the end, when the session is closed. Raises RecordingStopped."""
        if self._broken:
            return
        try:
            with (self.folder / "events.jsonl").open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps({"t_s": round(t_s, 4), "event": event, **more}) + "\n")
        except OSError as error:
            raise RecordingStopped(_stopped_words(self.folder, error)) from error

    def exercise(self, event: ExerciseEvent) -> None:
        """Write what happened in a guided session; its trials make the sections of the summary."""
        self._exercises.append(event)
        in_force = event.feedback
        more = {"tolerances": asdict(in_force.tolerances), "target": asdict(in_force.target)} if in_force else {}
        self.event(event.t_s, event.name, **event.numbers, **more)

    def finish(self, ended: str, length_s: float | None = None, kept_to: str = "neutral") -> Summary:
        """Close the files and write the summary; its absence would mean that the session was cut off.

        kept_to: where the patient was to be, by its key in words/kept_place.py.
        """
        more = {"utc_offset_s": self._utc_offset_s, "kept_to": kept_to, "refused": self._refused}
        summary = self._tally.summary(ended, length_s).model_copy(update=more)
        if self._exercises:
            summary = summary.model_copy(update={"exercises": exercise_summary(self._exercises)})
        self._close()
        if not self._broken:
            try:
                write_private_file(self.folder / "summary.json", summary.model_dump_json(indent=1) + "\n")
            except OSError as error:
                self._broken = True
                raise RecordingStopped(_stopped_words(self.folder, error)) from error
        return summary

    def _write(self, file: TextIO, text: str) -> None:
        if self._broken:
            return
        try:
            file.write(text)
            if os.fstat(file.fileno()).st_nlink == 0 and not (self.folder / "samples.csv").exists():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))  # written where nobody finds it
        except OSError as error:
            self._broken = True
            raise RecordingStopped(_stopped_words(self.folder, error)) from error

    def _close(self) -> None:
        for file in (self._samples, self._events):
            try:
                file.close()
            except OSError as error:  # the last bytes did not fit: the summary would not either
                if not self._broken:
                    self._broken = True
                    raise RecordingStopped(_stopped_words(self.folder, error)) from error


def session_folder(patient: Path, now: datetime | None = None) -> Path:
    """The folder for a session of this patient that begins now (UTC)."""
    return patient / "sessions" / utc_name(now or datetime.now(UTC))


def sample_row(sample: PostureSample, state: PostureState) -> str:
    """One line of samples.csv: angles with three decimals (degrees), positions with two (cm)."""
    smoothed, measured = sample.smoothed, sample.measured
    fields = [f"{sample.t_s:.4f}", "0" if smoothed is None else "1", *_angle_fields(smoothed)]
    fields += _angle_fields(measured)[:3]
    fields += [f"{value:.2f}" for value in sample.position_cm] if sample.position_cm else [""] * 3
    fields += [state.value, _angle_fields(measured)[3], sample.quality.value, str(int(sample.unsmoothed))]
    return ",".join(fields) + "\n"


def _angle_fields(angles: HeadAngles | None) -> list[str]:
    if angles is None:
        return [""] * 4
    values = (angles.rotation_deg, angles.tilt_deg, angles.flexion_deg, angles.deviation_deg)
    return [f"{value:.3f}" for value in values]


def _open_text(path: Path) -> TextIO:
    """A new private text file whose every line goes to the system as it is written."""
    return os.fdopen(create_private_file(path), "w", encoding="utf-8", newline="\n", buffering=1)


def _stopped_words(folder: Path, error: OSError) -> str:
    if not (folder / "samples.csv").exists():
        return f"The record can't be written on: {folder} was taken away. Nothing of this session is kept."
    words = f"The record can't be written on: {error.strerror or error}. All up to now is kept in {folder}."
    return f"{words} {_MAKE_ROOM}" if error.errno in _FULL else words


def _unbegun_words(folder: Path, error: OSError) -> str:
    return f"The record can't be written on: {error.strerror or error} ({folder}). No session is recorded. {_MAKE_ROOM}"
