"""Which drawing belongs to which part of a page."""

import pygame

from posture_trainer.pages.front.page import (
    Bars,
    Choices,
    DeskSign,
    Door,
    Fields,
    Keys,
    Listing,
    Part,
    Pictures,
    Tiles,
    WeeksPicture,
    Words,
)
from posture_trainer.screen.kit import sizes
from posture_trainer.screen.kit.choice_row import choices_height, draw_choices
from posture_trainer.screen.kit.field import draw_fields, fields_height
from posture_trainer.screen.kit.listing import draw_listing, listing_height
from posture_trainer.screen.kit.sentences import draw_keys_list, draw_words, keys_height, words_height
from posture_trainer.screen.kit.tiles import draw_pictures, draw_tiles, pictures_height, tiles_height
from posture_trainer.screen.pages.end_drawing import draw_end
from posture_trainer.screen.pages.progress_drawing import draw_weeks

_WEEKS_TALL, _BARS_TALL = 360, 236


def part_height(surface: pygame.Surface, part: Part, width: int, text_scale: float, fit: float) -> int:
    """How high a part is that is so wide, in px. fit: 0 to 1 of its text."""
    match part:
        case Words():
            return words_height(surface, part, width, text_scale, fit)
        case Tiles():
            return tiles_height(surface, part, text_scale, fit)
        case Choices():
            return choices_height(surface, part, width, text_scale, fit)
        case Fields():
            return fields_height(surface, part, text_scale, fit)
        case Listing():
            return listing_height(surface, part, text_scale, fit)
        case Keys():
            return keys_height(surface, part, text_scale, fit)
        case Pictures():
            return pictures_height(surface, part, width, text_scale, fit)
        case WeeksPicture():
            return round(sizes.px(surface, _WEEKS_TALL) * fit)
        case Bars():
            return round(sizes.px(surface, _BARS_TALL) * fit)
        case Door() | DeskSign():
            return 0


def draw_part(surface: pygame.Surface, part: Part, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw a part that fills `rect`."""
    match part:
        case Words():
            draw_words(surface, part, rect, text_scale, fit)
        case Tiles():
            draw_tiles(surface, part, rect, text_scale, fit)
        case Choices():
            draw_choices(surface, part, rect, text_scale, fit)
        case Fields():
            draw_fields(surface, part, rect, text_scale, fit)
        case Listing():
            draw_listing(surface, part, rect, text_scale, fit)
        case Keys():
            draw_keys_list(surface, part, rect, text_scale, fit)
        case Pictures():
            draw_pictures(surface, part, rect, text_scale, fit)
        case WeeksPicture():
            draw_weeks(surface, part, rect, text_scale)
        case Bars():
            draw_end(surface, part, rect, text_scale)
        case Door() | DeskSign():
            pass
