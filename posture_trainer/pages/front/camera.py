"""Which camera, and what to do where there is none. Pure; what each system calls its settings is told by its name."""

from dataclasses import replace

from posture_trainer.pages.front.home import DEMO
from posture_trainer.pages.front.page import BACK, Button, PageView, Pictures, Words, back_to
from posture_trainer.pages.views import Picture

AGAIN, LOOK, USE, MORE = "try again", "look again", "use", "more cameras"
_WHERE = {
    "win32": "Windows: Settings › Privacy & security › Camera.",
    "darwin": "System Settings › Privacy & Security › Camera.",
    "linux": "Your account may have to be in the group “video”.",
}
DARK, LIVE = "Dark. Is its cover open?", "Its picture is live."
IN_USE = "In use by another program"
LOOKING = "We look again."
_BY_OURSELVES = "We also look by ourselves."


def camera_press(index: int) -> str:
    """What the press of a camera is called."""
    return f"camera {index}"


def no_camera_view(platform: str, demo: bool = True) -> PageView:
    """No camera yet: three things to try. platform: as sys.platform says it. demo: whether the clip is of any help."""
    nexts = (Button(DEMO, "Show me the demo", short="Demo", sign="play"),) if demo else ()
    return PageView(
        "No camera yet",
        (_to_try(platform),),
        back=back_to(),
        main=Button(AGAIN, "Try again", cap="Enter"),
        nexts=nexts,
        note=_BY_OURSELVES,
        art="camera",
    )


def camera_gone_view(platform: str, saved: str) -> PageView:
    """The camera has gone in a session: the same to try, and what there is of a record ('' for nothing)."""
    page = no_camera_view(platform, demo=False)
    kept = (Words((saved,), size="body", tick=True),) if saved else ()
    return replace(
        page,
        title="The camera is gone",
        parts=(*page.parts, *kept),
        back=None,
        help=None,
        nexts=(Button(BACK, "Stop here", cap="Esc"),),
    )


def kept_words(practised_s: float, damaged: bool) -> str:
    """What of a session is kept by now, '' where that can't be said."""
    if damaged or practised_s <= 0:
        return ""
    minutes = round(practised_s / 60)
    if minutes < 1:
        return "What you have practised is saved."
    return f"Your {minutes} minutes of practice are saved." if minutes > 1 else "Your minute of practice is saved."


def _to_try(platform: str) -> Words:
    return Words(
        (
            "Plug it in, or open its cover.",
            "Close other programs that use it.",
            "Allow the camera for this program.",
        ),
        numbered=True,
        then=("", "Video calls, for example.", _WHERE.get(platform, _WHERE["linux"])),
    )


def cameras_view(
    names: tuple[tuple[int, str], ...],
    pictures: tuple[Picture | None, ...],
    remarks: tuple[str, ...],
    chosen: int,
    more: bool = False,
) -> PageView:
    """Which picture is you? names: the number and the name of each camera. chosen: its number. more: whether there are
    others."""
    buttons = tuple(
        Button(camera_press(index), name, remark, chosen=index == chosen)
        for (index, name), remark in zip(names, remarks, strict=True)
    )
    return PageView(
        "Which picture is you?",
        (Pictures(buttons, pictures),),
        back=back_to("Back"),
        main=Button(USE, "Use this one", cap="Enter"),
        nexts=(
            Button(LOOK, "Look again", short="Again", sign="camera"),
            *((Button(MORE, "More cameras", short="More", sign="down", cap="PgDn"),) if more else ()),
        ),
        focus=camera_press(chosen),
    )


def looking_view() -> PageView:
    """While cameras are opened."""
    return PageView(
        "One moment", (Words(("We look for cameras.",)),), help=None, back=Button(BACK, "Back", sign="back", cap="Esc")
    )
