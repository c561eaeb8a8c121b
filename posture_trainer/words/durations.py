"""Durations as a person reads them."""


def minutes(seconds: float) -> str:
    """Seconds as a person reads them: 42 s, or 3 min 5 s."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
