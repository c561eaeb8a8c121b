"""Does the face look as it did: is a part of it covered, is it another face? From the colours of its skin. Pure.

What the face looked like at the attitudes it has shown so far is kept for the session, in memory only. A frame is
compared with how the face looked a moment ago, and with the attitude kept that is nearest. A hand, a mask or another
face changes the colours of a region at once; light from the side, turning, talking and blinking change them little by
little, or smoothly all over the face. Thresholds were set on made-up people (scripts/bend/right_person.py).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.angles import Matrix
from posture_trainer.pose.lower_face import LowerFace
from posture_trainer.pose.skin_map import Skin, is_of_two_colours, likeness, skin_map

Array = NDArray[np.float64]
_DARK_SHARE, _LEAST_FLOOR = (
    0.3,
    12.0,
)  # of the usual brightness, added before the logarithm: noise in the dark weighs little
_FACING = 0.35  # cosine to the camera below which skin is seen too flat to be compared
_FEWEST_POINTS = 60
_CHANGED = 0.05  # change of the logarithm of a colour that counts, and more for each degree between the attitudes:
_PER_DEG_RECENT, _PER_DEG_KEPT = 0.01, 0.004
_FURTHEST_RECENT_DEG = 4.0  # no head turns further in the time that the look of a moment ago stands for
_TIMES_USUAL = 3.0  # as much more than this skin point changed in the last moments counts too
_COVERED_SHARE, _COVERED_REGION, _COVERED_KEPT = 0.06, 0.35, 0.12  # of the points, of a region's, against one kept
_SETTLING_S = 0.3  # the landmarks of a face that has just been found still move on it
_RECENT_S, _USUAL_S, _KEPT_S = 0.1, 0.25, 2.0  # how fast what is known follows what is seen
_NEW_KEPT_DEG, _SAME_KEPT_DEG, _LONGEST_KEPT_DEG, _MOST_KEPT = 5.0, 4.0, 12.0, 60
_JUDGED_S = 0.05  # a face that looked the same is taken to for so long: then it is judged again
_EVERY = (
    2  # judgements: so often a face that has not changed is compared with the kept look too, lest a slow cover pass
)
_TRUST_DEG, _TRUST_CM = 6.0, 0.15  # so near a known attitude, so little moved: mean error 3.4, else 5
_ALIKE, _UNLIKE = 0.72, 0.47  # likeness of a face that was lost: the same beyond the one, another below the other
_REPLACED = 0.035  # another face in the place of one: the logarithm of a colour changes more, in every region
_ALIKE_S, _UNBROKEN_S = 0.2, 0.5  # for so long, in each frame of it, a lost face must look as before to be known


class Look(StrEnum):
    """What is to be said of a face's look."""

    UNKNOWN = "unknown"  # nothing to compare with
    SAME = "same"
    PARTLY = "partly"  # a part is covered, the rest looks as it did at this very attitude
    COVERED = "covered"  # so much is covered that the angle cannot be trusted
    OTHER = "other"  # after a loss: so much does not look as it did that it is another face


@dataclass(frozen=True, eq=False)
class _Compared:
    """change: of each skin point (n,), NaN where it is not seen; share of them that changed, and of each region's."""

    change: Array
    share: float
    regions: Array

    @property
    def differs(self) -> bool:
        return self.share > _COVERED_SHARE or bool(self.regions.max() > _COVERED_REGION)


