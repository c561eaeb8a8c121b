"""What there is beside practice: the desk, the diary, reminders, rest. Pure."""

from posture_trainer.pages.front.page import Button, PageView, Tiles, back_to

DESK, DIARY, TIMES, SCAN, WARMTH = "desk", "diary", "times", "body scan", "warmth"


def all_day_view(last_diary: str, times: str, known: bool) -> PageView:
    """The doors. last_diary: when it was written last, in words. times: of practice, in words. known: whether somebody
    with a code is here, for whom anything can be kept."""
    of_a_person = (
        Button(DIARY, "Diary", f"A minute. Last one: {last_diary}.", sign="bars"),
        Button(TIMES, "Reminders", times, sign="sun"),
    )
    return PageView(
        "All day",
        (
            Tiles(
                (
                    Button(DESK, "At the desk", "A small sign while you work", sign="straight"),
                    *(of_a_person if known else ()),
                    Button(SCAN, "Body scan", "Five minutes of rest, by ear", sign="person"),
                    Button(WARMTH, "Warmth", "Ten minutes, with a timer", sign="lamp"),
                ),
                2,
                120,
                DESK,
            ),
        ),
        back=back_to(),
        note="" if known else "With a code there is a diary too.",
        focus=DESK,
    )
