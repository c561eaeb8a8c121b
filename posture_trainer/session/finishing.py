"""The end of a session: how it was, the summary, and care for whoever is not well after it."""

from dataclasses import dataclass, replace

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.summary_picture import summary_bars
from posture_trainer.pages.summary_words import closing_words, heading_words, summary_rows
from posture_trainer.pages.views import SummaryView
from posture_trainer.plans.gate import pain_rise
from posture_trainer.records.session_log import SessionLog
from posture_trainer.session.devices import Devices
from posture_trainer.session.ending import at_once, true_trouble
from posture_trainer.session.parts.care import care_part, which_part
from posture_trainer.session.parts.gate import Asked
from posture_trainer.session.parts.mirror import MirrorPart
from posture_trainer.session.parts.ratings import ratings_part
from posture_trainer.session.parts.summary import summary_part
from posture_trainer.session.refused import UNWELL, unwell_after, unwell_event
from posture_trainer.sound.player import FINISHED
from posture_trainer.words.care import GETTING_UP, Care, care_phrase, care_text

LEAVE_HINT = "Press any key, or click, to close."
_SHOWN_S = {True: 60.0, False: 10.0}  # after a camera session the patient may need longer to read


@dataclass(frozen=True)
class Outcome:
    """How the practising itself ended. asked: what was asked before it. guided: whether a plan sounds its own end."""

    ended: str
    trouble: UserError | None
    asked: Asked | None
    guided: bool

    @property
    def before(self) -> dict[str, int | None]:
        """The ratings before it, {} where there are none."""
        return (self.asked.ratings or {}) if self.asked is not None else {}


def finish(devices: Devices, log: SessionLog, mirror: MirrorPart, outcome: Outcome) -> Summary:
    """Ask, write the summary, show it. Whoever feels unwell is asked which it is, and nothing else.

    Raises what went wrong, with what is kept.
    """
    trouble, length_s, ended = outcome.trouble, mirror.now_s(), outcome.ended
    rise: int | None = None
    asks = outcome.before and trouble is None and ended != "left" and not devices.closing and not devices.unwell
    felt = which_part(devices) if devices.unwell else None
    try:
        if mirror.bad_frames:
            log.event(length_s, "bad_frames", count=mirror.bad_frames)
        if asks:
            rise = _ask_after(devices, log, outcome.before, length_s)
            felt = which_part(devices) if devices.unwell else None
        if felt is not None:
            log.event(length_s, UNWELL, **unwell_event(felt))
        ended = ended if felt is None else UNWELL
        summary = log.finish(ended, length_s, mirror.place.key)
    except RecordingStopped as error:
        trouble, summary = error, log.finish(ended, length_s, mirror.place.key)
    except KeyboardInterrupt:  # asked a second time: at once, but with its summary
        log.finish(ended, length_s, mirror.place.key)
        raise at_once(log.folder) from None
    trouble = true_trouble(trouble, log.folder, devices.window.lost)
    if felt is not None:
        care_part(devices, felt.text)
    elif not devices.closing:
        if not (outcome.guided and ended in ("done", "time", "left")):  # where the plan itself has sounded its end
            devices.play(FINISHED)
        if asks:
            devices.speak("getting_up" if rise is None else care_phrase(Care.C))
        _show_summary(devices, log, mirror, summary, trouble, rise)
        trouble = unwell_after(devices, log, length_s) or trouble
    if trouble is not None:
        raise trouble
    return summary


def _ask_after(devices: Devices, log: SessionLog, before: dict[str, int | None], length_s: float) -> int | None:
    """The ratings after the session; gives by how much pain has risen, where that is much."""
    after = ratings_part(devices, "Now that you have practised", tuple(before)) or {}
    log.event(length_s, "ratings", when="after", **after)
    rise = pain_rise(before.get("pain"), after.get("pain"))
    if rise is not None:
        log.event(length_s, "pain_rise", by=rise)
    return rise


def _show_summary(
    devices: Devices,
    log: SessionLog,
    mirror: MirrorPart,
    summary: Summary,
    trouble: UserError | None,
    rise: int | None,
) -> None:
    if not devices.shows_end and trouble is None and rise is None:
        return
    closing = closing_words(summary.ended) if trouble is None else str(trouble)
    rows, bars = tuple(summary_rows(summary)), summary_bars(log.exercises, log.parts, mirror.place)
    if rise is not None and trouble is None:  # no figure is worth as much as these words
        closing, rows, bars = care_text(Care.C, devices.numbers).words, rows[-1:], None
    if devices.source.live:
        closing = f"{closing} {GETTING_UP}".strip()
    show_page(devices, SummaryView(heading_words(summary), rows, closing, LEAVE_HINT, bars))


def show_page(devices: Devices, view: SummaryView) -> None:
    """Show a last page until it is closed."""
    devices.controls = replace(devices.controls, notice="")
    summary_part(devices, view, _SHOWN_S[devices.source.live])
