"""Every figure has one definition: what runs along with a session and what is made of its rows say the same."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from test_report import numbers_of
from test_tables import exported, rows_of

from posture_trainer.course.adherence import AskedAndDone
from posture_trainer.course.patients import patient_lines
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.hold import HoldSettings
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.trial import TrialSample
from posture_trainer.feedback import Cue, Feedback, FeedbackSample, FeedbackSettings, FeedbackState, PostureState, step
from posture_trainer.figures.session_figures import session_figures
from posture_trainer.figures.session_summary import Summary, SummaryTally, summary_of
from posture_trainer.figures.tolerance_edges import edges_in_force
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import FIT_FOR_CUES, Quality
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.kept_figures import figures_of
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_log import COLUMNS, SessionLog, sample_row
from posture_trainer.records.session_reader import CUT_OFF, read_events, read_session
from posture_trainer.report.terminal import overview_table, session_table
from posture_trainer.report.write import patient_report
from posture_trainer.session.practice import summary_words

NEUTRAL, OUT, PAUSED, NO_FACE, UNSURE = PostureState
BEGAN = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

with_angles = st.tuples(
    st.sampled_from([NEUTRAL, OUT, PAUSED, UNSURE]),
    st.sampled_from([Quality.GOOD, Quality.TURNED, Quality.SMALL, Quality.DARK]),
    st.floats(-90, 90).map(lambda angle: round(angle, 3)),
)
without = st.tuples(
    st.sampled_from([NO_FACE, PAUSED]),
    st.sampled_from([Quality.NO_FACE, Quality.JUMP, Quality.OTHER_FACE, Quality.TWO_FACES]),
    st.none(),
)
damages = st.sampled_from(["", "", "", "", "no time", "half", "back in time", "no number", "endless", "quality"])
rows = st.lists(
    st.tuples(st.sampled_from([0.0333, 0.04, 0.1, 0.5, 0.5001, 3.0]), st.one_of(with_angles, without), damages),
    max_size=60,
)
Rows = list[tuple[float, tuple[PostureState, Quality, float | None], str]]


def posture(t_s: float, quality: Quality, rotation_deg: float | None) -> PostureSample:
    """A row's posture; the other angles follow from the rotation."""
    if rotation_deg is None:
        return PostureSample(t_s, quality=quality)
    angles = HeadAngles(rotation_deg, rotation_deg / 4, 1.0, abs(rotation_deg))
    return PostureSample(t_s, angles, angles, (0.0, 0.0, 0.0), quality, True)


def damaged(line: str, damage: str) -> str:
    """The line as no program wrote it."""
    fields = line.rstrip("\n").split(",")
    match damage:
        case "no time":
            fields[0] = "soon"
        case "half":
            fields = fields[:7]
        case "back in time":
            fields[0] = "-1.0"
        case "no number":
            fields[1] = "yes"
        case "endless":
            fields[0] = "1e300"
        case "quality":  # of a program to come: whatever it is, it is not good
            fields[COLUMNS.index("quality")] = "splendid"
    return ",".join(fields) + "\n"


@given(rows)
@settings(max_examples=300, deadline=None)
def test_what_runs_along_and_what_is_made_of_the_rows_agree(drawn: Rows) -> None:
    tally, lines, t_s = SummaryTally(), [",".join(COLUMNS) + "\n"], 0.0
    for step_s, (state, quality, rotation_deg), damage in drawn:
        t_s = round(t_s + step_s, 4)
        lines.append(damaged(sample_row(posture(t_s, quality, rotation_deg), state), damage))
        if damage in ("", "quality"):
            known = Quality.SMALL if damage and rotation_deg is not None else quality
            tally.add(posture(t_s, known, rotation_deg), state)
    along = tally.summary(CUT_OFF)
    with TemporaryDirectory() as place:
        (Path(place) / "samples.csv").write_text("".join(lines), encoding="utf-8")
        samples = load_samples(Path(place))
        read_back = read_session(Path(place)).summary
    afterwards = summary_of(samples, [], CUT_OFF)
    assert flat(afterwards) == pytest.approx(flat(along), abs=1.1e-3)  # both are rounded to a thousandth
    assert read_back == (afterwards if len(samples.t_s) else None)
    figures = session_figures(samples, edges_in_force({}, []), 0)
    assert (
        figures.neutral_s,
        figures.out_s,
        figures.seen_s,
        figures.longest_hold_s,
        figures.length_s,
    ) == pytest.approx(
        (along.neutral_s, along.out_s, along.seen_s, along.longest_neutral_s, along.length_s), abs=2.1e-3
    )
    assert (figures.in_tolerance_share is None) == (along.in_tolerance_share is None)
    if along.in_tolerance_share is not None:
        assert figures.in_tolerance_share == pytest.approx(along.in_tolerance_share, abs=0.02 / max(0.02, along.seen_s))


