"""Where the screenshots of docs/screens/ go: each screen at 1280x720, and sheets of twelve for 1920x1080."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

SCREENS = Path(__file__).resolve().parent.parent / "docs" / "screens"
SMALL, LARGE = (1280, 720), (1920, 1080)
SIZES = tuple((size, text_scale) for size in (SMALL, LARGE) for text_scale in (1.0, 2.0))
_QUALITY = 72
_TILE, _COLUMNS, _ROWS = (640, 360), 3, 4


def suffix(size: tuple[int, int], text_scale: float) -> str:
    """What a file's name ends with: nothing for 1280x720 at 100 percent."""
    return "" if (size, text_scale) == (SMALL, 1.0) else f"-{size[0]}x{size[1]}-{round(100 * text_scale)}"


def save(surface: pygame.Surface, path: Path) -> None:
    """Write a surface as a JPEG."""
    width, height = surface.get_size()
    rgb = np.frombuffer(pygame.image.tobytes(surface, "RGB"), np.uint8).reshape(height, width, 3)
    cv2.imwrite(str(path), rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])


def sheets(taken: Path, folder: Path, name: str) -> list[Path]:
    """Put the screens of 1920x1080 that lie in `taken` on sheets in `folder`, in the order of their names."""
    written = []
    for text_scale in (100, 200):
        paths = sorted(taken.glob(f"*-{LARGE[0]}x{LARGE[1]}-{text_scale}.jpg"))
        step = _COLUMNS * _ROWS
        for number, first in enumerate(range(0, len(paths), step), 1):
            tiles = [_tile(path) for path in paths[first : first + step]]
            tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % _COLUMNS)
            rows = [np.hstack(tiles[at : at + _COLUMNS]) for at in range(0, len(tiles), _COLUMNS)]
            written.append(folder / f"{name}-{LARGE[0]}x{LARGE[1]}-{text_scale}-{number}.jpg")
            cv2.imwrite(str(written[-1]), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return written


def _tile(path: Path) -> NDArray[Any]:
    image = cv2.imread(str(path))
    assert image is not None, path
    return cv2.resize(image, _TILE, interpolation=cv2.INTER_AREA)
