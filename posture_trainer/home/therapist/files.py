"""Export, import and delete."""

from posture_trainer.errors import UserError
from posture_trainer.exchange.places import archives_there, free_name, usual_places
from posture_trainer.home.notes import NoteScreen
from posture_trainer.home.people import typed_code
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Instead, Move, Screen
from posture_trainer.pages.front import files as pages
from posture_trainer.pages.front.notes import YES, moment_view
from posture_trainer.pages.front.page import PageView, Press


class ExportScreen(Screen):
    """Where to: the usual places and the drives."""

    help_title = "Export"
    help = (
        "Choose a place or a drive.",
        "An archive of the whole record is put there.",
        "Names of people are not in it.",
    )

    def __init__(self, room: Room, code: str) -> None:
        super().__init__(room)
        self._code, self._page, self._places = code, 0, usual_places()

    def view(self) -> PageView:
        """The places."""
        places = tuple((name, str(folder)) for name, folder in self._places)
        title = f"Export {self._code} to"
        return pages.places_view(title, places, self._page, self.large, "No place is there.", pages.HEALTH)

    def press(self, press: Press) -> Go:
        """More, or into one."""
        if press.name == pages.MORE:
            self._page += 1
        for number, (_, folder) in enumerate(self._places):
            if press.name == pages.place_press(number):
                return self._export(number, str(free_name(folder, self._code)))
        return None

    def _export(self, number: int, shown: str) -> Go:
        from posture_trainer.exchange.archive.write import export_patient

        self.room.show(moment_view("We write the archive."))
        path = free_name(self._places[number][1], self._code)
        try:
            result = export_patient(self.room.data, self._code, path)
        except UserError as error:
            return Instead(NoteScreen(self.room, "Not exported", str(error)))
        return Instead(NoteScreen(self.room, "Exported", f"{result.sessions} sessions are in {shown}.", pages.HEALTH))


class ImportScreen(Screen):
    """Which archive, of those that lie in the usual places and on the drives."""

    help_title = "Import"
    help = (
        "Choose an archive made by Export.",
        "Nothing that is here is overwritten.",
        "Put it on the desktop or a drive.",
    )

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._page, self._archives = 0, archives_there()

    def view(self) -> PageView:
        """The archives."""
        found = tuple((path.stem, str(path.parent)) for path in self._archives)
        empty = "No archive is on the desktop, in documents or downloads, or on a drive."
        return pages.places_view("Import", found, self._page, self.large, empty, "Nothing that is here is overwritten.")

    def press(self, press: Press) -> Go:
        """More, or that one."""
        if press.name == pages.MORE:
            self._page += 1
        for number, path in enumerate(self._archives):
            if press.name == pages.place_press(number):
                from posture_trainer.exchange.archive.take_in import import_archive

                self.room.show(moment_view("We take it in."))
                try:
                    result = import_archive(self.room.data, path)
                except UserError as error:
                    return Instead(NoteScreen(self.room, "Not imported", str(error)))
                words = f"{result.placed.sessions} sessions of {result.code} are here now."
                return Instead(NoteScreen(self.room, "Imported", words))
        return None


class DeleteScreen(Screen):
    """Delete a whole record, with the code typed."""

    help_title = "Delete"
    help = ("Everything of this person is deleted.", "It can't be undone.", "Type the code, then press Delete.")

    def __init__(self, room: Room, code: str) -> None:
        super().__init__(room)
        self._code, self._typed = code, ""
        self._what = "This person has no records yet."
        try:
            from posture_trainer.records.delete import holdings

            found = holdings(room.data, code)
            practice = f"{found.sessions} sessions and {found.baselines} baselines"
            self._what = f"This deletes {practice}{found.beside} of {code}."
        except UserError:
            pass  # added in the window, and nothing is recorded yet

    def view(self) -> PageView:
        """The question."""
        return pages.delete_view(self._code, self._what, self._typed)

    def press(self, press: Press) -> Go:
        """Typing, deleting."""
        room, code = self.room, self._code
        if press.name == pages.CODE_FIELD:
            self._typed = typed_code(self._typed, press)
        elif press.name == YES and self._typed == code:
            from posture_trainer.records.delete import delete_patient
            from posture_trainer.records.people import patient_folder

            try:
                if patient_folder(room.data, code).exists():
                    delete_patient(room.data, code)
            except UserError as error:
                return Instead(NoteScreen(room, "Not deleted", str(error)))
            room.remember(room.settings.without_person(code))
            if room.code == code:
                room.begin()
            room.notice(f"{code} is deleted.")
            return Move.HOME
        return None
