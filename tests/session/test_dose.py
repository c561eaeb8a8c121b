"""The dose of a day where a session begins: from the files, for patients, guests, the bare mirror and the demo."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from made.scripted import ScriptedSource, frames_at
from test_live_session import NEUTRAL, Room

from posture_trainer.course.doses import Dose, Enough
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pages.views import Controls, SummaryView
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.past_doses import past_doses
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_log import SessionLog
from posture_trainer.records.session_reader import read_object
from posture_trainer.session import start as starting
from posture_trainer.session.practice import Practice
from posture_trainer.session.start import Call, start

NOW = datetime(2026, 3, 10, 18, tzinfo=timezone(timedelta(hours=2)))


def record(patient: Path, hours_ago: float, minutes: float, cut_off: bool = False, kind: str = "camera") -> None:
    """A session that lasted so long."""
    folder = patient / "sessions" / utc_name((NOW - timedelta(hours=hours_ago)).astimezone(UTC))
    log = SessionLog(folder, {"source": {"kind": kind}, "utc_offset_s": 0})
    angles = HeadAngles(1.0, 0.0, 0.0, 1.0)
    for t_s in (0.0, 60 * minutes):
        sample = PostureSample(t_s, angles, angles, None, Quality.GOOD)
        log.sample(sample, Feedback(PostureState.NEUTRAL, None, None, None))
    log.finish("stopped", 60 * minutes)
    if cut_off:
        (folder / "summary.json").unlink()


def test_what_was_practised_is_read_from_the_files(tmp_path: Path) -> None:
    record(tmp_path, 70, 9)
    record(tmp_path, 20, 8)
    record(tmp_path, 9, 7, cut_off=True)
    record(tmp_path, 6, 5, kind="file")
    (tmp_path / "sessions" / utc_name((NOW - timedelta(hours=3)).astimezone(UTC))).mkdir()
    (tmp_path / "sessions" / "no session").mkdir()
    assert [round(each.length_s) for each in past_doses(tmp_path, NOW)] == [480, 420, 0]
    assert past_doses(tmp_path / "nobody", NOW) == []


def test_enough_is_said_and_nothing_is_begun(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL)
    dose = Dose(0.0, Enough.TOO_SOON, "Your last practice ended at 08:15.")
    assert room.practise(dose=dose) is None
    views = [view for _, view, _ in room.window.shown]
    assert all(isinstance(view, SummaryView) and view.closing == dose.words for view in views)
    assert room.said == [dose.words]
    (folder,) = (tmp_path / "sessions").iterdir()
    assert read_object(folder / "session.json")["refused"] == "too soon"
    assert [each.length_s for each in past_doses(tmp_path, datetime.now(UTC))] == [0.0]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Practice]:
    """What `start` would practise at NOW, without any device."""

    def of(
        command: str = "practice",
        patient: str | None = None,
        live: bool = True,
        plan: str | None = None,
        seconds: float | None = None,
    ) -> Practice:
        found: list[Practice] = []
        devices = SimpleNamespace(controls=Controls(), cue_tones=True, hiding_changed=False, stop_asked=bool)
        monkeypatch.setattr(starting, "now", lambda: NOW)
        monkeypatch.setattr(starting, "open_source", lambda *_args, **_more: ScriptedSource(frames_at([0]), live=live))
        monkeypatch.setattr(starting, "open_devices", lambda *_args, **_more: nullcontext(devices))
        monkeypatch.setattr(starting, "practise", lambda _devices, practice: found.append(practice))
        start(Call(command, "0", tmp_path, patient, plan, seconds, False, False, {}), lambda _words: None)
        return found[0]

    return of


@pytest.mark.parametrize(("seconds", "longest_s"), [(None, 900.0), (60.0, 60.0), (3600.0, 900.0)])
def test_the_bare_mirror_has_an_end(asked: Callable[..., Practice], seconds: float | None, longest_s: float) -> None:
    assert asked(seconds=seconds).seconds == longest_s


def test_a_patient_is_refused_a_fourth_and_a_guest_is_told(asked: Callable[..., Practice], tmp_path: Path) -> None:
    for code in ("anna", "guest"):
        for hours_ago in (9, 5, 1):
            record(patient_folder(tmp_path, code), hours_ago, 4)
    assert asked(patient="anna").dose.enough is Enough.SESSIONS
    assert asked(patient="anna", plan="meige").dose.enough is Enough.SESSIONS
    guest = asked()
    assert guest.dose.enough is None
    assert guest.told == ("Somebody practised here until 17:04. If it was you, please rest until 19:04.",)
    assert asked(patient="ben").dose.enough is None, "another patient's practice is none of his"


def test_the_demo_and_a_video_have_no_dose(asked: Callable[..., Practice], tmp_path: Path) -> None:
    for hours_ago in (9, 5, 1):
        record(patient_folder(tmp_path, "demo"), hours_ago, 4)
        record(patient_folder(tmp_path, "anna"), hours_ago, 4)
    assert asked("demo", live=False).dose.enough is None
    video = asked(patient="anna", live=False)
    assert (video.dose.enough, video.seconds) == (None, None)


def test_a_plan_keeps_to_what_is_left_of_the_day(asked: Callable[..., Practice], tmp_path: Path) -> None:
    for hours_ago in (9, 5):
        record(patient_folder(tmp_path, "anna"), hours_ago, 13)
    plan = asked(patient="anna", plan="meige").plan
    assert plan is not None
    assert plan.session.rules.longest_s == pytest.approx(4 * 60, abs=1)
