"""A practice session: safety, baseline, mirror, summary."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from posture_trainer.errors import CutShort, RecordingStopped, UserError
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.injection import is_due
from posture_trainer.pages.ratings import Ratings, too_dizzy
from posture_trainer.pages.summary_picture import summary_bars
from posture_trainer.pages.summary_words import closing_words, heading_words, summary_rows
from posture_trainer.pages.views import SummaryView, TrialBars
from posture_trainer.plans.expand import aimed_at
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import ANY_STILLNESS, Refusal
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.session_header import session_header
from posture_trainer.records.session_log import SessionLog, session_folder, what_is_kept
from posture_trainer.records.session_order import new_session
from posture_trainer.session.devices import Devices
from posture_trainer.session.ending import true_trouble
from posture_trainer.session.parts.baseline import CALIBRATE_S, FILE_S, QUICK_S, Recorded, plan_for
from posture_trainer.session.parts.guided import GuidedPart
from posture_trainer.session.parts.injection import injection_part
from posture_trainer.session.parts.mirror import MirrorPart
from posture_trainer.session.parts.neutral import neutral_part
from posture_trainer.session.parts.ratings import ratings_part
from posture_trainer.session.parts.safety import safety_part
from posture_trainer.session.parts.summary import summary_part
from posture_trainer.session.todays_plan import TodaysPlan
from posture_trainer.sound.player import FINISHED
from posture_trainer.words.durations import minutes
from posture_trainer.words.kept_place import place_called

_MODEL_LOAD_S = 30.0
NO_NEUTRAL = "No neutral position could be taken."
TOO_DIZZY = "With so much dizziness there is no session today. Please sit quietly, and call your therapist."
LEAVE_HINT = "Press any key to close."
_SUMMARY_S = {True: 60.0, False: 10.0}  # after a camera session the patient may need longer to read


@dataclass(frozen=True)
class Practice:
    """What is to be practised. baseline: None to take one first; keep_baseline: and to store it for the patient.

    plan: None for the mirror as it is. questions: the patient's settings, where there is somebody to answer: ratings
    before and after, and the last injection; None asks nothing. today: for tests.
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
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())


def practise(devices: Devices, practice: Practice) -> Summary | None:
    """Run one session from the safety text to the summary; None when the patient stopped before it began.

    Raises UserError when no baseline could be taken, RecordingStopped (after the summary was shown) when the
    record could not be written to its end, CutShort on a KeyboardInterrupt.
    """
    if not begin(devices):
        return None
    answers = _ask_before(devices, practice)
    if answers is None:
        return None
    before, last_injection = answers
    if practice.seconds is not None:
        devices.deadline_s = devices.clock() + practice.seconds
    known = _baseline(devices, practice)
    if known is None:
        return None
    baseline, baseline_file = known
    settings = replace(practice.settings, target=baseline.target or NEUTRAL)
    log = _begin_log(devices, replace(practice, settings=settings), baseline, baseline_file, last_injection)
    if devices.sounds.trouble:
        devices.notice(devices.sounds.trouble)
    trouble: UserError | None = None
    if before is not None:
        log.event(0.0, "ratings", when="before", **before)
    if practice.plan is not None:
        for note in practice.plan.session.notes:
            devices.notice(note)
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
        raise _at_once(log) from None
    except BaseException as error:
        log.finish("error", mirror.now_s(), mirror.place.key)
        error.add_note(what_is_kept(log.folder))
        raise
    return _finish(devices, practice, log, mirror, _Outcome(ended, trouble, ask_after=before is not None))


@dataclass(frozen=True)
class _Outcome:
    """How the practising itself ended. ask_after: whether the patient is asked how it was."""

    ended: str
    trouble: UserError | None
    ask_after: bool


def _finish(devices: Devices, practice: Practice, log: SessionLog, mirror: MirrorPart, outcome: _Outcome) -> Summary:
    """Ask, write the summary, show it. Raises what went wrong, with what is kept."""
    ended, trouble, length_s = outcome.ended, outcome.trouble, mirror.now_s()
    try:
        if mirror.bad_frames:
            log.event(length_s, "bad_frames", count=mirror.bad_frames)
        if outcome.ask_after and trouble is None and ended != "left" and not devices.closing:
            after = ratings_part(devices, "Now that you have practised")
            log.event(length_s, "ratings", when="after", **(after or {}))
        summary = log.finish(ended, length_s, mirror.place.key)
    except RecordingStopped as error:
        trouble, summary = error, log.finish(ended, length_s, mirror.place.key)
    except KeyboardInterrupt:  # asked a second time: at once, but with its summary
        log.finish(ended, length_s, mirror.place.key)
        raise _at_once(log) from None
    trouble = true_trouble(trouble, log.folder, devices.window.lost)
    if not devices.closing:
        if not (practice.plan and ended in ("done", "time", "left")):  # where the plan itself has sounded its end
            devices.play(FINISHED)
        _show_summary(devices, summary, summary_bars(log.exercises, log.parts, mirror.place), trouble)
    if trouble is not None:
        raise trouble
    return summary


