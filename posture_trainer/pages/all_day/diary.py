"""The diary of a minute: a question a page, answered by one click; what was done besides; a line of text. Pure."""

from dataclasses import dataclass, field

from posture_trainer.pages.front.page import Button, Choices, Field, Fields, PageView, Words, back_to
from posture_trainer.words.all_day import diary as words
from posture_trainer.words.care import NO_CONTACT, Numbers

ANSWER, SKIP, NOT_TODAY, GO_ON, SAVE, UNDERSTOOD = "answer", "skip", "not today", "go on", "save", "understood"
MARK, WORDS_FIELD = "mark", "field words"
MARKS_PAGE, WORDS_PAGE, TELL_PAGE = "marks", "words", "tell"
_MINUTE = "About a minute. Skip what you like; nobody counts it against you."


@dataclass(frozen=True)
class Diary:
    """As far as it is filled in. asked: the keys of what is asked. answers, side_effects, marks, words: as of an
    entry. every_days: how often it is asked."""

    asked: tuple[str, ...]
    every_days: int
    answers: dict[str, int] = field(default_factory=dict)
    side_effects: dict[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    words: str = ""

    @property
    def warned(self) -> bool:
        """Whether what swallowing trouble asks for is to be shown."""
        return self.side_effects.get("swallowing") == "a_lot"

    def pages(self) -> tuple[str, ...]:
        """What is shown one after the other: questions, the warning where it is due, marks, the line of text."""
        shown = [page for key in self.asked for page in (key, *((TELL_PAGE,) if key == "swallowing" else ()))]
        return (*(page for page in shown if page != TELL_PAGE or self.warned), MARKS_PAGE, WORDS_PAGE)


def diary_view(diary: Diary, page: str, numbers: Numbers) -> PageView:
    """That page of it."""
    if page == MARKS_PAGE:
        return _marks_view(diary)
    if page == WORDS_PAGE:
        return _words_view(diary)
    if page == TELL_PAGE:
        return tell_view(numbers)
    return _question_view(diary, page)


def _question_view(diary: Diary, key: str) -> PageView:
    at = diary.asked.index(key)
    if key in words.SCALES:
        scale = words.SCALES[key]
        title, ends = scale.question, f"0: {scale.low}. 10: {scale.high}."
        buttons = tuple(
            Button(f"{ANSWER}={number}", str(number), chosen=diary.answers.get(key) == number) for number in range(11)
        )
    else:
        title, ends = words.SIDE_EFFECTS[key], ""
        buttons = tuple(
            Button(f"{ANSWER}={name}", word, chosen=diary.side_effects.get(key) == name)
            for name, word in words.AMOUNTS.items()
        )
    given = diary.answers.get(key, diary.side_effects.get(key))
    nexts = [Button(SKIP, "Skip this one", short="Skip")]
    if at == 0:
        nexts.append(Button(NOT_TODAY, "Not today"))
    return PageView(
        title,
        (Choices("", buttons), *((Words((ends,), size="body", quiet=True),) if ends else ())),
        back=back_to("Back"),
        nexts=tuple(nexts),
        lead=words.since(diary.every_days) if key in words.SCALES else "",
        note=_MINUTE if at == 0 else f"{at + 1} of {len(diary.asked)}",
        focus=buttons[0].name if given is None else f"{ANSWER}={given}",
    )


def _marks_view(diary: Diary) -> PageView:
    names = list(words.MARKS.items())
    rows = [
        Choices(
            "",
            tuple(Button(f"{MARK}={name}", word, chosen=name in diary.marks) for name, word in names[first:last]),
        )
        for first, last in ((0, 3), (3, 5))
    ]
    return PageView(
        "What did you do besides?",
        tuple(rows),
        back=back_to("Back"),
        main=Button(GO_ON, "Go on", cap="Enter"),
        note="Click what fits, none is fine too.",
        lead=words.since(diary.every_days),
    )


def _words_view(diary: Diary) -> PageView:
    well = Field("A line, if you like", Button(WORDS_FIELD, diary.words), range="It stays in your record.")
    return PageView(
        "Anything else?",
        (Fields((well,), 1),),
        back=back_to("Back"),
        main=Button(SAVE, "Keep it", cap="Enter"),
        focus=WORDS_FIELD,
    )


def tell_view(numbers: Numbers) -> PageView:
    """What to do where swallowing is a lot of trouble."""
    clinic = f"Your clinic: {numbers.contact}." if numbers.contact else NO_CONTACT
    return PageView(
        "Please read this",
        (Words((words.TELL_TODAY, clinic, words.emergency_too(numbers.emergency)), size="lead"),),
        back=back_to("Back"),
        main=Button(UNDERSTOOD, "Go on", cap="Enter"),
    )
