"""My progress: the last weeks in one picture. A dot for each, a band of its usual ups and downs, a box for a day."""

from collections.abc import Callable

import pygame

from posture_trainer.pages.front.page import Week, WeeksPicture
from posture_trainer.screen.kit import palette, sizes, text
from posture_trainer.screen.kit.listing import draw_boxes

_STEPS = (1, 2, 5, 10, 15, 20, 30, 60)


def draw_weeks(surface: pygame.Surface, part: WeeksPicture, rect: pygame.Rect, text_scale: float) -> None:
    """Draw the picture."""
    small, large = sizes.size_px(surface, "small", min(text_scale, 1.5)), text_scale >= sizes.LARGE
    highest = max([each.high or each.value or 0.0 for each in part.weeks] or [0.0])
    step = next((each for each in _STEPS if highest / each <= 3.5), _STEPS[-1])
    top_value = max(step, step * -(-highest // step))
    axis = text.width_of(f"{top_value:.0f} {part.unit}", small, False) + small
    below = round(3.3 * small)
    chart = pygame.Rect(
        rect.left + axis, rect.top + round(1.6 * small), rect.width - axis, rect.height - below - round(1.6 * small)
    )
    each_wide = chart.width / max(1, len(part.weeks))

    def at(number: int, value: float) -> tuple[int, int]:
        return round(chart.left + (number + 0.5) * each_wide), round(chart.bottom - value / top_value * chart.height)

    if not large:
        for line in range(int(top_value / step) + 1):
            y = at(0, line * step)[1]
            surface.fill(palette.DIVIDER, (chart.left, y, chart.width, max(1, sizes.px(surface, 2))))
            label = text.block(f"{line * step} {part.unit}" if line else "0", small, axis)
            text.draw_block(
                surface,
                label,
                pygame.Rect(rect.left, y - label.height // 2, axis - small // 2, 0),
                palette.QUIET_TEXT,
                "right",
            )
    _draw_bands(surface, part.weeks, at)
    known = [(number, week.value) for number, week in enumerate(part.weeks) if week.value is not None]
    dot = max(4, sizes.px(surface, 10))
    for number, value in known:
        if number and part.weeks[number - 1].value is not None:
            pygame.draw.line(
                surface,
                palette.NEUTRAL,
                at(number - 1, part.weeks[number - 1].value or 0),
                at(number, value),
                max(3, sizes.px(surface, 7)),
            )
    for number, value in known:
        pygame.draw.circle(surface, palette.BACKGROUND, at(number, value), dot + max(2, dot // 3))
        pygame.draw.circle(surface, palette.NEUTRAL, at(number, value), dot)
    for number, value in {known[0], known[-1]} if known else set():
        words = text.block(
            f"{value:.0f} {part.unit}", sizes.size_px(surface, "lead", min(text_scale, 1.5)), chart.width, None, True
        )
        x, y = at(number, max(value, part.weeks[number].high or 0))
        place = pygame.Rect(x - words.width // 2, y - words.height - dot // 2, words.width, 0)
        place.clamp_ip(pygame.Rect(rect.left, rect.top, rect.width, rect.height))
        text.draw_block(surface, words, place)
    _draw_days(
        surface,
        part,
        pygame.Rect(rect.left, chart.bottom + small // 2, rect.width, below - small // 2),
        (chart.left, each_wide),
        small,
    )


def _draw_bands(surface: pygame.Surface, weeks: tuple[Week, ...], at: Callable[[int, float], tuple[int, int]]) -> None:
    """The band of usual variation over each run of weeks without a gap."""
    run: list[int] = []
    for number, week in enumerate((*weeks, Week(None, None, None, 0, 0))):
        if number < len(weeks) and week.low is not None and week.high is not None:
            run.append(number)
            continue
        if len(run) > 1:
            high = [at(each, weeks[each].high or 0) for each in run]
            low = [at(each, weeks[each].low or 0) for each in run]
            pygame.draw.polygon(surface, palette.USUAL_BAND, [*high, *reversed(low)])
            for edge in (high, low):
                pygame.draw.lines(surface, palette.NEUTRAL, False, edge, 2)
        run = []


def _draw_days(
    surface: pygame.Surface, part: WeeksPicture, rect: pygame.Rect, columns: tuple[int, float], small: int
) -> None:
    """Under each week its days as boxes, and what the ends and the gaps are."""
    left, wide = columns
    for number, week in enumerate(part.weeks):
        of = max(week.asked, week.days)
        box_wide = min(sizes.px(surface, 14), round(wide * 0.8) // max(1, round(of * 1.45)))
        whole = round(of * box_wide * 1.45)
        place = pygame.Rect(
            round(left + (number + 0.5) * wide - whole / 2), rect.top, round(wide * 0.85), round(1.4 * small)
        )
        draw_boxes(surface, week.days, of, place)
        if not week.days and part.gap and 0 < number < len(part.weeks) - 1:
            words = text.block(part.gap, small, round(1.3 * wide), round(1.3 * small))
            middle = pygame.Rect(
                round(left + (number + 0.5) * wide - words.width / 2), place.top - round(1.6 * small), words.width, 0
            )
            surface.fill(
                palette.BACKGROUND,
                middle.move(0, 0).inflate(small // 2, 0).union(pygame.Rect(middle.left, middle.top, 1, words.height)),
            )
            text.draw_block(surface, words, middle, palette.QUIET_TEXT)
    for number, label in ((0, part.first), (len(part.weeks) - 1, part.last)):
        words = text.block(label, small, round(2 * wide))
        place = pygame.Rect(
            round(left + (number + 0.5) * wide - words.width / 2), rect.top + round(1.5 * small), words.width, 0
        )
        place.clamp_ip(rect)
        text.draw_block(surface, words, place, palette.QUIET_TEXT)