def _at_once(log: SessionLog) -> CutShort:
    return CutShort(f"Stopped at once. {what_is_kept(log.folder)}")


def _last_words(devices: Devices, log: SessionLog, mirror: MirrorPart) -> None:
    """For when the program can only say that it ends."""
    log.finish("stopped", mirror.now_s(), mirror.place.key)
    devices.say(str(true_trouble(None, log.folder, window_lost=True)))


def _begin_log(
    devices: Devices, practice: Practice, baseline: Baseline, baseline_file: Path | None, last_injection: date | None
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
        baseline=baseline,
        baseline_file=baseline_file,
        settings=practice.settings,
        notes=[
            *([doubt] if doubt else []),
            *([devices.sounds.trouble] if devices.sounds.trouble else []),
            *(practice.plan.session.notes if practice.plan else ()),
        ],
        plan=practice.plan.contents if practice.plan else None,
        last_injection=last_injection,
    )
    return SessionLog(session_folder(practice.folder), {**header, "order_ms": place_ms})


def _baseline(devices: Devices, practice: Practice) -> tuple[Baseline, Path | None] | None:
    """The baseline to practise against, with its file where it is kept; None when stopped. Raises UserError."""
    if practice.baseline is not None:
        return practice.baseline, practice.baseline_file
    if practice.keep_baseline:
        devices.notice(f"There is no neutral position of {practice.patient} yet, so it is taken first. Esc stops.")
    taken = take_baseline(devices, CALIBRATE_S if practice.keep_baseline else QUICK_S)
    if taken is None:
        return None
    if isinstance(taken, Refusal):
        _show(devices, SummaryView("Not today", (), f"{NO_NEUTRAL} {taken.reason}", LEAVE_HINT))
        raise UserError(f"{NO_NEUTRAL} {taken.reason}")
    return taken.baseline, save_baseline(practice.folder, taken.baseline) if practice.keep_baseline else None


def _ask_before(devices: Devices, practice: Practice) -> tuple[Ratings | None, date | None] | None:
    """The ratings before the session (None where nothing is asked) and the last injection; None for no session."""
    if practice.questions is None:
        return None, None
    settings = practice.questions

    def change_injection() -> bool:
        nonlocal settings
        changed = injection_part(devices, practice.folder, settings, practice.today)
        settings = changed or settings
        return changed is not None

    before = ratings_part(devices, "Before we begin", change_injection)
    if before is None:
        return None
    if too_dizzy(before, settings.dizziness_limit):
        _show_words(devices, "Not today", TOO_DIZZY)
        return None
    if is_due(settings, practice.today) and not change_injection():
        return None
    return before, settings.last_injection


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


def _show_words(devices: Devices, heading: str, words: str) -> None:
    devices.say(words)
    _show(devices, SummaryView(heading, (), words, LEAVE_HINT))


def _show_summary(devices: Devices, summary: Summary, bars: TrialBars | None, trouble: UserError | None) -> None:
    closing = closing_words(summary.ended) if trouble is None else str(trouble)
    view = SummaryView(heading_words(summary), tuple(summary_rows(summary)), closing, LEAVE_HINT, bars)
    _show(devices, view)


def _show(devices: Devices, view: SummaryView) -> None:
    devices.controls = replace(devices.controls, notice="")
    summary_part(devices, view, _SUMMARY_S[devices.source.live])


def summary_words(summary: Summary, folder: Path) -> list[str]:
    """The summary for the terminal. Of a place that is not to be praised no share is told."""
    place, share = place_called(summary.kept_to), summary.in_tolerance_share
    seen = " (no face was seen)" if share is None else f" ({share:.0%} of the time seen)" if place.praised else ""
    if summary.exercises:
        rows = "; ".join(f"{what} {value}" for what, value in summary_rows(summary))
        return [f"{rows}.", f"Recorded in {folder}"]
    return [
        f"Time {place.at} {minutes(summary.neutral_s)}{seen}, longest hold {minutes(summary.longest_neutral_s)}, "
        f"cues {summary.cue_count}, session {minutes(summary.length_s)}.",
        f"Recorded in {folder}",
    ]
