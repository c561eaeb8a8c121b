"""A scanned head as one part: for checking on a real person's shape what was learned from made-up ones."""

from pathlib import Path

import numpy as np
import trimesh
from makehuman_heads import Array, Part

METRES_PER_UNIT = 0.049  # chin to crown is then 23 cm
SKULL_BASE = np.array([0.0, -0.9, -0.6])
NECK_FIXED_Y, NECK_MOVING_Y = -2.3, -0.78  # the torso stays, the neck bends between, all above is rigid


def scanned_head(folder: Path, stretch: Array) -> list[Part]:
    """The scan by Lee Perry-Smith (CC BY 3.0), stretched by three factors."""
    mesh = trimesh.load(next(folder.glob("*.glb")), force="mesh", process=False)
    points = np.asarray(mesh.vertices, float) * stretch
    share = np.clip((points[:, 1] - NECK_FIXED_Y) / (NECK_MOVING_Y - NECK_FIXED_Y), 0, 1)
    uv = np.asarray(mesh.visual.uv, float)
    return [
        Part(
            (points - SKULL_BASE) * METRES_PER_UNIT,
            share**2 * (3 - 2 * share),
            uv * [1, -1] + [0, 1],
            np.asarray(mesh.faces, np.int32),
            folder / "color.jpg",
        )
    ]
