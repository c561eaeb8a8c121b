"""Guided sessions on the live mirror in fake time: what is shown, said and recorded."""

import functools
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from made.simulated_patients import Willing
from test_drawing import noted, words
from test_live_session import BEGUN_S, NEUTRAL, Room, turned

from posture_trainer import spoken_way
from posture_trainer.exercises import supported_rest
from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.care import CareView
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import GuidedView, PracticeView, SummaryView
from posture_trainer.plans.patient_file import save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings, QuestionsTable
from posture_trainer.plans.plan import load_plan
from posture_trainer.plans.restriction import Restriction
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.face import Face
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import utc_name
from posture_trainer.session.todays_plan import held_back, history, todays_plan
from posture_trainer.words.doses import SOUND_OFF, UP
from posture_trainer.words.phrases import PHRASES

pytestmark = pytest.mark.usefixtures("slow_camera")
PATIENT = PatientSettings(
    pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg={Direction.ROTATION_RIGHT: 15.0, Direction.ROTATION_LEFT: 15.0}
)
WELL = QuestionsTable(asked=date.today(), alone=False, injury=False, fragile=False, unsteady=False)
ASKED = PatientSettings(injection_asked=date.today(), questions=WELL)  # what is asked each time, and not the injection
NONE = {3.5: Key.NO}
"""None of the signs."""
Watching = Callable[[float, ExerciseView], Any]


@functools.lru_cache(maxsize=4096)
def face(rotation_deg: int, tilt_deg: int, flexion_deg: int) -> Face:
    from made.scripted import made_face

    return made_face(rotation_from_angles(rotation_deg, tilt_deg, flexion_deg))


class GuidedRoom(Room):
    """A patient who looks at the screen and moves accordingly."""

    def __init__(self, folder: Path, patient: Watching | None = None, **more: Any) -> None:
        self._patient: Watching = patient or Willing()
        super().__init__(folder, self._look, **more)
        self.hears, pressed = True, self.window.keys
        self.window.keys = lambda: [*pressed(), *([Key.OTHER] * self._asked_to_hear())]  # type: ignore[method-assign]

    def _asked_to_hear(self) -> bool:
        view = self.window.shown[-1][1] if self.window.shown else None
        return self.hears and isinstance(view, GuidedView) and view.exercise.kind == "hear"

    def _look(self, t_s: float) -> Face | str | None:
        view = self.window.shown[-1][1] if self.window.shown else None
        if not isinstance(view, GuidedView):
            return NEUTRAL
        angles = self._patient(t_s, view.exercise)
        if angles is None or isinstance(angles, str | Face):
            return angles
        return face(round(angles.rotation_deg), round(angles.tilt_deg), round(angles.flexion_deg))

    def plan(self, name: str, settings: PatientSettings = PATIENT, **more: Any) -> Summary | None:
        return self.practise(plan=todays_plan(self.folder, name, settings), **more)


def shown(room: Room, kind: str) -> list[GuidedView]:
    return [view for view in room.views(GuidedView) if view.exercise.kind == kind]


def test_a_hold_shows_the_way_back_and_a_rest_does_not(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, lambda t, _seen: turned(15 if 14 < t < 60 else 0), seconds=400)
    room.plan("meige", seconds=60.0)
    assert {view.feedback.way_back for view in shown(room, "hold")} >= {None, "turn_left"}
    assert all(view.feedback.way_back is None for view in shown(room, "rest"))
    cues = [event for event in room.events() if event["event"] == "cue"]
    assert cues
    ways = [phrase for _, phrase in room.sounds.spoken if phrase == "way_turn_left"]
    assert ways, "the way is spoken too"
    assert len(cues) - len(ways) <= room.heard().count("turn_left") <= len(cues), "a tone gives way to a sentence alone"


