"""Writes one session to disk, so that nothing but the last second can ever be lost."""

import errno
import json
import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TextIO

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.figures.session_summary import Summary, SummaryTally
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.trunk.follow import TrunkSample
from posture_trainer.private_files import create_private_file, make_private_folder, write_private_file
from posture_trainer.records.people import utc_name

COLUMNS = (
    "t_s", "face", "rotation_deg", "tilt_deg", "flexion_deg", "deviation_deg",
    "measured_rotation_deg", "measured_tilt_deg", "measured_flexion_deg",
    "x_cm", "y_cm", "z_cm", "state", "measured_deviation_deg", "quality", "unsmoothed",
    "shoulder_line_deg", "trunk_rotation_deg", "head_shift_cm", "head_forward_cm", "neck_rotation_deg", "neck_tilt_deg",
    "hand", "hand_place",
)  # fmt: skip
_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows knows no quota
_MAKE_ROOM = "Please make room on the disk before the next session."
WRITTEN = ("session.json", "samples.csv", "events.jsonl")
FILES = (*WRITTEN, "summary.json")


class Follower(Protocol):
    """Who gets each row and each event too, as they are written (exchange/lab_streams.py)."""

    def begins(self, monotonic_s: float) -> None:
        """The session's zero was at this time of `time.monotonic()`."""
        ...

    def sample(self, sample: PostureSample, state: PostureState) -> None:
        """One row."""
        ...

    def event(self, t_s: float, event: str, more: Mapping[str, Any]) -> None:
        """One event."""
        ...


class SessionLog:
    """One session's four files (docs/formats.md). Each row goes to the system at once. follower: gets the same.

    Raises UserError when the folder cannot be made or already holds a session; RecordingStopped when writing
    fails later (a full disk): what was written until then stays readable.
    """

    def __init__(self, folder: Path, header: dict[str, Any], follower: Follower | None = None) -> None:
        make_private_folder(folder)
        self.folder, self.follower = folder, follower
        self._tally = SummaryTally()
        self._utc_offset_s = header.get("utc_offset_s")
        self._refused = header.get("refused")
        self._broken = False
        self._exercises: list[ExerciseEvent] = []
        in_the_way = next((name for name in FILES if (folder / name).exists()), None)
        if in_the_way:
            raise UserError(f"{folder} already holds a session ({in_the_way}). Please name another folder.")
        with ExitStack() as unbegun:
            try:
                write_private_file(folder / "session.json", json.dumps(header, indent=1, default=str) + "\n")
                self._samples = _open_text(folder / "samples.csv", unbegun)
                self._events = _open_text(folder / "events.jsonl", unbegun)
                self._samples.write(",".join(COLUMNS) + "\n")
            except OSError as error:
                if not isinstance(error, FileExistsError):  # then another program has begun there
                    _take_back(folder, unbegun)
                raise RecordingStopped(_unbegun_words(folder, error)) from error
            unbegun.pop_all()

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
        if self.follower is not None:
            self.follower.sample(sample, feedback.state)
        if feedback.cue is not None:
            self.event(sample.t_s, "cue", cue=feedback.cue.value, edge_share=round(feedback.edge_share or 0.0, 3))
            self._tally.add_cue(feedback.cue.value)
        if feedback.regained:
            self.event(sample.t_s, "regained")
            self._tally.add_regained()

    def event(self, t_s: float, event: str, **more: Any) -> None:
        """Write one event at `t_s` seconds of the session."""
        self._write(self._events, json.dumps({"t_s": round(t_s, 4), "event": event, **more}) + "\n")
        if self.follower is not None:
            self.follower.event(t_s, event, more)

    def late_event(self, t_s: float, event: str, **more: Any) -> None:
        """Write one event of after the end, when the session is closed. Raises RecordingStopped."""
        if self._broken:
            return
        try:
            with (self.folder / "events.jsonl").open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps({"t_s": round(t_s, 4), "event": event, **more}) + "\n")
        except OSError as error:
            raise self._stopped(error) from error

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
                raise self._stopped(error) from error
            if missing(self.folder):
                self._broken = True
                raise RecordingStopped(what_is_kept(self.folder))
        return summary

    def _write(self, file: TextIO, text: str) -> None:
        if self._broken:
            return
        try:
            file.write(text)
            if os.fstat(self._samples.fileno()).st_nlink == 0 and not self._found():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))  # written where nobody finds it
        except OSError as error:
            raise self._stopped(error) from error

    def _found(self) -> bool:
        """Whether the rows go into the file that has their name."""
        try:
            return os.path.samestat(os.fstat(self._samples.fileno()), (self.folder / "samples.csv").stat())
        except OSError:
            return False

    def _close(self) -> None:
        for file in (self._samples, self._events):
            try:
                file.close()
            except OSError as error:  # the last bytes did not fit: the summary would not either
                if not self._broken:
                    raise self._stopped(error) from error

    def _stopped(self, error: OSError) -> RecordingStopped:
        """From now on nothing is written; the reason, and what there is of the record."""
        self._broken = True
        if not self._samples.closed and not self._found():
            return RecordingStopped(_lost_words(self.folder))
        if missing(self.folder):
            return RecordingStopped(what_is_kept(self.folder))
        words = f"The record can't be written on: {error.strerror or error}. {what_is_kept(self.folder)}"
        return RecordingStopped(f"{words} {_MAKE_ROOM}" if error.errno in _FULL else words)


def missing(folder: Path) -> tuple[str, ...]:
    """The files of a session's record that are not in its folder, as they should be from its beginning on: somebody
    may have taken them away meanwhile."""
    return tuple(name for name in WRITTEN if not (folder / name).is_file())


def what_is_kept(folder: Path) -> str:
    """What there is of a session's record, in words for the patient: as its files say, never as it should be."""
    gone = missing(folder)
    if not gone:
        return f"All up to now is kept in {folder}."
    if "samples.csv" in gone:
        return _lost_words(folder)
    return f"A part of this session's record was taken away ({', '.join(gone)}). The rest is in {folder}."


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
    fields += _trunk_fields(sample.trunk)
    return ",".join(fields) + "\n"


def _angle_fields(angles: HeadAngles | None) -> list[str]:
    if angles is None:
        return [""] * 4
    values = (angles.rotation_deg, angles.tilt_deg, angles.flexion_deg, angles.deviation_deg)
    return [f"{value:.3f}" for value in values]


def _trunk_fields(trunk: TrunkSample | None) -> list[str]:
    """Trunk, shoulders and hands; empty where they were not seen."""
    if trunk is None:
        return [""] * 8
    figures, hand = trunk.figures, trunk.hand
    numbers = [f"{value:.2f}" for value in figures.in_order()] if figures is not None else [""] * 6
    return [*numbers, hand.hand.value if hand else "", hand.place.value if hand and hand.place else ""]


def _open_text(path: Path, unbegun: ExitStack) -> TextIO:
    """A new private text file whose every line goes to the system as it is written."""
    return unbegun.enter_context(os.fdopen(create_private_file(path), "w", encoding="utf-8", newline="\n", buffering=1))


def _take_back(folder: Path, opened: ExitStack) -> None:
    """Half a beginning is no session: the folder can be used again."""
    with suppress(OSError):
        opened.close()
    for name in WRITTEN:
        with suppress(OSError):
            (folder / name).unlink()


def _lost_words(folder: Path) -> str:
    return f"The record of this session is lost: {folder} was taken away, or what was in it."


def _unbegun_words(folder: Path, error: OSError) -> str:
    return f"The record can't be written on: {error.strerror or error} ({folder}). No session is recorded. {_MAKE_ROOM}"
