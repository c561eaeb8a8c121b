"""What a touch of one's own did, in words for the patient. Pure."""

from posture_trainer.words.directions import hand_words

LEAST_TOLD_DEG = 2.0  # less than a camera can tell
NO_HAND = "I did not see your hand at your head, so I can't say what it does."
HIDDEN = "Your hand hid too much of your face to say how far it was turned."


def effect_words(hand: str, place: str, change_deg: float | None, lean_change_deg: float | None) -> str:
    """hand: none, left, right, both; place: '' where none is known. change_deg: of the angle from straight, below 0 is
    straighter; None where it can't be trusted: then lean_change_deg is told, how much more the head leaned."""
    if hand == "none":
        return NO_HAND
    with_it = f"With {hand_words(hand, place)}"
    if change_deg is None:
        if lean_change_deg is None or abs(lean_change_deg) < LEAST_TOLD_DEG:
            return HIDDEN
        return f"{HIDDEN} It leaned {abs(round(lean_change_deg))}° {'less' if lean_change_deg < 0 else 'more'}."
    if abs(change_deg) < LEAST_TOLD_DEG:
        return f"{with_it} your head was as it is without."
    return f"{with_it} your head was {abs(round(change_deg))}° {'straighter' if change_deg < 0 else 'farther out'}."