def test_a_trial_without_cues_is_silent_and_dark(tmp_path: Path) -> None:
    plan = tmp_path / "dark.toml"
    plan.write_text(
        'title = "Dark"\nfeedback = 0.0\n[[block]]\nkind = "hold"\nrepetitions = 2\nask_felt = true\n', encoding="utf-8"
    )
    keys = {26.0: Key.DIGIT_1, 26.5: Key.DIGIT_2, 27.0: Key.DIGIT_7}
    room = GuidedRoom(tmp_path, lambda _t, _seen: turned(20), seconds=300, keys=keys)
    room.practise(plan=todays_plan(tmp_path, str(plan), PATIENT))
    assert shown(room, "hold")
    assert not any(view.exercise.mirror or view.feedback.way_back for view in shown(room, "hold"))
    assert not {"turn_left", "regained"} & set(room.heard())
    felt = [event for event in room.events() if event["event"] == "felt"]
    assert [event["felt"] for event in felt] == ["a_little_off", None]
    assert felt[0]["measured_deg"] == pytest.approx(20, abs=1)
    (told,) = {view.exercise.message for view in shown(room, "rest") if "You felt" in view.exercise.message}
    assert told.startswith("You felt a little off. You were")
    answers = [view.answer for view in shown(room, "ask")]
    assert {"", "straight", "a little off"} == set(answers)


def test_what_is_said_is_spoken_until_the_voice_is_turned_off(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys={20.0: Key.VOICE}, seconds=300)
    room.plan("meige", seconds=60.0)
    assert [phrase for _, phrase in room.sounds.spoken] == ["safety", "hold", "rest"]
    assert "trial_done" in room.heard(20), "tones go on"
    assert any("Bring your face" in view.subtitle for view in shown(room, "hold")), "subtitles always"


def ratings(room: Room) -> list[dict[str, Any]]:
    return [event for event in room.events() if event["event"] == "ratings"]


def test_ratings_are_asked_before_and_after_and_may_be_waited_out(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys=NONE | {4.0: Key.MORE, 4.5: Key.MORE}, seconds=300)
    summary = room.plan("meige", seconds=40.0, questions=ASKED)
    assert summary is not None
    before, after = ratings(room)
    assert (before["when"], before["pain"], before["dizziness"], before["control"]) == ("before", 5, None, None)
    assert (after["when"], after["pain"]) == ("after", None)
    assert summary.length_s < 45, "the time of the questions is not practice"


def test_too_dizzy_means_no_session_today(tmp_path: Path) -> None:
    keys = NONE | {4.0: Key.MORE, 4.2: Key.CONFIRM, 5.0: Key.STEP_40, 80.0: Key.STOP}
    room = GuidedRoom(tmp_path, keys=keys, seconds=300)
    assert room.plan("meige", questions=ASKED) is None
    last = room.window.shown[-1][1]
    assert isinstance(last, CareView)
    assert last.text.heading == "That is enough for today."
    (session,) = past_sessions(tmp_path)
    assert session.header["refused"] == "dizziness"
    assert session.extras.ratings["dizziness", "before"] == 40


def test_leaving_waits_says_so_once_and_ends_the_session_kindly(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, lambda t, _seen: None if t > 14 else turned(0), seconds=400)
    summary = room.plan("meige")
    assert summary is not None
    assert summary.ended == "left"
    assert room.heard().count("face_lost") == 1
    assert {"waiting", "ended"} <= {event["event"] for event in room.events()}


def test_time_goes_on_while_the_camera_is_gone(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, lambda t, _seen: "gone" if 13 < t < 30 else turned(0), seconds=600)
    summary = room.plan("meige")
    assert summary is not None
    assert summary.ended == "done"
    events = room.events()
    assert [event["reason"] for event in events if event["event"] == "waiting"] == ["no_face"]
    times = [event["t_s"] for event in events if "ending" in event or event["event"] == "rest"]
    assert times == sorted(times)


def test_pause_and_stop_are_recorded_and_kind(tmp_path: Path) -> None:
    keys = {12.0: Key.PAUSE, 20.0: Key.PAUSE, 25.0: Key.STOP}
    room = GuidedRoom(tmp_path, keys=keys, seconds=300)
    summary = room.plan("meige")
    assert summary is not None
    assert summary.ended == "stopped"
    assert shown(room, "paused")
    assert room.events()[-1] == {"t_s": room.events()[-1]["t_s"], "event": "ended", "reason": "stopped"}
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert "fine to stop" in last.closing


def test_end_of_a_file_ends_a_plan_kindly(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=20.0, live=False)
    summary = room.plan("meige")
    assert summary is not None
    assert summary.ended == "end of file"
    assert summary.exercises is not None
    assert summary.exercises["hold"]["completed"] >= 1


