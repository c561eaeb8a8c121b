"""Text from files is data: made harmless for spreadsheets and terminals before it goes into a table. Pure."""

import re

LONGEST_TEXT = 1000
LONGEST_JSON = 20_000  # a spreadsheet's cell takes 32,767; JSON that was cut is none
# Control characters, line and paragraph separators, and marks that turn the direction of writing around.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_FORMULA = re.compile(r"\s*[=+\-@|%＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def text_cell(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text without control characters, cut to `longest`; one that a spreadsheet would run gets a ' in front."""
    cell = _CONTROL.sub(" ", text[: 2 * longest]).strip()
    if len(cell) > longest or len(text) > 2 * longest:
        cell = cell[: longest - 1] + "…"
    return "'" + cell if _FORMULA.match(cell) else cell


def any_cell(text: str) -> str:
    """A cell of a column that is not known here: a plain number stays, all else is text."""
    return text if _NUMBER.fullmatch(text) else text_cell(text)


def number_cell(text: str) -> str | None:
    """A plain number or nothing; None if the cell is neither."""
    return text if not text or _NUMBER.fullmatch(text) else None
