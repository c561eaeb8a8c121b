"""Settings: of the person who is here, and of this computer. Every change counts at once and is kept. Pure."""

from dataclasses import dataclass

from posture_trainer.pages.front.page import DONE, Button, Choices, PageView, Part, back_to, choice

TEXT, REMINDERS, FACE, DEGREES, SCREEN = "text", "reminders", "face", "degrees", "screen"
QUIETER, LOUDER, HEAR, CAMERA, FIRST, MORE = "quieter", "louder", "hear", "camera", "first steps", "more settings"
TEXT_SCALES = {"normal": 1.0, "larger": 1.5, "largest": 2.0}
LARGE_ROWS = 4


@dataclass(frozen=True)
class SettingsNow:
    """As they are. who: of whom, '' for a guest. reminders: tones, voice or both. camera: its name."""

    who: str
    text_scale: float
    volume: float
    reminders: str
    hide_face: bool
    degrees: bool
    full_screen: bool
    camera: str


def reminders_of(cues: bool, spoken: bool) -> str:
    """Which of the choices it is."""
    return "both" if cues and spoken else "tones" if cues else "voice" if spoken else "neither"


def settings_view(now: SettingsNow, page: int, large: bool) -> PageView:
    """The rows; with large text four a page."""
    own, computer = _own(now), _computer(now)
    done = Button(DONE, "Done", cap="Enter")
    if not large:
        return PageView(
            "Settings",
            own,
            back=back_to(),
            main=done,
            note="Every change counts at once and is kept.",
            beside=computer,
            focus=f"{TEXT}={_text(now)}",
        )
    rows = (*own, *computer)
    pages = -(-len(rows) // LARGE_ROWS)
    shown = rows[page % pages * LARGE_ROWS :][:LARGE_ROWS]
    more = Button(MORE, "More settings", short="More", sign="down", cap="PgDn")
    return PageView("Settings", shown, back=back_to(), main=done, nexts=(more,), focus=f"{TEXT}={_text(now)}")


def _text(now: SettingsNow) -> str:
    return next((name for name, scale in TEXT_SCALES.items() if now.text_scale <= scale), "largest")


def _own(now: SettingsNow) -> tuple[Part, ...]:
    text = _text(now)
    return (
        Choices("Text", tuple(choice(TEXT, name, name.capitalize(), name == text) for name in TEXT_SCALES)),
        Choices(
            "Loudness",
            (
                Button(QUIETER, "−", repeats=True),
                Button(LOUDER, "+", repeats=True),
                Button(HEAR, "Hear it"),
            ),
            level=now.volume,
        ),
        Choices(
            "Reminders",
            tuple(
                choice(REMINDERS, name, name.capitalize(), name == now.reminders) for name in ("tones", "voice", "both")
            ),
        ),
        Choices(
            "My face",
            (
                choice(FACE, "show", "Show it", not now.hide_face, "Show"),
                choice(FACE, "hide", "Outline only", now.hide_face, "Outline"),
            ),
        ),
        Choices(
            "Degrees",
            (choice(DEGREES, "hide", "Hide", not now.degrees), choice(DEGREES, "show", "Show", now.degrees)),
        ),
    )


def _computer(now: SettingsNow) -> tuple[Part, ...]:
    return (
        Choices("Camera", (Button(CAMERA, now.camera or "The first one", sign="on"),)),
        Choices(
            "Full screen",
            (choice(SCREEN, "on", "On", now.full_screen), choice(SCREEN, "off", "Off", not now.full_screen)),
        ),
        Choices("First steps", (Button(FIRST, "Show them again", short="Show again"),)),
    )
