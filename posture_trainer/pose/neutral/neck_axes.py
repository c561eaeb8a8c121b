"""Functional calibration: the axes of this patient's neck, from a slow "no" and a slow "yes". Pure.

The face's axes and the neck's differ by some degrees from person to person, so that a pure turn shows a false tilt.
Biomechanics finds the joint's own axes from the movement (functional calibration). But landmarks bend as the head
turns, and differently to each side when the camera stands aside, so not all of it is the neck's. The middle plane is
known better from the symmetry of the face, which the face's model has already; how far the axes are pitched in it, the
"no" knows better. What each is worth was measured on rendered heads (docs/accuracy.md).
"""

from collections.abc import Sequence

import cv2
import numpy as np

from posture_trainer.pose.angles import Matrix, angle_between_deg, rotation_vectors

NO_DEG, YES_DEG = 8.0, 5.0  # smaller rotations tell little of an axis
FEWEST_FRAMES = 15  # to each side
_PURE_RATIO, _PURE_SHARE = 2.0, 0.7
_FURTHEST_DEG = 20.0
_BELIEVED = (0.8, 0.1, 0.1)  # of what the movement tells of pitch, turn and roll of the axes


def neck_axes(relative: Sequence[Matrix]) -> Matrix | str:
    """The axes (3, 3; columns x, y, z in head axes) from rotations (3, 3) relative to neutral; or why there are none.

    What counts is how the head moved, not when: the axis of the "no" is the first singular vector of the rotation
    vectors that are mostly a turn, the "yes" likewise of the nods, made perpendicular to it. Of their pitch most is
    believed, of the rest little.
    Apply to a relative rotation R as axes^T R axes.
    """
    vectors = np.degrees(rotation_vectors(np.asarray(relative)))
    size, parts = np.linalg.norm(vectors, axis=1), np.abs(vectors)
    found = []
    for axis, name, least_deg in ((1, "no", NO_DEG), (0, "yes", YES_DEG)):
        others = np.delete(parts, axis, axis=1).max(axis=1)
        large = (size > least_deg) & (parts[:, axis] > others)
        pure = large & (parts[:, axis] > _PURE_RATIO * others)
        to_each_side = (pure & (vectors[:, axis] > 0)).sum(), (pure & (vectors[:, axis] < 0)).sum()
        if min(to_each_side) < FEWEST_FRAMES:
            return (
                f'The "{name}" was too small, too quick, or to one side only. Move a little further, slowly, both ways.'
            )
        if pure.sum() < _PURE_SHARE * large.sum():
            return f'The "{name}" was mixed with other movement. Move slowly, first only "no", then only "yes".'
        main = np.linalg.svd(vectors[pure], full_matrices=False)[2][0]
        found.append(main * np.sign(main[axis]))
    turn, nod = found
    nod = nod - turn * (nod @ turn)
    nod = nod / np.linalg.norm(nod)
    axes = np.stack([nod, turn, np.cross(nod, turn)], axis=1)
    if angle_between_deg(np.eye(3), axes) > _FURTHEST_DEG:
        return 'The movement was not a plain "no" and "yes". Please try again, slowly.'
    believed = rotation_vectors(axes[None])[0] * _BELIEVED
    return np.asarray(cv2.Rodrigues(believed)[0])
