"""The therapist's pages: the people and how they are, and what can be done for one of them. Pure.

Here the field's own words may stand.
"""

from dataclasses import dataclass

from posture_trainer.pages.front.end import days_words
from posture_trainer.pages.front.page import Button, Listing, PageView, Row, Tiles, Words, back_to

NEW, IMPORT, NEXT = "new person", "import", "next page"
PLAN, STRAIGHT, LIMITS, REPORT, EXPORT, DELETE, NAME = (
    "plan",
    "calibrate",
    "limits",
    "report",
    "export",
    "delete",
    "name",
)
ROWS, LARGE_ROWS = 5, 3
AWAY_DAYS = 14


@dataclass(frozen=True)
class PersonLine:
    """code: of the records. name: on this computer. last: practice, in words. days, asked: this week, asked 0 where no
    plan is set. look: what needs a look, '' for nothing."""

    code: str
    name: str
    last: str
    days: int
    asked: int
    look: str


def press_of(code: str) -> str:
    """What the press of a row is called."""
    return f"row {code}"


def people_view(lines: tuple[PersonLine, ...], page: int, large: bool) -> PageView:
    """The list, so many a page; who needs a look stands first."""
    many = LARGE_ROWS if large else ROWS
    pages = max(1, -(-len(lines) // many))
    shown = lines[page % pages * many :][:many]
    rows = tuple(_row(line, large) for line in shown)
    heads = ("Person", "This week", "To look at") if large else ("Person", "Last practice", "This week", "To look at")
    shares = (0.3, 0.3, 0.4) if large else (0.28, 0.2, 0.22, 0.3)
    nexts = [Button(IMPORT, "Import", cap="I")]
    if pages > 1:
        nexts.append(Button(NEXT, "More people", short="More", cap="PgDn"))
    empty = Words(("Nobody is here yet. Add somebody with New person.",), size="body")
    count = "1 person" if len(lines) == 1 else f"{len(lines)} people"
    return PageView(
        "People",
        (Listing(heads, rows, shares) if rows else empty,),
        back=back_to(),
        main=Button(NEW, "New person", sign="plus", cap="N"),
        nexts=tuple(nexts),
        note=f"{count}. Page {page % pages + 1} of {pages}",
        focus=press_of(shown[0].code) if shown else NEW,
    )


def _row(line: PersonLine, large: bool) -> Row:
    week = f"{line.days} of {line.asked}" if line.asked else f"{line.days}"
    look = line.look or "nothing"
    button = Button(press_of(line.code), line.code)
    if large:
        return Row(button, (week, look), flag=bool(line.look))
    return Row(button, (line.last, week, look), (line.days, line.asked), bool(line.look))


def person_view(line: PersonLine, plan: str, straight: str) -> PageView:
    """What can be done for one person. plan: as it is set, in words. straight: when the neutral was set, in words."""
    tiles = (
        Button(PLAN, "Plan", plan, sign="bars"),
        Button(STRAIGHT, "Neutral", straight, sign="straight"),
        Button(LIMITS, "Settings and limits", "Limits, doses, sounds, notes", "Settings", sign="sliders"),
        Button(REPORT, "Open the report", "In the browser", "Report", sign="on"),
        Button(EXPORT, "Export", "To a folder or a drive", sign="door"),
        Button(NAME, "Name", line.name or "None on this computer", sign="person"),
    )
    return PageView(
        line.code,
        (Tiles(tiles, 2, 112),),
        back=back_to("People"),
        nexts=(Button(DELETE, "Delete", sign="close"),),
        note=f"Last practice: {line.last}. This week {days_words(line.days, line.asked)}."
        + (f" To look at: {line.look}." if line.look else ""),
        focus=PLAN,
    )
