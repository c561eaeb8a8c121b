"""Takes the screenshots of the exercises in docs/screens/. Look at every one of them afterwards.

    python scripts/make_exercise_screens.py [--out FOLDER] [--large FOLDER]

A made-up patient goes through every plan in fake time; each screen is drawn the first time it has stood still, over
the demo clip's first picture, at text sizes of 100 and 200 percent, on 1280x720 and 1920x1080. The questions before and
after are drawn too. The large ones go on sheets; --large keeps them whole as well.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame
from screen_files import LARGE, SCREENS, SIZES, save, sheets, suffix

from posture_trainer import shipped_files
from posture_trainer.exercises import guided_session, guided_view, hearing
from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.guided_records import ExerciseEvent, GuidedSession
from posture_trainer.feedback import Feedback, FeedbackSample, PostureState
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.figures.session_summary import SummaryTally
from posture_trainer.pages.care import CareView, once_view, signs_view, sudden_view, swallowing_view, which_view
from posture_trainer.pages.entries import DateEntry, NumberEntry
from posture_trainer.pages.injection import injection_view
from posture_trainer.pages.keys import Key
from posture_trainer.pages.ratings import rating_view
from posture_trainer.pages.summary_picture import summary_bars
from posture_trainer.pages.summary_words import closing_words, heading_words, summary_rows
from posture_trainer.pages.views import Controls, GuidedView, Picture, SummaryView, View
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline, NeutralGuide
from posture_trainer.pose.neutral.recording import BaselineRules, record_baseline
from posture_trainer.screen import draw
from posture_trainer.session.finishing import LEAVE_HINT
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker
from posture_trainer.words.care import Care, Numbers, care_text
from posture_trainer.words.phrases import PHRASES

STEP_S, STILL_STEPS, SUBTITLE_S = 0.1, 6, 5.0
LONGEST_S = 1500.0
PATIENT = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg=dict.fromkeys(Direction, 15.0))
_AXIS = {
    Direction.ROTATION_RIGHT: (1, 0, 0),
    Direction.ROTATION_LEFT: (-1, 0, 0),
    Direction.TILT_RIGHT: (0, 1, 0),
    Direction.TILT_LEFT: (0, -1, 0),
    Direction.FLEXION: (0, 0, 1),
    Direction.EXTENSION: (0, 0, -1),
}
GUESS = """
title = "Around the others"
[[block]]
kind = "hold"
repetitions = 1
feedback = 0.0
ask_felt = true
"""


def patient_at(t_s: float, seen: ExerciseView) -> HeadAngles | None:
    """A head that mostly goes where the screen asks: late, sometimes out of tolerance, and once not there."""
    if seen.kind in ("hold", "no_face") and 40 < t_s % 60 < 46:
        return None
    rotation = tilt = flexion = 0.0
    if seen.target is not None:
        rotation, flexion = 18 * seen.target[0], -11 * seen.target[1]
    elif seen.gauge is not None and seen.arrow is not None:
        goal_deg = (seen.gauge.target_deg or 38.0) + (2.0 if seen.eyes_closed else -4.0)
        rotation, tilt, flexion = (goal_deg * share * min(1.0, t_s % 10 / 9) for share in _AXIS[seen.gauge.direction])
    elif seen.kind == "hold" and t_s % 20 > 15:
        rotation = 12.0
    return HeadAngles(rotation, tilt, flexion, abs(rotation) + abs(tilt) + abs(flexion))


def stills(session: GuidedSession, picture: Picture, guide: NeutralGuide) -> Iterator[tuple[str, GuidedView]]:
    """Each screen of the session once, with a name."""
    state = guided_session.begin(session)
    seen_names: set[str] = set()
    standing, said, said_until_s = ("", 0), "", 0.0
    for tick in range(round(LONGEST_S / STEP_S)):
        t_s = tick * STEP_S
        shown = guided_view.view(state, session)
        angles = patient_at(t_s, shown)
        state, progress = guided_session.step(state, session, FeedbackSample(t_s, angles))
        state = hearing.heard(state)
        if progress.say:
            said, said_until_s = PHRASES[progress.say], t_s + SUBTITLE_S
        shown = guided_view.view(state, session)
        name = _name(shown, progress.feedback)
        standing = (name, standing[1] + 1 if name == standing[0] else 1)
        if standing[1] >= STILL_STEPS and name not in seen_names:
            seen_names.add(name)
            subtitle = said if t_s < said_until_s and said not in f"{shown.words} {shown.message}" else ""
            yield name, GuidedView(picture, guide, progress.feedback, shown, angles, subtitle=subtitle)
        if progress.ended:
            return


def _name(shown: ExerciseView, feedback: Feedback) -> str:
    parts = [shown.kind.replace("_", "-")]
    if shown.drawing is not None:
        parts.append(shown.drawing.replace("_", "-"))
    if shown.kind == "hold" and not shown.mirror:
        parts.append("without")
    if feedback.state is PostureState.OUT and feedback.way_back:
        parts.append("out")
    if shown.arrow is not None:
        parts.append({"rot": "turn", "til": "tilt"}.get(shown.arrow.value[:3], "chin"))
    elif shown.eyes_closed:
        parts.append("eyes-closed")
    elif shown.gauge is not None:
        parts.append("back")
    if shown.target is not None:
        parts.append("ready" if shown.countdown_s else "path" if shown.path else "no-path")
    return "exercise-" + "-".join(parts)


def face_of_the_clip() -> tuple[Picture, Baseline]:
    """The demo clip's first picture, and a baseline of its first second."""
    source = VideoFile(shipped_files.demo_clip())
    seen: list[tuple[float, Face | None]] = []
    picture: Picture | None = None
    with MediaPipeTracker() as tracker:
        while len(seen) < 60 and (frame := source.read()) is not None:
            faces = tracker.track(frame, False)
            picture = frame.image_bgr if picture is None else picture
            seen.append((frame.t_s, faces[0] if faces else None))
    source.close()
    vfov_deg = default_vfov_deg(source.info.width, source.info.height)
    made = record_baseline(
        seen, vfov_deg, created_utc=datetime.now(UTC), source={}, versions={}, rules=BaselineRules(longest_spread_deg=9)
    )
    assert isinstance(made, Baseline), made
    assert picture is not None
    return picture, made


