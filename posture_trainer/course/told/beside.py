"""What a patient's page says of the diary and of days at the desk, in plain words. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from posture_trainer.course.beside.desk_days import DeskDay
from posture_trainer.course.beside.diary import DiaryEntry
from posture_trainer.words.all_day.diary import AMOUNTS, NAMES

RECENT_DAYS = 56
_TOLD = ("pain", "pull", "hindered", "mood", "sleep")
_LEAST = 2  # entries or days: of fewer nothing is said


def beside_words(diary: Sequence[DiaryEntry], desk: Sequence[DeskDay], today: date) -> tuple[str, ...]:
    """The last eight weeks in a sentence each; nothing where there is nothing."""
    since = today - timedelta(days=RECENT_DAYS)
    entries = [each for each in diary if not each.skipped and each.day is not None and since <= each.day <= today]
    days = [each for each in desk if since <= each.day <= today and each.told is not None]
    said = []
    if len(entries) >= _LEAST:
        middles = [(NAMES[name].lower(), _middle(entries, name)) for name in _TOLD]
        parts = [f"{name} {value:.0f}" for name, value in middles if value is not None]
        if parts:
            said.append(f"In your diary, of 10 and in the middle of {len(entries)} entries: {', '.join(parts)}.")
    after = [each for each in entries if each.side_effects]
    if after:
        told = [
            f"{NAMES[name].lower()} ({AMOUNTS[amount].lower()})"
            for name, amount in after[-1].side_effects.items()
            if name in NAMES and amount != "none"
        ]
        if told:
            said.append(f"Since the injection you noted: {', '.join(told)}.")
    if len(days) >= _LEAST:
        share = median(each.told for each in days if each.told is not None)
        said.append(
            f"At the desk your head was in place for {share:.0f} % of the time, in the middle of {len(days)} days."
        )
    return tuple(said)


def _middle(entries: Sequence[DiaryEntry], name: str) -> float | None:
    known = [value for entry in entries if (value := entry.value(name)) is not None]
    return median(known) if known else None
