"""What the logs say, in the terminal: all patients from their summaries alone, or one patient's headline figures."""

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from posture_trainer.course.adherence import AskedAndDone, practice_words
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.patients import PatientLine
from posture_trainer.report.write import Report
from posture_trainer.words.durations import minutes


def overview_table(lines: list[PatientLine], practice: Mapping[str, AskedAndDone]) -> Table:
    """One row for each patient. practice: asked against done in the last 28 days, by code."""
    table = Table(title="Patients")
    for heading in ("Patient", "Sessions", "Days", "Last 28 days", "Last day", "Practised", "In tolerance", "Note"):
        table.add_column(heading, justify="left" if heading in ("Patient", "Note") else "right")
    for line in lines:
        inside = line.in_tolerance_share
        share = "-" if inside is None else f"{inside:.0%}"
        notes = (
            (line.refused, "refused"),
            (line.without_summary, "cut off or damaged"),
            (line.wrong_dates, "dated in the future"),
        )
        note = ", ".join(f"{number} {what}" for number, what in notes if number)
        practised = minutes(line.seen_s)
        cells = (
            line.code,
            str(line.sessions),
            str(line.days),
            practice_words(practice[line.code]),
            line.last_day,
            practised,
            share,
            note,
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def session_table(code: str, sessions: list[PastSession]) -> Table:
    """One row for each session of a patient."""
    table = Table(title=Text(f"Sessions of {code}"))
    table.add_column("Begun (UTC)", no_wrap=True)
    for heading in ("Length", "Face seen", "In tolerance", "Longest hold", "Cues", "Note"):
        table.add_column(heading)
    for session in sessions:
        figures = session.figures
        note = Text(", ".join(each for each in (session.care, session.remark) if each))
        if figures is None:
            table.add_row(Text(session.begun_words), "", "", "", "", "", note)
            continue
        inside = figures.in_tolerance_share
        share = "-" if inside is None else f"{inside:.0%}"
        table.add_row(
            Text(session.begun_words),
            minutes(figures.length_s),
            "-" if figures.face_share is None else f"{figures.face_share:.0%}",
            f"{minutes(figures.neutral_s)} ({share})",
            minutes(figures.longest_hold_s),
            str(figures.cues),
            note,
        )
    return table


_HEADLINES = ("Pull", "Hold test", "In tolerance, 5 min", "Pain before", "Control before", "Cues")


def answer_lines(report: Report) -> list[str]:
    """The five answers, just as on the page."""
    return [f"{row['question']} {row['words'].capitalize()}. {row['sentence']}" for row in report.glance["answers"]]


def headline_table(report: Report) -> Table:
    """The headline figures, just as on the page."""
    detail = report.page.detail
    begun = f"session of {detail.begun_words} UTC" if detail else "no session to show"
    table = Table(title=Text(f"{report.page.code}: {begun}"))
    for heading in ("Figure", "Now", "First third → last", ""):
        table.add_column(heading, justify="left" if heading in ("", "Figure") else "right", no_wrap=True)
    for row in report.glance["rows"]:
        if row["name"] in _HEADLINES:
            course = f"{row['first']} → {row['last']}" if row["first"] != "–" else ""
            table.add_row(*(Text(cell) for cell in (row["name"], row["latest"], course, row["word"])))
    return table
