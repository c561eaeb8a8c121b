"""Takes the screenshots of the exercises in docs/screens/. Look at every one of them afterwards.

    python scripts/make_exercise_screens.py [--out FOLDER] [--all-sizes]

A made-up patient goes through every plan in fake time; each screen is drawn the first time it has stood still, over
the demo clip's first picture, at text sizes of 100 and 200 percent (with --all-sizes also on 1920x1080).
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame

from posture_trainer import shipped_files
from posture_trainer.exercises import session_plan, session_view
from posture_trainer.exercises.directions import Direction
from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.phrases import PHRASES
from posture_trainer.exercises.session_records import GuidedSession
from posture_trainer.feedback import Feedback, FeedbackSample, PostureState
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_file import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.baseline import Baseline, BaselineRules, NeutralGuide, record_baseline
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.face import Face
from posture_trainer.pose.face_tracker import MediaPipeTracker
from posture_trainer.screen import screens
from posture_trainer.screen.mirror_view import Controls, GuidedView, Picture
from posture_trainer.sources.video_file import VideoFile

SCREENS = Path(__file__).resolve().parent.parent / "docs" / "screens"
STEP_S, STILL_STEPS, SUBTITLE_S = 0.1, 6, 5.0
LONGEST_S = 1500.0
PATIENT = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg=dict.fromkeys(Direction, 20.0))
_AXIS = {
    Direction.ROTATION_RIGHT: (1, 0, 0),
    Direction.ROTATION_LEFT: (-1, 0, 0),
    Direction.TILT_RIGHT: (0, 1, 0),
    Direction.TILT_LEFT: (0, -1, 0),
    Direction.FLEXION: (0, 0, 1),
    Direction.EXTENSION: (0, 0, -1),
}
SHOULDERS = """
title = "Around the others"
[[block]]
kind = "hold"
repetitions = 1
feedback = 0.0
ask_felt = true
[[block]]
kind = "timed"
words = "Pull your shoulder blades together, and let go again."
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
    state = session_plan.begin(session)
    seen_names: set[str] = set()
    standing, said, said_until_s = ("", 0), "", 0.0
    for tick in range(round(LONGEST_S / STEP_S)):
        t_s = tick * STEP_S
        shown = session_view.view(state, session)
        angles = patient_at(t_s, shown)
        state, progress = session_plan.step(state, session, FeedbackSample(t_s, angles))
        if progress.say:
            said, said_until_s = PHRASES[progress.say], t_s + SUBTITLE_S
        shown = session_view.view(state, session)
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
    parser.add_argument("--all-sizes", action="store_true", help="also on 1920x1080")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    pygame.display.init()
    picture, baseline = face_of_the_clip()
    plans = {name: load_plan(name)[1] for name in preset_names() if name != "free"}
    plans["around"] = _own_plan()
    taken: dict[str, GuidedView] = {}
    for name, plan in plans.items():
        session = session_today(name, plan, PATIENT)
        for screen, view in stills(session, picture, baseline.guide()):
            taken.setdefault(screen, view)
    held = taken["exercise-hold"]
    taken["exercise-offer-stop"] = replace(held, exercise=_offered(held.exercise))
    taken["exercise-paused"] = replace(held, exercise=replace(held.exercise, kind="paused", title="Paused"))
    for size in ((1280, 720), (1920, 1080))[: 2 if arguments.all_sizes else 1]:
        for text_scale in (1.0, 2.0):
            plain = (size, text_scale) == ((1280, 720), 1.0)
            suffix = "" if plain else f"-{size[0]}x{size[1]}-{round(100 * text_scale)}"
            for screen, view in taken.items():
                surface = pygame.Surface(size)
                screens.draw(surface, view, Controls(text_scale=text_scale))
                pygame.image.save(surface, str(arguments.out / f"{screen}{suffix}.jpg"))
    print(f"{len(taken)} screens: {', '.join(sorted(taken))}")


def _own_plan() -> Plan:
    from posture_trainer.plans.toml_files import parse_toml

    return parse_toml(SHOULDERS, Plan, "The plan")


def _offered(view: ExerciseView) -> ExerciseView:
    words = f"{PHRASES['offer_stop']} {session_view.STOP_WORDS}"
    return replace(view, message=words, offer_stop=True)


if __name__ == "__main__":
    main()
