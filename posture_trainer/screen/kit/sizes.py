"""The sizes of type on the pages around practice: what is small doubles with the text scale, large type grows less."""

from typing import Literal

import pygame

from posture_trainer.screen.kit import text

Size = Literal["shout", "title", "lead", "body", "small"]
_SCALES = (1.0, 1.5, 2.0)
_DESIGN_PX: dict[str, tuple[float, float, float]] = {
    "shout": (64, 78, 88),
    "title": (44, 54, 62),
    "lead": (34, 46, 54),
    "body": (28, 40, 50),
    "small": (22, 33, 44),
}
LARGE = 1.75  # from this text scale on what nobody needs in order to act gives way


def size_px(surface: pygame.Surface, size: Size, text_scale: float, fit: float = 1.0) -> int:
    """The font size in px. fit: 0 to 1, where less than all of it has room."""
    low, middle, high = _DESIGN_PX[size]
    if text_scale <= _SCALES[1]:
        design = low + (middle - low) * (max(1.0, text_scale) - 1.0) / 0.5
    else:
        design = middle + (high - middle) * (min(2.0, text_scale) - 1.5) / 0.5
    return max(text.LAST_RESORT_PX, round(design * text.unit(surface) * fit))


def px(surface: pygame.Surface, design: float) -> int:
    """Pixels of the window for pixels of the design."""
    return round(design * text.unit(surface))
