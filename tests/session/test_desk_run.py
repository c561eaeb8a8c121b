"""A run at the desk in made-up time: whole days, midnight, a changed clock, sleep, pauses; what is written is whole."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from made.desk_days import Stay, moments, ordinary
from made.patients import files_of, make_patient
from made.scripted import FakeClock, made_face

from posture_trainer.course.beside.desk_days import desk_days
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.records.beside.desk import ROWS, DeskRun, read_desk
from posture_trainer.records.delete import delete_patient, holdings
from posture_trainer.reminders.desk import DeskRules, Moment, Sign, Told
from posture_trainer.session.desk.eyes import Glimpse
from posture_trainer.session.desk.full_screen import x11_is_taken
from posture_trainer.session.desk.run import DeskRunning, Sees
from posture_trainer.sources.frames import SourceInfo
from posture_trainer.words.all_day import desk as words

BERLIN = ZoneInfo("Europe/Berlin")
INFO = SourceInfo("script", "a script", 640, 480, 5.0)
STRAIGHT, TURNED = (0.0, 0.0, 0.0), (17.0, 0.0, 0.0)


class Shown:
    """Eyes and sight of a script: each moment is given once."""

    def __init__(self) -> None:
        self.moment: Moment | None = None
        self.opened = self.closed = 0
        self.lost = False

    def take(self) -> Glimpse | None:
        if self.lost:
            return Glimpse(0.0, lost=True)
        found = self.moment
        return Glimpse(found.t_s, (made_face(),), info=INFO, tracker="scripted") if found is not None else None

    def often(self, wanted: bool) -> None:
        pass

    def close(self) -> None:
        self.closed += 1


class Desk:
    """A run with its clocks. begins: the time on the wall."""

    def __init__(
        self, patient: Path | None, begins: datetime, rules: DeskRules | None = None, real: bool = False
    ) -> None:
        self.clock, self.begins, self.set_s = FakeClock(1000.0), begins, 0.0
        self.shown = Shown()

        class Script:
            def moment(script, t_s: float, faces: Sequence[Face]) -> Moment:
                assert self.shown.moment is not None
                return self.shown.moment

        def eyes() -> Shown:
            self.shown.opened += 1
            return self.shown

        def sight(_baseline: Baseline) -> Sees:
            return Script()

        more = {} if real else {"sight": sight}
        self.run = DeskRunning(patient, DeskRules(), eyes, self.clock, self.now, **more)  # type: ignore[arg-type]
        self.run.wake()
        if not real:
            self.work([Stay(4, STRAIGHT)], rate_hz=4.0)
            assert not self.run.taking

    def now(self) -> datetime:
        begun = self.begins.astimezone(UTC) + timedelta(seconds=self.clock.now_s - 1000.0 + self.set_s)
        return begun.astimezone(self.begins.tzinfo)

    def work(self, stays: Sequence[Stay] | Iterator[Stay], rate_hz: float = 1.0, seed: int = 0) -> list[Told]:
        told = []
        for moment in moments(stays, seed, rate_hz=rate_hz, begin_s=self.clock.now_s):
            self.clock.now_s, self.shown.moment = moment.t_s, moment
            found = self.run.tick()
            told += [found] if found is not None else []
        return told


def the_run(patient: Path) -> DeskRun:
    (run,) = read_desk(patient)
    return run


def test_the_place_of_work_is_taken_in_three_seconds_and_measured_against(tmp_path: Path) -> None:
    desk = Desk(tmp_path, datetime(2026, 3, 4, 9, 0, tzinfo=UTC), real=True)
    turned = rotation_from_angles(20, 0, 0)
    faces: list[Face] = []
    desk.shown.take = lambda: Glimpse(desk.clock.now_s, tuple(faces), info=INFO)  # type: ignore[method-assign]
    faces[:] = [made_face()]
    assert desk.run.taking
    for _ in range(14):
        desk.clock.advance(0.25)
        desk.run.tick()
    assert not desk.run.taking
    assert desk.run.words == ""
    for now, inside in ((made_face(), True), (made_face(turned), False)):
        faces[:] = [now]
        desk.clock.advance(0.33)
        told = desk.run.tick()
        assert told is not None
        assert told.inside is inside
    faces[:] = []
    desk.clock.advance(0.33)
    told = desk.run.tick()
    assert told is not None
    assert told.sign is Sign.AWAY
    text = (tmp_path / "desk").glob("*/desk.json").__next__().read_text(encoding="utf-8")
    assert "face_model" not in text
    assert "landmarks" not in text


def test_a_night_at_the_desk_through_midnight_and_the_change_of_the_clock(tmp_path: Path) -> None:
    desk = Desk(tmp_path, datetime(2026, 3, 28, 21, 0, tzinfo=BERLIN))  # the clock goes forward at two
    told = desk.work(list(ordinary(1, 8.0)), rate_hz=0.5)
    desk.run.rest()
    assert [each.reminder for each in told if each.reminder] == []
    run = the_run(tmp_path)
    assert run.damaged == 0
    starts = [minute.began for minute in run.minutes]
    assert starts == sorted(starts)
    assert {round((later - earlier).total_seconds()) for earlier, later in pairwise(starts)} <= {60, 61, 62}
    days = desk_days(run.minutes)
    assert [each.day for each in days] == [date(2026, 3, 28), date(2026, 3, 29)]
    hours = sum(minute.length_s for minute in run.minutes) / 3600
    assert hours == pytest.approx(8.0, abs=0.3)
    offsets = {minute.began.utcoffset() for minute in run.minutes}
    assert offsets == {timedelta(hours=1), timedelta(hours=2)}
    assert sum(1 for minute in run.minutes if minute.began.date() == date(2026, 3, 28)) == pytest.approx(180, abs=2)


def test_a_month_of_days_is_a_month_of_days(tmp_path: Path) -> None:
    for day in range(30):
        desk = Desk(tmp_path, datetime(2026, 3, 10, 9, 0, tzinfo=BERLIN) + timedelta(days=day))
        desk.work([Stay(700, STRAIGHT), Stay(100, TURNED)], rate_hz=0.5)
        desk.run.rest()
    days = desk_days(minute for run in read_desk(tmp_path) for minute in run.minutes)
    assert [each.day for each in days] == [date(2026, 3, 10) + timedelta(days=day) for day in range(30)]
    assert {each.reminders for each in days} == {1}
    assert all(each.told is not None and 80 < each.told < 95 for each in days)


def test_a_clock_set_back_repeats_the_time_and_no_reminder(tmp_path: Path) -> None:
    desk = Desk(tmp_path, datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    told = desk.work([Stay(60, STRAIGHT), Stay(100, TURNED)])
    desk.set_s = -3600.0
    told += desk.work([Stay(300, TURNED)])
    desk.run.rest()
    assert len([each for each in told if each.reminder]) == 1, "ten minutes are ten minutes"
    minutes = the_run(tmp_path).minutes
    assert sum(minute.seen_s for minute in minutes) == pytest.approx(460, abs=5)
    assert min(minute.began.hour for minute in minutes) == 9


def test_the_sleep_of_the_computer_counts_as_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, datetime(2026, 3, 4, 18, 0, tzinfo=UTC))
    desk.work([Stay(130, TURNED)])
    desk.clock.advance(14 * 3600)
    told = desk.work([Stay(40, TURNED)])
    desk.run.rest()
    assert not [each for each in told if each.reminder]
    minutes = the_run(tmp_path).minutes
    assert sum(minute.length_s for minute in minutes) < 175
    assert [each.day for each in desk_days(minutes)] == [date(2026, 3, 4), date(2026, 3, 5)]


def test_a_pause_closes_the_camera_for_half_an_hour_or_until_tomorrow(tmp_path: Path) -> None:
    desk = Desk(tmp_path, datetime(2026, 3, 4, 14, 0, tzinfo=UTC))
    desk.work([Stay(60, STRAIGHT)])
    desk.run.pause()
    assert (desk.run.sign, desk.shown.closed) == (Sign.PAUSED, 1)
    assert desk.run.paused_until == desk.now() + timedelta(minutes=30)
    for _ in range(1800):
        desk.clock.advance(1.0)
        desk.run.tick()
    assert (desk.run.until, desk.shown.opened) == (None, 2)
    desk.run.pause(tomorrow=True)
    desk.clock.advance(9 * 3600)
    desk.run.tick()
    assert desk.run.until is not None
    desk.clock.advance(3600)
    desk.run.tick()
    assert desk.run.until is None, "another day"
    desk.run.rest()
    paused = sum(minute.paused_s for minute in the_run(tmp_path).minutes)
    assert paused == pytest.approx(1800, abs=5)
    desk.run.pause()
    desk.set_s = 40 * 60.0  # the computer slept, and its clock that never goes back stood still
    desk.run.tick()
    assert desk.run.until is None


def test_another_place_is_kept_for_this_run() -> None:
    desk = Desk(None, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    desk.work([Stay(30, STRAIGHT), Stay(5, (34.0, 2.0, 4.0))], rate_hz=4.0)
    desk.run.work_here_too()
    assert desk.run.words == words.HERE_TOO
    desk.work([Stay(5, (34.0, 2.0, 4.0))], rate_hz=4.0)
    assert desk.run.kept == words.TAKEN
    told = desk.work([Stay(200, (34.0, 2.0, 4.0))])
    assert not [each for each in told if each.reminder]
    assert all(each.inside for each in told[5:]), "once the head is there"


def test_two_people_have_their_own_days(tmp_path: Path) -> None:
    for code, head in (("anna", STRAIGHT), ("karl", TURNED)):
        desk = Desk(tmp_path / code, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
        desk.work([Stay(5, STRAIGHT), Stay(900, head)])
        desk.run.rest()
    shares = [desk_days(the_run(tmp_path / code).minutes)[0].told for code in ("anna", "karl")]
    assert shares[0] is not None
    assert shares[1] is not None
    assert shares[0] > 99
    assert shares[1] < 3


def test_a_camera_that_goes_is_said_and_a_guest_writes_nothing(tmp_path: Path) -> None:
    desk = Desk(None, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    desk.work([Stay(30, STRAIGHT)])
    desk.shown.lost = True
    desk.clock.advance(1.0)
    desk.run.tick()
    assert desk.run.words == words.NO_CAMERA
    desk.shown.lost = False
    desk.work([Stay(3, STRAIGHT)])
    assert desk.run.words == ""
    assert files_of(tmp_path) == {}


def test_each_minute_is_there_at_once_and_damage_is_left_out(tmp_path: Path) -> None:
    desk = Desk(tmp_path, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    desk.work([Stay(200, STRAIGHT)])  # and killed
    run = the_run(tmp_path)
    assert len(run.minutes) >= 3
    path = tmp_path / "desk" / run.name / ROWS
    whole = path.read_text(encoding="utf-8")
    path.write_text(
        whole + "x,1,2\n" + whole.splitlines()[2].replace("60.0", "1e99") + "\n2026-03-04T09:03:0", encoding="utf-8"
    )
    again = the_run(tmp_path)
    assert (again.minutes, again.damaged) == (run.minutes, 3)
    path.write_bytes(b"\xff\x00\n" * 10)
    assert the_run(tmp_path).minutes == ()


def test_a_folder_that_is_taken_away_is_told_and_the_sign_goes_on(tmp_path: Path) -> None:
    patient = make_patient(tmp_path, "anna-1")
    desk = Desk(patient, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    desk.work([Stay(100, STRAIGHT)])
    delete_patient(tmp_path, "anna-1")
    assert desk.work([Stay(100, STRAIGHT)])[-1].sign is Sign.IN_PLACE
    assert desk.run.kept == words.NOT_KEPT
    assert not (tmp_path / "patients" / "anna-1").exists()


def test_days_at_the_desk_travel_whole_and_go_with_the_record(tmp_path: Path) -> None:
    patient = make_patient(tmp_path / "one", "anna-1")
    desk = Desk(patient, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    desk.work([Stay(200, STRAIGHT)])
    desk.run.rest()
    export_patient(tmp_path / "one", "anna-1", tmp_path / "anna.zip")
    import_archive(tmp_path / "two", tmp_path / "anna.zip")
    there = tmp_path / "two" / "patients" / "anna-1"
    assert files_of(there / "desk") == files_of(patient / "desk")
    assert files_of(there / "desk")
    assert holdings(tmp_path / "two", "anna-1").beside == ", 1 desk record"
    delete_patient(tmp_path / "two", "anna-1")
    assert files_of(tmp_path / "two") == {}


def asked(active: str, state: str) -> Callable[[list[str]], str]:
    return lambda command: active if "-root" in command else state


def test_a_call_that_fills_the_screen_is_known_on_x11() -> None:
    active = "_NET_ACTIVE_WINDOW(WINDOW): window id # 0x3a00007"
    assert x11_is_taken(asked(active, "_NET_WM_STATE(ATOM) = _NET_WM_STATE_FULLSCREEN, _NET_WM_STATE_FOCUSED"))
    assert not x11_is_taken(asked(active, "_NET_WM_STATE(ATOM) = _NET_WM_STATE_FOCUSED"))
    assert not x11_is_taken(asked("_NET_ACTIVE_WINDOW(WINDOW): window id # 0x0", "FULLSCREEN"))
    assert not x11_is_taken(asked("", ""))
