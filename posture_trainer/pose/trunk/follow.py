"""Trunk and hands from look to look: the median over a second, no more than what is real. No clock, no files."""

from collections import Counter, deque
from dataclasses import dataclass

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.trunk.body import Body
from posture_trainer.pose.trunk.hand import HandSeen, hand_at_head
from posture_trainer.pose.trunk.shoulders import Place, Shoulders, TrunkFigures, figures, mean, shoulders

FILTER_S = 1.0
_HAND_LOOKS = 3  # the hand is what most of so many looks say
_HEAD_KEPT_S = 0.5  # a look is of a frame that has passed; so long it is known where the head was then


@dataclass(frozen=True)
class TrunkSample:
    """Trunk and hands at one moment. figures: None where the shoulders or the head were not seen, or there is no
    neutral of the shoulders. hand: at the head. in_view: whether both shoulders are in the picture."""

    figures: TrunkFigures | None = None
    hand: HandSeen | None = None
    in_view: bool = False


class TrunkFollower:
    """One patient's trunk. neutral: None where the baseline has none: then hands only. origin_cm: of the positions."""

    def __init__(self, neutral: Shoulders | None, camera: Camera, origin_cm: Place) -> None:
        self._neutral, self._camera, self._origin_cm = neutral, camera, origin_cm
        self._looks: deque[tuple[float, Shoulders]] = deque()
        self._hands: deque[HandSeen] = deque(maxlen=_HAND_LOOKS)
        self._heads: deque[tuple[float, Place]] = deque()
        self._looked_s: float | None = None
        self._now: Shoulders | None = None

    def after(
        self, t_s: float, head: HeadAngles | None, position_cm: Place | None, body: Body | None
    ) -> TrunkSample | None:
        """The trunk at `t_s` (seconds, growing). head, position_cm: of the head then, if it was seen. body: what became
        known since the last time."""
        if position_cm is not None:
            x, y, z = (a + b for a, b in zip(position_cm, self._origin_cm, strict=True))
            self._heads.append((t_s, (x, y, z)))
        while self._heads and t_s - self._heads[0][0] > _HEAD_KEPT_S:
            self._heads.popleft()
        if body is not None:
            self._look(t_s, body)
        while self._looks and not 0 <= t_s - self._looks[0][0] <= FILTER_S:
            self._looks.popleft()
            self._now = None  # to be found anew
        if self._looked_s is None or t_s - self._looked_s > FILTER_S:
            self._hands.clear()
            return None
        if self._now is None and self._looks:
            self._now = mean([each for _, each in self._looks])[0]
        found = figures(self._now, self._neutral, head) if self._now and self._neutral and head else None
        hand = Counter(self._hands).most_common(1)[0][0] if self._hands else None
        return TrunkSample(found, hand, bool(self._looks))

    def _look(self, t_s: float, body: Body) -> None:
        self._looked_s, self._now = t_s, None
        self._hands.append(hand_at_head(body))
        if not self._heads:
            return
        _, head_cm = min(self._heads, key=lambda each: abs(each[0] - body.t_s))
        seen = shoulders(body, head_cm, self._camera)
        if seen is not None:
            self._looks.append((t_s, seen))
