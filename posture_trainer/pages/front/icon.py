"""The offer of an icon, once. Pure."""

from posture_trainer.pages.front.page import Button, PageView, Words

YES, NO = "yes", "not now"


def offer_view() -> PageView:
    """Whether an icon is wanted."""
    return PageView(
        "An icon for this program?",
        (Words(("It goes on the desktop and into the start menu.", "It can be taken away again."), size="body"),),
        help=None,
        main=Button(YES, "Yes, please", cap="Enter"),
        nexts=(Button(NO, "Not now", cap="Esc"),),
        art="mirror",
    )
