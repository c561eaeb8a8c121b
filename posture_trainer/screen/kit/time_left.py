"""How long until a page goes on by itself."""

import pygame

from posture_trainer.screen.kit import palette, text


def draw_left(surface: pygame.Surface, bar: pygame.Rect, left_share: float) -> None:
    """A bar that empties. left_share: 1 to 0."""
    pygame.draw.rect(surface, palette.TRACK, bar, max(1, bar.height // 8), border_radius=bar.height // 2)
    left = pygame.Rect(bar.left, bar.top, round(bar.width * min(1.0, max(0.0, left_share))), bar.height)
    if left.width >= left.height:
        pygame.draw.rect(surface, palette.NEUTRAL, left, border_radius=bar.height // 2)
    text.note("bar", bar)
