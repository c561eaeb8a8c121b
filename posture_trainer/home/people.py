"""Who is practising: choose somebody, add somebody, try as a guest."""

from datetime import date

from posture_trainer.errors import UserError
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.front import people as pages
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.records.people import DEMO, GUEST, checked_code, session_folders
from posture_trainer.records.settings import LONGEST_NAME, printable
from posture_trainer.words.ago import last_here

_MOST_CODE = 64
_ALLOWED = "-_"


class PeopleScreen(Screen):
    """The people of this computer."""

    help_title = "Who is practising?"
    help = (
        "Click your name or your code.",
        "Somebody new takes a code first.",
        "A guest can keep the session afterwards.",
    )

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._page = 0
        self._people: tuple[pages.Person, ...] = ()

    def arrive(self) -> None:
        """Who there is, whoever was here last first."""
        from posture_trainer.course.session_day import session_begun, session_day

        room, today = self.room, self.room.now().date()
        found: list[tuple[date | None, pages.Person]] = []
        for code in room.codes():
            folders = session_folders(room.data / "patients" / code)
            begun = session_begun(folders[-1].name, {}) if folders else None
            day = session_day(begun, None)
            found.append((day, pages.Person(code, room.settings.of(code).name, last_here(day, today))))
        found.sort(key=lambda each: (each[1].code != room.code, -(each[0] or date.min).toordinal(), each[1].code))
        self._people = tuple(person for _, person in found)

    def view(self) -> PageView:
        """The tiles."""
        return pages.people_view(self._people, self.room.code, self._page, self.large)

    def press(self, press: Press) -> Go:
        """Somebody, somebody new, a guest, more."""
        if press.name == pages.NEXT:
            self._page += 1
        elif press.name == pages.NEW:
            return NewPersonScreen(self.room)
        elif press.name == pages.GUEST:
            self.room.choose(GUEST)
            return Move.HOME
        for person in self._people:
            if press.name == pages.press_of(person.code):
                self.room.choose(person.code)
                return Move.HOME
        return None


class NewPersonScreen(Screen):
    """A code, and a name to be greeted by. therapist: it is the therapist who adds somebody."""

    help_title = "Somebody new"
    help = ("A code stands for you in all records.", "A name is only for the greeting.", "Both can be short.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._code = self._name = self._fault = ""

    def view(self) -> PageView:
        """The two fields."""
        return pages.new_view(self._code, self._name, self._fault)

    def press(self, press: Press) -> Go:
        """Typing, and adding."""
        if press.name == pages.CODE_FIELD:
            self._code, self._fault = typed_code(self._code, press), ""
        elif press.name == pages.NAME_FIELD:
            self._name = typed(self._name, press, LONGEST_NAME)
        elif press.name == pages.ADD:
            self._fault = code_fault(self.room, self._code)
            if not self._fault:
                self.room.remember(self.room.settings.with_person(self._code, name=self._name.strip()))
                self.room.choose(self._code)
                return self.added()
        return None

    def added(self) -> Go:
        """Where to go once somebody was added."""
        return Move.HOME


def typed(text: str, press: Press, most: int) -> str:
    """The text after what was typed into it."""
    if press.erase:
        return text[:-1]
    return (text + printable(press.typed))[:most]


def typed_code(code: str, press: Press) -> str:
    """The code after what was typed: nothing but the signs of a code gets into it."""
    wanted = "".join(sign for sign in press.typed if (sign.isascii() and sign.isalnum()) or sign in _ALLOWED)
    return typed(code, Press(press.name, wanted, press.erase), _MOST_CODE)


def code_fault(room: Room, code: str) -> str:
    """Why a code can't be taken for somebody new, '' where it can."""
    try:
        checked_code(code)
    except UserError:
        return pages.CODE_RANGE
    taken = {each.casefold() for each in (*room.codes(), GUEST, DEMO)}
    return pages.TAKEN if code.casefold() in taken else ""
