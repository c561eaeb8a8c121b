"""Text from files is data: made harmless for a terminal, a spreadsheet, a page. Pure."""

import re
from typing import Any

LONGEST = 400  # characters of a note that are shown
LONGEST_TEXT = 1000  # characters of a cell
LONGEST_JSON = 20_000  # a spreadsheet's cell takes 32,767; JSON that was cut is none
# Control characters (terminal escapes), line and paragraph separators, marks that turn the direction of writing around
# or cannot be seen, and halves of characters.
_CONTROLS = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
# Left as text, which `re` compiles and keeps when first used: --help, which needs none, would wait 3 ms for them.
_CONTROL, _RUN_OF_CONTROLS, _ON_TERMINAL = f"[{_CONTROLS}]", f"[{_CONTROLS}]+", rf"(?![\n\t])[{_CONTROLS}]"
_FORMULA = re.compile(r"\s*[=+\-@|%＝＋－＠]")  # a spreadsheet would run what begins so
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def plain_text(value: Any, longest: int = LONGEST) -> str:
    """The value as one line without control characters (terminal escapes, text direction), shortened if long."""
    whole = value if isinstance(value, str) else str(value)
    shown = re.sub(_CONTROL, "�", whole[: longest + 1].strip("\n"))
    if len(whole) <= longest:
        return shown
    return f"{shown[:longest]} … (shortened: {len(whole):,} characters in the file)"


def on_terminal(text: str) -> str:
    """The text without what a terminal would obey; lines and tabs stay."""
    harmless = text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()
    return text if harmless else re.sub(_ON_TERMINAL, "�", text)


def csv_cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula: text that begins like one gets a ' before it."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _no_formula(plain_text(value))


def text_cell(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text as a cell: no control characters, cut to `longest`, never a formula."""
    cell = re.sub(_RUN_OF_CONTROLS, " ", text[: 2 * longest]).strip()
    if len(cell) > longest or len(text) > 2 * longest:
        cell = cell[: longest - 1] + "…"
    return _no_formula(cell)


def any_cell(text: str) -> str:
    """A cell of a column that is not known here: a plain number stays, all else is text."""
    return text if _NUMBER.fullmatch(text) else text_cell(text)


def number_cell(text: str) -> str | None:
    """A plain number or nothing; None if the cell is neither."""
    return text if not text or _NUMBER.fullmatch(text) else None


def _no_formula(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
