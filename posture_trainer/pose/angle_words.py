"""Angles in words, as the patient sees them: "5° to the right", "3° chin up"."""

AXES = ("rotation", "tilt", "flexion")
_SIDES = {
    "rotation": ("to the right", "to the left"),
    "tilt": ("to the right", "to the left"),
    "flexion": ("chin down", "chin up"),
}


def side_words(axis: str, angle_deg: float) -> str:
    """The side of an angle in whole degrees, "" for 0. axis: one of AXES."""
    whole = round(angle_deg)
    return "" if whole == 0 else _SIDES[axis][whole < 0]


def angle_words(axis: str, angle_deg: float) -> str:
    """The angle in whole degrees, with its side."""
    return f"{abs(round(angle_deg))}° {side_words(axis, angle_deg)}".strip()
