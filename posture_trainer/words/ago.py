"""How long ago, as a person says it. Pure."""

from datetime import date


def ago(day: date | None, today: date) -> str:
    """Today, yesterday, 3 days ago, 2 weeks ago; "not yet" without a day."""
    if day is None:
        return "not yet"
    days = max(0, (today - day).days)
    if days < 2:
        return "yesterday" if days else "today"
    return f"{days} days ago" if days < 21 else f"{days // 7} weeks ago"


def last_here(day: date | None, today: date) -> str:
    """When somebody practised last."""
    return "Not here yet" if day is None else f"Last here {ago(day, today)}"
