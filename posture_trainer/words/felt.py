"""How a head felt to be where nothing showed it, in the patient's words. Pure."""

from enum import StrEnum

STRAIGHT_DEG = 8.0  # the widest of the program's own tolerances: what is close enough on some axis
FAR_OFF_DEG = 20.0  # own choice


class Felt(StrEnum):
    """The answers to "how did your head feel?", as they are recorded."""

    STRAIGHT = "straight"
    A_LITTLE_OFF = "a_little_off"
    FAR_OFF = "far_off"


STRAIGHT = "straight"
FELT_WORDS = {Felt.STRAIGHT: STRAIGHT, Felt.A_LITTLE_OFF: "a little off", Felt.FAR_OFF: "far off"}


def felt_like(measured_deg: float) -> Felt:
    """Which answer a measured angle from neutral, in degrees, would have been: up to 8°, up to 20°, beyond."""
    if measured_deg <= STRAIGHT_DEG:
        return Felt.STRAIGHT
    return Felt.A_LITTLE_OFF if measured_deg <= FAR_OFF_DEG else Felt.FAR_OFF


def felt_and_was(felt: Felt | None, measured_deg: float | None) -> str:
    """What is told after the answer: "You felt straight. You were a little off."; "" when nothing is known."""
    said = [] if felt is None else [f"You felt {FELT_WORDS[felt]}."]
    was = [] if measured_deg is None else [f"You were {FELT_WORDS[felt_like(measured_deg)]}."]
    return " ".join([*said, *was])