def flat(summary: Summary) -> dict[str, float]:
    """All its numbers under one name each; what is None is left out."""
    found = summary.model_dump(exclude={"ended", "exercises", "angles", "cues"}, exclude_none=True)
    for name, angle in summary.angles.items():
        found |= {f"{name} mean": angle.mean_deg, f"{name} sd": angle.sd_deg}
    return {**found, **summary.cues}


# --- one made log, and all that speak of it ---------------------------------------------------------------------

STRETCHES = (("neutral", 40.0), ("beyond 45", 40.0), ("no face", 20.0), ("paused", 10.0), ("neutral", 10.0))
RATE_HZ = 25
BEYOND = ("rotation, 95 %", "deviation, 95 %", "Median peak", "Pull")


def made_session(data: Path) -> tuple[Path, Summary]:
    """40 s in neutral, 40 s beyond 45 degrees, 20 s without a face, 10 s paused, 10 s in neutral."""
    folder = patient_folder(data, "anna") / "sessions" / utc_name(BEGAN)
    log = SessionLog(folder, {"created_utc": BEGAN.isoformat(), "command": "practice"})
    rules, known, row = FeedbackSettings(), FeedbackState(), 0
    for what, seconds in STRETCHES:
        for _ in range(round(seconds * RATE_HZ)):
            t_s, row = row / RATE_HZ, row + 1
            turn_deg = {"neutral": 1.0, "beyond 45": 52.0, "no face": None, "paused": 1.0}[what]
            quality = {"beyond 45": Quality.TURNED, "no face": Quality.NO_FACE}.get(what, Quality.GOOD)
            sample = posture(t_s, quality, turn_deg)
            seen = FeedbackSample(t_s, sample.smoothed, what == "paused", sample.fit_for_cues)
            known, feedback = step(known, rules, seen)
            log.sample(sample, feedback)
    return folder, log.finish("time", row / RATE_HZ)


def shown(table: object) -> str:
    console = Console(width=200)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def test_all_say_the_same_time_in_tolerance(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folder, summary = made_session(data)
    share = summary.in_tolerance_share
    assert (summary.neutral_s, summary.out_s) == pytest.approx((50.0, 40.0), abs=0.1)
    assert summary.seen_s == pytest.approx(90.0, abs=0.1)
    assert share is not None
    assert share == pytest.approx(0.555, abs=0.001)
    assert f"{share:.0%} of the time seen" in summary_words(summary, folder, with_share=True)[1]
    assert not any("%" in line for line in summary_words(summary, folder)), "shares are the therapist's"

    seen = overview(data)
    assert seen.sessions[0].in_tolerance_share == share
    (patient,) = patient_lines(seen)
    assert patient.in_tolerance_share == pytest.approx(share)
    assert f"{share:.0%}" in shown(overview_table([patient], {"anna": AskedAndDone(0, None)}))

    figures = figures_of(folder).figures
    assert figures is not None
    assert (figures.neutral_s, figures.out_s, figures.length_s) == pytest.approx(
        (summary.neutral_s, summary.out_s, summary.length_s), abs=1e-3
    )
    assert figures.in_tolerance_share == pytest.approx(share, abs=1e-4)
    assert figures.longest_hold_s == pytest.approx(summary.longest_neutral_s, abs=1e-3)
    assert (figures.excursions, figures.excursion_peak_deg, figures.excursion_peak_at_least) == (1, 45.0, True)
    rotation = figures.angles["rotation"]
    assert (rotation.median_deg, rotation.p95_deg) == pytest.approx((1.0, 45.0))
    assert rotation.at_least == ("p95_deg",), "what can't be measured well is a lower bound"
    assert (rotation.mean_deg, rotation.sd_deg) == pytest.approx((1.0, 0.0)), "and in no average"
    assert {band.band: band.share for band in figures.bands if band.axis == "rotation" and band.share > 0} == (
        pytest.approx({"1–22°": share, "over 45°": 1 - share}, abs=1e-3)
    )
    report = patient_report(folder.parent.parent, tmp_path / "report")
    assert f"({share:.0%})" in shown(session_table("anna", report.page.sessions))
    numbers = numbers_of(report)
    assert {"≥ 45.0°"} == {line.shown for line in report.page.ledger.lines if line.measure in BEYOND}
    assert float(numbers["session: Time outside"]) == pytest.approx(1 - share, abs=1e-4)
    assert float(numbers["session: Counted time"]) == pytest.approx(summary.seen_s / 60, abs=1e-4)
    assert numbers["trust: Sessions"] == "1"

    exported(data, tmp_path / "csv")
    (row,) = rows_of(tmp_path / "csv" / "sessions.csv")
    assert float(row["in_tolerance_share"]) == pytest.approx(share, abs=1e-4)
    assert [float(row[name]) for name in ("neutral_s", "out_s")] == [summary.neutral_s, summary.out_s]
    (folder / "summary.json").unlink()  # made of the rows, all is the same
    assert read_session(folder).summary is not None
    again = read_session(folder).summary
    assert again is not None
    assert flat(again) == pytest.approx(flat(summary) | {"length_s": again.length_s}, abs=1e-3)


def test_the_other_tables_say_the_same_too(tmp_path: Path) -> None:
    data = tmp_path / "data"
    _, summary = made_session(data)
    exported(data, tmp_path / "bids", "bids")
    (table,) = (tmp_path / "bids").rglob("*_sessions.tsv")
    with table.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file, delimiter="\t")
    assert float(row["neutral_s"]) / float(row["seen_s"]) == pytest.approx(summary.in_tolerance_share)
    parquet = pytest.importorskip("pyarrow.parquet")
    exported(data, tmp_path / "parquet", "parquet")
    (line,) = parquet.read_table(tmp_path / "parquet" / "sessions.parquet").to_pylist()
    assert line["in_tolerance_share"] == pytest.approx(summary.in_tolerance_share, abs=1e-4)
    samples = parquet.read_table(next((tmp_path / "parquet" / "samples").rglob("*.parquet"))).to_pydict()
    steps = [after - before for before, after in zip(samples["t_s"], samples["t_s"][1:], strict=False)]
    of_state = {
        state: sum(step_s for step_s, each in zip(steps, samples["state"], strict=False) if each == state)
        for state in ("neutral", "out")
    }
    assert of_state["neutral"] / sum(of_state.values()) == pytest.approx(summary.in_tolerance_share, abs=1e-4)


