"""Placement first: brings the patient to a good place before the camera, with one advice at a time. Pure.

A neutral is only worth as much as the frames that it is made of. So before one is recorded every frame is judged by the
rules that a session applies later (`quality.grade`) and by somewhat narrower ones, so that a head that then moves stays
within the former. When all has been good for a while it is done; after half a minute it goes on with what there is, and
says what that lacks: nobody is to be stuck here.

An advice begins at one limit and ends at another, and the next must be wanted for a moment before it takes its place:
so each can be read, and none flickers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import FIT_FOR_CUES, Quality


class Advice(StrEnum):
    """What is wrong, in the order in which it is told. The value is what the log keeps."""

    NO_FACE = "no_face"
    ONE_PERSON = "one_person"
    UPSIDE_DOWN = "upside_down"
    LIGHT = "light"
    UNCOVER = "uncover"
    BACK = "back"
    CLOSER = "closer"
    LEFT = "left"
    RIGHT = "right"
    SCREEN_UP = "screen_up"
    SCREEN_DOWN = "screen_down"
    FACE_CAMERA = "face_camera"
    SLOW = "slow"


_BY_QUALITY = {
    Quality.COVERED: Advice.UNCOVER,
    Quality.DARK: Advice.LIGHT,
    Quality.SMALL: Advice.CLOSER,
    Quality.TURNED: Advice.FACE_CAMERA,
    Quality.SLOW: Advice.SLOW,
}
_OFF_PLACE = frozenset({Advice.BACK, Advice.LEFT, Advice.RIGHT, Advice.SCREEN_UP, Advice.SCREEN_DOWN})


@dataclass(frozen=True)
class PlacementRules:
    """Each pair is the limit at which an advice begins, and the one at which it ends.

    narrowest_px: of the face, twice what a session needs. tallest: of the face, as a share of the picture's height.
    aside, off_height: its middle from the picture's, as shares of width and height. darkest: its mean grey level.
    """

    narrowest_px: tuple[float, float] = (80.0, 88.0)
    tallest: tuple[float, float] = (0.66, 0.62)
    aside: tuple[float, float] = (0.20, 0.15)
    off_height: tuple[float, float] = (0.20, 0.15)
    darkest: tuple[float, float] = (25.0, 30.0)
    good_s: float = 1.5
    longest_s: float = 30.0
    lapse_s: float = 0.2  # bad frames of so long in all, blinks of the tracker, do not begin the good time anew
    change_s: float = 0.5  # for so long another advice must be wanted
    gap_s: float = 0.5  # a pause of the pictures so long does

    def beside_somebody(self) -> "PlacementRules":
        """For one of two who sit side by side before one camera: neither of them can be in its middle, and the whole
        picture is theirs, but for as much as a head needs to move in."""
        return replace(self, aside=(0.38, 0.35))


@dataclass(frozen=True)
class Seen:
    """One tracked frame. faces: all in it; face: the patient's, None if there is none or it can't be told which.

    quality: what `PatientPosture` says of it, before the camera itself (`Reference.camera`).
    """

    t_s: float
    faces: Sequence[Face]
    face: Face | None
    quality: Quality


@dataclass(frozen=True)
class Placement:
    """How far it is. The first one is `Placement()`; `step` gives the next.

    advice: what to tell, None when there is nothing to tell (or not yet). good_share: of the good time, 0 to 1.
    done: it goes on. lacking: with what it went on regardless, in the order of `Advice`; empty when all was good.
    """

    advice: Advice | None = None
    good_share: float = 0.0
    done: bool = False
    lacking: tuple[Advice, ...] = ()
    begun_s: float | None = None
    last_s: float = 0.0
    good_since_s: float | None = None
    bad_s: float = 0.0
    wanted: Advice | None = None
    wanted_since_s: float = 0.0


def step(placement: Placement, seen: Seen, rules: PlacementRules | None = None) -> Placement:
    """After one more frame, or none: without pictures give a `Seen` without faces now and then, and time goes on.

    Times grow. When it is done it stays as it is.
    """
    rules = rules or PlacementRules()
    if placement.done:
        return placement
    now_s = seen.t_s
    begun_s = now_s if placement.begun_s is None else placement.begun_s
    paused = placement.begun_s is not None and now_s - placement.last_s > rules.gap_s
    needs = needed(seen, rules, placement.advice)
    after = _told(placement, needs[0] if needs else None, now_s, rules)
    after = _timed(after, not needs, now_s, paused, rules)
    after = replace(after, begun_s=begun_s, last_s=now_s)
    if not after.done and now_s - begun_s >= rules.longest_s:
        return replace(after, done=True, lacking=needs)
    return after


def needed(seen: Seen, rules: PlacementRules, shown: Advice | None = None) -> tuple[Advice, ...]:
    """All that is wrong with a frame, most important first. shown: the advice that is told now, whose limit is where it
    ends."""
    if not seen.faces or seen.quality is Quality.NO_FACE:
        return (Advice.NO_FACE,)
    found = {Advice.ONE_PERSON} if len(seen.faces) > 1 else set()
    if seen.face is not None:
        found |= _of_face(seen.face, rules, shown)
    if seen.quality in (Quality.TWO_FACES, Quality.OTHER_FACE):
        found.add(Advice.ONE_PERSON)
    elif seen.quality is Quality.UPSIDE_DOWN:
        return (Advice.UPSIDE_DOWN,)
    elif seen.quality in _BY_QUALITY:
        found.add(_BY_QUALITY[seen.quality])
    elif seen.quality is Quality.ASIDE and seen.face is not None:
        found |= _off_edge(seen.face)
    elif seen.quality not in FIT_FOR_CUES and not found:
        found.add(Advice.NO_FACE)  # a face that can't be believed just now
    return tuple(advice for advice in Advice if advice in found)


def fit_for_neutral(quality: Quality, lacking: Sequence[Advice]) -> bool:
    """Whether a frame of that quality may be part of a neutral. lacking: with what placement went on.

    A good frame always; another one only for what could not be mended. Never without knowing whose face it is.
    """
    if quality is Quality.ASIDE:
        return not _OFF_PLACE.isdisjoint(lacking)
    return quality is Quality.GOOD or (quality in _BY_QUALITY and _BY_QUALITY[quality] in lacking)


def unmended(qualities: Sequence[Quality]) -> tuple[Advice, ...]:
    """What frames of these qualities lack, each as the advice that would mend it, where nobody can be told (a file)."""
    found = {_BY_QUALITY[quality] for quality in qualities if quality in _BY_QUALITY}
    found |= {Advice.BACK} if Quality.ASIDE in qualities else set()
    return tuple(advice for advice in Advice if advice in found)


def _of_face(face: Face, rules: PlacementRules, shown: Advice | None) -> set[Advice]:
    def limit(pair: tuple[float, float], *told: Advice) -> float:
        return pair[shown in told]

    shares = face.shares[:, :2]
    low, high = shares.min(axis=0), shares.max(axis=0)
    right, down = (low + high) / 2 - 0.5  # from the middle of the camera's picture: its right is the patient's left
    tall = float(high[1] - low[1])
    found = set()
    if tall > limit(rules.tallest, Advice.BACK):
        found.add(Advice.BACK)
    elif face.width_px < limit(rules.narrowest_px, Advice.CLOSER):
        found.add(Advice.CLOSER)
    if abs(right) > limit(rules.aside, Advice.LEFT, Advice.RIGHT):
        found.add(Advice.RIGHT if right > 0 else Advice.LEFT)
    if abs(down) > limit(rules.off_height, Advice.SCREEN_UP, Advice.SCREEN_DOWN):
        found.add(Advice.SCREEN_DOWN if down > 0 else Advice.SCREEN_UP)
    if face.brightness < limit(rules.darkest, Advice.LIGHT):
        found.add(Advice.LIGHT)
    return found


def _off_edge(face: Face) -> set[Advice]:
    """The advice for a face that is over an edge of the picture: away from the nearest one, or back from two."""
    shares = face.shares[:, :2]
    low, high = shares.min(axis=0), 1 - shares.max(axis=0)
    if max(low[0], high[0]) < 0.1 or max(low[1], high[1]) < 0.1:
        return {Advice.BACK}
    to_edge = {
        Advice.LEFT: low[0],  # the left edge of the camera's picture is at the patient's right
        Advice.RIGHT: high[0],
        Advice.SCREEN_UP: low[1],
        Advice.SCREEN_DOWN: high[1],
    }
    return {min(to_edge, key=lambda advice: to_edge[advice])}


def _told(placement: Placement, wanted: Advice | None, now_s: float, rules: PlacementRules) -> Placement:
    """With the advice that is told: another takes its place when it has been wanted for a while."""
    if wanted is not placement.wanted:
        placement = replace(placement, wanted=wanted, wanted_since_s=now_s)
    if wanted is not placement.advice and now_s - placement.wanted_since_s >= rules.change_s:
        return replace(placement, advice=wanted)
    return placement


def _timed(placement: Placement, good: bool, now_s: float, paused: bool, rules: PlacementRules) -> Placement:
    """With the time since which all was good, but for lapses that are short together."""
    since_s, bad_s = placement.good_since_s, placement.bad_s
    if not good:
        bad_s += now_s - placement.last_s
    if paused or bad_s > rules.lapse_s:
        since_s = None
    if since_s is None:
        since_s, bad_s = (now_s if good else None), 0.0
    if since_s is None:
        return replace(placement, good_since_s=None, bad_s=0.0, good_share=0.0)
    share = min(1.0, (now_s - since_s) / rules.good_s) if good else placement.good_share
    return replace(placement, good_since_s=since_s, bad_s=bad_s, good_share=share, done=share >= 1.0)
