"""Which camera, and what to do where there is none. Pure; what each system calls its settings is told by its name."""

from posture_trainer.pages.front.home import DEMO
from posture_trainer.pages.front.page import BACK, Button, PageView, Pictures, Words, back_to
from posture_trainer.pages.views import Picture

AGAIN, LOOK, USE = "try again", "look again", "use"
_WHERE = {
    "win32": "Windows: Settings › Privacy & security › Camera.",
    "darwin": "System Settings › Privacy & Security › Camera.",
    "linux": "Your account may have to be in the group “video”.",
}
DARK, LIVE = "Dark. Is its cover open?", "Its picture is live."
IN_USE = "In use by another program"


def camera_press(index: int) -> str:
    """What the press of a camera is called."""
    return f"camera {index}"


def no_camera_view(platform: str) -> PageView:
    """No camera yet: three things to try. platform: as sys.platform says it."""
    return PageView(
        "No camera yet",
        (
            Words(
                (
                    "Plug it in, or open its cover.",
                    "Close other programs that use it.",
                    "Allow the camera for this program.",
                ),
                numbered=True,
                then=("", "Video calls, for example.", _WHERE.get(platform, _WHERE["linux"])),
            ),
        ),
        back=back_to(),
        main=Button(AGAIN, "Try again", cap="Enter"),
        nexts=(Button(DEMO, "Show me the demo", short="Demo", sign="play"),),
        note="We also look by ourselves.",
        art="camera",
    )


def cameras_view(
    names: tuple[tuple[int, str], ...], pictures: tuple[Picture | None, ...], remarks: tuple[str, ...], chosen: int
) -> PageView:
    """Which picture is you? names: the number and the name of each camera. chosen: its number."""
    buttons = tuple(
        Button(camera_press(index), name, remark, chosen=index == chosen)
        for (index, name), remark in zip(names, remarks, strict=True)
    )
    return PageView(
        "Which picture is you?",
        (Pictures(buttons, pictures),),
        back=back_to("Back"),
        main=Button(USE, "Use this one", cap="Enter"),
        nexts=(Button(LOOK, "Look again", sign="camera"),),
        focus=camera_press(chosen),
    )


def looking_view() -> PageView:
    """While cameras are opened."""
    return PageView(
        "One moment", (Words(("We look for cameras.",)),), help=None, back=Button(BACK, "Back", sign="back", cap="Esc")
    )
