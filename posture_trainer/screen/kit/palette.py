"""Colours by role, and how well they can be told apart.

Blue and orange are those of Okabe and Ito, which people with any kind of colour vision can tell apart.
Colour is never the only sign: every role also has its own shape, side and word.
Colours are (red, green, blue), 0 to 255 each, in sRGB; alphas are 0 (clear) to 255 (solid).
"""

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

TEXT: Colour = (250, 250, 250)
QUIET_TEXT: Colour = (212, 219, 226)
DARK_TEXT: Colour = (17, 21, 26)

BACKGROUND: Colour = (24, 29, 36)
PANEL: Colour = (17, 21, 26)
PANEL_ALPHA = 205
KEY_CAP: Colour = (226, 231, 236)

NEUTRAL: Colour = (86, 180, 233)
WAY_BACK: Colour = (230, 159, 0)
WAY_BACK_FAINTEST_ALPHA = 200
TRACK: Colour = (150, 160, 170)
TILE: Colour = (39, 48, 58)
TILE_HOVER: Colour = (53, 64, 76)
WELL: Colour = (16, 20, 26)
EDGE: Colour = (119, 132, 143)
DIVIDER: Colour = (61, 72, 84)
LIT: Colour = (246, 239, 226)
LIT_HOVER: Colour = (255, 251, 243)
LIT_PRESSED: Colour = (223, 213, 194)
QUIET_ON_LIT: Colour = (74, 79, 87)
NEUTRAL_ON_LIT: Colour = (10, 90, 140)
DISABLED_TEXT: Colour = (149, 160, 170)
USUAL_BAND: Colour = (47, 88, 114)

GUIDE: Colour = (250, 250, 250)
GUIDE_EDGE: Colour = (17, 21, 26)

DIMMED_SHARE = 0.4


def luminance(colour: Colour) -> float:
    """Relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of WCAG 2, from 1 (the same) to 21 (black and white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(colour: Colour, alpha: int, beneath: Colour) -> Colour:
    """What is seen where `colour` with this alpha (0 to 255) lies over `beneath`."""
    share = alpha / 255
    red, green, blue = (round(share * c + (1 - share) * b) for c, b in zip(colour, beneath, strict=True))
    return red, green, blue


LIGHTEST_PANEL = over(PANEL, PANEL_ALPHA, WHITE)
DARKEST_PANEL = over(PANEL, PANEL_ALPHA, BLACK)
PANELS = (LIGHTEST_PANEL, DARKEST_PANEL)

# What is drawn on what: the test holds text to 4.5 : 1 and signs to 3 : 1, on the lightest picture and on
# the darkest.
TEXT_PAIRS: tuple[tuple[Colour, Colour], ...] = (
    *((TEXT, panel) for panel in PANELS),
    *((QUIET_TEXT, panel) for panel in PANELS),
    (TEXT, BACKGROUND),
    (QUIET_TEXT, BACKGROUND),
    (WAY_BACK, BACKGROUND),
    (DARK_TEXT, KEY_CAP),
    (TEXT, TILE),
    (DARK_TEXT, NEUTRAL),
    *((ink, fill) for ink in (TEXT, QUIET_TEXT) for fill in (TILE, TILE_HOVER, WELL)),
    *((DARK_TEXT, fill) for fill in (LIT, LIT_HOVER, LIT_PRESSED)),
    *((QUIET_ON_LIT, fill) for fill in (LIT, LIT_HOVER, LIT_PRESSED)),
    (DISABLED_TEXT, BACKGROUND),
)
SIGN_PAIRS: tuple[tuple[Colour, Colour], ...] = (
    *((over(WAY_BACK, WAY_BACK_FAINTEST_ALPHA, panel), panel) for panel in PANELS),
    *((NEUTRAL, panel) for panel in PANELS),
    *((TRACK, panel) for panel in PANELS),
    *((TEXT, panel) for panel in PANELS),
    *((KEY_CAP, panel) for panel in PANELS),
    (TRACK, BACKGROUND),
    (KEY_CAP, BACKGROUND),
    (NEUTRAL, TILE),
    (EDGE, BACKGROUND),
    (EDGE, TILE),
    (NEUTRAL, TILE_HOVER),
    (WAY_BACK, TILE),
    (NEUTRAL_ON_LIT, LIT),
    (NEUTRAL, USUAL_BAND),
    (LIT, BACKGROUND),
    (GUIDE, GUIDE_EDGE),
    (NEUTRAL, GUIDE_EDGE),
    (WAY_BACK, GUIDE_EDGE),
)
