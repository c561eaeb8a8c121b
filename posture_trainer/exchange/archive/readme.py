"""The words that go with an export, for a reader who does not have the program."""

from posture_trainer import shipped_files
from posture_trainer.records.session_header import UNITS


def formats_text() -> str | None:
    """docs/formats.md, from a clone or from the installed program; None if it did not come along."""
    try:
        return shipped_files.formats_page().read_text(encoding="utf-8")
    except OSError:
        return None


def readme(code: str, created_utc: str, face_shape: bool, left_out: list[str]) -> str:
    """The README of an archive."""
    units = "\n".join(f"  {name:15} {words}" for name, words in UNITS.items())
    shape = (
        "The baselines hold the shape of the face (landmarks), because it was asked for.\n"
        "Treat them as you would a picture of the face."
        if face_shape
        else "The shape of the face was left out of the baselines. They are good for reading the\n"
        "sessions; to practise on another computer a new baseline has to be recorded there."
    )
    missing = "".join(f"  {words}\n" for words in left_out) or "  nothing\n"
    return f"""Record of the patient with the code {code}
exported {created_utc} by posture_trainer

This is health data. Give it only to those who should read it.
It is a practice record, not a medical device's: it diagnoses and treats nothing.
{shape}

To read it with the program:  posture-trainer import FILE.zip
To check that it is whole:    sha256sum -c SHA256SUMS   (it guards against accidents, not against forgery)

patients/{code}/baselines/<UTC time>.json   neutral head positions
patients/{code}/sessions/<UTC time>/
  session.json    what was used: program, camera, baseline, tolerances, units
  samples.csv     one row for each picture; face is 1 or 0, with 0 the angles are empty
  events.jsonl    one JSON object a line: cues, pauses, losses of face or camera
  summary.json    the figures of the session; missing if it was cut off
Text is UTF-8, times are UTC, numbers use a point. Angles are relative to the neutral head, seen from the patient:
{units}
  state           neutral, out (of tolerance), paused, no_face, unsure
formats.md, where it came along, defines every key and column.

Left out of this archive:
{missing}"""
