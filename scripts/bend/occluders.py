"""Things that cover a part of a face, drawn on a picture: a hand, a fist, a telephone, a mask, a scarf."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Draw = Callable[[Picture, NDArray[np.uint8]], None]
KINDS = ("hand", "fist", "telephone", "mask", "scarf")
PLACES = {  # in face widths from the middle of the face: across, down
    "left cheek": (0.33, 0.12),
    "right cheek": (-0.33, 0.12),
    "chin": (0.0, 0.62),
    "mouth": (0.0, 0.38),
    "nose": (0.0, 0.08),
    "forehead": (0.0, -0.5),
}


class Occluder:
    """One cover for one clip: what it is and looks like is drawn at random, then it stays the same.

    skin_bgr: the colour of the person's own skin, which a hand has nearly.
    """

    def __init__(self, kind: str, place: str, skin_bgr: NDArray[np.float64], rng: np.random.Generator) -> None:
        self._kind, self._place = kind, PLACES[place]
        self._size = rng.uniform(0.8, 1.25)
        self._turn_deg = float(rng.uniform(-35, 35))
        self._noise = rng.normal(0, 1, (64, 64, 1)).astype(np.float32)
        own = kind in ("hand", "fist")
        tone = skin_bgr * rng.uniform(0.75, 1.2) + rng.normal(0, 6, 3) if own else rng.uniform(10, 245, 3)
        self._colour = np.clip(tone, 5, 250)
        self._sway = rng.uniform(0, 0.06), rng.uniform(0.3, 2.0), rng.uniform(0, 6)

    def draw(self, picture: Picture, face_px: NDArray[np.float64], t_s: float) -> Picture:
        """The picture with the cover. face_px: left, top, right, bottom of the face as it is without it."""
        left, top, right, bottom = face_px
        width = right - left
        size, rate_hz, start = self._sway
        across, down = self._place
        if self._kind in ("mask", "scarf"):
            across, down = 0.0, 0.3 if self._kind == "mask" else 0.55
        middle = np.array([(left + right) / 2, (top + bottom) / 2]) + width * np.array([across, down])
        middle = middle + width * size * np.sin(2 * np.pi * rate_hz * t_s + start + np.array([0.0, 1.5]))
        mask = np.zeros(picture.shape[:2], np.uint8)
        lines = np.zeros_like(mask)
        getattr(self, f"_{self._kind}")(mask, lines, middle, width * self._size)
        tile = cv2.resize(self._noise, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
        shade = np.linspace(1.08, 0.85, picture.shape[0])[:, None, None]
        surface = self._colour * shade + 4 * tile[..., None]
        surface = np.where(lines[..., None] > 0, surface * 0.7, surface)
        alpha = cv2.GaussianBlur(mask, (0, 0), 0.8)[..., None] / 255.0
        return np.asarray(np.clip(picture * (1 - alpha) + surface * alpha, 0, 255), np.uint8)

    def _limb(self, mask: Picture, middle: NDArray[np.float64], width: float, from_deg: float) -> None:
        far = middle + 3 * width * np.array([np.sin(np.radians(from_deg)), np.cos(np.radians(from_deg))])
        cv2.line(mask, tuple(middle.astype(int)), tuple(far.astype(int)), 255, max(2, int(0.3 * width)))

    def _hand(self, mask: Picture, lines: Picture, middle: NDArray[np.float64], width: float) -> None:
        self._limb(mask, middle, width, self._turn_deg)
        centre = tuple(middle.astype(int))
        cv2.ellipse(mask, centre, (int(0.22 * width), int(0.25 * width)), self._turn_deg, 0, 360, 255, -1)
        for finger in np.linspace(-0.16, 0.16, 4):
            turn = np.radians(180 - self._turn_deg)
            along = np.array([np.sin(turn), np.cos(turn)])
            side = np.array([along[1], -along[0]])
            begin, end = middle + side * finger * width, middle + side * finger * 1.15 * width + along * 0.5 * width
            cv2.line(mask, tuple(begin.astype(int)), tuple(end.astype(int)), 255, max(2, int(0.09 * width)))
            edge = side * 0.045 * width
            cv2.line(lines, tuple((begin + edge).astype(int)), tuple((end + edge).astype(int)), 255, 1)

    def _fist(self, mask: Picture, lines: Picture, middle: NDArray[np.float64], width: float) -> None:
        self._limb(mask, middle, width, self._turn_deg / 2)
        centre = tuple(middle.astype(int))
        cv2.ellipse(mask, centre, (int(0.3 * width), int(0.22 * width)), 0, 0, 360, 255, -1)
        for knuckle in np.linspace(-0.18, 0.18, 4):
            x = int(middle[0] + knuckle * width)
            cv2.line(lines, (x, int(middle[1] - 0.2 * width)), (x, int(middle[1])), 255, max(1, int(0.015 * width)))

    def _telephone(self, mask: Picture, lines: Picture, middle: NDArray[np.float64], width: float) -> None:
        box = cv2.boxPoints((tuple(middle), (0.36 * width, 0.75 * width), self._turn_deg))
        cv2.fillConvexPoly(mask, box.astype(int), 255)
        cv2.polylines(lines, [box.astype(int)], True, 255, max(1, int(0.02 * width)))

    def _mask(self, mask: Picture, lines: Picture, middle: NDArray[np.float64], width: float) -> None:
        shape = np.array([(-0.42, -0.12), (0.0, -0.28), (0.42, -0.12), (0.36, 0.22), (0.0, 0.42), (-0.36, 0.22)])
        cv2.fillConvexPoly(mask, (middle + shape * width).astype(int), 255)
        for down in (-0.05, 0.05, 0.15):
            y = int(middle[1] + down * width)
            cv2.line(lines, (int(middle[0] - 0.36 * width), y), (int(middle[0] + 0.36 * width), y), 255, 1)

    def _scarf(self, mask: Picture, lines: Picture, middle: NDArray[np.float64], width: float) -> None:
        x, y = middle
        box = np.array([(x - 0.75 * width, y - 0.1 * width), (x, y - 0.18 * width), (x + 0.75 * width, y - 0.1 * width),
                        (x + 0.8 * width, y + 0.7 * width), (x - 0.8 * width, y + 0.7 * width)])  # fmt: skip
        cv2.fillConvexPoly(mask, box.astype(int), 255)
        for down in (0.1, 0.25, 0.4):
            at = int(y + down * width)
            cv2.line(lines, (int(x - 0.7 * width), at), (int(x + 0.7 * width), at - 5), 255, max(1, int(0.02 * width)))