def test_the_patients_own_plan_is_used_and_grows_with_good_days(tmp_path: Path) -> None:
    assert todays_plan(tmp_path, None, PatientSettings()) is None
    settings = replace_plan(PATIENT, "meige")
    save_patient_settings(tmp_path, settings)
    assigned = todays_plan(tmp_path, None, settings)
    assert assigned is not None
    assert assigned.session.trials[0].settings.hold_s == 5
    GuidedRoom(tmp_path, seconds=400).practise(plan=assigned)
    (session,) = (tmp_path / "sessions").iterdir()
    meige, today = load_plan("meige")[1], datetime.now(UTC)
    for days_ago in (3, 2, 1):
        copied = tmp_path / "sessions" / utc_name(today - timedelta(days=days_ago))
        shutil.copytree(session, copied)
        header = json.loads((copied / "session.json").read_text(encoding="utf-8"))
        header["order_ms"] -= days_ago * 86_400_000
        (copied / "session.json").write_text(json.dumps(header), encoding="utf-8")
    shutil.rmtree(session)
    assert history(tmp_path, "meige", meige).went_well == [1.0] * 3
    assert not any(each.own for each in history(tmp_path, "home", load_plan("home")[1]).practised)
    tomorrow = todays_plan(tmp_path, None, settings)
    assert tomorrow is not None
    assert tomorrow.session.trials[0].settings.hold_s == 10
    assert UP in tomorrow.session.notes
    assert tomorrow.contents["today"] == {"steps": 1, "restrictions": {}}
    sore = held_back(tomorrow, settings, {}, pain=40)
    assert sore is not None
    assert sore.session.trials[0].settings.hold_s == 10, "nothing was rated before, so nothing is worse"
    gentle = held_back(tomorrow, settings, {Restriction.GENTLE: ("Pain is 80 of 100.",)}, pain=80)
    assert gentle is not None
    assert gentle.contents["name"] == "meige", "short holds are left of it"
    assert gentle.contents["today"]["restrictions"] == {"gentle": ["Pain is 80 of 100."]}
    guest = todays_plan(tmp_path, "meige", settings, own_past=None)
    assert guest is not None
    assert guest.session.trials[0].settings.hold_s == 5, "what others practised here leads no guest further"


def test_what_is_weekly_is_left_out_and_the_gentle_set_takes_the_place_of_nothing(tmp_path: Path) -> None:
    GuidedRoom(tmp_path, seconds=1000).plan("range")
    again = todays_plan(tmp_path, "range", PATIENT)
    assert again is not None
    assert again.contents["name"] == again.session.plan == "gentle"
    assert again.contents["today"]["instead_of"] == "range"
    assert "Range is left out: once a week is enough." in again.session.notes[0]
    room = GuidedRoom(tmp_path / "again", seconds=1000)
    summary = room.practise(plan=again, seconds=40.0)
    assert summary is not None
    shown = [view for view in room.views(SummaryView) if view.heading == "Today"]
    assert "Range is left out" in shown[0].closing, "told before it begins"
    header = json.loads(next(room.folder.glob("sessions/*/session.json")).read_text(encoding="utf-8"))
    assert any("Range is left out" in note for note in header["notes"])


def test_a_patient_may_leave_at_what_is_told_before(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=1000, keys={4.0: Key.STOP})
    todays = todays_plan(tmp_path, "home", PatientSettings())
    assert todays is not None
    assert todays.session.notes, "stretches are left out"
    assert room.practise(plan=todays) is None
    assert not (tmp_path / "sessions").exists()


def test_a_tone_that_nobody_answers_leaves_out_what_needs_it(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=300)
    room.hears = False
    summary = room.plan("position-sense")
    assert summary is not None
    assert not any(view.exercise.eyes_closed for view in room.views(GuidedView))
    (out,) = [event for event in room.events() if event["event"] == "left_out"]
    assert (out["kind"], out["reason"], out["trials"]) == ("position_sense", "no answer", 12)
    assert room.heard().count("turning_point") == 5
    assert any(view.exercise.words == PHRASES["no_sound"] for view in room.views(GuidedView)), "long enough to be read"


