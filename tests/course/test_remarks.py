"""The therapist's remarks: those that begin with a day stand on the time axis, and no others."""

from datetime import date

import pytest

from posture_trainer.course.remarks import remarks

BOX, HAND = (date(2026, 3, 1), "The laptop stands on a box."), (date(2026, 4, 2), "A hand helps; since 2026-01-05.")


@pytest.mark.parametrize(
    ("note", "undated", "dated"),
    [
        ("", "", []),
        ("Wears glasses, since 2025-02-03.", "Wears glasses, since 2025-02-03.", []),
        (f"2026-03-01: {BOX[1]}", "", [BOX]),
        (f"Wears glasses. 2026-04-02: {HAND[1]} 2026-03-01: {BOX[1]}", "Wears glasses.", [BOX, HAND]),
        ("2026-02-31: no such day", "2026-02-31: no such day", []),
        ("2026-03-01: box 2026-02-31: no such day", "", [(date(2026, 3, 1), "box 2026-02-31: no such day")]),
        ("0001-01-01: long ago", "0001-01-01: long ago", []),
        ("2026-03-01: ", "", []),
        ("x2026-03-01: part of a name", "x2026-03-01: part of a name", []),
    ],
)
def test_a_remark_has_the_day_that_it_begins_with(note: str, undated: str, dated: list[tuple[date, str]]) -> None:
    assert remarks(note) == (undated, dated)
