"""Before a neutral: finding one's place before the camera, and whose face it is that is to be measured."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import FaceBox, PlacementView
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.graded import Grader
from posture_trainer.pose.neutral.placement import Advice, Placement, PlacementRules, Seen, step
from posture_trainer.pose.patient_face import Place
from posture_trainer.pose.quality import Quality
from posture_trainer.session.devices import LOST_AFTER_S, Devices
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words.placement import WORDS, going_on_words
from posture_trainer.words.seeing import CAMERA_GONE, COVERED

_BLIND_S = 0.3  # without a frame for so long, nobody is seen
_ALONE_S = 1.0  # one face alone for so long: there is nothing to choose any more
_STEADY_SHARE = 0.03  # of the picture: a face that moved less is shown where it was, so that words stay in their place
_CHOOSE = "I see two faces. Which one is yours? Press 1 or 2, or click on it."
_SIT_HERE = "Sit here, with your face in the frame"
_GOOD = "Good. Stay like this."
_KEYS = {Key.DIGIT_1: 0, Key.DIGIT_2: 1}


@dataclass(frozen=True, eq=False)
class Placed:
    """How it ended. lacking: with what it went on regardless. place: of the face that was chosen, None where nobody had
    to choose. crowd: whether others were in the picture."""

    lacking: tuple[Advice, ...] = ()
    place: Place | None = None
    crowd: bool = False


class _Finding:
    """Who is in the picture, and which of them is the patient."""

    def __init__(self, vfov_deg: float) -> None:
        self._vfov_deg = vfov_deg
        self._grader = Grader(vfov_deg)
        self._alone_since_s: float | None = None
        self.faces: tuple[Face, ...] = ()
        self.chosen: Place | None = None
        self.mine: Face | None = None
        """The chosen face as it was seen last."""

    def seen(self, tracked: TrackedFrame, now_s: float) -> Seen:
        """What one frame says to placement. now_s: on the clock that placement is timed by."""
        self.faces = tuple(sorted(tracked.faces, key=lambda face: -face.centre_px[0]))  # left to right in the mirror
        if len(self.faces) != 1:
            self._alone_since_s = None
        elif self._alone_since_s is None:
            self._alone_since_s = now_s
        alone = self._alone_since_s is not None and now_s - self._alone_since_s >= _ALONE_S
        if self.chosen is not None and alone:
            self.chosen, self.mine, self._grader = None, None, Grader(self._vfov_deg)
        graded = self._grader.grade(tracked.frame.t_s, tracked.faces, tracked.frame.damaged)
        if self.chosen is None or graded.face is None:
            return Seen(now_s, tracked.faces, graded.face, graded.quality)
        self.mine = graded.face
        return Seen(now_s, (graded.face,), graded.face, graded.quality)

    def blind(self, now_s: float) -> Seen:
        """A moment without a frame."""
        self.faces, self._alone_since_s = (), None
        return Seen(now_s, (), None, Quality.NO_FACE)

    @property
    def rules(self) -> PlacementRules:
        """By what the place is judged."""
        rules = PlacementRules()
        return rules if self.chosen is None else rules.beside_somebody()

    @property
    def to_choose(self) -> bool:
        """Whether it is to be asked whose face it is."""
        return self.chosen is None and len(self.faces) > 1

    def choose(self, number: int) -> None:
        """Take the face of that number, 0 for the one at the left in the mirror."""
        if self.to_choose and number < len(self.faces):
            self.mine = self.faces[number]
            self.chosen = Place.of(self.mine)
            self._grader = Grader(self._vfov_deg, self.chosen)


def placement_part(
    devices: Devices, on_frame: Callable[[TrackedFrame], None] | None = None, then: str = PlacementView.then
) -> Placed | None:
    """Bring the patient to a good place; gives how it ended, None when stopped. Ends by itself, after 30 s at most.

    Two faces are asked of the tracker meanwhile: with one, a second person would never be seen. on_frame sees every
    frame that passes. then: what comes when all has been good, in words.
    """
    devices.tracking.fine = True
    finding, state = _Finding(devices.vfov_deg()), Placement()
    frame_s, covered, told = devices.clock(), False, None
    boxes: tuple[FaceBox, ...] = ()
    mine: tuple[FaceBox, ...] = ()
    while not (state.done or devices.tracking.finished or devices.time_is_up()):
        tracked = devices.next_frame()
        now_s = devices.clock()
        if tracked is not None:
            frame_s, covered = now_s, tracked.covered
            if on_frame is not None:
                on_frame(tracked)
            state = step(state, finding.seen(tracked, now_s), finding.rules)
        elif now_s - frame_s >= _BLIND_S:
            state = step(state, finding.blind(now_s), finding.rules)
        if state.advice is not told and not devices.window.visible and state.advice is not None:
            devices.say(WORDS[state.advice])
        told, boxes = state.advice, _steady(boxes, [_box(face) for face in finding.faces])
        mine = _steady(mine, [_box(finding.mine)] if finding.mine is not None else [])
        begun_s = now_s if state.begun_s is None else state.begun_s
        for key in devices.show(
            PlacementView(
                picture_bgr=devices.live_picture(),
                words=_words(devices, state, finding, covered),
                good_share=state.good_share,
                left_s=max(0, math.ceil(finding.rules.longest_s - (now_s - begun_s))),
                faces=boxes,
                numbered=finding.to_choose,
                about=mine[0] if mine else None,
                then=then,
            )
        ):
            if key is Key.STOP:
                return None
            if key in _KEYS:
                finding.choose(_KEYS[key])
                state = replace(state, advice=None)  # that there are two is settled
    if state.lacking:
        devices.notice(going_on_words(state.lacking))
    return Placed(state.lacking, finding.chosen, len(finding.faces) > 1)


def _words(devices: Devices, state: Placement, finding: _Finding, covered: bool) -> str:
    if devices.picture_age_s() > LOST_AFTER_S:
        return CAMERA_GONE
    if covered:
        return COVERED
    if finding.to_choose:
        return _CHOOSE
    if state.advice is not None:
        return WORDS[state.advice]
    return _GOOD if state.good_share > 0 else _SIT_HERE


def _box(face: Face) -> FaceBox:
    low, high = face.shares.min(axis=0), face.shares.max(axis=0)
    return FaceBox(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _steady(shown: tuple[FaceBox, ...], now: list[FaceBox]) -> tuple[FaceBox, ...]:
    """The boxes as they were where none has moved much."""
    if len(shown) == len(now) and all(
        _apart(one, other) < _STEADY_SHARE for one, other in zip(shown, now, strict=True)
    ):
        return shown
    return tuple(now)


def _apart(one: FaceBox, other: FaceBox) -> float:
    sides = ((one.left, other.left), (one.top, other.top), (one.right, other.right), (one.bottom, other.bottom))
    return max(abs(a - b) for a, b in sides)