@pytest.mark.parametrize("kind", ["free", "hold"])
def test_a_trial_counts_what_is_turned_too_far_as_seen_and_out(kind: str) -> None:
    """10 s in tolerance, 10 s beyond 45 degrees, 10 s of pictures too dark to act on, half a second without a face."""
    machine = MACHINES[kind]
    state = machine.begin()
    trial = FreeSettings() if kind == "free" else HoldSettings(hold_s=60.0, limit_s=120.0)
    for what, seconds in (("in", 10.0), ("turned", 10.0), ("dark", 10.0), ("gone", 0.5)):
        angles = (
            None if what == "gone" else HeadAngles(50.0, 0, 0, 50.0) if what == "turned" else HeadAngles(2, 0, 0, 2)
        )
        quality = {"turned": Quality.TURNED, "dark": Quality.DARK, "gone": Quality.NO_FACE}.get(what, Quality.GOOD)
        sample = TrialSample(0.1, angles, what == "in", trusted=quality in FIT_FOR_CUES, exact=quality is Quality.GOOD)
        for _ in range(round(seconds * 10)):
            state, _ = machine.step(state, trial, sample)
    numbers = machine.numbers(state, trial)
    assert numbers["in_tolerance_s"] == pytest.approx(10.0, abs=0.2)
    assert numbers["seen_s" if kind == "free" else "measured_s"] == pytest.approx(20.0, abs=0.2)
    assert numbers["in_tolerance_share"] == pytest.approx(0.5, abs=0.01)
    if kind == "hold":
        assert numbers["mean_deviation_deg"] == pytest.approx(2.0), "an average is of good frames alone"


def test_cues_are_counted_in_one_way(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    log = SessionLog(folder, {})
    for row, cue in enumerate([Cue.TURN_LEFT, None, Cue.CHIN_UP, Cue.TURN_LEFT]):
        log.sample(posture(row / 10, Quality.GOOD, 9.0), Feedback(OUT, cue, cue, 1.8, regained=row == 1))
    summary = log.finish("stopped")
    afterwards = summary_of(load_samples(folder), read_events(folder), "stopped")
    assert afterwards.cues == summary.cues
    assert (afterwards.regained, afterwards.cue_count) == (summary.regained, summary.cue_count) == (1, 3)
    figures = figures_of(folder).figures
    assert figures is not None
    assert figures.cues == 3
