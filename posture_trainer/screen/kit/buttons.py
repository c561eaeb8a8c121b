"""Large buttons: to be clicked anywhere, with the key that does the same."""

import pygame

from posture_trainer.pages.actions import CAPS, Action
from posture_trainer.screen.kit import palette, pointing, shapes, text

_CAP_TALL, _PAD = 1.4, 0.5  # of the text's size


def text_room(width: int, size_px: int) -> int:
    """How wide the words of a button may be, in px: what the cap and the margins leave."""
    return max(1, round(width - (_CAP_TALL + 3 * _PAD) * size_px))


def natural_width(action: Action, size_px: int) -> int:
    """How wide a button is whose words stand in one line, in px."""
    return text.font(size_px, True).size(action.word)[0] + round((_CAP_TALL + 3 * _PAD) * size_px) + size_px // 3


def draw_button(surface: pygame.Surface, action: Action, rect: pygame.Rect, size_px: int, main: bool = False) -> None:
    """Draw an action with one key as a button that fills `rect`, and note where. main: the usual one, which is lit.

    The words become smaller where they do not fit.
    """
    fill, ink = (palette.KEY_CAP, palette.DARK_TEXT) if main else (palette.TILE, palette.TEXT)
    edge = max(2, round(2 * text.unit(surface)))
    radius = round(14 * text.unit(surface))
    surface.blit(shapes.card(rect.size, radius, palette.TRACK, 255), rect)
    inner = rect.inflate(-2 * edge, -2 * edge)
    surface.blit(shapes.card(inner.size, radius - edge, fill, 255), inner)
    pad, tall = round(_PAD * size_px), min(round(_CAP_TALL * size_px), inner.height - 2 * edge)
    cap = pygame.Rect(inner.left + pad, inner.centery - tall // 2, tall, tall)
    lit, dark = (palette.PANEL, palette.TEXT) if main else (palette.KEY_CAP, palette.DARK_TEXT)
    surface.blit(shapes.card(cap.size, round(tall * 0.2), lit, 255), cap)
    sign = text.block(CAPS[action.keys[0]], round(size_px * 0.85), cap.width - edge, cap.height, True)
    text.draw_block(surface, sign, _middle(cap, sign.height), dark, "center")
    room = pygame.Rect(cap.right + pad, inner.top, inner.right - pad - cap.right - pad, inner.height)
    words = text.block(action.word, size_px, room.width, room.height, True)
    text.draw_block(surface, words, _middle(room, words.height), ink)
    pointing.note(action, rect, cap)


def _middle(rect: pygame.Rect, height: int) -> pygame.Rect:
    return pygame.Rect(rect.left, rect.centery - height // 2, rect.width, height)
