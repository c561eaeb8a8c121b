"""Makes the clip that `posture-trainer demo` plays: a portrait that turns, tilts and nods its head.

Usage: python scripts/make_demo_clip.py [--out FILE]
Needs scikit-image (for the picture alone), opencv-python, mediapipe, numpy and scipy.

The picture is NASA's portrait of Eileen Collins (public domain), which scikit-image carries. One photograph
becomes a moving head like this: MediaPipe's landmarks give the depth of the face, an egg-shaped cap around it
stands for hair and skull, and the whole is turned in 3-D about the base of the skull and drawn again. Around
the head the movement fades out, so that background and shoulders stay and nothing tears.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator
from scipy.spatial.transform import Rotation
from skimage import data

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

REPO = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, FPS = 640, 480, 25
CROP_X, CROP_Y, CROP_SCALE = 83.0, 0.0, 2.25  # left top corner in the portrait, and enlargement
VIEWING_DISTANCE = 4.5  # from the eye to the face, in face widths: about 65 cm

# When each thing happens, in seconds. A practice session needs about 1 s outside before it gives its cue, and
# time in neutral afterwards to say that neutral is regained.
START_S, OUT_S, HOLD_S, BACK_S, REST_S = 4.0, 0.7, 1.7, 0.7, 1.0

SWAY_STEPS_PER_S = 5
WALL_BLUR, HEAD_BLUR = 3.0, 0.75  # pixels

# The movements: (rotation, tilt, flexion) in degrees, signs as in posture_trainer.pose.angles. The flanks of the
# face are made shallower than they are (see model_head), so that MediaPipe sees about 70 % of a rotation.
MOVES: tuple[tuple[float, float, float], ...] = (
    (22.0, 0.0, 0.0),
    (-22.0, 0.0, 0.0),
    (0.0, 13.0, 0.0),
    (0.0, -13.0, 0.0),
    (0.0, 0.0, 15.0),
    (0.0, 0.0, -14.0),
)

CHIN, FOREHEAD, RIGHT_CHEEK, LEFT_CHEEK = 152, 10, 234, 454  # numbers in MediaPipe's face mesh


@dataclass(frozen=True, eq=False)
class Head:
    """The head in the picture. Lengths in pixels; depth grows towards the camera.

    depth: (HEIGHT, WIDTH). share: (HEIGHT, WIDTH), 1 on the head, 0 on what stays where it is.
    pivot: x, y and depth of the base of the skull. distance: from the eye to depth 0.
    neutral: the 3x3 rotation that the head has in the picture, head to camera axes (x right, y up, z near).
    """

    depth: Array
    share: Array
    pivot: Array
    distance: float
    neutral: Array


def portrait() -> Picture:
    """The part of the portrait around the head, enlarged to the size of the clip (BGR)."""
    astronaut: Picture = data.astronaut()  # type: ignore[no-untyped-call]
    whole = cv2.cvtColor(astronaut, cv2.COLOR_RGB2BGR)
    to_crop = np.array([[CROP_SCALE, 0, -CROP_SCALE * CROP_X], [0, CROP_SCALE, -CROP_SCALE * CROP_Y]])
    size = (WIDTH, HEIGHT)
    crop = cv2.warpAffine(whole, to_crop, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(crop, dtype=np.uint8)


def find_face(picture: Picture, model: Path) -> tuple[Array, Array]:
    """(478, 3) landmarks as x, y and depth in pixels, and the 3x3 rotation of the face, head to camera."""
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)), output_facial_transformation_matrixes=True
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        found = landmarker.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb))
    if not found.face_landmarks:
        raise SystemExit("make_demo_clip: MediaPipe finds no face in the portrait")
    points = np.array([(p.x * WIDTH, p.y * HEIGHT, -p.z * WIDTH) for p in found.face_landmarks[0]])
    return points, np.asarray(found.facial_transformation_matrixes[0], dtype=np.float64)[:3, :3]


def model_head(face: Array, neutral: Array) -> Head:
    """Depth and reach of the head, from the landmarks of the face and an ellipse around the hair."""
    width = face[LEFT_CHEEK, 0] - face[RIGHT_CHEEK, 0]
    height = face[CHIN, 1] - face[FOREHEAD, 1]
    centre = np.array([(face[LEFT_CHEEK, 0] + face[RIGHT_CHEEK, 0]) / 2, face[CHIN, 1] - 0.79 * height])
    axes = np.array([0.88 * width, 0.80 * height])
    rim_depth = float(np.mean(face[[LEFT_CHEEK, RIGHT_CHEEK], 2])) - 0.05 * width

    # Below the ears the head narrows to the jaw.
    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    below = (ys - centre[1]) / axes[1]
    narrow = 1 - 0.42 * smooth_step((below - 0.1) / 0.7)
    radius = np.hypot((xs - centre[0]) / axes[0] / narrow, below)

    # Known depths: the inner face, and round it, at the depth of the ears, everything from the rim of the
    # hair outwards. The steep flanks of the face are left out: the portrait has no picture of them to show.
    middle = np.array([face[:, 0].mean(), centre[1] + 0.25 * axes[1]])
    inner = face[np.hypot(*((face[:, :2] - middle) / (0.43 * width, 0.56 * height)).T) < 1]
    rim = (radius > 1.08)[::24, ::24]
    places = np.concatenate([inner[:, :2], np.stack([xs[::24, ::24][rim], ys[::24, ::24][rim]], axis=1)])
    depths = np.concatenate([inner[:, 2], np.full(np.count_nonzero(rim), rim_depth)])

    # A smooth surface through them; a coarse grid of it is enough.
    step = 8
    grid = np.mgrid[0 : HEIGHT + step : step, 0 : WIDTH + step : step].astype(np.float64)
    surface = RBFInterpolator(places, depths, smoothing=30.0, kernel="thin_plate_spline")
    coarse = surface(np.stack([grid[1].ravel(), grid[0].ravel()], axis=1)).reshape(grid[0].shape)
    at = (xs / step).astype(np.float32), (ys / step).astype(np.float32)
    depth = cv2.remap(coarse.astype(np.float32), *at, cv2.INTER_CUBIC)
    depth = cv2.GaussianBlur(depth, (0, 0), 6.0)

    # Beside and above the head the movement fades out slowly (a plain wall hides that), at the collar soon.
    fade_to = 1.9 - 0.48 * smooth_step((below + 0.1) / 0.9)
    share: Array = 1 - smooth_step((radius - 1.0) / (fade_to - 1.0))

    pivot = np.array([centre[0], face[CHIN, 1] - 0.25 * height, rim_depth])
    return Head(depth.astype(np.float64), share, pivot, VIEWING_DISTANCE * width, neutral)


def smooth_step(x: Array) -> Array:
    """0 below 0, 1 above 1, and between them a curve that starts and ends at rest."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * x * (x * (6 * x - 15) + 10)


