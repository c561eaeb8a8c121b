"""What the trunk did in a session, apart from the head: from its rows. Pure."""

from dataclasses import dataclass

import numpy as np

from posture_trainer.figures.samples import Samples

_LEAST_ROWS = 30
_TURNED_DEG = 10.0  # from here on a head is turned enough to ask what part of it the trunk made
_LINE, _TURN, _SHIFT = range(3)


@dataclass(frozen=True)
class TrunkOfSession:
    """seen_share: of the rows with a face, with both shoulders. Median and spread (SD) of the line of the shoulders, of
    the trunk's turn and of the head's shift, over good rows. turn_share: of the head's turn in the room, over the rows
    in which it is 10 degrees or more, what the trunk made: 0 none, 1 all; None where it was never turned so far.
    """

    seen_share: float
    line_deg: float
    line_sd_deg: float
    turn_deg: float
    turn_sd_deg: float
    shift_cm: float
    shift_sd_cm: float
    turn_share: float | None


def trunk_of(samples: Samples) -> TrunkOfSession | None:
    """The trunk's figures; None where it was not measured, or hardly."""
    if samples.trunk is None or not samples.good.any():
        return None
    rows = samples.good & np.isfinite(samples.trunk).all(axis=1)
    if rows.sum() < _LEAST_ROWS:
        return None
    found, rotation = samples.trunk[rows], samples.angle_deg("rotation")[rows]
    turned = np.abs(rotation) >= _TURNED_DEG
    share = None
    if turned.any():
        with_head = found[turned, _TURN] * np.sign(rotation[turned])
        share = float(np.clip(with_head.sum() / np.abs(rotation[turned]).sum(), 0.0, 1.0))
    middle, spread = np.median(found, axis=0), found.std(axis=0)
    return TrunkOfSession(
        float(rows.sum() / samples.face.sum()),
        float(middle[_LINE]),
        float(spread[_LINE]),
        float(middle[_TURN]),
        float(spread[_TURN]),
        float(middle[_SHIFT]),
        float(spread[_SHIFT]),
        share,
    )
