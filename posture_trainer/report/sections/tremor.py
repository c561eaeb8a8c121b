"""Tremor of the session in detail. Every number goes through the ledger."""

from typing import Any

from posture_trainer.figures.spectrum import HIGHEST_HZ, LOWEST_HZ
from posture_trainer.figures.tremor import Tremor
from posture_trainer.report.page import TREMOR, Page


def tremor_section(page: Page) -> dict[str, Any] | None:
    """In words: dominant axis, frequency or band, and indicative amplitude, or why they can't be told."""
    if page.detail is None or page.detail.figures is None:
        return None
    told, name, show = page.detail.figures.tremor, page.detail.name, page.ledger.show
    return {
        "told": told.told,
        "reason": told.reason,
        "axis": told.axis,
        "regular": told.peak_hz is not None,
        "peak": show(TREMOR, name, "Tremor, peak frequency", told.peak_hz, "Hz"),
        "low": show(TREMOR, name, "Tremor, band from", told.low_hz, "Hz"),
        "high": show(TREMOR, name, "Tremor, band to", told.high_hz, "Hz"),
        "regularity": show(TREMOR, name, "Tremor, regularity", told.regularity, ""),
        "times": show(TREMOR, name, "Tremor, times the background", told.times, "count"),
        "present": show(TREMOR, name, "Tremor, windows with it", told.present_share, "share"),
        "amplitude": show(TREMOR, name, "Tremor, indicative amplitude", told.amplitude_deg, "deg"),
        "windows": show(TREMOR, name, "Windows of 8 s", told.windows, "count"),
        "limits": _limits(told),
    }


def _limits(told: Tremor) -> list[str]:
    """What this record could not show, and what was done about it, in sentences."""
    found = []
    if told.windows and told.rate_hz is not None and told.highest_hz < HIGHEST_HZ:
        found.append(
            f"Not measurable above {told.highest_hz:.1f} Hz: the camera gave {told.rate_hz:.0f} frames a second."
        )
    if told.told and told.faster_hz is not None:
        found.append(f"A rhythm of {told.faster_hz:.1f} Hz would look the same at so few frames.")
    if told.windows and told.lowest_hz > LOWEST_HZ:
        found.append(
            f"The head was on its way to other places most of the time: below {told.lowest_hz:.0f} Hz nothing can be "
            "told from that."
        )
    elif told.left_out:
        found.append(f"{told.left_out} windows in which the head went to another place are left out.")
    if told.kept is not None:
        found.append(
            f"Of a swing of that frequency the frame rate keeps {100 * told.kept:.0f} %; the amplitude is corrected "
            "for it. What exposure and tracker take off fast swings is not known, so it stays indicative."
        )
    return found
