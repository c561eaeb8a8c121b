"""A question whose answers are large buttons: what it is about, the buttons, the time until it goes on by itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pygame

from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.views import Controls
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.kit.buttons import draw_button, text_room
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.kit.time_left import draw_left

_TITLE_PX, _WORDS_PX, _ITEM_PX, _BUTTON_PX, _HINT_PX = 24, 50, 34, 38, 24
_LEAST_FIT = 0.3
_SHORT_WORD = 20  # signs: with longer ones the buttons stand one under the other
_USUAL_SHARE = 0.56  # of the width, for the usual one of two answers
_MOST_TALL = 132  # of a button that has room to grow


@dataclass(frozen=True)
class _Blocks:
    """All words at one size. tall: of a button, in px."""

    title: text.Block
    words: text.Block
    items: tuple[text.Block, ...]
    hint: text.Block
    button_px: int
    tall: int
    gap: int

    @property
    def columns(self) -> tuple[tuple[text.Block, ...], ...]:
        """The items, the first half left."""
        half = (len(self.items) + 1) // 2
        return self.items[:half], self.items[half:]

    @property
    def listed(self) -> int:
        """How high the items are, in px."""
        return max(sum(each.height for each in column) for column in self.columns)


def draw_choice(surface: pygame.Surface, view: ChoiceView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    keys = draw_keys(surface, view.actions, controls)
    unit = text.unit(surface)
    margin = round(40 * unit)
    inside = pygame.Rect(margin, round(20 * unit), surface.get_width() - 2 * margin, keys.top - round(36 * unit))
    bar = pygame.Rect(inside.left, inside.bottom - round(14 * unit), inside.width, round(14 * unit))
    room = bar.top - inside.top - round(10 * unit)
    across = all(len(action.word) <= _SHORT_WORD for action in view.choices)
    rows = 1 if across else len(view.choices)

    def blocks(fit: float) -> _Blocks:
        def sized(px: float) -> int:
            return max(text.LAST_RESORT_PX, round(text.text_px(surface, px, controls.text_scale) * fit))

        return _blocks(view, controls, inside.width, sized, across, unit)

    def needed(found: _Blocks) -> int:
        buttons = rows * found.tall + (rows - 1) * (found.gap // 2)
        words = found.title.height + found.words.height + found.listed + found.hint.height
        return words + buttons + 3 * found.gap

    fit, found = 1.0, blocks(1.0)
    while fit > _LEAST_FIT and needed(found) > room:
        fit -= 0.02
        found = blocks(fit)
    spare = max(0, room - needed(found))
    taller = min(spare // (rows + 1), round(_MOST_TALL * unit) - min(found.tall, round(_MOST_TALL * unit)))
    found, spare = replace(found, tall=found.tall + taller), (spare - rows * taller) // 3
    _draw(surface, view, found, inside, bar, across, spare)
    draw_left(surface, bar, view.left_share)


def _blocks(
    view: ChoiceView, controls: Controls, width: int, sized: Callable[[float], int], across: bool, unit: float
) -> _Blocks:
    button_px, item_px = sized(_BUTTON_PX), sized(_ITEM_PX)
    half = width // 2 - 2 * item_px
    places = _places(view, pygame.Rect(0, 0, width, 1), round(16 * unit), 1, across)
    words = [
        text.block(action.word, button_px, text_room(place.width, button_px), None, True)
        for action, place in zip(view.choices, places, strict=True)
    ]
    least = round((88 if across else 72) * unit)
    return _Blocks(
        title=text.block(view.title, sized(_TITLE_PX), width),
        words=text.block(view.words, sized(_WORDS_PX), width, None, True),
        items=tuple(text.block(item, item_px, half) for item in view.items),
        hint=text.block(controls.notice or view.hint, sized(_HINT_PX), width),
        button_px=button_px,
        tall=max(least, max(each.height for each in words) + button_px // 2),
        gap=round(16 * unit),
    )


def _places(view: ChoiceView, first: pygame.Rect, gap: int, tall: int, across: bool) -> list[pygame.Rect]:
    """Where each button goes, from the top left of `first` on, as wide as it together."""
    choices = view.choices
    if not across:
        return [
            pygame.Rect(first.left, first.top + at * (tall + gap // 2), first.width, tall) for at in range(len(choices))
        ]
    free = first.width - gap * (len(choices) - 1)
    shares = [_USUAL_SHARE, 1 - _USUAL_SHARE] if view.items else [1 / len(choices)] * len(choices)
    places, left = [], first.left
    for share in shares:
        places.append(pygame.Rect(left, first.top, round(free * share), tall))
        left = places[-1].right + gap
    return places


def _draw(
    surface: pygame.Surface,
    view: ChoiceView,
    found: _Blocks,
    inside: pygame.Rect,
    bar: pygame.Rect,
    across: bool,
    spare: int,
) -> None:
    text.draw_block(surface, found.title, inside, palette.QUIET_TEXT)
    top = inside.top + found.title.height
    text.draw_block(surface, found.words, pygame.Rect(inside.left, top, inside.width, found.words.height))
    top += found.words.height + found.gap + (spare if view.items else 0)
    half = inside.width // 2
    for column, items in enumerate(found.columns):
        left, item_top = inside.left + column * half, top
        for item in items:
            dot = max(4, round(item.size_px * 0.28))
            first = item_top + item.height // len(item.lines) // 2
            surface.blit(shapes.card((dot, dot), dot // 2, palette.NEUTRAL, 255), (left, first - dot // 2))
            text.draw_block(surface, item, pygame.Rect(left + item.size_px, item_top, half, item.height))
            item_top += item.height
    top += found.listed + (found.gap if found.items else 0) + spare
    first_row = pygame.Rect(inside.left, top, inside.width, 1)
    places = _places(view, first_row, found.gap, found.tall, across)
    for number, (action, place) in enumerate(zip(view.choices, places, strict=True)):
        draw_button(surface, action, place, found.button_px, main=bool(view.items) and number == 0)
    hint = pygame.Rect(inside.left, bar.top - found.gap // 2 - found.hint.height, inside.width, found.hint.height)
    text.draw_block(surface, found.hint, hint, palette.QUIET_TEXT)
