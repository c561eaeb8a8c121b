"""Heads drawn from a linear model of light-stage scans (ICT Face Model Light, MIT): a third source of people, to check
on what was measured with others. The model is packed in one .npz: vertices_cm (n, 3), identity_modes_cm (100, n, 3) of
one standard deviation each, triangles, triangle_material into materials. It has no skin: heads are of flat colours.
"""

from pathlib import Path

import cv2
import numpy as np
from makehuman_heads import Array, Part

METRES_PER_CM = 0.01
SKULL_BASE_CM = np.array([0.0, -1.5, -1.0])  # below and behind the ears
NECK_FIXED_Y, NECK_MOVING_Y = -16.0, -8.0  # cm; the shoulders stay, the neck bends between, all above is rigid
FURTHEST_SD = 2.0


class IctHeads:
    """The model; `random_head` draws a person. scratch: a folder for the flat colours."""

    def __init__(self, model: Path, scratch: Path) -> None:
        with np.load(model) as stored:
            self._vertices = stored["vertices_cm"].astype(float)
            self._modes = stored["identity_modes_cm"]
            self._triangles = stored["triangles"]
            self._material = np.array(stored["materials"])[stored["triangle_material"]]
        self._scratch = scratch

    def random_head(self, rng: np.random.Generator) -> list[Part]:
        """The parts of a person drawn at random: skin, hair on the back of the head, eyes."""
        scores = np.clip(rng.normal(0, 1, len(self._modes)), -FURTHEST_SD, FURTHEST_SD)
        points = self._vertices + np.tensordot(scores.astype(np.float32), self._modes, axes=1)
        skin = rng.uniform(0.3, 1.0) * np.array([160, 185, 230])  # BGR
        colours = {
            "M_Face": skin,
            "M_BackHead": skin,
            "M_ScleraLeft": np.array([225, 230, 235]),
            "M_ScleraRight": np.array([225, 230, 235]),
            "M_IrisLeft": np.array([40, 50, 60]),
            "M_IrisRight": np.array([40, 50, 60]),
        }
        return [self._part(points, name, colour) for name, colour in colours.items()]

    def _part(self, points: Array, material: str, colour: Array) -> Part:
        corners, triangles = np.unique(self._triangles[self._material == material], return_inverse=True)
        share = np.clip((points[corners, 1] - NECK_FIXED_Y) / (NECK_MOVING_Y - NECK_FIXED_Y), 0, 1)
        texture = self._scratch / f"{material}.png"
        cv2.imwrite(str(texture), np.full((2, 2, 3), colour).astype(np.uint8))
        return Part(
            (points[corners] - SKULL_BASE_CM) * METRES_PER_CM,
            share**2 * (3 - 2 * share),
            np.full((len(corners), 2), 0.5),
            triangles.reshape(-1, 3).astype(np.int32),
            texture,
        )
