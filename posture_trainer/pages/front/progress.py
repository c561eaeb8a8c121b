"""My progress: one picture of eight weeks, and the report's judgement in a patient's words. Pure."""

from dataclasses import dataclass

from posture_trainer.course.judgement import Mark
from posture_trainer.course.measures import Domain
from posture_trainer.pages.front.page import Button, PageView, Part, Week, WeeksPicture, Words, back_to

PRACTISE, NOTE = "home to practise", "note"
TITLES = {
    Mark.BETTER: "You hold straight for longer",
    Mark.SAME: "About the same as before",
    Mark.UNSURE: "About the same as before",
    Mark.WORSE: "A harder time lately. Tell your therapist.",
    Mark.TOO_FEW: "A few more days, then this says more",
}
"""What each mark of the report's judgement is called here."""
NEARER, EASIER = "Your head is nearer to straight", "It goes better than before"
"""What better is called where it is not the holding that got better."""
WEEKS = 8


@dataclass(frozen=True)
class ProgressSeen:
    """mark: of the report's own judgement. weeks: the last eight, oldest first. note: the therapist's, '' for none.
    better: which kinds of figures are better."""

    mark: Mark
    weeks: tuple[Week, ...]
    note: str = ""
    better: frozenset[Domain] = frozenset()

    @property
    def title(self) -> str:
        """The judgement in a patient's words: nothing is called longer that is not."""
        if self.mark is not Mark.BETTER or Domain.HOLDING in self.better:
            return TITLES[self.mark]
        return NEARER if Domain.ANGLE in self.better else EASIER


def progress_view(seen: ProgressSeen | None, large: bool, note_page: bool) -> PageView:
    """The page. seen: None while the records are read. note_page: the note has the page to itself."""
    main = Button(PRACTISE, "Practise", cap="Enter")
    if seen is None:
        return PageView("My progress", (Words(("We read your records.",)),), back=back_to(), main=main)
    if note_page:
        return PageView("From your therapist", (Words((f"“{seen.note}”",)),), back=back_to(), main=main)
    parts: list[Part] = [
        WeeksPicture(seen.weeks, "s", f"{WEEKS - 1} weeks ago", "This week", "a week off"),
    ]
    nexts: tuple[Button, ...] = ()
    if seen.note and (large or len(seen.note) > 90):
        nexts = (Button(NOTE, "From your therapist", short="A note"),)
    elif seen.note:
        parts.append(Words((f"From your therapist: “{seen.note}”",), size="body"))
    return PageView(
        seen.title,
        tuple(parts),
        back=back_to(),
        main=main,
        nexts=nexts,
        lead="" if large else _sentence(seen),
        note="Shaded: your usual ups and downs. Boxes: days you practised.",
    )


def _sentence(seen: ProgressSeen) -> str:
    """What the picture says, once more in words."""
    known = [week.value for week in seen.weeks if week.value is not None]
    days = sum(week.days for week in seen.weeks)
    if seen.title == TITLES[Mark.BETTER] and len(known) > 1 and known[-1] > known[0]:
        return f"From about {known[0]:.0f} seconds to about {known[-1]:.0f}, in eight weeks."
    if not days:
        return "Nothing is recorded in the last eight weeks yet."
    return f"You practised on {days} {'day' if days == 1 else 'days'} in the last eight weeks."