def test_the_mute_key_calls_back_whoever_has_the_eyes_closed(tmp_path: Path) -> None:
    """The last thing that is heard says so; nothing with closed eyes follows without sound."""
    closed_s: list[float] = []
    willing = Willing(speed_deg_per_s=8)

    def patient(t_s: float, seen: ExerciseView) -> Any:
        if seen.arrow is not None and not closed_s:
            closed_s.append(t_s)
        return willing(t_s, seen)

    room = GuidedRoom(tmp_path, patient, seconds=400)
    pressed = room.window.keys
    muted: list[float] = []

    def keys() -> list[Key]:
        if closed_s and not muted and room.clock() > closed_s[0] + 4:
            muted.append(room.clock())
            return [Key.MUTE]
        return pressed()

    room.window.keys = keys  # type: ignore[method-assign]
    summary = room.plan("position-sense")
    assert summary is not None
    assert room.heard(muted[0])[0] == "eyes_open"
    assert [phrase for at_s, phrase in room.sounds.spoken if at_s >= muted[0]] == ["position_open"]
    later = room.views(GuidedView, muted[0] + 0.3)
    assert later[0].exercise.bright
    assert not any(view.exercise.eyes_closed for view in later)
    asked = [view for view in later if view.exercise.kind == "hear"]
    assert asked
    assert {view.exercise.words for view in asked} == {SOUND_OFF}, "it says why it does not begin"
    events = [event["event"] for event in room.events()]
    assert events[:3] == ["position_sense", "sound_lost", "rest"]
    assert room.events()[3]["reason"] == "sound off"


def test_a_rest_of_the_mirror_is_offered_and_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supported_rest, "EVERY_S", 30.0)
    monkeypatch.setattr(supported_rest, "REST_S", 10.0)
    room = Room(tmp_path, lambda _t: NEUTRAL, keys={BEGUN_S + 25: Key.CONFIRM}, seconds=700)
    summary = room.practise(seconds=68.0)
    assert summary is not None
    shown = room.window.shown
    resting = [(view, controls) for _, view, controls in shown if isinstance(view, GuidedView)]
    assert PHRASES["supported_rest"] in words(noted(*resting[0]))
    rests = [event for event in room.events() if event["event"] == "supported_rest"]
    assert [rest["skipped"] for rest in rests] == [True, False]
    assert rests[0]["rested_s"] == pytest.approx(5, abs=1.5)
    assert rests[1]["rested_s"] == pytest.approx(10, abs=0.5)
    assert [phrase for at_s, phrase in room.sounds.spoken if at_s > BEGUN_S] == ["supported_rest", "go_on"] * 2
    assert summary.paused_s == pytest.approx(sum(rest["rested_s"] for rest in rests), abs=1), "it is no practice"


def replace_plan(settings: PatientSettings, plan: str) -> PatientSettings:
    return settings.model_copy(update={"plan": plan})


def test_the_free_plan_is_the_mirror_itself(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=100)
    room.plan("free", seconds=20.0)
    assert room.views(PracticeView)
    assert not shown(room, "free")
    assert any(replace(controls, notice="") != controls for _, _, controls in room.window.shown), "its words are shown"


@pytest.mark.parametrize("name", ["home", "meige", "hold-test", "position-sense", "range", "opposite", "free"])
def test_whatever_is_spoken_can_be_read(tmp_path: Path, name: str) -> None:
    """A patient who does well, leaves for a while, and is out of tolerance for long: every phrase as a subtitle."""
    willing = Willing()

    def patient(t_s: float, seen: ExerciseView) -> Any:
        willing_at = willing(t_s, seen)
        return None if 70 < t_s < 80 else turned(20) if 150 < t_s < 400 and seen.kind != "range" else willing_at

    room = GuidedRoom(tmp_path, patient, seconds=2000.0)
    room.plan(name, seconds=500.0)
    assert len(room.sounds.spoken) > 1
    for at_s, phrase in room.sounds.spoken:
        if phrase in spoken_way.PHRASES:
            continue  # the arrow and the words under it stand there all the while
        after = [(view, controls) for t_s, view, controls in room.window.shown if t_s >= at_s]
        at_once_or_at_the_end = " ".join(words(noted(*shown)) for shown in (after[0], after[-1]))
        assert PHRASES[phrase] in at_once_or_at_the_end, phrase
