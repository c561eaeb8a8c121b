"""A practice session: safety, baseline, mirror, summary."""

import math
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from posture_trainer.course.doses import Dose
from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.summary_words import summary_rows
from posture_trainer.pages.views import SummaryView
from posture_trainer.plans.expand import aimed_at
from posture_trainer.plans.limits import within_limits
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import ANY_STILLNESS, Refusal
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.session_header import session_header
from posture_trainer.records.session_log import Follower, SessionLog, session_folder, what_is_kept
from posture_trainer.records.session_order import new_session
from posture_trainer.session.devices import Devices
from posture_trainer.session.ending import at_once, true_trouble
from posture_trainer.session.finishing import LEAVE_HINT, Outcome, finish, show_page
from posture_trainer.session.parts.baseline import CALIBRATE_S, FILE_S, QUICK_S, Recorded, plan_for
from posture_trainer.session.parts.gate import Asked, Asking, gate_part
from posture_trainer.session.parts.guided import GuidedPart
from posture_trainer.session.parts.mirror import MirrorPart
from posture_trainer.session.parts.neutral import neutral_part
from posture_trainer.session.parts.safety import safety_part
from posture_trainer.session.parts.today import today_part
from posture_trainer.session.refused import Whose, enough_for_now, log_answers, refuse, unwell_before
from posture_trainer.session.todays_plan import TodaysPlan, held_back
from posture_trainer.words.not_today import KEPT_TO_LIMITS
from posture_trainer.words.ratings import RATINGS

_MODEL_LOAD_S = 30.0
NO_NEUTRAL = "Your straight position could not be set."


@dataclass(frozen=True)
class Practice:
    """What is to be practised. baseline: None to take one first; keep_baseline: and to store it for the patient.

    plan: None for the mirror as it is. questions: the patient's settings, where somebody sits there: what is asked
    before and after, and who does not answer is careful; None asks nothing and holds nothing back. known: whether it is
    a patient with a code. rated: which ratings are asked. dose: how much may be practised now. beyond_limits: what is
    set that was brought to a limit, in the therapist's words. today: for tests.
    """

    command: str
    patient: str
    folder: Path
    baseline: Baseline | None = None
    baseline_file: Path | None = None
    keep_baseline: bool = False
    seconds: float | None = None
    settings: FeedbackSettings = FeedbackSettings()
    plan: TodaysPlan | None = None
    questions: PatientSettings | None = None
    known: bool = True
    rated: tuple[str, ...] = tuple(RATINGS)
    dose: Dose = Dose(math.inf)
    beyond_limits: tuple[str, ...] = ()
    follower: Follower | None = None
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())

    @property
    def told(self) -> tuple[str, ...]:
        """What is to be told before it begins: of the dose, and of what is left out or changed today."""
        of_dose = (self.dose.words,) if self.dose.words else ()
        of_limits = (KEPT_TO_LIMITS,) if self.beyond_limits else ()
        return (*of_dose, *of_limits, *(self.plan.session.notes if self.plan else ()))

    @property
    def asking(self) -> Asking | None:
        """Whom to ask; None to ask nothing."""
        if self.questions is None:
            return None
        return Asking(self.folder, self.questions, self.today, self.known, self.rated)

    @property
    def whose(self) -> Whose:
        """Whose record it is."""
        return Whose(self.command, self.patient, self.folder)


def practise(devices: Devices, practice: Practice) -> Summary | None:
    """Run one session from the safety text to the summary; None when there is none: the patient stopped before it
    began, or must not practise today.

    Raises UserError when no baseline could be taken, RecordingStopped (after the summary was shown) when the
    record could not be written to its end, CutShort on a KeyboardInterrupt.
    """
    if practice.dose.enough is not None:
        enough_for_now(devices, practice.whose, practice.dose, LEAVE_HINT)
        return None
    if not begin(devices):
        _left(devices, practice, None)
        return None
    asked: Asked | None = None
    if practice.asking is not None:
        asked = gate_part(devices, practice.asking)
        if asked is None:
            _left(devices, practice, None)
            return None
        if asked.verdict.refused is not None:
            refuse(devices, practice.whose, asked, asked.verdict.refused, LEAVE_HINT)
            return None
        held, pain = asked.verdict.restrictions, asked.answers.pain
        plan = held_back(practice.plan, asked.settings, held, pain, practice.dose.longest_s)
        practice = replace(practice, plan=plan)
    if not today_part(devices, practice.told, practice.beyond_limits):
        _left(devices, practice, asked)
        return None
    if devices.source.live:
        _set_deadline(devices, practice)
    known = _baseline(devices, practice)
    if known is None:
        _left(devices, practice, asked)
        return None
    if not devices.source.live:  # however slow the computer is, a neutral can be taken first
        _set_deadline(devices, practice)
    return _run(devices, practice, asked, known)


def _set_deadline(devices: Devices, practice: Practice) -> None:
    if practice.seconds is not None:
        devices.deadline_s = devices.clock() + practice.seconds


def _left(devices: Devices, practice: Practice, asked: Asked | None) -> None:
    """The patient has stopped before a session began: nothing is recorded, but for somebody who feels unwell."""
    if devices.unwell:
        unwell_before(devices, practice.whose, asked)


