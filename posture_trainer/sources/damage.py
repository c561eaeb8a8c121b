"""Which frames of a video are spoilt by damage: not only the damaged one, but all that were made from it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Picture = TypeVar("Picture")
_LONGEST_HELD = 16  # more frames in a row that refer ahead no codec makes; and held frames cost memory


@dataclass(frozen=True, eq=False)
class Decoded(Generic[Picture]):
    """What came out of the decoder. picture None: what was to come here could not be decoded at all.

    key: made from itself alone. looks_ahead: made from a later frame too (a "B" frame), hence spoilt by its damage.
    """

    picture: Picture | None
    corrupt: bool = False
    key: bool = False
    looks_ahead: bool = False


def spoilt(decoded: Iterable[Decoded[Picture]]) -> Iterator[tuple[Picture, bool]]:
    """Each picture in order, and whether it is made from damaged data.

    Damage stays until the next whole key frame; and it is also in the frames just before that look ahead to it.
    """
    held: list[Picture] = []
    damage = False
    for one in decoded:
        if one.picture is None or one.corrupt:
            damage = True
            yield from ((picture, True) for picture in held)
            held.clear()
        elif one.key:
            damage = False
        if one.picture is None:
            continue
        if damage:
            yield one.picture, True
            continue
        held.append(one.picture)
        if not one.looks_ahead or len(held) > _LONGEST_HELD:
            yield from ((picture, False) for picture in held)
            held.clear()
    yield from ((picture, False) for picture in held)
