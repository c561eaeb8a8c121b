"""The therapist's remarks in a patient's file: which of them have a day. Pure."""

import re
from datetime import date

from posture_trainer.course.extras import day_of
from posture_trainer.words.harmless import plain_text

_DAY = re.compile(r"(?<![\w-])(\d{4}-\d\d-\d\d):\s")


def remarks(note: str) -> tuple[str, list[tuple[date, str]]]:
    """What stands in the note without a day, and the remarks that begin with theirs, by day: `2026-03-01: hand at the
    cheek helps.` Each goes on to the next such day; one that is no day of our time is text like any other."""
    undated, dated = "", list[tuple[date, str]]()
    first, *rest = _DAY.split(note)
    undated = first
    for written, text in zip(rest[::2], rest[1::2], strict=True):
        day = day_of(written)
        if day is not None:
            dated.append((day, text))
        elif dated:
            dated[-1] = (dated[-1][0], f"{dated[-1][1]}{written}: {text}")
        else:
            undated += f"{written}: {text}"
    told = [(day, plain_text(text).strip(" ;")) for day, text in dated]
    return plain_text(undated).strip(" ;"), sorted((each for each in told if each[1]), key=lambda each: each[0])
