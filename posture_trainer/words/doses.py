"""What is said of doses, rests and progress: kindly, with the reason. Pure."""

from datetime import date

from posture_trainer.words.phrases import TITLES

NOT_DEEP = "Not deep. If light-headed, breathe as usual."
CLOSED_EYES_WORDS = (
    "Next your eyes are closed. Sit well back in your chair. If you hear nothing for a while, open your eyes. "
    "If the sound is off, M turns it on."
)
SOUND_OFF = "The sound is off."
SOUND_OFF_WORDS = (
    "M turns the sound on, V the voice, and + makes it louder. Then you are asked whether you hear the tone. "
    "With the sound off, what needs closed eyes is left out."
)

UP = "Three good days: each hold is a step longer today."
MUCH_PAIN = "There was much pain last time, so each hold is a step shorter."
PAIN_ROSE = "The pain rose last time, so each hold is a step shorter."
WORSE_NEXT_DAY = "It hurt more after the last practice, so each hold is a step shorter."
HALF_PAIN_ROSE = "The pain rose last time. Half is enough today."
HALF_WORSE = "It hurts more than before your last practice. Half is enough today."


def after_pause(days: int) -> str:
    """After so many days without practice."""
    return f"Your last practice was {days} days ago. We begin again with half."


def after_injection(days: int) -> str:
    """So many days after an injection."""
    when = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return f"Your injection was {when}. Half is enough in the first two weeks."


def enough_sessions(count: int) -> str:
    """After so many sessions today."""
    times = {1: "once", 2: "twice"}.get(count, f"{count} times")
    return f"You have practised {times} today. That is enough: rest is a part of it. Come back tomorrow."


def enough_minutes(minutes: float) -> str:
    """After so many minutes today."""
    return f"You have practised {minutes:.0f} minutes today. That is enough: rest is a part of it. Come back tomorrow."


def too_soon(ended: str, rested: str) -> str:
    """ended, rested: times of day, of the last session's end and of when the next may begin."""
    return f"Your last practice ended at {ended}. Rest until {rested}, then come back."


def perhaps_another(ended: str, rested: str) -> str:
    """The same where it may have been somebody else's."""
    return f"Somebody practised here until {ended}. If it was you, please rest until {rested}."


def once_a_week(kind: str, last: date, due: date) -> str:
    """Why a measurement is left out. kind: of exercise. last: the day it was done."""
    return f"{TITLES[kind]} is left out: once a week is enough. Last on {_day(last)}, next from {_day(due)} on."


def only_gentle(reasons: tuple[str, ...]) -> str:
    """Why only the gentle set is practised."""
    return f"Only gentle exercises today. {' '.join(reasons)}".strip()


def left_out(names: tuple[str, ...], reasons: tuple[str, ...]) -> str:
    """Which exercises are left out, and why."""
    return f"Left out today: {', '.join(names)}. {' '.join(reasons)}".strip()


def half(reasons: tuple[str, ...]) -> str:
    """Why only half is practised."""
    return f"Half of the plan today. {' '.join(reasons)}".strip()


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
