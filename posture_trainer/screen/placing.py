"""Where the window stands: opened as it was left, the first time as large as the screen allows; with its own icon."""

import io
import os
import sys
from contextlib import suppress
from typing import Any

import pygame

from posture_trainer.errors import UserError
from posture_trainer.records.settings import WindowPlace
from posture_trainer.screen.kit import palette

TITLE = "Posture trainer"
_LEAST_PX = 480
_LAST: list[Any] = []  # the window object that is kept


def open_display(place: WindowPlace) -> None:
    """Open the display there, and show that something is coming. Raises UserError when there is no screen."""
    try:
        _open(place)
    except pygame.error as error:
        raise UserError(f"I can't open a window ({error}). Without a screen use --no-window.") from None


def _open(place: WindowPlace) -> None:
    if sys.platform == "linux":  # only to copy pictures SDL would load OpenGL: 60 MB, and slow without its hardware
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")  # sharp on scaled screens
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "posture-trainer")
    pygame.display.init()
    pygame.font.init()
    pygame.time.Clock()  # starts pygame's time: else get_ticks is 0 for ever, and the second press is one too soon
    pygame.display.set_caption(TITLE)
    pygame.display.set_icon(icon(64))
    if place == WindowPlace(place.width, place.height):  # asked for by its size alone
        pygame.display.set_mode((place.width, place.height), pygame.RESIZABLE)
        return
    size = (max(_LEAST_PX, place.width), max(_LEAST_PX * 9 // 16, place.height))
    flags = pygame.RESIZABLE | (pygame.FULLSCREEN if place.full_screen else 0)
    pygame.display.set_mode((0, 0) if place.full_screen else size, flags)
    window = window_now()
    if window is not None and not place.full_screen:
        with suppress(Exception):  # a window manager need not let itself be told
            if place.left is not None and place.top is not None:
                window.position = (place.left, place.top)
            if place.maximised:
                window.maximize()
    surface = pygame.display.get_surface()
    if surface is not None:
        surface.fill(palette.BACKGROUND)
        image = icon(min(surface.get_size()) // 4)
        surface.blit(image, image.get_rect(center=surface.get_rect().center))
        pygame.display.flip()


def place_now(full_screen: bool) -> WindowPlace:
    """Where the window stands now."""
    width, height = pygame.display.get_window_size()
    window = window_now()
    left: int | None = None
    top: int | None = None
    if window is not None:
        with suppress(Exception):
            left, top = (int(each) for each in window.position)
    whole = max(pygame.display.get_desktop_sizes(), default=(width, height))
    maximised = not full_screen and width >= whole[0] * 0.97 and height >= whole[1] * 0.88
    return WindowPlace(width, height, left, top, maximised, full_screen)


def window_now() -> Any:
    """The window itself, which pygame and pygame-ce keep in different places; None where neither gives it.

    SDL's window points to the object that was made last, and pygame hands that out with each event of the window: were
    it given back, reading events would fail by what lies there now.
    """
    with suppress(Exception):
        _LAST[:] = [pygame.Window.from_display_module()]  # type: ignore[attr-defined]  # pygame-ce
        return _LAST[0]
    with suppress(Exception):
        from pygame._sdl2.video import Window

        _LAST[:] = [Window.from_display_module()]
        return _LAST[0]
    return None


def icon(size_px: int) -> pygame.Surface:
    """The program's sign: the outline of a face with its upright line, blue on the ground's colour."""
    made = pygame.Surface((size_px, size_px), pygame.SRCALPHA)
    pygame.draw.rect(made, palette.BACKGROUND, made.get_rect(), border_radius=size_px // 5)
    wide = max(2, size_px // 12)
    oval = pygame.Rect(0, 0, round(size_px * 0.52), round(size_px * 0.7))
    oval.center = made.get_rect().center
    pygame.draw.ellipse(made, palette.NEUTRAL, oval, wide)
    line = pygame.Rect(0, 0, wide, round(size_px * 0.86))
    line.center = made.get_rect().center
    pygame.draw.rect(made, palette.NEUTRAL, line, border_radius=wide // 2)
    return made


def icon_png(size_px: int) -> bytes:
    """The same as a PNG file's contents."""
    file = io.BytesIO()
    pygame.image.save(icon(size_px), file, "icon.png")
    return file.getvalue()
