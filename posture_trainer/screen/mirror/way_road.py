"""How far the way back is, with every degree: from the head, an orange diamond, home to the blue oval of straight."""

import pygame

from posture_trainer.feedback import Cue, Way
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.kit.palette import Colour

LONGEST_DEG = 45.0
_CHEVRON_EACH = 26  # px of the design
_TO_LEFT = (Cue.TURN_LEFT, Cue.TILT_LEFT)


def draw_road(surface: pygame.Surface, cue: Cue, way: Way, rect: pygame.Rect) -> None:
    """Draw it into `rect`: home lies at the end to move to; of the chin it is upright."""
    unit = text.unit(surface)
    upright = cue in (Cue.CHIN_UP, Cue.CHIN_DOWN)
    length, thick = (rect.height, rect.width) if upright else (rect.width, rect.height)
    oval_long, half = min(round(thick * 0.8), length // 3), thick // 2
    span = max(1, length - oval_long - thick // 2)
    first = cue in _TO_LEFT or cue is Cue.CHIN_UP

    def at(from_home: float) -> tuple[int, int]:
        along = oval_long / 2 + from_home
        along = along if first else length - along
        return (rect.left + half, rect.top + round(along)) if upright else (rect.left + round(along), rect.top + half)

    pygame.draw.line(surface, palette.TRACK, at(0), at(span), max(2, round(3 * unit)))
    gone = min(1.0, max(0.0, way.off_deg - way.tolerance_deg) / (LONGEST_DEG - way.tolerance_deg))
    head = oval_long / 2 + gone * (span - oval_long / 2)
    step = max(8.0, _CHEVRON_EACH * unit)
    place = oval_long / 2 + step
    while place < head - step * 0.6:
        _chevron(surface, at(place), _home_way(cue), max(3, round(6 * unit)), palette.WAY_BACK)
        place += step
    oval = (
        pygame.Rect(0, 0, round(thick * 0.62), oval_long)
        if not upright
        else pygame.Rect(0, 0, oval_long, round(thick * 0.62))
    )
    oval.center = at(0)
    pygame.draw.ellipse(surface, palette.PANEL, oval)
    pygame.draw.ellipse(surface, palette.NEUTRAL, oval, max(2, round(5 * unit)))
    _diamond(surface, at(head), max(6, round(thick * 0.36)))
    text.note("road", rect)


def _home_way(cue: Cue) -> tuple[int, int]:
    """The unit step towards home."""
    if cue in (Cue.CHIN_UP, Cue.CHIN_DOWN):
        return (0, -1) if cue is Cue.CHIN_UP else (0, 1)
    return (-1, 0) if cue in _TO_LEFT else (1, 0)


def _chevron(surface: pygame.Surface, at: tuple[int, int], way: tuple[int, int], size: int, colour: Colour) -> None:
    x, y = at
    across = (way[1], way[0])
    points = [
        (x - way[0] * size // 2 + across[0] * size, y - way[1] * size // 2 + across[1] * size),
        (x + way[0] * size // 2, y + way[1] * size // 2),
        (x - way[0] * size // 2 - across[0] * size, y - way[1] * size // 2 - across[1] * size),
    ]
    pygame.draw.lines(surface, colour, False, points, max(2, size // 2))


def _diamond(surface: pygame.Surface, at: tuple[int, int], half: int) -> None:
    x, y = at
    points = [(x, y - half), (x + round(half * 0.7), y), (x, y + half), (x - round(half * 0.7), y)]
    pygame.draw.polygon(surface, palette.WAY_BACK, points)
    pygame.draw.polygon(surface, palette.PANEL, points, max(1, half // 8))
