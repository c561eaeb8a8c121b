"""patient.toml: read, and written with a word on each key. Made by the program, changed by hand, checked alike.

And clinic.toml, which stands in for whoever has none: read only.
"""

import json
from pathlib import Path

from posture_trainer.audit import note_of
from posture_trainer.errors import UserError
from posture_trainer.feedback import Tolerances
from posture_trainer.plans.patient_settings import ClinicSettings, PatientSettings
from posture_trainer.plans.toml_files import read_within_limits, save_toml
from posture_trainer.pose.directions import Direction

FILE_NAME, CLINIC_FILE = "patient.toml", "clinic.toml"
_PATIENTS_OWN = ("sound", "hide_face", "hide_face_told", "injection_asked")


def load_patient_settings(patient: Path) -> PatientSettings:
    """What is set in the patient's folder; the clinic's or the program's own settings when there is no file. Raises
    UserError.

    What is beyond a limit in the file is brought to it.
    """
    return settings_within_limits(patient)[0]


def settings_within_limits(patient: Path) -> tuple[PatientSettings, tuple[str, ...]]:
    """The same, with what was brought to its limit, in words."""
    path = patient / FILE_NAME
    if path.exists():
        return read_within_limits(path, PatientSettings, "patient's file")
    if patient.parent.name != "patients":
        return PatientSettings(), ()
    clinic, told = _clinic_within_limits(patient.parent.parent)
    return clinic.for_a_new_patient(), told


def load_clinic_settings(data: Path) -> ClinicSettings:
    """What the clinic has set in that data folder; nothing where there is no clinic.toml. Raises UserError."""
    return _clinic_within_limits(data)[0]


def _clinic_within_limits(data: Path) -> tuple[ClinicSettings, tuple[str, ...]]:
    path = data / CLINIC_FILE
    return read_within_limits(path, ClinicSettings, "clinic's file") if path.exists() else (ClinicSettings(), ())


def save_patient_settings(patient: Path, settings: PatientSettings) -> Path:
    """Write the file, whole and private, with a word on each key. Raises UserError, also for what is beyond a limit.

    It is written anew: comments of the therapist's own belong in `note`, which is kept.
    """
    path = patient / FILE_NAME
    for what in _changed(patient, settings):
        note_of(patient, what)
    return save_toml(path, as_toml(settings), PatientSettings, "What is to be saved", "The patient's file")


def _changed(patient: Path, settings: PatientSettings) -> list[str]:
    """What of it the therapist answers for; nothing where only sound or the hidden face was changed."""
    try:
        known = load_patient_settings(patient)
    except UserError:  # damaged: all of it is set anew
        return ["plan", "settings"]
    found = ["plan"] if settings.plan != known.plan else []
    looks = {name: getattr(known, name) for name in ("plan", *_PATIENTS_OWN)}
    return found + (["settings"] if settings.model_copy(update=looks) != known else [])


def as_toml(settings: PatientSettings) -> str:
    """The settings as the text of the file; what is not set stands there as a comment."""
    return "\n".join([*_head(settings), "", *_tables(settings)]) + "\n"


def _head(settings: PatientSettings) -> list[str]:
    feedback = settings.feedback
    return [
        "# What is set for this patient. Made by posture-trainer, to be changed by the therapist.",
        "# A line that begins with # is not in force: take the # away to set it.",
        "# The program writes this file anew when settings change in its windows: keep remarks in `note`.",
        "schema_version = 1",
        "",
        "# The assigned plan: a preset's name (posture-trainer plans lists them), or a TOML file.",
        "# Not set: the mirror as it is.",
        _line("plan", None if settings.plan is None else _quoted(settings.plan), '"home"'),
        "",
        f"# Where the head is pulled to, up to three of: {', '.join(Direction)}.",
        f"pull = [{', '.join(_quoted(direction) for direction in settings.pull)}]",
        "",
        '# Share of trials with cues: 1.0, 0.67, 0.33, 0.0 or "fade". Not set: as the plan says.',
        _line("feedback", _quoted(feedback) if isinstance(feedback, str) else feedback, '"fade"'),
        "",
        "# The longest session in minutes, pauses included (1 to 60). More than 15 needs a reason in `why` of [doses].",
        "# Not set: as the plan says.",
        _line("longest_session_min", settings.longest_session_min, 15),
        "",
        "# Pain before a session, 0 to 100: from this on only the gentle set of exercises. More than 70 needs a reason",
        "# in `why` of [doses], which the report shows; without one 70 is in force.",
        f"pain_limit = {settings.pain_limit}",
        "# Dizziness before a session, 0 to 100: above this there is none today. More than 30 needs a reason too.",
        f"dizziness_limit = {settings.dizziness_limit}",
        "",
        "# Whom to call: the clinic's number, and the emergency number where it is not the country's own.",
        f"contact = {_quoted(settings.contact)}",
        f"emergency = {_quoted(settings.emergency)}",
        "",
        "# Whether using the arms makes the head pull, and whether the patient's own face is hidden on the screen.",
        f"unstable = {_lower(settings.unstable)}",
        f"hide_face = {_lower(settings.hide_face)}",
        "# Whether the words for hiding the face have been said; once is enough.",
        f"hide_face_told = {_lower(settings.hide_face_told)}",
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
        "# A word to the patient, shown on the page My progress.",
        f"message = {_quoted(settings.message)}",
    ]


