"""How well made-up people are told apart, and covers noticed: prints the figures of docs/accuracy.md.

python scripts/bend/right_person.py DIR        DIR: as written by collect_person.py
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from collect_person import HELD, LIGHTS, NEUTRAL_FRAMES, POSES
from makehuman_heads import Array
from scipy.spatial.transform import Rotation

from posture_trainer.pose.camera_model import Camera, bearing
from posture_trainer.pose.face_look import FaceLook, Look
from posture_trainer.pose.head_pose import fit_face_model, solve_pose

FPS, VFOV_DEG, FROM = 30.0, 45.0, 8
COVERED_FROM = 46  # two frames after the cover came


class Run:
    """One run of pictures of a person: colours at the skin (n, k, 3), views (n, 3, 3), misfits (n, 468, 2),
    error of the angle (n,)."""

    def __init__(self, stored: dict[str, Array], name: str) -> None:
        landmarks = stored[f"{name}_landmarks"].astype(float)[:, :468]
        self.seen = np.isfinite(landmarks[:, 0, 0])
        self.colours = stored[f"{name}_colours"].astype(np.float32)
        width, height = (int(each) for each in stored["size"])
        camera = Camera(width, height, VFOV_DEG)
        neutral = [i for i in range(FROM, NEUTRAL_FRAMES) if self.seen[i]]
        model = fit_face_model([landmarks[i] for i in neutral], camera)
        self.views = np.full((len(landmarks), 3, 3), np.nan)
        self.misfits_cm = np.full((len(landmarks), 468, 2), np.nan)
        found = np.full_like(self.views, np.nan)
        for i in np.flatnonzero(self.seen):
            pose = solve_pose(landmarks[i], camera, model)
            found[i], self.misfits_cm[i] = pose.rotation, pose.misfit_cm
            self.views[i] = bearing(camera.rays(landmarks[i])).T @ found[i]
        true = Rotation.from_matrix(stored[f"{name}_rotation"])
        relative = Rotation.from_matrix(found[self.seen])
        first, first_true = Rotation.from_matrix(found[neutral]).mean(), true[neutral].mean()
        self.error_deg = np.full(len(found), np.nan)
        self.error_deg[self.seen] = np.degrees(
            ((first_true.inv() * true[self.seen]).inv() * (first.inv() * relative)).magnitude()
        )

    def known(self) -> FaceLook:
        """The look as it is known after the neutral seconds."""
        look = FaceLook()
        for i in range(FROM, NEUTRAL_FRAMES):
            if self.seen[i]:
                look.judge(i / FPS, self.colours[i], self.views[i], self.misfits_cm[i], lost=False)
        return look

    def judged(self, i: int, look: FaceLook) -> Look:
        """A face that comes after a loss, seen for a quarter of a second up to frame i."""
        found = Look.UNKNOWN
        for k in range(HELD):
            at = i - HELD + 1 + k
            found = look.judge(10.0 + 0.125 * k, self.colours[at], self.views[at], self.misfits_cm[at], lost=True)
        return found


def told_apart(people: list[Run]) -> None:
    """After a pause: the same person in ten attitudes and three lights, and everybody else in neutral."""
    for light in range(LIGHTS):
        same: Counter[Look] = Counter()
        straight: Counter[Look] = Counter()
        for person in people:
            for pose in range(POSES):
                i = NEUTRAL_FRAMES + (light * POSES + pose) * HELD + HELD - 1
                if person.seen[i]:
                    (straight if pose == 0 else same)[person.judged(i, person.known())] += 1
        _print(f"the same person, light {light + 1}, straight", straight)
        _print(f"the same person, light {light + 1}, turned by up to 40 degrees", same)
    others = Counter(
        other.judged(NEUTRAL_FRAMES - 4, person.known()) for person in people for other in people if other is not person
    )
    _print(f"another person, {len(people) * (len(people) - 1) // 2} pairs, both ways", others)


def _print(words: str, counted: Counter[Look]) -> None:
    n = max(1, counted.total())
    kinds = (("same", Look.SAME), ("unsure", Look.COVERED), ("other", Look.OTHER))
    print(f"{words}: " + ", ".join(f"{name} {counted[kind] / n:.1%}" for name, kind in kinds) + f" of {n}")


def covers(runs: list[tuple[Run, bool]]) -> None:
    """Which frames are called covered, and how wrong the angle is in the others."""
    false, clear, hits, covered, missed, all_errors = 0, 0, 0, 0, list[float](), list[float]()
    for run, has_cover in runs:
        look = FaceLook()
        for i in range(6, len(run.seen)):
            if not run.seen[i]:
                continue
            found = look.judge(i / FPS, run.colours[i], run.views[i], run.misfits_cm[i], lost=False) is Look.COVERED
            if has_cover and i >= COVERED_FROM:
                covered, hits = covered + 1, hits + found
                all_errors.append(float(run.error_deg[i]))
                missed += [] if found else [float(run.error_deg[i])]
            elif i >= NEUTRAL_FRAMES and (not has_cover or i < COVERED_FROM - 2):
                clear, false = clear + 1, false + found
    print(
        f"covers: {hits / covered:.1%} of {covered} covered frames told; called covered without one {false / clear:.1%}"
    )
    print(
        f"error under a cover {np.mean(all_errors):.2f}, of the frames not called covered {np.mean(missed):.2f} degrees"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How well made-up people are told apart, and covers noticed.")
    parser.add_argument("folder", type=Path)
    people, runs = [], []
    for path in sorted(parser.parse_args().folder.glob("*.npz")):
        with np.load(path) as file:
            stored = dict(file)
        people.append(Run(stored, "faces"))
        runs += [
            (Run(stored, name), name != "bare") for name in ("bare", "cover0", "cover1") if f"{name}_colours" in stored
        ]
    told_apart(people)
    covers(runs)


if __name__ == "__main__":
    main()
