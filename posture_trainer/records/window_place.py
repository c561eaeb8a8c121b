"""Where a window stands. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WindowPlace:
    """Its size and its top left corner in px. left, top: None where it never was. maximised: fills the screen beside
    the system's own bars. full_screen: over them."""

    width: int = 1280
    height: int = 720
    left: int | None = None
    top: int | None = None
    maximised: bool = False
    full_screen: bool = False
