"""Learn the weights of posture_trainer/pose/bend_correction.npz from what collect.py kept.

    python scripts/bend/learn.py --made-up DIR --scan DIR [--save posture_trainer/pose/bend_correction.npz]

Prints the error of the rotation relative to neutral, as `analyze` would see it with the field of view not told, for
heads that were left out of the learning: three parts of them in turn.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from posture_trainer.pose.bend_correction import FACE_TERMS, View, solid_shape, view_of
from posture_trainer.pose.camera_model import Camera, default_vfov_deg
from posture_trainer.pose.canonical_face import canonical_face
from posture_trainer.pose.head_pose import anybodys_face, fit_face_model, solve_pose

Array = NDArray[np.float64]
SHAPE_MODES, FACE_MODES = 32, 8
RIDGE = 3e-3  # of the mean square of the terms, which are brought to size 1
FACE_SIZE = 0.5  # terms that belong to one face count less, so that few faces cannot claim them
SCAN_WEIGHT = 6.0  # the scan is the only real person's head: its frames count this much more
KEPT = 0.85  # of the learned size: less harm to heads that are like none of these
SETTLING = 6  # first frames, in which MediaPipe finds the face


@dataclass(frozen=True, eq=False)
class Head:
    """One head's frames with a face. found, true: (n, 3, 3) head to camera; shape (n, 468, 3); views, neutral (n,)."""

    found: Array
    true: Array
    shape: Array
    views: tuple[View, ...]
    neutral: NDArray[np.bool_]

    def wanted(self) -> tuple[Array, Array]:
        """(n, 3) the rotation vectors that are to be learned, and (3, 3) the constant turn between the two axes."""
        whole = np.swapaxes(self.found, 1, 2) @ self.true
        constant = Rotation.from_matrix(whole[self.neutral]).mean().as_matrix()
        return Rotation.from_matrix(whole @ constant.T).as_rotvec(), constant

    def mirrored(self) -> "Head":
        """The same head in a mirror."""
        flip = np.diag([-1.0, 1.0, 1.0])
        shape = self.shape[:, _mirror_order()] * [-1.0, 1.0, 1.0]
        views = tuple(View(-view.yaw, view.pitch) for view in self.views)
        return replace(self, found=flip @ self.found @ flip, true=flip @ self.true @ flip, shape=shape, views=views)

    def neutral_view(self) -> View:
        """The mean view in neutral."""
        still = [view for view, is_neutral in zip(self.views, self.neutral, strict=True) if is_neutral]
        return View(float(np.mean([view.yaw for view in still])), float(np.mean([view.pitch for view in still])))

    def neutral_shape(self) -> Array:
        """(468, 3)."""
        return np.asarray(self.shape[self.neutral].mean(axis=0))

    def changes(self) -> Array:
        """(n, 1404) change of shape since neutral."""
        return np.asarray((self.shape - self.neutral_shape()).reshape(len(self.shape), -1))

    def terms(self) -> Array:
        """(n, 11) terms of the view, less those of the neutral one."""
        return np.array([view.terms() for view in self.views]) - self.neutral_view().terms()


def _mirror_order() -> NDArray[np.int64]:
    points = canonical_face()
    return np.asarray(((points[:, None] - points[None] * [-1, 1, 1]) ** 2).sum(axis=2).argmin(axis=1))


def read_head(path: Path) -> Head | None:
    """A head that collect.py kept; None when its face was hardly seen in neutral."""
    with np.load(path) as kept:
        landmarks = kept["landmarks"][:, :468].astype(float)
        true, size, neutral_frames = kept["rotation"], kept["size"], int(kept["neutral_frames"])
    width, height = int(size[0]), int(size[1])
    camera = Camera(width, height, default_vfov_deg(width, height))
    frames = np.arange(len(true))
    seen = np.isfinite(landmarks[:, 0, 0])
    neutral = seen & (frames >= SETTLING) & (frames < neutral_frames)
    if neutral.sum() < 8:
        return None
    points = replace(anybodys_face(), points_cm=fit_face_model(list(landmarks[neutral]), camera).points_cm)
    pose, found, shapes, views = None, [], [], []
    for each in landmarks[seen]:
        pose = solve_pose(each, camera, points, pose)  # without a neutral look nothing is taken back
        found.append(pose.rotation)
        shapes.append(solid_shape(each, camera, pose.rotation))
        views.append(view_of(each, camera, pose.rotation))
    return Head(np.array(found), true[seen], np.array(shapes), tuple(views), neutral[seen])


