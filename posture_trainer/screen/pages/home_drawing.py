"""Home: the greeting, the lit door to practice, three doors beside it, and what else at the foot."""

from dataclasses import replace

import pygame

from posture_trainer.pages.front.page import Button, Door, PageView, Tiles
from posture_trainer.screen.kit import palette, pointing, shapes, signs, sizes, text
from posture_trainer.screen.kit.buttons import (
    DOOR_RADIUS,
    cap_width,
    draw_cap,
    draw_front,
    draw_plate,
    front_width,
    plate_of,
)

_MARGIN, _LARGE_MARGIN, _GAP = 48, 32, 24
_TOP, _TALL, _FOOT_TALL = 28, 80, 80
_LARGE_TOP, _LARGE_TALL, _LARGE_FOOT = 18, 84, 96
_DOOR_SHARE, _LARGE_DOOR_SHARE = 0.602, 0.48
_OR_CLICK = "or click"


def draw_home(surface: pygame.Surface, view: PageView, text_scale: float, notice: str) -> None:
    """Draw the whole window."""
    large = text_scale >= sizes.LARGE
    width, height = surface.get_size()
    margin, gap = sizes.px(surface, _LARGE_MARGIN if large else _MARGIN), sizes.px(surface, _GAP)
    top = sizes.px(surface, _LARGE_TOP if large else _TOP)
    head = pygame.Rect(margin, top, width - 2 * margin, sizes.px(surface, _LARGE_TALL if large else _TALL))
    foot_tall = sizes.px(surface, _LARGE_FOOT if large else _FOOT_TALL)
    foot = pygame.Rect(margin, height - sizes.px(surface, 24 if large else 28) - foot_tall, head.width, foot_tall)
    _draw_head(surface, view, head, text_scale)
    middle = pygame.Rect(margin, head.bottom + gap, head.width, foot.top - head.bottom - 2 * gap)
    line = notice or view.note
    if line and not (large and not notice):
        small = sizes.size_px(surface, "small", text_scale)
        block = text.block(line, small, middle.width, 3 * small)
        middle.height -= block.height - gap // 2
        text.draw_block(
            surface, block, pygame.Rect(margin, middle.bottom + gap // 4, block.width, 0), palette.QUIET_TEXT
        )
    wide = round(middle.width * (_LARGE_DOOR_SHARE if large else _DOOR_SHARE))
    for part in view.parts:
        if isinstance(part, Door):
            _draw_door(surface, part, pygame.Rect(middle.left, middle.top, wide, middle.height), text_scale)
        elif isinstance(part, Tiles):
            left = middle.left + wide + gap
            _draw_doors(
                surface, part.buttons, pygame.Rect(left, middle.top, middle.right - left, middle.height), text_scale
            )
    _draw_foot(surface, view, foot, text_scale, middle.left + wide + gap)


def _draw_head(surface: pygame.Surface, view: PageView, head: pygame.Rect, text_scale: float) -> None:
    large, right, gap = text_scale >= sizes.LARGE, head.right, sizes.px(surface, 16)
    corners = (view.corner, view.unwell) if large else (view.corner,)
    for button in corners:
        if button is not None:
            wide = min(front_width(surface, button, "body", text_scale, capped=False), head.width // 2)
            right -= wide
            place = pygame.Rect(right, head.top, wide, head.height)
            draw_front(surface, button, place, "body", text_scale, capped=False)
            right -= gap
    size_px = round(sizes.size_px(surface, "title", text_scale) * (1.0 if large else 1.2))
    title = text.block(view.title, size_px, max(1, right - head.left), head.height, True)
    text.draw_block(surface, title, pygame.Rect(head.left, head.centery - title.height // 2, title.width, 0))


def _draw_door(surface: pygame.Surface, door: Door, rect: pygame.Rect, text_scale: float) -> None:
    """The lit door: the mirror's sign, the word, what and how long, how often today."""
    large, look = text_scale >= sizes.LARGE, pointing.look(door.button, rect)
    plate = plate_of(look, lit=True)
    place = draw_plate(surface, rect, plate, look, DOOR_RADIUS)
    pad = sizes.px(surface, 40)
    inside = place.inflate(-2 * pad, -2 * pad)
    if not large and inside.width > inside.height:
        picture = pygame.Rect(inside.left, inside.top, min(sizes.px(surface, 268), inside.width // 3), inside.height)
        surface.blit(shapes.card(picture.size, sizes.px(surface, 14), palette.BACKGROUND, 255), picture)
        image = signs.sign("mirror", min(picture.width, picture.height) - pad // 4, palette.NEUTRAL)
        surface.blit(image, image.get_rect(center=picture.center))
        inside = pygame.Rect(picture.right + pad, inside.top, inside.right - picture.right - pad, inside.height)
    word = text.block(
        door.button.word, sizes.size_px(surface, "shout", text_scale), inside.width, inside.height // 3, True
    )
    text.draw_block(surface, word, inside, plate.ink)
    top = inside.top + word.height + pad // 8
    body = sizes.size_px(surface, "body", text_scale)
    lines = "\n".join((door.short,) if large else door.words)
    if lines:
        room = inside.bottom - top - round(4.4 * body)
        said = text.block(lines, body, inside.width, max(body, room))
        text.draw_block(surface, said, pygame.Rect(inside.left, top, inside.width, 0), plate.quiet)
        top += said.height + pad // 2
    if door.asked:
        top = _draw_times(surface, door, pygame.Rect(inside.left, top, inside.width, round(1.6 * body)), large)
        count = text.block(door.count_short if large else door.count_words, body, inside.width, None, True)
        text.draw_block(surface, count, pygame.Rect(inside.left, top, inside.width, 0), plate.ink)
        top += count.height
    if not large and inside.bottom - top > 1.6 * body:
        small = round(body * 0.93)
        bottom = inside.bottom - round(0.8 * small)
        right = inside.left + cap_width(door.button.cap, small)
        cap = draw_cap(surface, door.button.cap, small, palette.TEXT, palette.DARK_TEXT, (right, bottom))
        click = text.block(_OR_CLICK, body, inside.width - cap.width)
        at = pygame.Rect(cap.right + pad // 3, cap.centery - click.height // 2, click.width, 0)
        text.draw_block(surface, click, at, plate.quiet)
    pointing.note(door.button, rect, rect)


def _draw_times(surface: pygame.Surface, door: Door, rect: pygame.Rect, large: bool) -> int:
    """A disc for each time today; gives where they end, in px."""
    each = min(round(rect.height * (1.0 if large else 1.05)), rect.width // max(1, round(door.asked * 1.4)))
    for number in range(door.asked):
        left = rect.left + round(number * each * 1.4)
        image = (
            signs.disc(each, palette.NEUTRAL_ON_LIT, palette.LIT)
            if number < door.done
            else shapes.whole_ring(each, 0.08, palette.QUIET_ON_LIT)
        )
        surface.blit(image, (left, rect.top))
    text.note("times", pygame.Rect(rect.left, rect.top, rect.width, each))
    return rect.top + each + round(each * 0.25)


def _draw_doors(surface: pygame.Surface, buttons: tuple[Button, ...], rect: pygame.Rect, text_scale: float) -> None:
    gap = sizes.px(surface, 16)
    tall = (rect.height - gap * (len(buttons) - 1)) // max(1, len(buttons))
    for number, button in enumerate(buttons):
        place = pygame.Rect(rect.left, rect.top + number * (tall + gap), rect.width, tall)
        draw_front(surface, button, place, "lead", text_scale, left=True)


def _widths(surface: pygame.Surface, view: PageView, buttons: list[Button], text_scale: float) -> list[int]:
    return [front_width(surface, each, "body", text_scale, capped=each is view.unwell) for each in buttons]


def _draw_foot(surface: pygame.Surface, view: PageView, foot: pygame.Rect, text_scale: float, doors_left: int) -> None:
    """What else; help and close at the right under the doors; at 100 % also the button for whoever feels unwell."""
    gap, large = sizes.px(surface, 16), text_scale >= sizes.LARGE
    right = [button for button in (view.help, view.back) if button is not None]
    wide = (foot.right - doors_left - gap * (len(right) - 1)) // max(1, len(right))
    left = [*view.nexts, *([view.unwell] if view.unwell and not large else [])]
    room = doors_left - sizes.px(surface, _GAP) - foot.left - gap * (len(left) - 1)
    widths = _widths(surface, view, left, text_scale)
    if sum(widths) > room:
        left = [each if each is view.unwell else replace(each, word=each.short or each.word) for each in left]
        widths = _widths(surface, view, left, text_scale)
    squeeze = min(1.0, room / max(1, sum(widths)))
    at = foot.left
    for button, each in zip(left, widths, strict=True):
        place = pygame.Rect(at, foot.top, round(each * squeeze), foot.height)
        draw_front(surface, button, place, "body", text_scale, capped=button is view.unwell)
        at = place.right + gap
    for number, button in enumerate(right):
        place = pygame.Rect(doors_left + number * (wide + gap), foot.top, wide, foot.height)
        draw_front(surface, button, place, "body", text_scale)
