"""A trial's own tolerances are in its event, and the report goes by those that were in force."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made.simulated_patients import Willing, play

from posture_trainer.feedback import Feedback, FeedbackSettings, PostureState, Tolerances
from posture_trainer.figures.tolerance_edges import edges_in_force
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.pose.target import Target
from posture_trainer.records.past_sessions import past_session, samples_and_events
from posture_trainer.records.people import patient_folder
from posture_trainer.records.session_log import SessionLog
from posture_trainer.report.charts.session import SessionRecord, angles_over_time
from posture_trainer.report.charts.session_parts import head_density
from posture_trainer.report.write import patient_report

HEADER = {
    "baseline": {"created_utc": "2026-01-01T08:00:00Z"},
    "plan": {"name": "mine"},
    "feedback": {"tolerances": {"rotation_right_deg": 5.0, "rotation_left_deg": 5.0}},
}
PLAN = Plan.model_validate(
    {
        "title": "test",
        "block": [
            {"kind": "hold", "repetitions": 2, "hold_s": 3, "rest_s": 5, "tolerances": {"rotation_right_deg": 20}},
            {"kind": "hold", "repetitions": 1, "hold_s": 3, "rest_s": 5, "tolerances": {"rotation_left_deg": 3}},
            {"kind": "breathe", "seconds": 10, "tolerances": {"rotation_right_deg": 44}},
        ],
    }
)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A played session of that plan, as it is logged; the head is 12 degrees to the right while a trial runs."""
    target = Target(tilt_deg=2.0)
    guided = session_today("mine", PLAN, PatientSettings(), None, FeedbackSettings(target=target))
    played = play(guided, Willing())
    folder = patient_folder(tmp_path, "anna") / "sessions" / "2026-01-05T08-00-00.000Z"
    log = SessionLog(folder, HEADER)
    for row in range(round(played.length_s * 10)):
        angles = HeadAngles(12.0, 0.0, 0.0, 12.0)
        sample = PostureSample(row / 10, angles, angles, (0.0, 0.0, 0.0), Quality.GOOD)
        log.sample(sample, Feedback(PostureState.NEUTRAL, None, None, 0.6))
    for event in played.events:
        log.exercise(event)
    log.finish("done")
    return folder


def trials(folder: Path) -> list[dict[str, Any]]:
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    return [event for event in events if "ending" in event]


def test_each_trial_says_by_which_tolerances_and_about_which_target(session: Path) -> None:
    first, second, third, last = trials(session)
    assert first["tolerances"].keys() == Tolerances.__dataclass_fields__.keys()
    assert [each["tolerances"]["rotation_right_deg"] for each in (first, second, third)] == [20, 20, 5]
    assert [each["tolerances"]["rotation_left_deg"] for each in (first, second, third)] == [5, 5, 3]
    assert first["target"] == {"rotation_deg": 0.0, "tilt_deg": 2.0, "flexion_deg": 0.0}
    assert last["target"]["tilt_deg"] == 0.0, "breathing is not about the target"


def test_the_edges_are_those_in_force_at_each_moment(session: Path) -> None:
    found = past_session(session).edges
    first, second, third, _ = trials(session)
    moments = np.array([first["began_s"], second["t_s"] + 0.1, third["began_s"] + 0.1])
    plus, minus = found.at(moments, "rotation")
    assert plus.tolist() == [20, 20, 5]
    assert minus.tolist() == [5, 5, 3]
    assert found.at(moments, "tilt")[0].tolist() == [7, 7, 7]
    assert [each["rotation"] for each in found.judged] == [(20, 5), (5, 3)], "nobody is judged while breathing"


def test_the_report_counts_and_draws_them(session: Path, tmp_path: Path) -> None:
    past = past_session(session)
    assert past.figures is not None
    assert past.figures.symmetry["rotation"] == 1  # 12 degrees are beyond 5 and not beyond 20
    over = trials(session)[2]
    samples, events = samples_and_events(past)
    rotation = samples.angle_deg("rotation")
    beyond = rotation > past.edges.at(samples.t_s, "rotation")[0]
    assert samples.t_s[beyond][0] == pytest.approx(over["began_s"], abs=0.11)
    drawn = angles_over_time(SessionRecord(samples, past.edges, events, past.extras.trials))
    bands = re.findall("<title>tolerance, rotation: ([^<]+)</title>", drawn.wide)
    assert bands == ["−5° to 20°", "−3° to 5°", "−5° to 44°"]
    boxes = re.findall(r'<path d="M([\d.]+) [\d.]+L[\d.]+ [\d.]+L([\d.]+) ', head_density(samples, past.edges).wide)
    wide = [float(right) - float(left) for right, left in boxes]
    assert [each / wide[1] for each in wide] == pytest.approx([25 / 8, 1], rel=0.02)
    page = patient_report(session.parent.parent, tmp_path / "out").path.read_text(encoding="utf-8")
    assert "rotation right 20.0° and 5.0°" in page


def test_only_sessions_judged_alike_are_compared(session: Path) -> None:
    before = past_session(session).group
    text = (session / "events.jsonl").read_text(encoding="utf-8")
    (session / "events.jsonl").write_text(text.replace('"rotation_right_deg": 20', '"rotation_right_deg": 19'), "utf-8")
    assert past_session(session).group != before
    (session / "events.jsonl").write_text(text.replace('"rotation_right_deg": 44', '"rotation_right_deg": 43'), "utf-8")
    assert past_session(session).group == before, "what was not judged makes no difference"


def test_logs_of_before_have_the_headers_edges() -> None:
    event = {"event": "hold", "t_s": 20.0, "began_s": 10.0, "ending": "done"}
    found = edges_in_force(HEADER, [event])
    assert len(found.since) == len(found.judged) == 1
    assert found.judged[0]["rotation"] == (5, 5)
    assert found.judged[0]["flexion"] == (8, 8), "today's defaults stand for what is not said"


def test_a_neutral_taken_anew_is_what_is_guided_to_from_there_on() -> None:
    header = {"feedback": {"target": {"rotation_deg": 10.0, "tilt_deg": 0.0, "flexion_deg": 0.0}}}
    found = edges_in_force(header, [{"event": "baseline", "t_s": 30.0, "target": None}])
    assert [sides.tolist() for sides in found.at(np.array([29.0, 31.0]), "rotation")] == [[15, 5], [-5, 5]]
    assert len(found.judged) == 2


@pytest.mark.parametrize("said", [3, {}, [], {"rotation_right_deg": "x"}, {"rotation_right_deg": 10**400}, None])
def test_tolerances_that_nobody_wrote_stop_nothing(said: Any) -> None:
    event = {"event": "hold", "t_s": 20.0, "began_s": "now", "ending": "done", "tolerances": said, "target": "up"}
    found = edges_in_force({}, [event, {"event": "hold", "t_s": float("inf"), "tolerances": said}])
    assert found.at(np.array([0.0]), "rotation")[0].tolist() == [5]