def main() -> None:
    """Take all screenshots."""
    parser = argparse.ArgumentParser(description="Take the screenshots of the exercises.")
    parser.add_argument("--out", type=Path, default=SCREENS)
    parser.add_argument("--large", type=Path, help="keep those of 1920x1080 in this folder")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    pygame.display.init()
    picture, baseline = face_of_the_clip()
    plans = {name: load_plan(name)[1] for name in preset_names() if name != "free"}
    plans["around"] = _own_plan()
    taken: dict[str, View] = {}
    for name, plan in plans.items():
        session = session_today(name, plan, PATIENT)
        for screen, view in stills(session, picture, baseline.guide()):
            taken.setdefault(screen, view)
    held = taken["exercise-hold"]
    assert isinstance(held, GuidedView)
    taken["exercise-offer-stop"] = replace(held, exercise=_offered(held.exercise))
    taken["exercise-paused"] = replace(held, exercise=replace(held.exercise, kind="paused", title="Paused"))
    taken |= questions() | care() | summaries()
    with tempfile.TemporaryDirectory() as temporary:
        large = arguments.large or Path(temporary)
        large.mkdir(parents=True, exist_ok=True)
        for size, text_scale in SIZES:
            for screen, shown in taken.items():
                surface = pygame.Surface(size)
                draw.draw(surface, shown, Controls(text_scale=text_scale))
                folder = large if size == LARGE else arguments.out
                save(surface, folder / f"{screen}{suffix(size, text_scale)}.jpg")
        sheets(large, arguments.out, "exercises")
    print(f"{len(taken)} screens: {', '.join(sorted(taken))}")


def questions() -> dict[str, View]:
    """The questions around a session, answered and not."""
    today = date(2026, 5, 28)
    number = NumberEntry(100, 5)
    typing = reduce(lambda entry, key: entry.after(Key(key)), "0503", DateEntry(today))
    return {
        "question-pain": rating_view("Before we begin", "pain", replace(number, value=45), 0.7, change_injection=True),
        "question-control": rating_view("Now that you have practised", "control", number, 0.4),
        "question-injection": injection_view(DateEntry(today), 0.8),
        "question-injection-typed": injection_view(typing, 0.8),
        "question-injection-known": injection_view(DateEntry(today, date(2026, 3, 5)), 0.6),
        "question-injection-fault": injection_view(
            reduce(lambda e, k: e.after(Key(k)), "31022026", DateEntry(today)), 0.6
        ),
    }


def care() -> dict[str, View]:
    """Whether somebody may practise, and the texts for whoever may not."""
    numbers = Numbers("0123 456 789", "112")
    return {
        "gate-signs": replace(signs_view(), left_share=0.8),
        "gate-sudden": replace(sudden_view(), left_share=0.8),
        "gate-swallowing": replace(swallowing_view(), left_share=0.8),
        "gate-once": replace(once_view("injury", 2, 4), left_share=0.8),
        "unwell": replace(which_view(), left_share=0.9),
        **{f"care-{which.value.lower()}": CareView(care_text(which, numbers)) for which in Care},
        "care-b-no-number": CareView(care_text(Care.B, Numbers())),
    }


def summaries() -> dict[str, View]:
    """The ends of sessions that a patient who does well has with each kind of plan."""
    found: dict[str, View] = {}
    for name in ("home", "hold-test", "position-sense", "range", "follow-easy", "meige"):
        session = session_today(name, load_plan(name)[1], PATIENT)
        events: list[ExerciseEvent] = []
        state, length_s = guided_session.begin(session), 0.0
        while state.ended is None:
            length_s += STEP_S
            shown = guided_view.view(state, session)
            state, progress = guided_session.step(state, session, FeedbackSample(length_s, patient_at(length_s, shown)))
            state = hearing.heard(state)
            events += progress.events
        summary = SummaryTally().summary(state.ended, length_s)
        summary = summary.model_copy(update={"exercises": exercise_summary(events)})
        found[f"summary-{name}"] = SummaryView(
            heading_words(summary),
            tuple(summary_rows(summary)),
            closing_words(state.ended),
            LEAVE_HINT,
            summary_bars(events, ()),
        )
    return found


def _own_plan() -> Plan:
    from posture_trainer.plans.toml_files import parse_toml

    return parse_toml(GUESS, Plan, "The plan")


def _offered(view: ExerciseView) -> ExerciseView:
    words = f"{PHRASES['offer_stop']} {guided_view.STOP_WORDS}"
    return replace(view, message=words, offer_stop=True)


if __name__ == "__main__":
    main()
