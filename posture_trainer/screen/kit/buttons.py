"""Everything that can be pressed, on every page: at rest, under the pointer, pressed, ringed, chosen, disabled."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from posture_trainer.pages.actions import CAPS, Action
from posture_trainer.pages.front.page import Button
from posture_trainer.screen.kit import palette, pointing, shapes, signs, sizes, text
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.kit.pointing import Look

_CAP_TALL, _PAD = 1.4, 0.5  # of the text's size
RADIUS, TILE_RADIUS, DOOR_RADIUS = 14, 20, 28
_RING, _RING_AWAY = 4, 3
_DASH = 10


@dataclass(frozen=True)
class Plate:
    """What a button is drawn on. fill, ink, quiet: its colours. edge: of its edge, None for none; edge_px: how wide."""

    fill: Colour | None
    ink: Colour
    quiet: Colour
    edge: Colour | None
    edge_px: int = 2


def plate_of(look: Look, lit: bool = False, chosen: bool = False, well: bool = False, disabled: bool = False) -> Plate:
    """The colours for what it is and how it looks just now."""
    if disabled:
        return Plate(None, palette.DISABLED_TEXT, palette.DISABLED_TEXT, palette.EDGE)
    if lit:
        fill = palette.LIT_PRESSED if look.pressed else palette.LIT_HOVER if look.hover else palette.LIT
        return Plate(fill, palette.DARK_TEXT, palette.QUIET_ON_LIT, None)
    fill = palette.WELL if look.pressed or well else palette.TILE_HOVER if look.hover or chosen else palette.TILE
    edge = palette.NEUTRAL if chosen else palette.QUIET_TEXT if look.hover else palette.EDGE
    return Plate(fill, palette.TEXT, palette.QUIET_TEXT, edge, 4 if chosen else 2)


def draw_plate(
    surface: pygame.Surface, rect: pygame.Rect, plate: Plate, look: Look, radius: int = RADIUS
) -> pygame.Rect:
    """Draw it with its ring; gives where its content goes: a pressed one lies 2 px lower. radius: of the design."""
    unit = text.unit(surface)
    if look.ring:
        draw_ring(surface, rect, radius)
    if look.pressed:
        rect = rect.move(0, max(1, round(2 * unit)))
    corner = round(radius * unit)
    edge = max(2, round(plate.edge_px * unit))
    if plate.fill is None:
        _dashed(surface, rect, palette.EDGE, edge)
        return rect
    if plate.edge is None:
        surface.blit(shapes.card(rect.size, corner, plate.fill, 255), rect)
    else:
        surface.blit(_edged(rect.size, corner, plate.fill, plate.edge, edge), rect)
    return rect


@lru_cache(maxsize=128)  # as many as there is room for cards
def _edged(size: tuple[int, int], corner: int, fill: Colour, edge: Colour, edge_px: int) -> pygame.Surface:
    """A card with an edge as one image: of two, one over the other, each frame would take twice as long."""
    whole = shapes.card(size, corner, edge, 255)
    inner = pygame.Rect((0, 0), size).inflate(-2 * edge_px, -2 * edge_px)
    solid = pygame.Surface(size, depth=32)  # without alpha, as the window is: the two mix as they do there
    solid.fill(edge)
    solid.blit(shapes.card(inner.size, corner - edge_px, fill, 255), inner)
    clear = pygame.surfarray.array_alpha(whole)
    whole = whole.copy()
    whole.blit(solid, (0, 0))
    pygame.surfarray.pixels_alpha(whole)[...] = clear
    return whole


def draw_ring(surface: pygame.Surface, rect: pygame.Rect, radius: int = RADIUS) -> None:
    """The ring that shows where Enter goes."""
    unit = text.unit(surface)
    wide, away = max(2, round(_RING * unit)), max(2, round(_RING_AWAY * unit))
    ring = rect.inflate(2 * (wide + away), 2 * (wide + away))
    pygame.draw.rect(surface, palette.TEXT, ring, wide, border_radius=round((radius + 5) * unit))
    text.note("ring", ring)


def _dashed(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, wide: int) -> None:
    dash = max(4, round(_DASH * text.unit(surface)))
    for left in range(rect.left, rect.right, 2 * dash):
        for top in (rect.top, rect.bottom - wide):
            surface.fill(colour, (left, top, min(dash, rect.right - left), wide))
    for top in range(rect.top, rect.bottom, 2 * dash):
        for left in (rect.left, rect.right - wide):
            surface.fill(colour, (left, top, wide, min(dash, rect.bottom - top)))


def cap_width(words: str, px: int) -> int:
    """How wide a key is with this printed on it, in px."""
    return max(round(px * 1.4), text.width_of(words, px, True) + round(px * 0.9))


def draw_cap(
    surface: pygame.Surface, words: str, px: int, ink: Colour, fill: Colour, middle_right: tuple[int, int]
) -> pygame.Rect:
    """A key with what is printed on it; its right edge's middle lies there. Gives its place."""
    image = text.rendered(words, px, True, ink)
    cap = pygame.Rect(0, 0, cap_width(words, px), round(px * 1.4))
    cap.midright = middle_right
    surface.blit(shapes.card(cap.size, round(px * 0.32), fill, 255), cap)
    place = image.get_rect(center=cap.center)
    surface.blit(image, place)
    text.note(words, place, px)
    return cap


