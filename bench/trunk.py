"""How exact are trunk, shoulders and hands? On pictures of made-up people with a body (scripts/bend/collect_trunk.py).

    python bench/trunk.py FOLDER

Of each picture the face by LiteRT and two looks at the body, plain and mirrored; neutral from the first picture.
Errors are mean and 95th percentile of the absolute ones.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline, with_shoulders
from posture_trainer.pose.neutral.recording import ANY_STILLNESS, record_baseline
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.pose.trunk.body import Body
from posture_trainer.pose.trunk.follow import TrunkFollower, TrunkSample
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.bodies import body_model
from posture_trainer.tracking.litert_body import LiteRtBody
from posture_trainer.tracking.litert_tracker import LiteRtTracker

VFOV_DEG = 45.0
LOOKS = 2  # one plain, one mirrored

Row = dict[str, Any]


class Looks:
    """One person's pictures: faces and bodies."""

    def __init__(self) -> None:
        self._tracker, self._body, self._count = LiteRtTracker(), LiteRtBody(body_model()), 0

    def at(self, picture: NDArray[np.uint8]) -> tuple[Face | None, list[Body]]:
        """The face in a picture, and looks at its body."""
        self._count += 1
        faces = self._tracker.track(Frame(float(self._count), picture), True)
        face = max(faces, key=lambda each: each.width_px) if faces else None
        looks = [self._body.track(Frame(self._count + i / 8, picture), face) for i in range(LOOKS)]
        return face, [look for look in looks if look is not None]

    def close(self) -> None:
        """End the tracker."""
        self._tracker.close()


def neutral_of(face: Face, bodies: list[Body]) -> Baseline:
    """The neutral of one picture."""
    found = record_baseline(
        [(0.0, face)],
        VFOV_DEG,
        created_utc=datetime.now(UTC),
        source={},
        versions={},
        rules=ANY_STILLNESS,
    )
    assert isinstance(found, Baseline)
    return with_shoulders(found, bodies * 2)  # a neutral wants more looks than a picture has


def measured(baseline: Baseline, face: Face | None, bodies: list[Body]) -> TrunkSample | None:
    """What the program says after these looks."""
    assert baseline.shoulders is not None
    x, y, z = baseline.position_cm
    camera = Camera(baseline.picture_size[0], baseline.picture_size[1], VFOV_DEG)
    follower, posture, found = (
        TrunkFollower(baseline.shoulders.seen(), camera, (x, y, z)),
        PatientPosture(baseline),
        None,
    )
    for body in bodies:
        sample = posture.sample(body.t_s, [face] if face is not None else [])
        found = follower.after(body.t_s, sample.smoothed, sample.position_cm, body)
    return found


def true_figures(row: Row) -> dict[str, float]:
    """What was put there."""
    return {
        "shoulder_line_deg": row["line_deg"],
        "trunk_rotation_deg": row["trunk_deg"],
        "head_shift_cm": row["shift_cm"],
        "head_forward_cm": row["forward_cm"],
    }


def measure(folder: Path) -> list[tuple[Row, TrunkSample | None]]:
    """Each picture with what the program says of it."""
    found = []
    for person in sorted(folder.glob("*.json")):
        baseline = None
        with closing(Looks()) as looks:
            for row in json.loads(person.read_text()):
                picture = cv2.imread(str(folder / row["file"]))
                assert picture is not None
                face, bodies = looks.at(np.asarray(picture, np.uint8))
                if row["file"].endswith("_000.png") and face is not None:
                    baseline = neutral_of(face, bodies)
                if baseline is not None and baseline.shoulders is not None:
                    found.append((row, measured(baseline, face, bodies)))
    return found


