"""The therapist's list of people."""

from posture_trainer.home.people import NewPersonScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Instead, Screen
from posture_trainer.home.therapist.files import ImportScreen
from posture_trainer.home.therapist.person import PersonScreen
from posture_trainer.pages.front import people
from posture_trainer.pages.front import therapist as pages
from posture_trainer.pages.front.page import PageView, Press


class TherapistPeople(Screen):
    """Everybody on this computer, who needs a look first."""

    help_title = "People"
    help = ("Click a person to see the plan.", "A flag says that something needs a look.", "N adds somebody.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._page = 0
        self._lines: tuple[pages.PersonLine, ...] = ()

    def arrive(self) -> None:
        """Read them anew."""
        from posture_trainer.session.front.for_therapist import person_lines

        self._lines = person_lines(self.room.data, self.room.codes(), self.room.settings, self.room.now())

    def view(self) -> PageView:
        """The list."""
        return pages.people_view(self._lines, self._page, self.large)

    def press(self, press: Press) -> Go:
        """Somebody, somebody new, more."""
        if press.name == pages.NEW:
            return NewByTherapist(self.room)
        if press.name == pages.NEXT:
            self._page += 1
        if press.name == pages.IMPORT:
            return ImportScreen(self.room)
        for line in self._lines:
            if press.name == pages.press_of(line.code):
                return PersonScreen(self.room, line.code)
        return None


class NewByTherapist(NewPersonScreen):
    """Adds somebody, and goes on to what is set for them."""

    def view(self) -> PageView:
        """The same fields, under the therapist's heading."""
        return people.new_view(self._code, self._name, self._fault, "People", therapist=True)

    def added(self) -> Go:
        """What can be done for the new person."""
        return Instead(PersonScreen(self.room, self._code))
