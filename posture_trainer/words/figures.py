"""Figures as a sentence holds them: amounts with their units, intervals, days. Pure."""

from datetime import date


def amount(value: float, unit: str) -> str:
    """A value of 0 or more in a sentence: "14°", "38 s", "66 %", "45"."""
    return _with_unit(max(0.0, value), unit)


def whole_amount(value: float, unit: str, at_least: bool = False) -> str:
    """An amount to a patient, in whole numbers: "14°", "38 seconds", "66 %", "45° or more"."""
    words = {"deg": "°", "s": " seconds", "min": " minutes", "share": " %"}.get(unit, "")
    return f"{max(0.0, 100 * value if unit == 'share' else value):.0f}{words}{' or more' if at_least else ''}"


def bounded_amount(value: float, unit: str, at_least: bool) -> str:
    """An amount that may be a lower bound: "45° or more"."""
    return f"{amount(value, unit)} or more" if at_least else amount(value, unit)


def signed(value: float, unit: str) -> str:
    """A difference, with its sign: "+3°", "−12 s"."""
    words = _with_unit(abs(value), unit)
    nothing = words == _with_unit(0.0, unit)
    return words if nothing else ("−" if value < 0 else "+") + words


def interval_words(change: float, low: float, high: float, unit: str, at_least: bool = False) -> str:
    """A change with its interval: "estimated change −5°, 95 % interval −8 to −2"; of a lower bound: "−5° or more"."""
    if at_least:
        return f"estimated change {signed(change, 'points' if unit == 'share' else unit)} or more"
    unit = "points" if unit == "share" else unit
    ends = [signed(each, unit).rstrip("°").removesuffix(" s").removesuffix(" points") for each in (low, high)]
    return f"estimated change {signed(change, unit)}, 95 % interval {ends[0]} to {ends[1]}"


def day_words(day: date) -> str:
    """A day: "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def _with_unit(value: float, unit: str) -> str:
    match unit:
        case "deg":
            return f"{value:.0f}°" if value >= 9.95 else f"{value:.1f}°"
        case "share":
            return f"{100 * value:.0f} %"
        case "points":
            return f"{100 * value:.0f} points"
        case "0–100":
            return f"{value:.0f}"
        case "count":
            return f"{value:.0f}"
        case _:
            return f"{value:.0f} {unit}" if value >= 9.95 else f"{value:.1f} {unit}"
