"""The hand on the window: a mouse, a finger or the keyboard's ring, and when it has pressed something.

A press counts when it is let go inside the target, with some room around it for a hand that trembles; a second one so
soon after the first counts for nothing. Times are milliseconds of any clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from posture_trainer.pages.front.page import Button
from posture_trainer.pages.keys import Key
from posture_trainer.screen.kit.pointing import DrawnAction, Point, Seen, target_at

GRACE_PX = 24  # of the design
AGAIN_MS = 400  # the second press of two is not meant for the page that the first one led to
_REPEAT_AFTER_MS, _REPEAT_MS = 600, 120
_LEVEL_SHARE = 2.5  # how much a step to the side of the way counts more than one along it


@dataclass(frozen=True)
class Pressed:
    """A press: of a button its name, of anything else the key that it means."""

    name: str = ""
    key: Key | None = None


class Hand:
    """What is pointed at, held down, and ringed, on the targets that were drawn last."""

    def __init__(self) -> None:
        self.ring = ""
        self.grace_px = GRACE_PX
        self._at: Point | None = None
        self._down: DrawnAction | None = None
        self._down_key: Key | None = None
        self._beside = False
        self._by_key = False
        self._since_ms = self._repeated_ms = 0
        self._spent = False
        self._pressed_ms = -AGAIN_MS

    def seen(self, now_ms: int) -> Seen:
        """What of it is to be drawn."""
        hold_s = _hold_s(self._down)
        held = min(1.0, (now_ms - self._since_ms) / (1000 * hold_s)) if hold_s else 0.0
        return Seen(self._at, self._down.name if self._down else "", held, self.ring)

    def move(self, at: Point | None) -> None:
        """The pointer is there now; None: nowhere."""
        self._at = at

    def down(self, drawn: Sequence[DrawnAction], at: Point, now_ms: int) -> None:
        """The button of the mouse goes down, or the finger."""
        self._down = target_at(drawn, at)
        self._down_key = self._down.key_at(at) if self._down else None
        self._beside, self._by_key = self._down is None, False
        self._begin(now_ms)

    def key_down(self, drawn: Sequence[DrawnAction], now_ms: int) -> list[Pressed]:
        """Enter goes down: what the ring is around is pressed, or begins to be held."""
        found = self.ringed(drawn)
        if found is None or (self._by_key and self._down is not None):
            return []
        if not _hold_s(found):
            return self._press(_meaning(found), now_ms)
        self._down, self._by_key, self._beside = found, True, False
        self._begin(now_ms)
        return []

    def up(self, at: Point, now_ms: int) -> list[Pressed]:
        """The mouse or the finger lets go."""
        down, key, beside, spent = self._down, self._down_key, self._beside, self._spent
        self._forget()
        if spent or _hold_s(down):
            return []
        if down is not None and down.rect.inflate(2 * self.grace_px, 2 * self.grace_px).collidepoint(at):
            return self._press(_meaning(down, key), now_ms)
        return self._press(Pressed(key=Key.OTHER), now_ms) if beside else []

    def key_up(self) -> None:
        """Enter is let go."""
        if self._by_key:
            self._forget()

    def tick(self, now_ms: int) -> list[Pressed]:
        """What is pressed by being held for long enough."""
        down, button = self._down, self._down.action if self._down else None
        if down is None or not isinstance(button, Button):
            return []
        if button.hold_s and not self._spent and now_ms - self._since_ms >= 1000 * button.hold_s:
            self._spent = True
            return [Pressed(button.name)]
        waited = _REPEAT_MS if self._spent else _REPEAT_AFTER_MS
        if button.repeats and now_ms - self._repeated_ms >= waited:
            self._spent, self._repeated_ms = True, now_ms
            return [Pressed(button.name)]
        return []

    def ringed(self, drawn: Sequence[DrawnAction]) -> DrawnAction | None:
        """What the ring is around."""
        return next((each for each in drawn if each.name == self.ring), None)

    def tab(self, drawn: Sequence[DrawnAction], back: bool) -> None:
        """The ring goes on to the next one, in the order of reading."""
        stops = [each for each in drawn if each.presses]
        if not stops:
            return
        at = next((place for place, each in enumerate(stops) if each.name == self.ring), len(stops) if back else -1)
        self.ring = stops[(at + (-1 if back else 1)) % len(stops)].name

    def arrow(self, drawn: Sequence[DrawnAction], way: Point) -> list[Pressed]:
        """The ring goes to the nearest one that way; inside a row of choices that chooses it at once."""
        here = self.ringed(drawn)
        if here is None:
            self.tab(drawn, back=False)
            return []
        found = min(
            (each for each in drawn if each.presses and each.name != here.name and _ahead(here, each, way) > 0),
            key=lambda each: _distance(here, each, way),
            default=None,
        )
        if found is None:
            return []
        self.ring = found.name
        row = found.action.group if isinstance(found.action, Button) else ""
        same = isinstance(here.action, Button) and here.action.group == row
        return [Pressed(found.name)] if row and same and way[0] else []

    def _begin(self, now_ms: int) -> None:
        self._since_ms = self._repeated_ms = now_ms
        self._spent = False

    def _forget(self) -> None:
        self._down, self._down_key, self._beside, self._by_key, self._spent = None, None, False, False, False

    def _press(self, pressed: Pressed, now_ms: int) -> list[Pressed]:
        again, self._pressed_ms = now_ms - self._pressed_ms < AGAIN_MS, now_ms
        return [] if again else [pressed]


def _hold_s(target: DrawnAction | None) -> float:
    return target.action.hold_s if target is not None and isinstance(target.action, Button) else 0.0


def _meaning(target: DrawnAction, key: Key | None = None) -> Pressed:
    if isinstance(target.action, Button):
        return Pressed(target.action.name)
    return Pressed(key=key or target.action.keys[0])


def _ahead(here: DrawnAction, there: DrawnAction, way: Point) -> int:
    """How far another one begins that way, in px; 0 or less where it does not lie there."""
    if way[0]:
        return (there.rect.centerx - here.rect.centerx) * way[0] if not _same_column(here, there) else 0
    return (there.rect.centery - here.rect.centery) * way[1] if not _same_line(here, there) else 0


def _same_column(here: DrawnAction, there: DrawnAction) -> bool:
    return (
        min(here.rect.right, there.rect.right) - max(here.rect.left, there.rect.left)
        > min(here.rect.width, there.rect.width) * 0.6
    )


def _same_line(here: DrawnAction, there: DrawnAction) -> bool:
    return (
        min(here.rect.bottom, there.rect.bottom) - max(here.rect.top, there.rect.top)
        > min(here.rect.height, there.rect.height) * 0.6
    )


def _distance(here: DrawnAction, there: DrawnAction, way: Point) -> float:
    """How near another one is: by the gap along the way, and by the gap beside it, which counts for more."""
    a, b = here.rect, there.rect
    across = max(0, max(a.left, b.left) - min(a.right, b.right)), max(0, max(a.top, b.top) - min(a.bottom, b.bottom))
    along, beside = across if way[0] else across[::-1]
    centre = abs(a.centery - b.centery) if way[0] else abs(a.left - b.left)
    return along + _LEVEL_SHARE * beside + 0.05 * centre