class FaceLook:
    """Follows the look of one face from frame to frame."""

    def __init__(self) -> None:
        self._floor: float | None = None
        self._recent: Array | None = None
        self._recent_view: Matrix = np.eye(3)
        self._usual: Array = np.zeros(0)
        self._kept: list[Array] = []
        self._kept_views: list[Matrix] = []
        self._kept_misfits: list[Array] = []
        self._change: Array = np.zeros(0)
        self._covered = False
        self._lower = LowerFace(skin_map().regions[-1])
        self._last_s = 0.0
        self._sure = False
        self._alike_since_s: float | None = None
        self._begun_s = 0.0
        self._frames = 0

    def judge(
        self, t_s: float, colours: NDArray[np.float32] | None, view: Matrix, misfit_cm: Array, lost: bool
    ) -> Look:
        """What is to be said of the frame at `t_s`, which is learned from if the face looks as it did.

        colours: (n, 3) of `colours_at`. view: (3, 3), head axes to those of the ray to the face. misfit_cm: (m, 2)
        of `HeadPose`. lost: whether the face was lost, and has not been known again since, so that what is seen now is
        not how it was a moment ago.
        """
        if colours is None:
            return Look.UNKNOWN
        if self._sure and not lost and 0 <= t_s - self._last_s < _JUDGED_S:
            return Look.SAME
        look = self._judged(t_s, colours, view, misfit_cm, lost)
        self._sure = look is Look.SAME and not self._lower.is_doubtful
        return look

    def _judged(self, t_s: float, colours: NDArray[np.float32], view: Matrix, misfit_cm: Array, lost: bool) -> Look:
        step_s, self._last_s = min(1.0, t_s - self._last_s), t_s
        seen = (skin_map().normals @ view[2] > _FACING) & np.isfinite(colours).all(axis=1)
        if seen.sum() < _FEWEST_POINTS:
            return Look.UNKNOWN
        known = np.where(np.isfinite(colours), colours, 0.0).astype(float)
        self._floor = self._floor or max(_LEAST_FLOOR, _DARK_SHARE * float(np.median(known[seen])))
        tones = np.log(known + self._floor)
        if self._recent is None or t_s - self._begun_s < _SETTLING_S:
            self._begun_s = t_s if self._recent is None else self._begun_s
            self._usual = np.full(len(tones), 0.02)
            self._begin(tones, view, misfit_cm)
            return Look.SAME
        away_deg = _degrees_to(np.array(self._kept_views), view)
        if lost:
            return self._known_again(t_s, step_s, known, seen, view, misfit_cm)
        self._alike_since_s = None
        if self._lower_is_covered(tones, seen, view, away_deg):
            return Look.PARTLY if self._shape_is_as_before(misfit_cm, away_deg) else Look.COVERED
        self._covered = self._differs(tones, seen, view, away_deg, lost=False)
        if self._covered:
            return Look.PARTLY if self._shape_is_as_before(misfit_cm, away_deg) else Look.COVERED
        if not self._lower.is_doubtful:
            self._learn(tones, seen, view, misfit_cm, step_s, away_deg)
            self._lower.learn(t_s, tones, view)
        return Look.SAME

    def _begin(self, tones: Array, view: Matrix, misfit_cm: Array) -> None:
        """From here on this is how the face looks."""
        self._recent, self._recent_view = tones, view
        self._kept, self._kept_views, self._kept_misfits = [tones.copy()], [view], [misfit_cm]
        self._lower = LowerFace(skin_map().regions[-1])

    def _known_again(
        self, t_s: float, step_s: float, known: Array, seen: NDArray[np.bool_], view: Matrix, misfit_cm: Array
    ) -> Look:
        """What is to be said of a face that was lost, by the marks of its skin, in whatever light."""
        assert self._recent is not None
        assert self._floor is not None
        self._lower.forget_moments()
        views = np.array([self._recent_view, *self._kept_views])
        looks, away_deg = [self._recent, *self._kept], _degrees_to(views, view)
        near = [looks[i] for i in np.argsort(away_deg)[:3] if away_deg[i] < _LONGEST_KEPT_DEG]
        own = np.log(known + max(_LEAST_FLOOR, _DARK_SHARE * float(np.median(known[seen]))))
        alike = max((likeness(look, own, seen) for look in near), default=_UNLIKE)
        if alike < _ALIKE or is_of_two_colours(known, seen):
            self._alike_since_s = None
            return Look.OTHER if alike < _UNLIKE else Look.COVERED
        if self._alike_since_s is None or step_s > _UNBROKEN_S:
            self._alike_since_s = t_s
        if t_s - self._alike_since_s < _ALIKE_S:
            return Look.COVERED
        tones = np.log(known + self._floor)
        if self._differs(tones, seen, view, away_deg[1:], lost=True):  # the light is another one, then
            self._begin(tones, view, misfit_cm)
        self._covered = False
        return Look.SAME

    @property
    def is_known(self) -> bool:
        """Whether there is anything to compare a face with."""
        return self._recent is not None

    def _lower_is_covered(self, tones: Array, seen: NDArray[np.bool_], view: Matrix, away_deg: Array) -> bool:
        nearest = int(away_deg.argmin())
        kept = (self._kept[nearest], self._kept_views[nearest])
        if not self._lower.is_covered(tones, seen, view, [kept]):
            return False
        assert self._lower.before is not None
        self._recent, self._recent_view = self._lower.before
        return True

    def _differs(self, tones: Array, seen: NDArray[np.bool_], view: Matrix, away_deg: Array, lost: bool) -> bool:
        """Whether the face looks otherwise than it did, in a light that is nearly the same."""
        assert self._recent is not None
        nearest = int(away_deg.argmin())
        turned_deg = float(_degrees_to(self._recent_view[None], view)[0])
        per_deg = _PER_DEG_KEPT if self._covered or lost else _PER_DEG_RECENT
        tried = [self._against(self._recent, tones, seen, per_deg * min(turned_deg, _FURTHEST_RECENT_DEG))]
        if not tried[0].differs and not lost:
            self._frames += 1
            if away_deg[nearest] >= _SAME_KEPT_DEG or self._frames % _EVERY:
                self._as_before(tried[0])
                return False
            kept = self._against(self._kept[nearest], tones, seen, _PER_DEG_KEPT * away_deg[nearest])
            if kept.share <= _COVERED_KEPT:
                self._as_before(tried[0])
                return False
            tried = [kept]
        for i in np.argsort(away_deg)[:2]:
            if away_deg[i] < _LONGEST_KEPT_DEG:
                tried.append(self._against(self._kept[i], tones, seen, _PER_DEG_KEPT * away_deg[i]))
        best = min(tried, key=lambda each: each.share)
        if not best.differs:
            self._as_before(best)
        return best.differs

    def _as_before(self, compared: _Compared) -> None:
        """Note how much the look changed in a frame in which the face looks as it did."""
        known = np.isfinite(compared.change)
        self._change = np.where(known, np.maximum(compared.change, 0.01), self._usual)

    def _against(self, before: Array, tones: Array, seen: NDArray[np.bool_], allowed: float) -> _Compared:
        skin = skin_map()
        lit = _relit(before, tones, seen, skin)
        near = (tones[seen] - lit)[:, None] - before[skin.neighbours[seen]]
        change = np.full(len(tones), np.nan)
        change[seen] = np.sqrt(np.einsum("ijk,ijk->ij", near, near).min(axis=1) / near.shape[2])
        changed = seen & (change > np.maximum(_CHANGED + allowed, _TIMES_USUAL * self._usual))
        regions = (skin.regions & changed).sum(axis=1) / np.maximum((skin.regions & seen).sum(axis=1), 6)
        return _Compared(change, float(changed.sum() / seen.sum()), regions)

    def _learn(
        self,
        tones: Array,
        seen: NDArray[np.bool_],
        view: Matrix,
        misfit_cm: Array,
        step_s: float,
        away_deg: Array,
    ) -> None:
        assert self._recent is not None
        part = min(1.0, step_s / _RECENT_S)
        self._recent = np.where(seen[:, None], self._recent + part * (tones - self._recent), self._recent)
        self._recent_view = view
        self._usual = self._usual + min(1.0, step_s / _USUAL_S) * (self._change - self._usual)
        nearest = int(away_deg.argmin())
        if away_deg[nearest] > _NEW_KEPT_DEG and len(self._kept) < _MOST_KEPT:
            self._kept.append(tones.copy())
            self._kept_views.append(view)
            self._kept_misfits.append(misfit_cm)
        elif away_deg[nearest] < 0.6 * _NEW_KEPT_DEG:
            part = min(1.0, step_s / _KEPT_S)
            kept = self._kept[nearest]
            self._kept[nearest] = np.where(seen[:, None], kept + part * (tones - kept), kept)

    def _shape_is_as_before(self, misfit_cm: Array, away_deg: Array) -> bool:
        """Whether the landmarks lie on one another as they did at the nearest attitude kept, so that this one is right.

        What covers a part of the face pulls at the others too, each by another length; they fit one rigid face no more.
        """
        nearest = int(away_deg.argmin())
        change = misfit_cm - self._kept_misfits[nearest]
        moved_cm = float(np.sqrt(np.median(np.einsum("ij,ij->i", change, change))))
        return away_deg[nearest] <= _TRUST_DEG and moved_cm <= _TRUST_CM