def _tables(settings: PatientSettings) -> list[str]:
    tolerances, own = settings.tolerances.model_dump(), Tolerances()
    return [
        "# How far from neutral is still fine, in degrees (1 to 45).",
        "[tolerances]",
        *(_line(name, value, getattr(own, name)) for name, value in tolerances.items()),
        "",
        "# Follow: the head angle, in degrees, that brings the pointer to the edge (3 to 45; tilt and flexion to 30).",
        "# It stays as set here.",
        "[reach]",
        *(f"{name} = {value}" for name, value in settings.reach.model_dump().items()),
        "",
        "# Stretches go this far, in degrees, and only in the directions set here (rotation up to 45, tilt and flexion",
        "# 30, extension 15): at most three quarters of the range that a range test has measured on this neutral, and",
        "# at most a third of these where none has.",
        "[stretch_limits_deg]",
        *(_line(way, settings.stretch_limits_deg.get(way), 15.0) for way in Direction),
        "",
        "# What is heard. volume: 0 to 1.",
        "[sound]",
        f"cues = {_lower(settings.sound.cues)}",
        "# Soft touches on the way back, the quicker the nearer.",
        f"pace = {_lower(settings.sound.pace)}",
        f"spoken = {_lower(settings.sound.spoken)}",
        f"volume = {settings.sound.volume}",
        "",
        "# Signs for the body in the mirror, beyond so many degrees: its turn, and the line of the shoulders.",
        "[trunk]",
        f"signs = {_lower(settings.trunk.signs)}",
        f"rotation_deg = {settings.trunk.rotation_deg}",
        f"line_deg = {settings.trunk.line_deg}",
        "",
        "# The questions that are asked once a year. No answer is not a no: then only the gentle set is practised.",
        "[questions]",
        *(_line(name, _toml(value), example) for name, value, example in _questions(settings)),
        "",
        "# How much in a day. More than the program's own needs a reason in `why`, which the report shows.",
        "[doses]",
        _line("sessions_a_day", settings.doses.sessions_a_day, 3),
        _line("minutes_a_day", settings.doses.minutes_a_day, 30),
        _line("hours_apart", settings.doses.hours_apart, 2),
        f"why = {_quoted(settings.doses.why)}",
        *_all_day(settings),
    ]


def _all_day(settings: PatientSettings) -> list[str]:
    diary, desk = settings.diary, settings.desk
    return [
        "",
        "# The diary of a minute: whether it is asked at home, and every how many days (1 to 14).",
        "[diary]",
        f"asked = {_lower(diary.asked)}",
        f"every_days = {diary.every_days}",
        "",
        "# At the desk: how wide the tolerance is (1 to 4 times that of practice), how long a posture has to be held",
        "# outside it before a reminder (20 to 600 s), how many minutes lie between two (5 to 120), every how many",
        "# minutes a break is proposed (30 to 60; not set: never), and whether a quiet tone sounds.",
        "[desk]",
        f"tolerance_share = {desk.tolerance_share}",
        f"held_s = {desk.held_s}",
        f"apart_min = {desk.apart_min}",
        _line("break_every_min", desk.break_every_min, 45),
        f"tone = {_lower(desk.tone)}",
        "",
        "# Times of day at which practice is reminded of while the program runs, up to six.",
        "[reminders]",
        f"times = [{', '.join(_quoted(each) for each in settings.reminders.times)}]",
    ]


def _questions(settings: PatientSettings) -> list[tuple[str, object, str]]:
    examples = {"asked": "2026-01-31", "cleared": "2026-01-31"}
    return [(name, value, examples.get(name, "false")) for name, value in settings.questions]


def _toml(value: object) -> object:
    return _lower(value) if isinstance(value, bool) else value


def _line(key: str, value: object, example: object) -> str:
    return f"# {key} = {example}" if value is None else f"{key} = {value}"


def _quoted(text: str) -> str:
    """A TOML basic string; its escapes are JSON's, but for one character that JSON leaves bare."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _lower(flag: bool) -> str:
    return "true" if flag else "false"
