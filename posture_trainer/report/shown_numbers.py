"""Every number on the page passes through here: it is shown, and kept for the CSV beside the page."""

from dataclasses import dataclass, field

_NOTHING = "–"


@dataclass(frozen=True)
class LedgerLine:
    """One number: where it stands, what it is, its value in full and how it is shown."""

    section: str
    session: str
    measure: str
    value: float | str | None
    unit: str
    shown: str


@dataclass
class Ledger:
    """Collects the numbers of one page in order."""

    lines: list[LedgerLine] = field(default_factory=list)

    def show(
        self, section: str, session: str, measure: str, value: float | None, unit: str, at_least: bool = False
    ) -> str:
        """The value as the page shows it, and a line for the CSV. at_least: its size is a lower bound."""
        shown = shown_value(value, unit)
        if at_least and value is not None:
            shown = f"{'≤' if value < 0 else '≥'} {shown}"
        self.lines.append(LedgerLine(section, session, measure, value, unit, shown))
        return shown

    def text(self, section: str, session: str, measure: str, value: str) -> None:
        """A value that is shown just as the log gives it."""
        self.lines.append(LedgerLine(section, session, measure, value, "", value))


def shown_value(value: float | None, unit: str) -> str:
    """A value with its unit as a person reads it; a share as percent; a dash for nothing."""
    if value is None:
        return _NOTHING
    match unit:
        case "share":
            return _signed_zero(f"{100 * value:.0f}") + " %"
        case "deg":
            return _signed_zero(f"{value:.1f}") + "°"
        case "count":
            return f"{value:,.0f}"
        case "0–100" | "0–10":
            return _signed_zero(f"{value:.0f}")
        case "1/min":
            return _signed_zero(f"{value:.1f}") + "/min"
        case "days":
            return _signed_zero(f"{value:.0f}") + " d"
        case "deg/s":
            return f"{value:.0f} °/s"
        case "":
            return _signed_zero(f"{value:.2f}")
        case _:
            return f"{_signed_zero(f'{value:.1f}')} {unit}"


def _signed_zero(text: str) -> str:
    """A true minus sign, and none before nought."""
    return text.lstrip("-") if not float(text) else text.replace("-", "−")