def without_grain(picture: Picture, head: Head) -> Picture:
    """The picture with all but the head a little out of focus: enlarged film grain takes much space."""
    on_head = (head.share**6)[..., np.newaxis]
    soft = cv2.GaussianBlur(picture, (0, 0), WALL_BLUR)
    sharp = cv2.GaussianBlur(picture, (0, 0), HEAD_BLUR)
    return np.asarray(np.round(on_head * sharp + (1 - on_head) * soft), dtype=np.uint8)


def turned(picture: Picture, head: Head, angles: Array) -> Picture:
    """The picture with the head moved by (rotation, tilt, flexion), in degrees away from the portrait."""
    rotation, tilt, flexion = angles
    relative = Rotation.from_euler("XZY", [flexion, tilt, -rotation], degrees=True).as_matrix()
    turn = head.neutral @ relative @ head.neutral.T  # the same turn, told in the camera's axes

    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    away = (head.distance - head.depth) / head.distance
    points = np.stack([(xs - middle[0]) * away, (middle[1] - ys) * away, head.depth], axis=-1)
    pivot_away = (head.distance - head.pivot[2]) / head.distance
    pivot = np.array(
        [(head.pivot[0] - middle[0]) * pivot_away, (middle[1] - head.pivot[1]) * pivot_away, head.pivot[2]]
    )
    points = (points - pivot) @ turn.T + pivot
    nearer = head.distance / (head.distance - points[..., 2])
    moved_x = (head.share * (middle[0] + points[..., 0] * nearer - xs)).astype(np.float32)
    moved_y = (head.share * (middle[1] - points[..., 1] * nearer - ys)).astype(np.float32)

    # What lands on a pixel came from where the movement, taken there, leads to it: found by repeated
    # guessing, which settles because the movement changes by less than a pixel from one pixel to the next.
    xs32, ys32 = xs.astype(np.float32), ys.astype(np.float32)
    from_x, from_y = xs32, ys32
    for _ in range(12):
        step_x = cv2.remap(moved_x, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        step_y = cv2.remap(moved_y, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        from_x, from_y = xs32 - step_x, ys32 - step_y
    out = cv2.remap(picture, from_x, from_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(out, dtype=np.uint8)


def timeline() -> list[Array]:
    """(rotation, tilt, flexion) for every frame of the clip."""
    cycle_s = OUT_S + HOLD_S + BACK_S + REST_S
    frames = []
    for t in np.arange(0, START_S + cycle_s * len(MOVES), 1 / FPS):
        move, into = divmod(t - START_S, cycle_s)
        target = np.array(MOVES[int(move)] if t >= START_S else (0.0, 0.0, 0.0))
        out, back = smooth_step(np.array([into / OUT_S, (into - OUT_S - HOLD_S) / BACK_S]))
        # Nobody sits as still as a photograph. It moves on only a few times a second, by less than can be
        # seen, because every frame that repeats the last one costs next to no space.
        seen_t = np.floor(t * SWAY_STEPS_PER_S) / SWAY_STEPS_PER_S
        sway = 0.12 * np.sin(2 * np.pi * seen_t * np.array([0.31, 0.23, 0.27]))
        frames.append((out - back) * target + sway)
    return frames


def main() -> None:
    """Makes the clip and says how large it is."""
    parser = argparse.ArgumentParser(description="Make the demo clip from a public-domain portrait.")
    parser.add_argument("--out", type=Path, default=REPO / "posture_trainer" / "assets" / "demo.mp4")
    parser.add_argument("--model", type=Path, default=REPO / "models" / "face_landmarker.task")
    arguments = parser.parse_args()

    picture = portrait()
    head = model_head(*find_face(picture, arguments.model))
    picture = without_grain(picture, head)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(arguments.out), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise SystemExit(f"make_demo_clip: cannot write {arguments.out}")
    frames = timeline()
    drawn, shown = turned(picture, head, frames[0]), frames[0]
    for angles in frames:
        if not np.array_equal(angles, shown):
            drawn, shown = turned(picture, head, angles), angles
        writer.write(drawn)
    writer.release()
    print(f"{arguments.out}: {len(frames) / FPS:.1f} s, {arguments.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
