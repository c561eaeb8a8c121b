"""Where in a picture a face is looked for that is too small for the finder to be seen in the whole of it. Pure."""

from posture_trainer.tracking.crops import Crop, Pixels

_LAST_SIDES = (1.6, 3.0)  # of the last crop's: windows around where a face was
_LAST_TRIES = 40  # looks at windows around that place in turn with others; then it is forgotten
_PARTS = (2, 3)  # the picture's share of a side; windows overlap by half


def window(picture: Pixels, last: Crop | None, look: int) -> tuple[Pixels, int, int]:
    """One window of the picture with its left and its upper edge, another for each look: around the last place first,
    then in turn with tiles of the picture."""
    height, width = picture.shape[:2]
    if last is not None and look < _LAST_TRIES and look % 2 == 0:
        side = last.side_px * _LAST_SIDES[look // 2 % len(_LAST_SIDES)]
        return _part(picture, last.x - side / 2, last.y - side / 2, side, side)
    tiles = [(part, across, down) for part in _PARTS for down in range(2 * part - 1) for across in range(2 * part - 1)]
    part, across, down = tiles[(look // 2 if last is not None and look < _LAST_TRIES else look) % len(tiles)]
    return _part(picture, across * width / part / 2, down * height / part / 2, width / part, height / part)


def _part(picture: Pixels, left: float, top: float, width: float, height: float) -> tuple[Pixels, int, int]:
    across, down = max(0, int(left)), max(0, int(top))
    part = picture[down : max(down + 1, int(top + height)), across : max(across + 1, int(left + width))]
    return part, across, down
