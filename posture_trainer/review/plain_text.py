"""Text from files is data: made harmless for a terminal, a table cell, a page. Pure."""

import unicodedata
from typing import Any

LONGEST = 400  # characters of a note that are shown


def plain_text(value: Any, longest: int = LONGEST) -> str:
    """The value as one line without control characters (terminal escapes, text direction), shortened if long."""
    whole = value if isinstance(value, str) else str(value)
    shown = "".join("�" if _controls(character) else character for character in whole[: longest + 1].strip("\n"))
    if len(whole) <= longest:
        return shown
    return f"{shown[:longest]} … (shortened: {len(whole):,} characters in the file)"


def csv_cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    text = plain_text(value)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") and text else text


def _controls(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
