"""What the therapist's list says of each person: last practice, this week against the plan, what needs a look."""

from datetime import datetime
from pathlib import Path

from posture_trainer.course.adherence import Asked
from posture_trainer.course.extras import ratings_of
from posture_trainer.course.patients import SessionLine
from posture_trainer.course.week import done
from posture_trainer.errors import UserError
from posture_trainer.pages.front.therapist import AWAY_DAYS, PersonLine
from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.records.clinic.overview import lines_of
from posture_trainer.records.people import patient_folder
from posture_trainer.records.session_reader import read_events
from posture_trainer.records.settings import Settings
from posture_trainer.session.front.at_home import asked_now
from posture_trainer.session.todays_plan import settings_of
from posture_trainer.words.ago import ago

_REFUSED = {
    "unwell": "Felt unwell",
    "signs": "New signs",
    "sudden": "Sudden signs",
    "dizziness": "Dizzy",
    "injury": "Neck",
}
_LOOKED_AT = 6  # sessions back


def person_lines(data: Path, codes: list[str], kept: Settings, now: datetime) -> tuple[PersonLine, ...]:
    """A line for each person; who needs a look first, then who practised last."""
    found = [(person_line(data, code, kept, now)) for code in codes]
    return tuple(sorted(found, key=lambda line: (not line.look, line.code.casefold())))


def person_line(data: Path, code: str, kept: Settings, now: datetime) -> PersonLine:
    """Of one person. What can't be read is what needs a look."""
    lines, today = lines_of(data, code), now.date()
    reached = done(lines, today)
    asked: Asked | None = None
    look = ""
    try:
        folder = patient_folder(data, code)
        settings = settings_of(folder)
        asked = asked_now(folder, settings)
        look = _look(lines, settings, latest_baseline(folder) is None)
    except UserError as error:
        look = str(error).split(". ", maxsplit=1)[0]
    if not look and reached.last is not None and (today - reached.last).days >= AWAY_DAYS:
        look = f"Away for {(today - reached.last).days // 7} weeks"
    of = asked.days_a_week if asked is not None else 0
    return PersonLine(code, kept.of(code).name, ago(reached.last, today), len(reached.days), of, look)


def _look(lines: list[SessionLine], settings: PatientSettings, no_neutral: bool) -> str:
    """What needs a look: the newest first."""
    for line in reversed(lines[-_LOOKED_AT:]):
        when = f" on {line.practice_day:%A}" if line.practice_day else ""
        if line.summary is not None and line.summary.refused:
            return f"{_REFUSED.get(line.summary.refused, 'No session')}{when}"
        ratings = ratings_of(list(read_events(line.folder)))
        dizzy, pain = ratings.get(("dizziness", "after")), ratings.get(("pain", "after"))
        limits = in_force(settings)
        if dizzy is not None and dizzy > limits.dizziness_limit:
            return f"Dizzy ({dizzy:.0f}){when}"
        if pain is not None and pain >= limits.pain_limit:
            return f"Pain ({pain:.0f}){when}"
        if line.trouble:
            return f"A session is not whole{when}"
    return "No neutral yet" if no_neutral else ""
