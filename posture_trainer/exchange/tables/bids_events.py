"""The events of a session as BIDS has them: cues, ratings, and each trial with its figures."""

from pathlib import Path
from typing import Any

from posture_trainer import __version__
from posture_trainer.exchange.tables.trial_figures import TRIAL_FIGURES, is_trial, number, word_of
from posture_trainer.records.session_reader import read_events
from posture_trainer.words.ratings import RATINGS

Cell = str | float | None

# name -> unit and meaning, of what other events say.
_OTHERS: dict[str, tuple[str, str]] = {
    "cue": ("", "what a cue asked for: turn_left, turn_right, tilt_left, tilt_right, chin_up, chin_down"),
    "edge_share": ("", "of a cue: the worst axis as a share of its tolerance"),
    "when": ("", "of ratings: before or after practice"),
    **{name: ("", f"{name} as the patient rated it, 0 to 100") for name in RATINGS},
    "felt": ("", "how the head felt to the patient: straight, a_little_off or far_off"),
    "felt_deg": ("deg", "how far off the patient felt to be, in older records"),
    "measured_deg": ("deg", "how far off it was"),
    "rested_s": ("s", "length of the rest, without pauses"),
}
_COLUMNS = {**_OTHERS, **TRIAL_FIGURES}
_FIXED = {
    "trial_type": {
        "Description": "The event: cue, regained, ratings, pause, resume, face_lost, a trial by the kind of its "
        "exercise (hold, hold_test, follow, position_sense, range, stretch, breathe, timed, free), and others: README."
    },
}


def event_rows(place: Path) -> list[list[Cell]]:
    """A heading and a row for each event, by its onset; [] without any. Columns that no event needs are left out.

    A trial begins where it began and lasts until it ended, pauses included; other events have no length.
    """
    found: list[tuple[float, float | None, dict[str, Any]]] = []
    for event in read_events(place):
        t_s = number(event.get("t_s"))
        if t_s is None:
            continue
        began_s = number(event.get("began_s")) if is_trial(event) else t_s
        if began_s is None or not 0 <= began_s <= t_s:
            found.append((t_s, None, event))
        else:
            found.append((began_s, t_s - began_s, event))
    if not found:
        return []
    said = {name for *_, event in found for name in event if name in _COLUMNS and _cell(event, name) is not None}
    used = [name for name in _COLUMNS if name in said - {"began_s"}]
    rows: list[list[Cell]] = [["onset", "duration", "trial_type", *used]]
    for onset_s, length_s, event in sorted(found, key=lambda each: each[0]):
        duration_s = None if length_s is None else round(length_s, 6)
        cells = [_cell(event, name) if name in event else None for name in used]
        rows.append([round(onset_s, 6), duration_s, word_of(event["event"]), *cells])
    return rows


def events_json(columns: list[Cell]) -> dict[str, Any]:
    """What these columns of the table mean."""
    software = {"SoftwareName": "posture_trainer", "SoftwareVersion": __version__}
    about: dict[str, Any] = {**_FIXED, "StimulusPresentation": software}
    for name in columns:
        if isinstance(name, str) and name in _COLUMNS:
            unit, meaning = _COLUMNS[name]
            about[name] = {"Description": meaning, **({"Units": unit} if unit else {})}
    return about


def _cell(event: dict[str, Any], name: str) -> Cell:
    """What an event says under that name; nothing where another kind of event uses the same name for something else."""
    if name in TRIAL_FIGURES and not is_trial(event):
        return None
    value = event.get(name)
    found = number(value)
    return word_of(value) or None if found is None else int(found) if found.is_integer() else found