def learn(heads: Sequence[tuple[Head, float]]) -> dict[str, Array]:
    """The weights from heads and how much each counts, as bend_correction reads them."""
    both = [(each, weight) for head, weight in heads for each in (head, head.mirrored())]
    square = sum(head.changes()[::3].T @ head.changes()[::3] for head, _ in both)
    count = sum(len(head.changes()[::3]) for head, _ in both)
    values, vectors = np.linalg.eigh(square / count)
    shape_modes = vectors[:, ::-1][:, :SHAPE_MODES] / np.sqrt(values[::-1][:SHAPE_MODES])  # (1404, modes)
    neutral = np.array([head.neutral_shape().ravel() for head, _ in both])
    mean = neutral.mean(axis=0)
    _, sizes, rows = np.linalg.svd(neutral - mean, full_matrices=False)
    face_modes = rows[:FACE_MODES] / (sizes[:FACE_MODES, None] / np.sqrt(len(neutral)))  # (modes, 1404)
    inputs, wanted, weights = [], [], []
    for head, weight in both:
        terms, of_face = head.terms(), face_modes @ (head.neutral_shape().ravel() - mean)
        own = FACE_SIZE * (terms[:, :FACE_TERMS, None] * of_face).reshape(len(terms), -1)
        inputs.append(np.hstack([head.changes() @ shape_modes, terms, own]))
        wanted.append(head.wanted()[0])
        weights.append(np.full(len(terms), weight))
    x, y, w = np.concatenate(inputs), np.concatenate(wanted), np.concatenate(weights)[:, None]
    size = np.ones(x.shape[1])
    size[SHAPE_MODES : SHAPE_MODES + 11] = x[:, SHAPE_MODES : SHAPE_MODES + 11].std(axis=0)
    x = x / size
    solved = np.linalg.solve((x * w).T @ x + RIDGE * len(x) * np.eye(x.shape[1]), (x * w).T @ y) / size[:, None]
    solved *= KEPT
    terms_end = SHAPE_MODES + 11
    return {
        "shape_weights": (shape_modes @ solved[:SHAPE_MODES]).T,
        "term_weights": solved[SHAPE_MODES:terms_end].T,
        "face_weights": FACE_SIZE * solved[terms_end:].T.reshape(3, FACE_TERMS, FACE_MODES),
        "face_modes": face_modes,
        "mean_shape": mean.reshape(468, 3),
    }


def corrections(head: Head, learned: dict[str, Array]) -> Array:
    """(n, 3) rotation vectors for each frame of a head."""
    of_face = learned["face_modes"] @ (head.neutral_shape() - learned["mean_shape"]).ravel()
    weights = learned["term_weights"].copy()
    weights[:, :FACE_TERMS] += learned["face_weights"] @ of_face
    return np.asarray(head.changes() @ learned["shape_weights"].T + head.terms() @ weights.T)


def errors_deg(head: Head, vectors: Array, own_axes: bool) -> Array:
    """The angle between true and found rotation relative to neutral, of the moving frames.

    own_axes: leave out what comes from the two sets of axes being turned against each other, which is no bend.
    """
    found = head.found @ Rotation.from_rotvec(vectors).as_matrix()
    if own_axes:
        found = found @ head.wanted()[1]
    relative = [
        Rotation.from_matrix(each[head.neutral]).mean().inv() * Rotation.from_matrix(each)
        for each in (found, head.true)
    ]
    return np.asarray(np.degrees((relative[0].inv() * relative[1]).magnitude())[~head.neutral])


def report(name: str, parts: Sequence[Array]) -> None:
    """One line: mean and 95th percentile over all frames."""
    every = np.concatenate(parts)
    print(f"{name:44} {every.mean():5.2f} {np.percentile(every, 95):6.2f}", flush=True)


def main() -> None:
    """Read, check on heads left out, learn from all, save."""
    parser = argparse.ArgumentParser(description="Weights of the bend correction.")
    parser.add_argument("--made-up", type=Path, required=True)
    parser.add_argument("--scan", type=Path, required=True)
    parser.add_argument("--save", type=Path)
    arguments = parser.parse_args()
    kinds = {
        name: [head for path in sorted(folder.glob("?????.npz")) if (head := read_head(path)) is not None]
        for name, folder in (("made-up", arguments.made_up), ("scan", arguments.scan))
    }
    counts = {"made-up": 1.0, "scan": SCAN_WEIGHT}
    print(f"{'degrees, relative to neutral':44} {'mean':>5} {'p95':>6}")
    for axes in (True, False):
        said = "own axes" if axes else "as seen"
        for name, heads in kinds.items():
            report(
                f"{name}, {len(heads)} heads, uncorrected, {said}",
                [errors_deg(h, np.zeros((len(h.true), 3)), axes) for h in heads],
            )
    left_out: dict[tuple[str, bool], list[Array]] = {}
    for part in range(3):
        learned = learn(
            [(h, counts[name]) for name, heads in kinds.items() for i, h in enumerate(heads) if i % 3 != part]
        )
        for name, heads in kinds.items():
            for head in heads[part::3]:
                for axes in (True, False):
                    left_out.setdefault((name, axes), []).append(errors_deg(head, corrections(head, learned), axes))
    for (name, axes), parts in left_out.items():
        report(f"{name}, corrected, left out, {'own axes' if axes else 'as seen'}", parts)
    unknown = learn([(head, 1.0) for head in kinds["made-up"]])
    for axes in (True, False):
        report(
            f"scan, learned from made-up heads only, {'own axes' if axes else 'as seen'}",
            [errors_deg(h, corrections(h, unknown), axes) for h in kinds["scan"]],
        )
    if arguments.save:
        learned = learn([(head, counts[name]) for name, heads in kinds.items() for head in heads])
        small: dict[str, Any] = {name: values.astype(np.float32) for name, values in learned.items()}
        np.savez_compressed(arguments.save, **small)
        print(f"saved {arguments.save}")


if __name__ == "__main__":
    main()
