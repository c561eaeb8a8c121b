"""The end of a session: what was reached, this week against the plan, one thing to look forward to. Pure.

Always something reached, never "not measured"; a plain fact and no praise, and no streak that could be lost.
"""

from dataclasses import dataclass

from posture_trainer.pages.front.page import BACK, Bars, Button, PageView, Part, Words

PROGRESS, KEEP = "my progress", "keep the session"
SHOWN_S = 60.0
_ALIKE_S, _ALIKE_SHARE = 1.0, 0.1
_LEAST_HOLD_S = 1.0
_LETTERS = "MTWTFSS"


@dataclass(frozen=True)
class EndSeen:
    """hold_s, last_s: the longest hold, of today and of the last session that can be compared (None for none).
    nearest_deg: to straight, kept for a second. minutes: practised. week: of Monday to Sunday, whether there was
    practice. weekday: of today, from 0. asked: days a week, 0 where no plan is set. ahead: what comes next time, '' for
    nothing to tell. step: a nearer aim was used. guest: nothing is kept yet."""

    hold_s: float
    last_s: float | None
    nearest_deg: float | None
    minutes: float
    week: tuple[bool, ...]
    weekday: int
    asked: int
    ahead: str = ""
    step: bool = False
    guest: bool = False


def end_view(seen: EndSeen, large: bool) -> PageView:
    """The page."""
    title, lead = _reached(seen)
    days = sum(seen.week)
    week, left = f"{days_words(days, seen.asked)} this week", _week_words(days, seen.asked)
    parts: list[Part] = []
    bars = _bars(seen)
    if bars:
        letters = tuple((_LETTERS[day], seen.week[day], day == seen.weekday) for day in range(len(seen.week)))
        shown = () if seen.guest else letters
        parts.append(Bars(bars, week, shown, left))
    elif not seen.guest:
        parts.append(Words((f"{week}. {left}",), size="body"))
    if seen.ahead:
        parts.append(Words((f"Next time: {seen.ahead}.",), size="body"))
    if not large:
        parts.append(Words((_small(seen),), size="small", quiet=True))
    first = (
        Button(KEEP, "Keep it under a code", short="Keep it")
        if seen.guest
        else Button(PROGRESS, "My progress", sign="bars")
    )
    return PageView(
        title,
        tuple(parts),
        help=None,
        main=Button(BACK, "Done", cap="Enter"),
        nexts=(first,),
        lead=lead,
        note="Home comes by itself after a minute.",
    )


def _reached(seen: EndSeen) -> tuple[str, str]:
    """What stands above it: the longest hold against last time's, as a plain fact."""
    if seen.hold_s < _LEAST_HOLD_S:
        if seen.step:
            return "You reached today's step", _came_to(seen)
        if seen.nearest_deg is not None:
            return f"You came to {seen.nearest_deg:.0f}° from straight", "Every step towards it counts."
        return "Thank you for practising", f"You practised {_minutes(seen.minutes)}."
    stayed = f"You stayed straight for {_seconds(seen.hold_s)}."
    if seen.last_s is None:
        return "Well begun", stayed
    last = f"{stayed} Last time {seen.last_s:.0f}."
    if abs(seen.hold_s - seen.last_s) <= max(_ALIKE_S, _ALIKE_SHARE * seen.last_s):
        return "As long as last time", last
    return ("Better than last time", last) if seen.hold_s > seen.last_s else ("A shorter day. That happens.", last)


def _came_to(seen: EndSeen) -> str:
    return f"You came to {seen.nearest_deg:.0f}° from straight." if seen.nearest_deg is not None else ""


def _bars(seen: EndSeen) -> tuple[tuple[str, float, str], ...]:
    if seen.hold_s < _LEAST_HOLD_S:
        return ()
    most = max(seen.hold_s, seen.last_s or 0.0)
    bars = [("Today", seen.hold_s / most, f"{seen.hold_s:.0f} s")]
    if seen.last_s is not None:
        bars.append(("Last time", seen.last_s / most, f"{seen.last_s:.0f} s"))
    return tuple(bars)


def days_words(days: int, asked: int) -> str:
    """4 of 5 days; without a plan: 4 days."""
    if asked:
        return f"{days} of {asked} days"
    return "1 day" if days == 1 else f"{days} days"


def _week_words(days: int, asked: int) -> str:
    if not asked:
        return "As often as you like."
    left = asked - days
    if left <= 0:
        return "Your plan is done."
    return "One more makes your plan." if left == 1 else f"{left} more make your plan."


def _small(seen: EndSeen) -> str:
    near = f"Nearest to straight today: {seen.nearest_deg:.0f}°. " if seen.nearest_deg is not None else ""
    return f"{near}You practised {_minutes(seen.minutes)}. Get up slowly."


def _minutes(minutes: float) -> str:
    whole = round(minutes)
    return "less than a minute" if whole < 1 else "1 minute" if whole == 1 else f"{whole} minutes"


def _seconds(seconds: float) -> str:
    return "1 second" if round(seconds) == 1 else f"{seconds:.0f} seconds"
