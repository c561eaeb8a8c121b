"""The pause: what is said, and the large button that goes on; all else that can be chosen stands along the bottom."""

import pygame

from posture_trainer.pages.actions import GO_ON
from posture_trainer.pages.views import Controls
from posture_trainer.screen.kit import text
from posture_trainer.screen.kit.key_bar import draw_large

PAUSED = "Paused. Press Space to go on."
_TALL, _WIDE, _GAP = 88, 400, 16


def draw_paused(surface: pygame.Surface, area: pygame.Rect, controls: Controls, then: str = "") -> None:
    """Draw both in `area`, beside the face. then: what else is in the way."""
    unit = text.unit(surface)
    tall, gap = round(_TALL * unit), round(_GAP * unit)
    above = pygame.Rect(area.left, area.top, area.width, area.height - tall - gap)
    panel = text.draw_message(surface, PAUSED, above, controls.text_scale, then)
    button = pygame.Rect(0, 0, min(area.width, round(_WIDE * unit)), tall)
    button.midtop = panel.centerx, panel.bottom + gap
    draw_large(surface, GO_ON, button.clamp(area), controls, lit=True)
