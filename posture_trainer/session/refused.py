"""A session that there was none of: said, and recorded like any other."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.doses import Dose, Enough
from posture_trainer.errors import UserError
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.pages.views import SummaryView
from posture_trainer.plans.gate import Refused
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.session_header import session_header
from posture_trainer.records.session_log import SessionLog, session_folder
from posture_trainer.records.session_order import new_session
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.care import Felt, care_part, which_part
from posture_trainer.session.parts.gate import Asked
from posture_trainer.session.parts.summary import summary_part
from posture_trainer.words.care import NECK_FIRST, SEE_ONE_FIRST, Care

ENDED = "refused"
UNWELL = Refused.UNWELL.value  # the event, and why a session ended
_SHOWN_S = 60.0
_WORDS = {Refused.INJURY: NECK_FIRST, Refused.ALONE: SEE_ONE_FIRST}


@dataclass(frozen=True)
class Whose:
    """Of whom and of what there is no session."""

    command: str
    patient: str
    folder: Path


def refuse(devices: Devices, whose: Whose, asked: Asked, reason: Refused, leave_hint: str) -> None:
    """Say that there is no session today, and why; record it. Raises UserError when it could not be recorded."""
    log, trouble = _recorded(devices, whose, reason, asked)
    if asked.verdict.text is not None and asked.verdict.refused is reason:
        care_part(devices, asked.verdict.text)
    else:
        trouble = _shown(devices, SummaryView("Not today", (), _WORDS[reason], leave_hint), log) or trouble
    if trouble is not None:
        raise trouble


def enough_for_now(devices: Devices, whose: Whose, dose: Dose, leave_hint: str) -> None:
    """Say that this is enough for now, and why; record it. Raises UserError when it could not be recorded."""
    log, trouble = _recorded(devices, whose, dose.enough or Enough.SESSIONS, None)
    trouble = _shown(devices, SummaryView("Enough for now", (), dose.words, leave_hint), log) or trouble
    if trouble is not None:
        raise trouble


def _shown(devices: Devices, view: SummaryView, log: SessionLog | None) -> UserError | None:
    """Show the only page; gives what was in the way of recording that somebody feels unwell on it."""
    devices.say(view.closing)
    summary_part(devices, view, _SHOWN_S)
    return unwell_after(devices, log, 0.0)


def unwell_before(devices: Devices, whose: Whose, asked: Asked | None) -> None:
    """The patient feels unwell before a session has begun: ask which it is, show what follows, record it."""
    felt = which_part(devices)
    _, trouble = _recorded(devices, whose, Refused.UNWELL, asked, felt)
    care_part(devices, felt.text)
    if trouble is not None:
        raise trouble


def unwell_after(devices: Devices, log: SessionLog | None, length_s: float) -> UserError | None:
    """For whoever feels unwell at the last page; gives what was in the way of recording it. log: closed."""
    if not devices.unwell:
        return None
    felt, trouble = which_part(devices), None
    try:
        if log is not None:
            log.late_event(length_s, UNWELL, **unwell_event(felt))
    except UserError as error:
        trouble = error
    care_part(devices, felt.text)
    return trouble


def unwell_event(felt: Felt) -> dict[str, Any]:
    """The keys of the event `unwell`."""
    return {"which": felt.which.value if felt.which is not None else None, "text": felt.text.value}


def log_answers(log: SessionLog, asked: Asked) -> None:
    """Write down what was answered: of this session, those of once a year as they stand, and the ratings."""
    today = asdict(asked.answers)
    once = {name: getattr(asked.settings.questions, name) for name in ("alone", "injury", "fragile", "unsteady")}
    log.event(0.0, "answers", **{name: today[name] for name in ("signs", "sudden", "swallowing")}, **once)
    if asked.ratings is not None:
        log.event(0.0, "ratings", when="before", **asked.ratings)


def _recorded(
    devices: Devices, whose: Whose, reason: Refused | Enough, asked: Asked | None, felt: Felt | None = None
) -> tuple[SessionLog | None, UserError | None]:
    """Write the record; gives what was in the way, which must not keep anybody from reading what to do."""
    try:
        place_ms, doubt = new_session(whose.folder, datetime.now(UTC))
        settings = asked.settings if asked is not None else PatientSettings()
        header = session_header(
            command=whose.command,
            patient=whose.patient,
            source=devices.source.info,
            baseline=None,
            baseline_file=None,
            settings=FeedbackSettings(),
            notes=[doubt] if doubt else [],
            tracker=devices.tracking.way,
            last_injection=settings.last_injection,
            restrictions=asked.verdict.restrictions if asked is not None else None,
            refused=reason.value,
        )
        log = SessionLog(session_folder(whose.folder), {**header, "order_ms": place_ms})
        if asked is not None:
            log_answers(log, asked)
        if felt is not None:
            log.event(0.0, UNWELL, **unwell_event(felt))
        text = felt.text if felt is not None else asked.verdict.text if asked is not None else None
        log.event(0.0, "refused", reason=reason.value, text=text.value if isinstance(text, Care) else None)
        log.finish(ENDED, 0.0)
    except UserError as error:
        return None, error
    return log, None
