"""Where the points of the skin lie on a face, and how alike two looks of them are in whatever light. Pure."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.canonical_face import canonical_face
from posture_trainer.pose.skin_colours import skin_points

Array = NDArray[np.float64]
_NEIGHBOURS = 4  # a landmark may slip on the skin as far as its third neighbour
_HUE_WEIGHT = 2.0  # of the pattern of the hues against that of the shades: light changes them less
_LEAST_HUES = 0.01  # a camera without colours, or nearly so, shows shades only
_DARK, _TWO_COLOURS, _FEWEST = 6.0, 0.5, 6


@dataclass(frozen=True, eq=False)
class Skin:
    """Of the n skin points: normals (n, 3), terms of the light (n, 9), neighbours (n, k), regions (5, n), and which lie
    above the middle of the nose (n,)."""

    normals: Array
    light: Array
    neighbours: NDArray[np.int64]
    regions: NDArray[np.bool_]
    upper: NDArray[np.bool_]


def likeness(before: Array, tones: Array, seen: NDArray[np.bool_]) -> float:
    """How alike two looks (n, 3) are at the points seen in both (n,), -1 to 1, whatever light each of them had.

    What is smooth over the face, and so may be light, is taken off; what is left are marks of this skin. Exposure and
    white balance make them stronger or weaker, which a correlation does not mind.
    """
    terms = skin_map().light[seen]
    ridge = np.diag([0.0] + [0.01] * (terms.shape[1] - 1)) * len(terms)
    both = np.hstack([before[seen], tones[seen]])
    marks = both - terms @ np.linalg.solve(terms.T @ terms + ridge, terms.T @ both)
    shades = np.stack([marks[:, :3].mean(axis=1), marks[:, 3:].mean(axis=1)])
    hues = np.stack([marks[:, :3] - shades[0][:, None], marks[:, 3:] - shades[1][:, None]])
    of_hues, of_shades = _correlation(*hues), _correlation(*shades)
    if np.sqrt((hues**2).mean(axis=(1, 2))).min() < _LEAST_HUES:
        return of_shades
    return (_HUE_WEIGHT * of_hues + of_shades) / (_HUE_WEIGHT + 1)


def is_of_two_colours(colours: Array, seen: NDArray[np.bool_]) -> bool:
    """Whether a part of a face is of another colour than the skin around the eyes, as a mask or a telephone is.

    colours: (n, 3) blue, green, red, 0 to 255. seen: (n,). A hand has the colour of the face, and is not noticed.
    """
    logs = np.log(colours + _DARK)
    hues = logs[:, [0, 2]] - logs[:, [1]]
    skin = skin_map()
    upper = seen & skin.upper
    if upper.sum() < _FEWEST:
        return False
    away = np.linalg.norm(hues - np.median(hues[upper], axis=0), axis=1)
    parts = [away[region & seen] for region in skin.regions]
    return any(len(part) >= _FEWEST and float(np.median(part)) > _TWO_COLOURS for part in parts)


def _correlation(one: Array, other: Array) -> float:
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / max(size, 1e-9)


@cache
def skin_map() -> Skin:
    """Of the canonical face."""
    face = canonical_face()
    points = face[skin_points()]
    squared = ((face[:, None] - face[None]) ** 2).sum(axis=2)
    normals = np.array([_normal(face[np.argsort(squared[i])[:14]], face[i]) for i in skin_points()])
    x, y, z = normals.T
    light = np.stack([np.ones(len(x)), x, y, z, x * y, x * z, y * z, x * x - y * y, 3 * z * z - 1], axis=1)
    between = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    across, up, _ = points.T
    middle = (up <= 4.3) & (up > -3.2)
    sides = [middle & (across > 1.6), middle & (across < -1.6), middle & (np.abs(across) <= 1.6)]
    regions = np.array([up > 4.3, *sides, up <= -3.2])
    return Skin(normals, light, np.argsort(between, axis=1)[:, :_NEIGHBOURS], regions, up > 0)


def _normal(around: Array, point: Array) -> Array:
    """The outward normal (3,) of a surface at a point of it, from the points around."""
    normal = np.linalg.svd(around - around.mean(axis=0))[2][2]
    return np.asarray(normal * np.sign(normal @ (point - (0.0, 0.0, -4.0))))
