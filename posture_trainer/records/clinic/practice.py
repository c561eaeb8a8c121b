"""Asked against done of the last four weeks, of one patient or all: from summaries, and headers as far as plans go."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from posture_trainer.course.adherence import AskedAndDone, lately, recorded_plan, window_begins
from posture_trainer.course.patients import Overview, SessionLine
from posture_trainer.course.practice_days import days_with_practice
from posture_trainer.records.session_reader import read_object

_A_PLAN = re.compile(rb'"plan"\s*:\s*\{')


def practice_of_all(seen: Overview, today: date) -> dict[str, AskedAndDone]:
    """Of each patient, by code."""
    by_code = groupby(seen.sessions, key=lambda line: line.patient)
    return {code: practice_of(list(lines), today) for code, lines in by_code}


def practice_of(
    lines: Sequence[SessionLine], today: date, headers: Mapping[Path, dict[str, Any]] | None = None
) -> AskedAndDone:
    """Of one patient's sessions, oldest first. Headers are read back to the plan with which the four weeks began.

    headers: those that were read already, by the session's folder.
    """
    known = headers or {}
    recorded = []
    for line in reversed(lines):
        day = line.practice_day
        if day is None or day > today or line.wrong_date:
            continue
        header = known.get(line.folder)
        plan = recorded_plan(read_object(line.folder / "session.json", _A_PLAN) if header is None else header)
        if plan is not None:
            recorded.append((day, plan))
            if day <= window_begins(today) and not plan.weekly:
                break
    return lately(days_with_practice(lines), recorded[::-1], today)
