"""Help: what the page before it wants, in three sentences, and its keys. Pure."""

from posture_trainer.pages.actions import Actions
from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.front.page import BACK, Button, Keys, PageView, Words
from posture_trainer.pages.front.sounds import SOUNDS
from posture_trainer.pages.views import (
    BaselineView,
    GuidedView,
    HelpView,
    PlacementView,
    PracticeView,
    QuestionView,
    SafetyView,
    StraightView,
    SummaryView,
    View,
)

FIRST = "first steps"
HOME = ("Enter starts your practice.", "Arrows move, Enter opens.", "Esc closes.")
MIRROR = (
    "Bring your face into the outline and stay there.",
    "An arrow shows the way back. Move slowly.",
    "Stop at pain, dizziness or feeling sick.",
)
QUESTION = ("Click the number that fits.", "Skip if you like.", "Nobody counts it against you.")
STRAIGHT = ("Sit tall if you can.", "Look into the camera.", "Your best today is good enough.")
PROGRESS = (
    "The line is how long you stay straight.",
    "The shaded strip is your usual up and down.",
    "The boxes are days you practised.",
)
PAGE = ("Click what you want, or touch it.", "Tab and arrows move, Enter opens.", "Esc goes one step back.")
SAFETY = ("Read or hear what is said.", "Any key or a click begins.", "Or hold your head still.")
SUMMARY = ("This is what you have practised.", "Any key or a click closes it.", "It also goes by itself.")
_OF_SESSION: dict[type, tuple[str, tuple[str, ...]]] = {
    SafetyView: ("Before you begin", SAFETY),
    PracticeView: ("The mirror", MIRROR),
    GuidedView: ("The exercise", MIRROR),
    PlacementView: ("Your place", STRAIGHT),
    BaselineView: ("Straight", STRAIGHT),
    StraightView: ("Straight", STRAIGHT),
    QuestionView: ("The question", QUESTION),
    ChoiceView: (
        "The question",
        ("Click the answer that fits.", "Or press its key.", "Without an answer we go on gently."),
    ),
    SummaryView: ("The end", SUMMARY),
}
_KEYS = (
    ("Enter", "press"),
    ("Tab", "next button"),
    ("Esc", "back"),
    ("U", "I feel unwell"),
    ("T", "text size"),
    ("F11", "full screen"),
)


def help_view(
    title: str, sentences: tuple[str, ...], keys: tuple[tuple[str, str], ...] = _KEYS, first: bool = True
) -> PageView:
    """The page. keys: (what is printed on it, what it does). first: whether the first steps are offered."""
    return PageView(
        title,
        (Words(sentences, numbered=True), Keys(keys)),
        help=None,
        main=Button(BACK, "Go on", cap="Esc"),
        nexts=(
            Button(FIRST, "The first steps", short="First steps", sign="play"),
            Button(SOUNDS, "What you hear", short="Sounds", sign="play"),
        )
        if first
        else (),
    )


def help_of(view: View) -> HelpView:
    """The help of a page of a session."""
    title, sentences = _OF_SESSION.get(type(view), ("This page", PAGE))
    return HelpView(title, sentences, keys_of(view.actions))


def keys_of(actions: Actions) -> tuple[tuple[str, str], ...]:
    """The keys of a page of a session, as its help lists them."""
    return tuple((action.cap, action.word) for action in actions if action.shown or action.listed)
