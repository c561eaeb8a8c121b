"""patient.toml: what the therapist has set for one patient. Made by the program, changed by hand, checked alike."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from posture_trainer.errors import UserError
from posture_trainer.exercises.follow import Reach
from posture_trainer.feedback import Tolerances
from posture_trainer.plans.fields import Day, Degrees, FeedbackShare, Flag, Table, Text, TolerancesTable
from posture_trainer.plans.toml_files import read_toml
from posture_trainer.pose.directions import Direction
from posture_trainer.private_files import make_private_folder, write_private_file

FILE_NAME = "patient.toml"


class ReachTable(Table):
    """The head angle, in degrees, that brings the pointer of the follow exercise to the edge."""

    rotation_deg: Annotated[float, Field(strict=True, ge=3, le=60)] = Reach.rotation_deg
    tilt_deg: Annotated[float, Field(strict=True, ge=3, le=60)] = Reach.tilt_deg
    flexion_deg: Annotated[float, Field(strict=True, ge=3, le=60)] = Reach.flexion_deg

    def reach(self) -> Reach:
        """As the exercise takes it."""
        return Reach(self.rotation_deg, self.tilt_deg, self.flexion_deg)


class SoundTable(Table):
    """What is heard. volume: 0 to 1."""

    cues: Flag = True
    spoken: Flag = True
    volume: Annotated[float, Field(strict=True, ge=0, le=1)] = 0.7


class PatientSettings(Table):
    """What is set for one patient. Nothing in it names a person.

    pull: the directions the head is pulled to. dizziness_limit: of 0 to 100; above it, no session today.
    injections: the days of earlier injections, before last_injection. injection_asked: when the patient was last
    asked. stretch_limits_deg: the comfortable angle of each direction that may be stretched.
    """

    schema_version: Literal[1] = 1
    plan: Annotated[str, Field(strict=True, min_length=1, max_length=500)] = "free"
    pull: Annotated[tuple[Direction, ...], Field(max_length=3)] = ()
    feedback: FeedbackShare | None = None
    longest_session_min: Annotated[float, Field(strict=True, ge=1, le=60)] | None = None
    dizziness_limit: Annotated[int, Field(strict=True, ge=0, le=100)] = 50
    last_injection: Day | None = None
    injections: Annotated[tuple[Day, ...], Field(max_length=200)] = ()
    injection_asked: Day | None = None
    note: Text = ""
    tolerances: TolerancesTable = TolerancesTable()
    reach: ReachTable = ReachTable()
    stretch_limits_deg: dict[Direction, Degrees] = Field(default_factory=dict)
    sound: SoundTable = SoundTable()

    def all_tolerances(self) -> Tolerances:
        """The patient's tolerances, the program's own where none are set."""
        return self.tolerances.over(Tolerances())

    def with_injection(self, day: date | None, asked: date) -> "PatientSettings":
        """The settings after the patient was asked for the last injection. day: None when there was no answer.

        A day after the one that was known is a new injection, and the known one is kept among the earlier ones; any
        other day corrects it.
        """
        known = self.last_injection
        earlier = sorted({*self.injections, known}) if known and day and day > known else self.injections
        kept = {"last_injection": day or known, "injections": tuple(earlier), "injection_asked": asked}
        return self.model_copy(update=kept)


def load_patient_settings(patient: Path) -> PatientSettings:
    """What is set in the patient's folder; the program's own settings when there is no file. Raises UserError."""
    path = patient / FILE_NAME
    return read_toml(path, PatientSettings, "patient's file") if path.exists() else PatientSettings()


def save_patient_settings(patient: Path, settings: PatientSettings) -> Path:
    """Write the file, whole and private, with a word on each key. Raises UserError.

    It is written anew: comments of the therapist's own belong in `note`, which is kept.
    """
    make_private_folder(patient)
    path = patient / FILE_NAME
    try:
        write_private_file(path, as_toml(settings))
    except OSError as error:
        raise UserError(f"The patient's file could not be saved in {patient} ({error.strerror}).") from error
    return path


def as_toml(settings: PatientSettings) -> str:
    """The settings as the text of the file; what is not set stands there as a comment."""
    feedback = settings.feedback
    tolerances = settings.tolerances.model_dump()
    own = Tolerances()
    lines = [
        "# What is set for this patient. Made by posture-trainer, to be changed by the therapist.",
        "# A line that begins with # is not in force: take the # away to set it.",
        "# The program writes this file anew when settings change in its windows: keep remarks in `note`.",
        "schema_version = 1",
        "",
        "# The assigned plan: a preset's name (posture-trainer plans lists them), or a TOML file.",
        f"plan = {_quoted(settings.plan)}",
        "",
        f"# Where the head is pulled to, up to three of: {', '.join(Direction)}.",
        f"pull = [{', '.join(_quoted(direction) for direction in settings.pull)}]",
        "",
        '# Share of trials with cues: 1.0, 0.67, 0.33, 0.0 or "fade". Not set: as the plan says.',
        _line("feedback", _quoted(feedback) if isinstance(feedback, str) else feedback, '"fade"'),
        "",
        "# The longest session in minutes, pauses included (1 to 60). Not set: as the plan says.",
        _line("longest_session_min", settings.longest_session_min, 15),
        "",
        "# Dizziness before a session, 0 to 100: above this there is none today.",
        f"dizziness_limit = {settings.dizziness_limit}",
        "",
        "# The last botulinum toxin injection (year-month-day).",
        _line("last_injection", settings.last_injection, "2026-01-31"),
        "# Earlier ones, for the weeks around each in the report.",
        f"injections = [{', '.join(map(str, settings.injections))}]",
        "# When the patient was last asked for it. The program asks again 16 weeks after this and the last injection.",
        _line("injection_asked", settings.injection_asked, "2026-01-31"),
        "",
        "# Remarks.",
        f"note = {_quoted(settings.note)}",
        "",
        "# How far from neutral is still fine, in degrees (1 to 45).",
        "[tolerances]",
        *(_line(name, value, getattr(own, name)) for name, value in tolerances.items()),
        "",
        "# Follow: the head angle, in degrees, that brings the pointer to the edge (3 to 60). It stays as set here.",
        "[reach]",
        *(f"{name} = {value}" for name, value in settings.reach.model_dump().items()),
        "",
        "# Stretches go this far, in degrees, and only in the directions set here.",
        "[stretch_limits_deg]",
        *(_line(way, settings.stretch_limits_deg.get(way), 15.0) for way in Direction),
        "",
        "# What is heard. volume: 0 to 1.",
        "[sound]",
        f"cues = {_lower(settings.sound.cues)}",
        f"spoken = {_lower(settings.sound.spoken)}",
        f"volume = {settings.sound.volume}",
    ]
    return "\n".join(lines) + "\n"


def _line(key: str, value: object, example: object) -> str:
    return f"# {key} = {example}" if value is None else f"{key} = {value}"


def _quoted(text: str) -> str:
    """A TOML basic string; its escapes are JSON's, but for one character that JSON leaves bare."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _lower(flag: bool) -> str:
    return "true" if flag else "false"