def print_errors(console: Console, found: list[tuple[Row, TrunkSample | None]]) -> None:
    """Of each figure, over kinds of pictures."""
    kinds: dict[str, Callable[[Row], bool]] = {
        "all without a hand": lambda row: row["hand"] == "none",
        "head straight in the room": lambda row: row["hand"] == "none" and row["head_deg"][0] == 0,
        "trunk turned, up to 20 deg": lambda row: row["hand"] == "none" and 0 < abs(row["trunk_deg"]) <= 20,
        "trunk turned 30 deg": lambda row: abs(row["trunk_deg"]) == 30,
        "a shoulder lifted": lambda row: max(row["lift_cm"]) > 0,
        "head shifted": lambda row: row["shift_cm"] != 0,
        "head forward": lambda row: row["forward_cm"] != 0,
        "head turned or tilted alone": lambda row: (
            any(row["head_deg"]) and not row["trunk_deg"] and row["hand"] == "none"
        ),
        "a hand at the head": lambda row: row["hand"] != "none",
    }
    names = ("shoulder_line_deg", "trunk_rotation_deg", "head_shift_cm", "head_forward_cm")
    table = Table("pictures", "n", *names)
    for words, kind in kinds.items():
        chosen = [(row, s.figures) for row, s in found if kind(row) and s is not None and s.figures is not None]
        errors = {
            name: np.abs([getattr(figures, name) - true_figures(row)[name] for row, figures in chosen])
            for name in names
        }
        cells = [f"{e.mean():.2f} / {np.percentile(e, 95):.2f}" if len(e) else "-" for e in errors.values()]
        table.add_row(words, str(len(chosen)), *cells)
    console.print(table)
    for name in names:
        by_truth = defaultdict(list)
        for row, s in found:
            if row["hand"] == "none" and s is not None and s.figures is not None:
                by_truth[round(true_figures(row)[name])].append(getattr(s.figures, name))
        told = ", ".join(f"{truth}: {np.mean(each):.1f}±{np.std(each):.1f}" for truth, each in sorted(by_truth.items()))
        console.print(f"{name}, true: read {told}", highlight=False)


def print_hands(console: Console, found: list[tuple[Row, TrunkSample | None]]) -> None:
    """Recall, false hands, places."""
    told = [(row["hand"], s.hand.hand.value, row["place"], s.hand.place) for row, s in found if s and s.hand]
    there, away = [each for each in told if each[0] != "none"], [each for each in told if each[0] == "none"]
    same = sum(true == seen for true, seen, *_ in there)
    some = sum(seen != "none" for _, seen, *_ in there)
    false = sum(seen != "none" for _, seen, *_ in away)
    console.print(f"hands: some seen in {some}, the right one in {same} of {len(there)}; false {false} of {len(away)}")
    places = Counter((place, str(seen)) for _, _, place, seen in there)
    for (place, seen), count in sorted(places.items()):
        console.print(f"  {place}: told as {seen} in {count}", highlight=False)


def print_turns(console: Console, found: list[tuple[Row, TrunkSample | None]], limit_deg: float = 8.0) -> None:
    """How often a trunk is told to be turned beyond the limit, with the head straight in the room."""
    straight = [(r, s.figures) for r, s in found if s and s.figures and not any(r["head_deg"]) and r["hand"] == "none"]
    for turn in (0, 6, 12, 20, 30):
        chosen = [(row, f.trunk_rotation_deg) for row, f in straight if abs(row["trunk_deg"]) == turn]
        beyond = sum(abs(read) > limit_deg for _, read in chosen)
        wrong = sum(abs(read) > limit_deg and read * row["trunk_deg"] < 0 for row, read in chosen)
        console.print(f"trunk {turn} deg: told as turned in {beyond} of {len(chosen)}, to the wrong side {wrong}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Errors of trunk, shoulders and hands.")
    parser.add_argument("folder", type=Path)
    found = measure(parser.parse_args().folder)
    console = Console(width=150)
    print_errors(console, found)
    print_turns(console, found)
    print_hands(console, found)


if __name__ == "__main__":
    main()