def changed_all_over(before: NDArray[np.float32], now: NDArray[np.float32]) -> bool:
    """Whether the colours of every region of a face (n, 3) changed from one frame to the next, by light or not."""
    floor = max(_LEAST_FLOOR, _DARK_SHARE * float(np.nanmedian(before)))
    change = np.abs(np.log(now + floor) - np.log(before + floor)).mean(axis=1)
    seen = np.isfinite(change)
    of_regions = [change[region & seen] for region in skin_map().regions]
    return all(not len(each) or float(np.median(each)) > _REPLACED for each in of_regions)


def _relit(before: Array, tones: Array, seen: NDArray[np.bool_], skin: Skin) -> Array:
    """How another light changed the tones since before, (n of seen, 3): smooth in the normals, robust to a cover.

    Light from far away falls on skin as a second-order polynomial of its normal (Ramamoorthi & Hanrahan 2001).
    """
    terms, change = skin.light[seen], (tones - before)[seen]
    ridge = np.diag([0.0] + [0.01] * (terms.shape[1] - 1)) * len(terms)
    weights, lit = np.ones(len(terms)), np.zeros_like(change)
    for _ in range(2):
        weighted = terms * weights[:, None]
        lit = terms @ np.linalg.solve(weighted.T @ terms + ridge, weighted.T @ change)
        squared = ((change - lit) ** 2).mean(axis=1)
        weights = 1 / (1 + squared / max(float(np.partition(squared, len(squared) // 2)[len(squared) // 2]), 0.03**2))
    return lit


def _degrees_to(views: Array, view: Matrix) -> Array:
    """The angles between views (n, 3, 3) and one, in degrees."""
    return np.asarray(np.degrees(np.arccos(np.clip((np.einsum("kij,ij->k", views, view) - 1) / 2, -1, 1))))
