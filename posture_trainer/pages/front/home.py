"""Home: who is here, the door to practice, and the other doors. Pure."""

from dataclasses import dataclass

from posture_trainer.pages.front.page import BACK, Button, Door, PageView, Tiles

PRACTISE, PROGRESS, STRAIGHT, SETTINGS = "practise", "progress", "straight", "settings"
THERAPIST, PEOPLE, DEMO, FIRST = "therapist", "people", "demo", "first steps"
ALL_DAY = "all day"
LONGEST_GREETED = 14  # signs of a name that stands in "Not ...?"


@dataclass(frozen=True)
class AtHome:
    """name: to greet by, '' for none. hour: of the day. plan, minutes: of today, None where it has no length. done,
    asked: times today, 0 where no plan is set. days: with practice this week. straight: whether a straight position is
    set. later: why not now, in words. trouble: what is in the way of practice as it is set."""

    name: str
    hour: int
    plan: str = ""
    minutes: int | None = None
    done: int = 0
    asked: int = 0
    days: int = 0
    straight: bool = True
    later: str = ""
    trouble: str = ""
    read: bool = True


def greeting(hour: int, name: str) -> str:
    """Good morning, Anna."""
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    return f"Good {part}, {name}" if name else f"Good {part}"


def home_view(at: AtHome) -> PageView:
    """The front page of somebody who is known."""
    all_done = at.asked > 0 and at.done >= at.asked
    who = f"Not {at.name}?" if at.name and len(at.name) <= LONGEST_GREETED else "Somebody else?"
    days = (
        "Nothing yet this week" if not at.days else "1 day this week" if at.days == 1 else f"{at.days} days this week"
    )
    doors = [
        Button(PRACTISE, "Practise once more", short="Once more", sign="mirror")
        if all_done
        else Button(PROGRESS, "My progress", days if at.read else "", sign="bars"),
        Button(STRAIGHT, "Look straight again", "Set what straight is. 1 minute.", "Look straight", sign="straight"),
        Button(SETTINGS, "Settings", "Text, sound, camera", sign="sliders"),
    ]
    return PageView(
        greeting(at.hour, at.name),
        (_door(at, all_done), Tiles(tuple(doors), 1)),
        back=Button(BACK, "Close", sign="close", cap="Esc"),
        corner=Button(PEOPLE, who, short="Not me" if not at.name else who, sign="people"),
        main=Button(PROGRESS if all_done else PRACTISE, ""),
        nexts=(
            Button(ALL_DAY, "All day", sign="sun"),
            Button(THERAPIST, "For the therapist", short="Therapist", sign="door"),
        ),
        note=at.later or at.trouble,
        home=True,
    )


def _door(at: AtHome, all_done: bool) -> Door:
    if all_done:
        button = Button(PROGRESS, "Done for today", cap="Enter")
        return Door(button, ("See how it goes.",), "See how it goes", at.done, at.asked, *_count(at))
    length = f"About {at.minutes} minutes" if at.minutes and at.minutes > 1 else "About a minute" if at.minutes else ""
    words = tuple(f"{each}." for each in (at.plan, length or "As long as you like") if each) if at.read else ()
    return Door(
        Button(PRACTISE, "Practise", cap="Enter"),
        words,
        (length or "As long as you like") if at.read else "",
        at.done,
        at.asked if at.read else 0,
        *_count(at),
    )


def _count(at: AtHome) -> tuple[str, str]:
    return f"{at.done} of {at.asked} done today", f"{at.done} of {at.asked} today"


def welcome_view() -> PageView:
    """The front page while nobody is known."""
    return PageView(
        "Welcome",
        (
            Tiles((Button(FIRST, "Begin", "Five short steps, about 4 minutes", cap="Enter"),), 1, tall=140, lit=FIRST),
            Tiles(
                (
                    Button(DEMO, "See the demo", "no camera needed", sign="play"),
                    Button(THERAPIST, "For the therapist", "people and plans", "Therapist", sign="door"),
                ),
                2,
            ),
        ),
        corner=Button(PEOPLE, "I have a code", sign="person"),
        main=None,
        nexts=(Button(BACK, "Close", sign="close", cap="Esc"),),
        lead="A mirror that shows you the way back to straight.",
        note="A practice and record aid, not a medical device. No picture is kept. Nothing leaves this computer.",
        art="mirror",
        focus=FIRST,
    )


def close_view() -> PageView:
    """Whether to close."""
    return PageView(
        "Close now?",
        main=Button(BACK, "Stay", cap="Enter"),
        nexts=(Button("close", "Close", sign="close", cap="C"),),
        note="Without an answer we stay.",
    )
