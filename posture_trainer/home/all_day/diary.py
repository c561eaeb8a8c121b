"""The diary of a minute, asked at home."""

from dataclasses import replace
from datetime import UTC

from posture_trainer.course.beside.diary import LONGEST_WORDS, DiaryEntry, asks_of_injection, is_due, questions
from posture_trainer.errors import UserError
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Move, Screen
from posture_trainer.pages.all_day import diary as pages
from posture_trainer.pages.front.page import BACK, PageView, Press
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.beside.diary import read_diary, save_entry
from posture_trainer.records.settings import printable
from posture_trainer.words.all_day.diary import MARKS, SCALES

KEPT = "Your diary is kept. Thank you."


def settings_here(room: Room) -> PatientSettings:
    """Of whoever is here; the program's own where they can't be read, which is said."""
    try:
        return load_patient_settings(room.folder)
    except UserError as error:
        room.notice(str(error))
        return PatientSettings()


def diary_due(room: Room) -> bool:
    """Whether it is time for the diary of whoever is here."""
    if not room.known:
        return False
    wanted = settings_here(room).diary
    entries = read_diary(room.folder)
    last = entries[-1].day if entries else None
    return wanted.asked and is_due(last, wanted.every_days, room.now().date())


class DiaryScreen(Screen):
    """A question a page, and all of it kept at the end."""

    help_title = "The diary"
    help = (
        "Click the number that fits.",
        "Skip what you like. It takes about a minute.",
        "It shows how the weeks go. It is kept on this computer.",
    )

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        from posture_trainer.session.parts.care import numbers_of

        own = settings_here(room)
        self._injection, self._numbers = own.last_injection, numbers_of(own)
        asked = questions(asks_of_injection(own.last_injection, room.now().date()))
        self._diary, self._at = pages.Diary(asked, own.diary.every_days), 0

    @property
    def _page(self) -> str:
        return self._diary.pages()[self._at]

    def view(self) -> PageView:
        """The question."""
        return pages.diary_view(self._diary, self._page, self._numbers)

    def press(self, press: Press) -> Go:
        """An answer goes on at once."""
        diary, page = self._diary, self._page
        row, _, name = press.name.partition("=")
        if row == pages.ANSWER and page in SCALES:
            return self._on(replace(diary, answers={**diary.answers, page: int(name)}))
        if row == pages.ANSWER:
            return self._on(replace(diary, side_effects={**diary.side_effects, page: name}))
        if press.name in (pages.SKIP, pages.GO_ON, pages.UNDERSTOOD):
            return self._on(diary)
        if row == pages.MARK:
            marks = set(diary.marks) ^ {name}
            self._diary = replace(diary, marks=tuple(each for each in MARKS if each in marks))
        elif press.name == pages.WORDS_FIELD:
            before = diary.words[:-1] if press.erase else diary.words
            self._diary = replace(diary, words=printable(before + press.typed)[:LONGEST_WORDS])
        elif press.name == pages.NOT_TODAY:
            return self._keep(skipped=True)
        elif press.name == pages.SAVE:
            return self._keep()
        elif press.name == BACK and self._at > 0:
            self._at -= 1
            return Move.STAY
        return None

    def _on(self, diary: pages.Diary) -> Go:
        self._diary = diary
        self._at += 1
        return None

    def _keep(self, skipped: bool = False) -> Go:
        diary, now = self._diary, self.room.now()
        offset = now.utcoffset()
        entry = DiaryEntry.model_validate(
            {
                "created_utc": now.astimezone(UTC),
                "utc_offset_s": round(offset.total_seconds()) if offset is not None else 0,
                "every_days": diary.every_days,
                "answers": diary.answers,
                "side_effects": diary.side_effects,
                "marks": diary.marks,
                "words": diary.words.strip(),
                "last_injection": self._injection,
                "skipped": skipped,
            }
        )
        try:
            save_entry(self.room.folder, entry)
        except UserError as error:
            self.room.notice(str(error))
            return None
        if not skipped:
            self.room.notice(KEPT)
        return Move.BACK