def _run(devices: Devices, practice: Practice, asked: Asked | None, known: tuple[Baseline, Path | None]) -> Summary:
    """The session itself, and its end."""
    baseline = known[0]
    settings = replace(practice.settings, target=within_limits(baseline.target or NEUTRAL))
    practice = replace(practice, settings=settings)
    log = _begin_log(devices, practice, known, asked)
    if devices.sounds.trouble:
        devices.notice(devices.sounds.trouble)
    trouble: UserError | None = None
    if asked is not None:
        log_answers(log, asked)
    if practice.plan is not None:
        session = aimed_at(practice.plan.session, settings.target)
        mirror: MirrorPart = GuidedPart(devices, log, baseline, session)
    else:
        mirror = MirrorPart(devices, log, baseline, settings)
    devices.if_display_dies = lambda: _last_words(devices, log, mirror)
    try:
        ended = mirror.run()
    except UserError as error:
        trouble, ended = error, "disk" if isinstance(error, RecordingStopped) else "error"
    except KeyboardInterrupt:
        log.finish("stopped", mirror.now_s(), mirror.place.key)
        raise at_once(log.folder) from None
    except BaseException as error:
        log.finish("error", mirror.now_s(), mirror.place.key)
        error.add_note(what_is_kept(log.folder))
        raise
    return finish(devices, log, mirror, Outcome(ended, trouble, asked, guided=practice.plan is not None))


def _last_words(devices: Devices, log: SessionLog, mirror: MirrorPart) -> None:
    """For when the program can only say that it ends."""
    log.finish("stopped", mirror.now_s(), mirror.place.key)
    devices.say(str(true_trouble(None, log.folder, window_lost=True)))


def _begin_log(
    devices: Devices, practice: Practice, known: tuple[Baseline, Path | None], asked: Asked | None
) -> SessionLog:
    """The log of a session that begins now; a clock that can't be right is told.

    Raises UserError when there is no place for it.
    """
    place_ms, doubt = new_session(practice.folder, datetime.now(UTC))
    if doubt:
        devices.notice(doubt)
    header = session_header(
        command=practice.command,
        patient=practice.patient,
        source=devices.source.info,
        baseline=known[0],
        baseline_file=known[1],
        settings=practice.settings,
        notes=[
            *([doubt] if doubt else []),
            *([devices.sounds.trouble] if devices.sounds.trouble else []),
            *practice.told,
            *practice.beyond_limits,
        ],
        tracker=devices.tracking.way,
        plan=practice.plan.contents if practice.plan else None,
        last_injection=asked.settings.last_injection if asked is not None else None,
        restrictions=asked.verdict.restrictions if asked is not None else None,
    )
    folder = session_folder(practice.folder)
    return SessionLog(folder, {**header, "order_ms": place_ms}, practice.follower)


def _baseline(devices: Devices, practice: Practice) -> tuple[Baseline, Path | None] | None:
    """The baseline to practise against, with its file where it is kept; None when stopped. Raises UserError."""
    if practice.baseline is not None:
        return practice.baseline, practice.baseline_file
    if practice.keep_baseline:
        devices.notice("Your straight position is not known yet, so we set it first. Esc stops.")
    taken = take_baseline(devices, CALIBRATE_S if practice.keep_baseline else QUICK_S)
    if taken is None:
        return None
    if isinstance(taken, Refusal):
        show_page(devices, SummaryView("Not today", (), f"{NO_NEUTRAL} {taken.reason}", LEAVE_HINT))
        _left(devices, practice, None)
        raise UserError(f"{NO_NEUTRAL} {taken.reason}")
    return taken.baseline, save_baseline(practice.folder, taken.baseline) if practice.keep_baseline else None


def begin(devices: Devices) -> bool:
    """Open the feed and show the safety text; False when the patient stops there."""
    if devices.source.live:
        devices.reader.start()
    if not safety_part(devices):
        return False
    if not devices.source.live:
        waited_until_s = devices.clock() + _MODEL_LOAD_S
        while not devices.tracking.ready.is_set() and devices.clock() < waited_until_s and not devices.stop_asked():
            devices.next_frame()  # raises what went wrong while the model was loaded
        devices.reader.start()
    return True


def take_baseline(devices: Devices, seconds: float) -> Recorded | Refusal | None:
    """A baseline as it fits the source: after placement and a countdown for people, at once for a file."""
    live = devices.source.live
    rules = ANY_STILLNESS if devices.own_clip else None
    return neutral_part(devices, plan_for(live, seconds if live else FILE_S, rules))


def summary_words(summary: Summary, folder: Path, with_share: bool = False) -> list[str]:
    """The summary for the terminal, in the patient's words. with_share: and the share in tolerance, for a therapist."""
    share, rows = summary.in_tolerance_share, "; ".join(f"{what} {value}" for what, value in summary_rows(summary))
    told = [f"In tolerance {share:.0%} of the time seen."] if with_share and share is not None else []
    unseen = " (no face was seen)" if share is None and not summary.exercises else ""
    return [f"{rows}{unseen}.", *told, f"Recorded in {folder}"]