def word_now(button: Button, text_scale: float) -> str:
    """Its word, or the short one where the text is large."""
    return button.short if button.short and text_scale >= sizes.LARGE else button.word


def front_width(
    surface: pygame.Surface, button: Button, size: sizes.Size, text_scale: float, capped: bool = True
) -> int:
    """How wide a button of a page is whose words stand in one line, in px. capped: whether its key is drawn."""
    px = sizes.size_px(surface, size, text_scale)
    pad, wide = sizes.px(surface, 26), 0
    if button.sign:
        wide += round(px * 1.3) + sizes.px(surface, 12)
    if button.cap and capped and text_scale < sizes.LARGE:
        cap_px = round(px * 0.72)
        wide += cap_width(button.cap, cap_px)
        wide += sizes.px(surface, 18)
    return 2 * pad + wide + text.width_of(word_now(button, text_scale), px, True)


def draw_front(
    surface: pygame.Surface,
    button: Button,
    rect: pygame.Rect,
    size: sizes.Size,
    text_scale: float,
    lit: bool = False,
    left: bool = False,
    capped: bool = True,
    fit: float = 1.0,
) -> None:
    """Draw a button of a page that fills `rect`, and note where. lit: the next sensible step. left: its words begin at
    the left, as of a door; else they stand in the middle. capped: its key is drawn too. fit: of its text, 0 to 1.
    Words that do not fit become smaller."""
    look = pointing.look(button, rect)
    plate = plate_of(look, lit, button.chosen, disabled=button.disabled)
    large = text_scale >= sizes.LARGE
    radius = TILE_RADIUS if rect.height > sizes.px(surface, 110) else RADIUS
    place = draw_plate(surface, rect, plate, look, radius)
    if look.held:
        _held(surface, place, look.held)
    px = sizes.size_px(surface, size, text_scale, fit)
    pad, gap = min(sizes.px(surface, 26), rect.width // 8), sizes.px(surface, 12)
    inside = pygame.Rect(place.left + pad, place.top, place.width - 2 * pad, place.height)
    if button.cap and capped and not large and inside.width > px * 6:
        cap_ink, cap_fill = (palette.TEXT, palette.DARK_TEXT) if lit else (palette.DARK_TEXT, palette.KEY_CAP)
        cap = draw_cap(surface, button.cap, round(px * 0.72), cap_ink, cap_fill, inside.midright)
        inside.width = cap.left - gap - inside.left
    _draw_content(surface, button, inside, plate, px, text_scale, left)
    pointing.note(button, rect, rect)


def _draw_content(
    surface: pygame.Surface, button: Button, inside: pygame.Rect, plate: Plate, px: int, text_scale: float, left: bool
) -> None:
    """The sign, the word and the quiet line of a button, in what its margins and its key leave. px: of the word."""
    gap = sizes.px(surface, 12)
    sign = "" if button.chosen else button.sign
    sign_px = 0
    if button.chosen or sign:
        sign_px = min(round(px * (1.55 if left and inside.height > px * 3 else 1.25)), round(inside.height * 0.6))
    word = word_now(button, text_scale)
    if button.chosen and word and sign_px + gap + text.width_of(word, px, True) > inside.width:
        sign_px = 0  # a narrow one is told by its edge
    alone = sign and not word
    room = inside.width - (sign_px + gap if sign_px else 0)
    words = text.block(word, px, max(1, room), round(inside.height * 0.9), True)
    detail = None
    if button.detail and text_scale < sizes.LARGE:
        small = min(round(0.8 * px), sizes.size_px(surface, "small", text_scale))
        detail = text.block(button.detail, small, max(1, room), max(1, inside.height - words.height - gap))
        detail = detail if detail.size_px > 0.8 * small else None
    wide = max(words.width, detail.width if detail else 0) + (sign_px + gap if sign_px else 0)
    start = inside.left if left else inside.left + max(0, (inside.width - wide) // 2)
    if sign_px:
        at = (
            (start, inside.centery - sign_px // 2)
            if not alone
            else (inside.centerx - sign_px // 2, inside.centery - sign_px // 2)
        )
        image = (
            signs.disc(sign_px, palette.NEUTRAL, palette.DARK_TEXT)
            if button.chosen
            else signs.sign(sign, sign_px, plate.ink)
        )
        surface.blit(image, at)
        start += sign_px + gap
    tall = words.height + (detail.height if detail else 0)
    top = inside.centery - tall // 2
    text.draw_block(surface, words, pygame.Rect(start, top, words.width, words.height), plate.ink)
    if detail:
        text.draw_block(surface, detail, pygame.Rect(start, top + words.height, room, detail.height), plate.quiet)


def _held(surface: pygame.Surface, rect: pygame.Rect, share: float) -> None:
    """For how much of its time a button has been held: a bar along its foot."""
    bar = pygame.Rect(rect.left, rect.bottom - max(6, rect.height // 8), rect.width, max(6, rect.height // 8))
    pygame.draw.rect(surface, palette.TRACK, bar, border_radius=bar.height // 2)
    bar.width = round(bar.width * share)
    pygame.draw.rect(surface, palette.NEUTRAL, bar, border_radius=bar.height // 2)


def text_room(width: int, size_px: int) -> int:
    """How wide the words of an action's button may be, in px: what the cap and the margins leave."""
    return max(1, round(width - (_CAP_TALL + 3 * _PAD) * size_px))


def natural_width(action: Action, size_px: int) -> int:
    """How wide an action's button is whose words stand in one line, in px."""
    return text.width_of(action.word, size_px, True) + round((_CAP_TALL + 3 * _PAD) * size_px) + size_px // 3


def draw_button(surface: pygame.Surface, action: Action, rect: pygame.Rect, size_px: int, main: bool = False) -> None:
    """Draw an action with one key as a button that fills `rect`, and note where. main: the usual one, which is lit.

    The words become smaller where they do not fit.
    """
    look = pointing.look(action, rect)
    plate = plate_of(look, lit=main)
    edge = max(2, round(2 * text.unit(surface)))
    inner = draw_plate(surface, rect, plate, look).inflate(-2 * edge, -2 * edge)
    pad, tall = round(_PAD * size_px), min(round(_CAP_TALL * size_px), inner.height - 2 * edge)
    cap = pygame.Rect(inner.left + pad, inner.centery - tall // 2, tall, tall)
    lit, dark = (palette.PANEL, palette.TEXT) if main else (palette.KEY_CAP, palette.DARK_TEXT)
    surface.blit(shapes.card(cap.size, round(tall * 0.2), lit, 255), cap)
    sign = text.block(CAPS[action.keys[0]], round(size_px * 0.85), cap.width - edge, cap.height, True)
    text.draw_block(surface, sign, _middle(cap, sign.height), dark, "center")
    room = pygame.Rect(cap.right + pad, inner.top, inner.right - pad - cap.right - pad, inner.height)
    words = text.block(action.word, size_px, room.width, room.height, True)
    text.draw_block(surface, words, _middle(room, words.height), plate.ink)
    pointing.note(action, rect, cap)


def _middle(rect: pygame.Rect, height: int) -> pygame.Rect:
    return pygame.Rect(rect.left, rect.centery - height // 2, rect.width, height)
