"""The diary and days at the desk as behavioural data of a BIDS dataset."""

from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from posture_trainer.exchange.tables.beside_rows import DESK_COLUMNS, DIARY_COLUMNS, desk_rows, diary_rows
from posture_trainer.exchange.tables.session_rows import Value
from posture_trainer.words.all_day.diary import MORE_IS_BETTER, SCALES, SIDE_EFFECTS

WriteTsv = Callable[[Path, Iterable[Iterable[Value]]], None]
WriteJson = Callable[[Path, dict[str, Any]], None]
TASK = "desk"
_MEANING = {
    "created_utc": "When the entry was written, UTC.",
    "utc_offset_s": "How far the computer's clock was ahead of UTC, in seconds.",
    "skipped": "1 if the diary was asked and put off.",
    "marks": "What was done besides, joined by ;.",
    "words": "A line of free text.",
    "last_injection": "Day of the last botulinum toxin injection, as known then.",
}
_DESK_MEANING = {
    "minute_utc": ("When the minute began, UTC.", ""),
    "utc_offset_s": ("How far the computer's clock was ahead of UTC.", "s"),
    "seen_s": ("With the head seen.", "s"),
    "in_tolerance_s": ("Of seen_s, within the desk's own tolerance.", "s"),
    "away_s": ("With nobody there.", "s"),
    "unsure_s": ("With somebody there who could not be measured.", "s"),
    "paused_s": ("Paused, the camera closed.", "s"),
    "rotation_deg": ("Median from the place of work, + face turned to the patient's right.", "deg"),
    "tilt_deg": ("Median from the place of work, + right ear towards the right shoulder.", "deg"),
    "flexion_deg": ("Median from the place of work, + chin down.", "deg"),
    "reminder": ("The way that was told.", ""),
    "followed": ("Whether the last reminder was followed, where that was known in this minute.", ""),
    "break": ("Of a break: proposed, done or later.", ""),
    "hushed": ("1 if a reminder waited because a call or a talk filled the screen.", ""),
}


def write_diary(
    folder: Path, subject: str, code: str, place: Path, tsv: WriteTsv, about: WriteJson
) -> list[list[Value]]:
    """One session of behavioural data for the whole diary, an entry a row; gives its label and when it began, or
    nothing where there is no diary. (BIDS lets phenotypic data have one row for each subject and session alone.)"""
    rows = [row[1:] for row in diary_rows(code, place)]
    if not rows:
        return []
    told: dict[str, Any] = {name: {"Description": words} for name, words in _MEANING.items()}
    for name, scale in SCALES.items():
        better = "more is better" if name in MORE_IS_BETTER else "more is worse"
        told[name] = {"LongName": scale.question, "Description": f"0: {scale.low}; 10: {scale.high}; {better}."}
    for name, question in SIDE_EFFECTS.items():
        levels = {"none": "none", "a_little": "a little", "a_lot": "a lot"}
        told[f"after_{name}"] = {"LongName": question, "Levels": levels}
    start = folder / subject / "ses-diary" / "beh" / f"{subject}_ses-diary_task-diary_beh"
    tsv(start.with_suffix(".tsv"), [DIARY_COLUMNS[1:], *rows])
    about(start.with_suffix(".json"), {"TaskName": "diary", "TaskDescription": "A diary of a minute.", **told})
    return [["ses-diary", rows[0][0]]]


def write_desk(
    folder: Path, subject: str, code: str, place: Path, tsv: WriteTsv, about: WriteJson
) -> list[list[Value]]:
    """A session of behavioural data for each run at the desk; gives of each its label and when it began."""
    sessions: list[list[Value]] = []
    for number, (_, group) in enumerate(groupby(desk_rows(code, place), lambda row: row[1]), 1):
        rows = [row[2:] for row in group]
        session = f"ses-desk{number:03d}"
        name = f"{subject}_{session}_task-{TASK}_beh"
        tsv(folder / subject / session / "beh" / f"{name}.tsv", [DESK_COLUMNS[2:], *rows])
        columns = {
            key: {"Description": words, **({"Units": unit} if unit else {})}
            for key, (words, unit) in _DESK_MEANING.items()
        }
        about(
            folder / subject / session / "beh" / f"{name}.json",
            {
                "TaskName": TASK,
                "TaskDescription": "Ordinary work at a desk with a sparse reminder of posture.",
                **columns,
            },
        )
        sessions.append([session, rows[0][0]])
    return sessions
