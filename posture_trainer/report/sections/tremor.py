"""Section 4: tremor. Every number goes through the ledger."""

from typing import Any

from posture_trainer.report.page import TREMOR, Page


def tremor_section(page: Page) -> dict[str, Any] | None:
    """Section 4 in words: dominant axis, frequency and indicative amplitude, or why they can't be told."""
    if page.detail is None or page.detail.figures is None:
        return None
    told, name, show = page.detail.figures.tremor, page.detail.name, page.ledger.show
    return {
        "told": told.told,
        "reason": told.reason,
        "axis": told.axis,
        "peak": show(TREMOR, name, "Tremor, peak frequency", told.peak_hz, "Hz"),
        "amplitude": show(TREMOR, name, "Tremor, indicative amplitude", told.amplitude_deg, "deg"),
        "windows": show(TREMOR, name, "Windows of 8 s", told.windows, "count"),
    }
