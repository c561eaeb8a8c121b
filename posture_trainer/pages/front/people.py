"""Who is practising: choose, add, or try as a guest. Pure."""

from dataclasses import dataclass

from posture_trainer.pages.front.page import Button, Field, Fields, PageView, Tiles, Words, back_to

NEW, GUEST, NEXT, ADD = "new person", "as guest", "next page", "add"
CODE_FIELD, NAME_FIELD = "field code", "field name"
A_PAGE, LARGE_PAGE = 3, 2
NAMES_STAY = "Names stay on this computer. Records carry the code only."
CODE_RANGE = "Letters, digits, - and _. No name, please."
TAKEN = "This code is taken. Please take another."


@dataclass(frozen=True)
class Person:
    """code: of the records. name: to greet by, '' for none. last: when here last, in words."""

    code: str
    name: str
    last: str


def press_of(code: str) -> str:
    """What the press of a person is called."""
    return f"person {code}"


def people_view(people: tuple[Person, ...], chosen: str, page: int, large: bool) -> PageView:
    """The tiles, so many a page."""
    many = LARGE_PAGE if large else A_PAGE
    pages = max(1, -(-len(people) // many))
    shown = people[page % pages * many :][:many]
    tiles = tuple(Button(press_of(each.code), each.name or each.code, each.last, sign="person") for each in shown)
    lit = press_of(chosen) if any(each.code == chosen for each in shown) else ""
    more = (Button(NEXT, "More people", short="More", sign="on", cap="PgDn"),) if pages > 1 else ()
    others = (
        Button(NEW, "Somebody new", sign="plus"),
        Button(GUEST, "Just try, as a guest", "You can keep it afterwards.", "As a guest", sign="person"),
    )
    return PageView(
        "Who is practising?",
        ((Tiles(tiles, many, 200, lit),) if tiles else ()) + (Tiles(others, 2, 104),),
        back=back_to(),
        nexts=more,
        note=NAMES_STAY,
        focus=lit or (tiles[0].name if tiles else NEW),
    )


def new_view(code: str, name: str, fault: str = "", back: str = "Back", therapist: bool = False) -> PageView:
    """A code, and a name if wanted. fault: why the code is not taken."""
    name_label = "A name to be greeted by, if wanted"
    fields = (
        Field("Code", Button(CODE_FIELD, code), range=fault or CODE_RANGE, bad=bool(fault)),
        Field(name_label, Button(NAME_FIELD, name), range="Stays on this computer."),
    )
    return PageView(
        "New person" if therapist else "Somebody new",
        (Words(("Type a code, then press Enter.",), size="body", quiet=True), Fields(fields, 1)),
        back=back_to(back),
        main=Button(ADD, "Add", cap="Enter", disabled=not code),
        focus=CODE_FIELD,
    )


def keep_guest_view(code: str, fault: str = "") -> PageView:
    """Whether a guest wants to keep the session under a code."""
    field = Field("Code", Button(CODE_FIELD, code), range=fault or CODE_RANGE, bad=bool(fault))
    return PageView(
        "Keep this session?",
        (
            Words(("As a guest, nothing is kept for you.", "With a code you can go on from here."), size="body"),
            Fields((field,), 1),
        ),
        main=Button(ADD, "Keep it", cap="Enter", disabled=not code),
        nexts=(Button("not now", "Not now", cap="Esc"),),
        focus=CODE_FIELD,
    )
