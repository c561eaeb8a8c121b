"""Export, import and delete, for the therapist. Pure."""

from posture_trainer.pages.front.notes import YES
from posture_trainer.pages.front.page import Button, Field, Fields, Listing, PageView, Part, Row, Words, back_to

MORE, CODE_FIELD = "more places", "field code"
ROWS, LARGE_ROWS = 5, 3
HEALTH = "It is health data: give it only to those who should read it."


def place_press(number: int) -> str:
    """What the press of a place is called."""
    return f"place {number}"


def places_view(
    title: str, places: tuple[tuple[str, str], ...], page: int, large: bool, empty: str, note: str
) -> PageView:
    """Places or archives to choose from. places: (name, where)."""
    many = LARGE_ROWS if large else ROWS
    first = page % max(1, -(-len(places) // many)) * many
    rows = tuple(
        Row(Button(place_press(number), name), (where,))
        for number, (name, where) in enumerate(places)
        if first <= number < first + many
    )
    part: Part = Listing(("", ""), rows, (0.4, 0.6)) if rows else Words((empty,), size="body")
    nexts = (Button(MORE, "More", sign="down", cap="PgDn"),) if len(places) > many else ()
    focus = rows[0].button.name if rows else ""
    return PageView(title, (part,), back=back_to("Back"), nexts=nexts, note=note, focus=focus)


def delete_view(code: str, what: str, typed: str) -> PageView:
    """The code has to be typed: it can't be undone."""
    field = Field(f"Type the code {code} to delete", Button(CODE_FIELD, typed))
    return PageView(
        f"Delete {code}?",
        (Words((what, "It can't be undone."), size="body"), Fields((field,), 1)),
        back=back_to("Back"),
        nexts=(Button(YES, "Delete", sign="close", disabled=typed != code),),
        focus=CODE_FIELD,
    )
