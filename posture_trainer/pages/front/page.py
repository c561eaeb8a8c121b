"""What a page around practice is made of: buttons, rows of choices, fields, lists. Pure; `screen/` draws any of it.

A page is a PageView. Whoever shows one gets back the names of the buttons that were pressed, whether by mouse, by touch
or by key; where a page lies and how to add one is told in CONTRIBUTING.md.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

BACK, DONE, HELP, UNWELL, CLOSE_WINDOW = "back", "done", "help", "unwell", "close the window"
"""Names of what is on many pages. DONE goes back too. CLOSE_WINDOW is pressed by the window's own cross, and by
nothing else."""


@dataclass(frozen=True)
class Press:
    """What was pressed. name: of the button. typed: signs typed into it, where it is a field. erase: the last one."""

    name: str
    typed: str = ""
    erase: bool = False


@dataclass(frozen=True)
class Button:
    """Something to press.

    name: what its press is called. detail: a quiet second line, and short: a shorter word, of which the first goes and
    the second comes with large text. sign: a drawing before the word (screen/kit/signs.py). cap: the key that does the
    same. chosen: of a row of choices, the one that holds. group: its row: arrows move inside it and choose at once.
    repeats: once and again while it is held. hold_s: it has to be held for so long.
    """

    name: str
    word: str
    detail: str = ""
    short: str = ""
    sign: str = ""
    cap: str = ""
    chosen: bool = False
    disabled: bool = False
    group: str = ""
    repeats: bool = False
    hold_s: float = 0.0


@dataclass(frozen=True)
class Words:
    """Sentences, one under the other. numbered: each with its number. size: of the text. then: a quiet line under each,
    '' for none. tick: a sign of something that is safe stands before them."""

    lines: tuple[str, ...]
    numbered: bool = False
    size: Literal["small", "body", "lead", "title"] = "lead"
    then: tuple[str, ...] = ()
    quiet: bool = False
    tick: bool = False


@dataclass(frozen=True)
class Tiles:
    """Large buttons side by side. tall: of one, in px of the design; columns: how many stand beside one another."""

    buttons: tuple[Button, ...]
    columns: int
    tall: int = 104
    lit: str = ""
    """The name of the one that is lit, '' for none."""


@dataclass(frozen=True)
class Choices:
    """A row: what is chosen, and the choices beside it. level: 0 to 1 of a bar between the first two buttons, None for
    none (− and + with what they change)."""

    label: str
    buttons: tuple[Button, ...]
    level: float | None = None


@dataclass(frozen=True)
class Field:
    """A value that can be changed. button: its well, which is typed into. range: what may stand there, in words. bad:
    whether what was typed is outside it. less, more: the buttons beside it; None for text."""

    label: str
    button: Button
    unit: str = ""
    range: str = ""
    bad: bool = False
    less: Button | None = None
    more: Button | None = None


@dataclass(frozen=True)
class Fields:
    """Fields in so many columns."""

    fields: tuple[Field, ...]
    columns: int = 2


@dataclass(frozen=True)
class Row:
    """A row of a list. button: all of it. cells: its texts after the first one, which is the button's word. days: done
    and asked, drawn as boxes before the second cell. flag: the last cell needs a look."""

    button: Button
    cells: tuple[str, ...] = ()
    days: tuple[int, int] | None = None
    flag: bool = False


@dataclass(frozen=True)
class Listing:
    """Rows to press, under their heads. shares: of the width for each column."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    shares: tuple[float, ...] = (1.0,)


@dataclass(frozen=True)
class Week:
    """A week of the progress picture. value: its middle, None for none; low, high: its usual variation. days: with
    practice, of those asked for."""

    value: float | None
    low: float | None
    high: float | None
    days: int
    asked: int


@dataclass(frozen=True)
class WeeksPicture:
    """The last weeks, oldest first. unit: of the values. first, last: words under the ends."""

    weeks: tuple[Week, ...]
    unit: str
    first: str
    last: str
    gap: str


@dataclass(frozen=True)
class Bars:
    """Two values beside each other: (label, share of the longest 0 to 1, words), the first one is of today; and the
    days of this week: each with its letter, whether it was practised, whether it is today."""

    bars: tuple[tuple[str, float, str], ...]
    week_title: str
    week: tuple[tuple[str, bool, bool], ...]
    week_words: str


@dataclass(frozen=True)
class Door:
    """The lit door of home. done, asked: times today. words: what and how long; short: of large text."""

    button: Button
    words: tuple[str, ...]
    short: str
    done: int
    asked: int
    count_words: str
    count_short: str


@dataclass(frozen=True)
class Pictures:
    """Live pictures to choose from, (height, width, 3) BGR each, mirrored when they are drawn; None for a dark one."""

    buttons: tuple[Button, ...]
    pictures: tuple[NDArray[np.uint8] | None, ...] = field(compare=False)


@dataclass(frozen=True)
class Keys:
    """Keys and what they do."""

    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DeskSign:
    """The small sign at the desk: what its small window holds beside its buttons. look: what is drawn. words: large.
    detail: a quiet line. way: where the arrow points, '' for none."""

    look: Literal["in place", "drifting", "away", "paused"]
    words: str
    detail: str = ""
    way: Literal["", "left", "right", "up", "down"] = ""


Part = Words | Tiles | Choices | Fields | Listing | WeeksPicture | Bars | Door | Pictures | Keys | DeskSign


@dataclass(frozen=True)
class PageView:
    """A whole page.

    back, help, unwell: at the top; None where they are not. corner: another button at the top right. main: the next
    sensible step, which is lit; nexts: what else, at the bottom. lead: a sentence under the title. note: a quiet line
    above the bottom. beside: parts in a column at the right. art: a sign in a frame at the left. focus: the name of the
    button where Enter goes at first, '' for main. home: the front page, whose title greets.
    """

    title: str
    parts: tuple[Part, ...] = ()
    back: Button | None = None
    help: Button | None = Button(HELP, "Help", sign="help", cap="F1")
    unwell: Button | None = Button(UNWELL, "I feel unwell", short="Unwell", cap="U")
    corner: Button | None = None
    main: Button | None = None
    nexts: tuple[Button, ...] = ()
    lead: str = ""
    note: str = ""
    beside: tuple[Part, ...] = ()
    art: str = ""
    focus: str = ""
    home: bool = False


def back_to(word: str = "Home") -> Button:
    """The way back, at the top left."""
    return Button(BACK, word, sign="back", cap="Esc")


def choice(row: str, name: str, word: str, chosen: bool, short: str = "") -> Button:
    """One choice of a row; its press is called "row=name"."""
    return Button(f"{row}={name}", word, short=short, chosen=chosen, group=row)
