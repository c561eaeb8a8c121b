"""Times of day at which practice is reminded of. Pure."""

from posture_trainer.pages.front.page import Button, Field, Fields, PageView, Words, back_to

TIMES_FIELD, SAVE, FILE = "field times", "save", "calendar"
USUAL = "09:00 13:00 18:00"
FAULT = "As 09:00, up to six, with a space between."
HINT = "We remind you while this program is open."
KEPT = "Your times are kept."
IN_CALENDAR = "Open the file with your calendar. It says {title!r}, and nothing else."


def times_view(typed: str, bad: bool, asked: int) -> PageView:
    """The field. bad: what is typed is no list of times. asked: how often the plan asks for practice in a day."""
    well = Field("Times", Button(TIMES_FIELD, typed), range=FAULT, bad=bad)
    often = f"Your plan asks for {asked} a day." if asked > 1 else "Your plan asks for once a day." if asked else ""
    return PageView(
        "Reminders of practice",
        (*((Words((often,), size="body", quiet=True),) if often else ()), Fields((well,), 1)),
        back=back_to("Back"),
        main=Button(SAVE, "Keep", cap="Enter", disabled=bad),
        nexts=(Button(FILE, "For my calendar", short="Calendar", disabled=bad or not typed.strip()),),
        note=HINT,
        focus=TIMES_FIELD,
    )
