"""Rest without a camera: the body scan, and warmth with a timer. Pure."""

from posture_trainer.pages.front.page import Button, Choices, PageView, Words, back_to, choice
from posture_trainer.words.all_day.body_scan import SCAN
from posture_trainer.words.all_day.warmth import ASK_FIRST, NOT_AFTER_INJECTION, WARMTH

MINUTES, BEGIN, STOP = "minutes", "begin", "stop"
SCAN_MINUTES, WARM_MINUTES = (3, 5, 8), (10, 12, 15)
_LEAN = ("Sit or lie so that your head is held.", "You hear what to notice.", "No camera is needed.")


def choose_view(scan: bool, minutes: int, just_injected: bool = False) -> PageView:
    """How long. just_injected: an injection within a day, which speaks against warmth."""
    title = "Body scan" if scan else "Warmth"
    lines = _LEAN if scan else (NOT_AFTER_INJECTION,) if just_injected else (*WARMTH, ASK_FIRST)
    times = SCAN_MINUTES if scan else WARM_MINUTES
    row = Choices("Minutes", tuple(choice(MINUTES, str(each), str(each), each == minutes) for each in times))
    return PageView(
        title,
        (Words(lines), row),
        back=back_to("Back"),
        main=Button(BEGIN, "Begin", cap="Enter", disabled=just_injected and not scan),
    )


def running_view(scan: bool, sentence: int, left_s: float) -> PageView:
    """While it runs. sentence: of the scan. left_s: seconds."""
    lines = (SCAN[sentence][1],) if scan else WARMTH
    left = f"{int(left_s // 60)} min {int(left_s % 60):02d} s" if left_s >= 60 else f"{int(left_s)} s"
    return PageView(
        "Body scan" if scan else "Warmth",
        (Words(lines, size="title"), Words((left,), size="body", quiet=True)),
        main=Button(STOP, "Stop", cap="Esc"),
    )
