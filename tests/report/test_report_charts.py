"""The charts over many sessions: what they say in words, and that nothing from a file is markup in them."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from made.courses import Day, Stretch, session_of

from posture_trainer.course.adherence import Asked, DayMark, PracticeDay
from posture_trainer.course.measures import mirror_figure, rating
from posture_trainer.course.past_session import PastSession
from posture_trainer.exercises.trial import Numbers
from posture_trainer.report.charts.calendar import MOST_WEEKS, calendar_chart
from posture_trainer.report.charts.cycles import MOST_CYCLES, cycles_chart, cycles_of
from posture_trainer.report.charts.exercises import exercise_chart
from posture_trainer.report.charts.parts import Drawing, Scale, thinned, upwards
from posture_trainer.report.charts.trend import Line, lines_over_time, trend_chart
from posture_trainer.report.page import Page
from posture_trainer.report.sections.measured import measured
from posture_trainer.report.sections.practice import SHOWN_AFTER_DAYS, practice

EVIL = '"><script>alert(1)</script>'
MODEL = session_of(Day(0, (Stretch(60, (12, 0, 0)),)))
FIRST = MODEL.day or date.min
TWICE = Asked(2, 5)


def on_day(day: int, pain: float | None = None, **more: Any) -> PastSession:
    assert MODEL.begun is not None
    ratings = {} if pain is None else {("pain", "before"): pain}
    extras = replace(MODEL.extras, ratings=ratings, **more)
    return replace(MODEL, begun=MODEL.begun + timedelta(days=day), extras=extras, ended="done")


def test_the_calendar_tells_days_done_and_cut_short_and_the_highest_pain() -> None:
    days = [
        PracticeDay(FIRST, TWICE, done=2, pain=30.0, mark=DayMark.DONE),
        PracticeDay(FIRST + timedelta(days=1), TWICE, done=1, pain=55.0, mark=DayMark.LESS),
        PracticeDay(FIRST + timedelta(days=2), TWICE, cut_short=1, mark=DayMark.FREE),
        PracticeDay(FIRST + timedelta(days=3), TWICE, mark=DayMark.MISSED),
    ]
    chart = calendar_chart(days, [FIRST])
    assert "practice on 2 of 4 days; 3 were asked for, done as often as asked on 1" in chart.described
    assert "3 sessions of practice, 1 session cut short" in chart.described
    assert f"from 30 to 55 of 100, the highest on {FIRST + timedelta(days=1)}" in chart.described
    for drawing in filter(None, (chart.wide, chart.narrow)):
        titles = [each.text for each in ElementTree.fromstring(drawing).iter("title")]
        assert [each for each in titles if each and each.startswith(str(FIRST))] == [
            f"{FIRST}: 2 done of 2 asked, pain 30"
        ]
        assert drawing.count('class="o-orange"') == 2, "the day of the injection, and in the key"


def test_a_long_record_shows_its_newest_weeks_and_no_empty_year() -> None:
    days = [PracticeDay(FIRST + timedelta(days=day), TWICE, done=day < 300) for day in range(1000)]
    page = Page("anna", [], None, days=days)
    weeks = practice(page)["weeks"]
    assert len(weeks) == MOST_WEEKS
    assert str(FIRST + timedelta(days=299 + SHOWN_AFTER_DAYS)) in page.charts["calendar"].described
    assert str(FIRST + timedelta(days=300 + SHOWN_AFTER_DAYS)) not in page.charts["calendar"].described
    assert practice(Page("anna", [], None))["weeks"] == []


def test_cycles_lie_on_top_of_one_another_by_the_days_since_the_injection() -> None:
    injections = [FIRST + timedelta(days=day) for day in (10, 94)]
    sessions = [on_day(day, pain=60 - 20 * (24 <= (day - 10) % 84 <= 40)) for day in range(0, 140, 3)]
    cycles = cycles_of(sessions, [rating("pain", "before")], injections)
    assert [cycle.day for cycle in cycles] == injections
    assert [min(since for since, _ in cycle.figures[0]) for cycle in cycles] == [-10, -28]
    assert max(since for since, _ in cycles[0].figures[0]) < 84, "up to the next injection"
    chart = cycles_chart(cycles, ["pain before"])
    for day in injections:
        assert f"Injection of {day}: medians of pain before 60 before, 40 in weeks 3 to 6." in chart.described
    assert chart.narrow is not None
    assert len(cycles_of(sessions, [mirror_figure("pull_deg")], [FIRST + timedelta(days=day) for day in range(9)])) == (
        MOST_CYCLES
    )
    assert cycles_of(sessions, [rating("pain", "before")], [FIRST + timedelta(days=400)]) == []


def test_notes_stand_on_the_time_axis_by_their_number() -> None:
    sessions = [on_day(0), on_day(7)]
    notes = [(FIRST - timedelta(days=400), 1), (FIRST, 2), (FIRST + timedelta(days=400), 3)]
    chart = trend_chart(sessions, [("pull, °", mirror_figure("pull_deg"))], [], notes)
    assert re.findall(r"<title>(note \d)</title>", chart.wide) == ["note 2"], "others are in the list alone"
    assert f"2 sessions, from {FIRST} to {FIRST + timedelta(days=7)}" in chart.described


def test_measured_take_what_sessions_have_and_norms_stand_beside_range_alone() -> None:
    ranged = {"range": {"cycles": {"rotation": {"cycle_deg": 95.0, "cycle_beyond_camera": True}}}}
    felt = {"position_sense": {"directions": {"rotation_left": {"mean_absolute_error_deg": 6.0}}}}
    page = Page("anna", [on_day(0, exercises=felt), on_day(7, exercises=felt)], None)
    assert measured(page)["norms"] == ()
    assert "6.0° on 2026-01-05, 6.0° on 2026-01-12 (2 sessions)" in page.charts["position"].described
    page = Page("anna", [on_day(0, exercises=ranged)], None)
    assert measured(page)["norms"]
    assert "rotation 95.0° on 2026-01-05, some of them lower bounds" in page.charts["ranges"].described
    assert [line.shown for line in page.ledger.lines if line.section == "measured"] == ["≥ 95.0°"]
    broken = {"range": {"cycles": {"tilt": {"cycle_deg": EVIL}}}, "position_sense": {"directions": {"a": {}}}}
    page = Page("anna", [on_day(0, exercises=broken)], None)
    assert measured(page)["any"] is False


def test_no_text_is_markup_in_a_drawing() -> None:
    drawing = Drawing(100, 100)
    drawing.text(0, 0, EVIL)
    drawing.mark(0, 0, "disc", "a-blue", EVIL)
    drawing.area((0, 1), (0, 1), "a-blue", EVIL)
    drawing.key(0, 0, [("disc", "a-blue", EVIL)])
    svg = drawing.svg(EVIL)
    assert "<script>" not in svg
    assert ElementTree.fromstring(svg).get("aria-label") == EVIL
    line = Line(EVIL, "l-blue", "disc", [FIRST], [1.0])
    assert "<script>" not in lines_over_time(EVIL, [line], [], EVIL).wide


def test_a_line_breaks_where_nothing_is_known() -> None:
    drawing = Drawing(100, 100)
    drawing.line([(0, 1.0), (1, 2.0), (2, None), (3, float("nan")), (4, 1.0), (5, 1.0)], "l-blue")
    assert re.findall(r"M", "".join(drawing.parts)) == ["M", "M"]
    drawing = Drawing(100, 100)
    drawing.line([(0, None)], "l-blue")
    assert drawing.parts == []


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-9.0, 33.0), (0.0, 0.003), (0.0, 1e6), (5.0, 5.0)])
def test_ticks_are_round_few_and_inside(low: float, high: float) -> None:
    ticks = Scale(low, high, 0, 100).ticks(4)
    assert len(ticks) <= 5
    assert all(low <= tick <= high for tick in ticks)


def test_a_scale_of_nothing_and_a_logarithmic_one() -> None:
    assert Scale(3, 3, 10, 20).px(3) == 10
    assert upwards(1e-4, 1e2, 0, 60, logarithmic=True).px(1e-1) == pytest.approx(30)
    assert upwards(1e-4, 1e2, 0, 60, logarithmic=True).ticks(7) == pytest.approx([1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100])


def test_thinning_keeps_the_highest_and_the_lowest() -> None:
    t_s = np.arange(20_000.0)
    values = np.sin(t_s / 50)
    values[12_345], values[777] = 9.0, -9.0
    kept_s, kept = thinned(t_s, values, 200)
    assert len(kept_s) <= 400
    assert {9.0, -9.0} <= set(kept)


_NOTHING = {
    "mean_absolute_error_deg": None, "sd_absolute_error_deg": None, "best_deg": None, "mean_deg": None,
    "beyond_camera": True, "farthest_deg": None, "limit_deg": None,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["hold", "hold_test", "follow", "position_sense", "range", "stretch"])
def test_exercises_whose_numbers_are_missing_are_drawn_without_them(kind: str) -> None:
    trials: list[Numbers] = [{"cues": False, "direction": "rotation_left", "ending": "done"}]
    chart = exercise_chart(kind, trials, {"directions": {"rotation_left": _NOTHING}})
    assert chart is not None
    assert "None" not in chart.wide
    assert "nan" not in chart.wide
    ElementTree.fromstring(chart.wide)
