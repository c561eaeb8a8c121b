"""Trick: what a light touch of one's own does. Without it, with it, and without again, the same time each; no cues.

The figure is the change of the deviation, and of the axis that is pulled most, against the first part; what remains is
that of the last part. In the first seconds of each part the hand comes or goes: they are not measured. A hand hides a
part of the face: frames of which the angles can't be trusted count in no mean, and where they are more than half of the
part with the hand, only the lean is told, which the line of the eyes shows above a hand at cheek or chin.
"""

from collections import Counter
from dataclasses import dataclass, replace

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.trial import (
    NOTHING,
    ROUNDING_S,
    Ending,
    Numbers,
    Outcome,
    TrialSample,
    rounded,
    share,
    whole_seconds,
)
from posture_trainer.pose.angles import AXES, HeadAngles
from posture_trainer.words.phrases import PHRASES
from posture_trainer.words.trick import effect_words

SETTLE_S = 3.0
SHOWN_S = 7.0  # the result
_LEAST_SHARE = 0.5  # of a part's frames, good enough to be averaged; and of the looks that show a hand
_SAID = ("trick_without", "trick_with", "trick_again")
_NO_HAND = ("none", "")


@dataclass(frozen=True)
class TrickSettings:
    """part_s: seconds of each of the three parts."""

    part_s: float = 20.0


@dataclass(frozen=True)
class Part:
    """One part: sums over its frames. seen: with angles; exact: of these good enough to be averaged; sums: deviation,
    rotation, tilt, flexion of the exact ones; lean_deg: tilt of all seen. hands: of each hand and place, frames."""

    seen: int = 0
    exact: int = 0
    sums: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    lean_deg: float = 0.0
    looks: int = 0
    hands: tuple[tuple[tuple[str, str], int], ...] = ()

    def after(self, sample: TrialSample) -> "Part":
        """One frame on."""
        part = self
        hand = sample.trunk.hand if sample.trunk is not None else None
        if hand is not None:
            counted = Counter(dict(self.hands))
            counted[hand.hand.value, hand.place.value if hand.place else ""] += 1
            part = replace(part, looks=part.looks + 1, hands=tuple(counted.items()))
        if sample.angles is None:
            return part
        part = replace(part, seen=part.seen + 1, lean_deg=part.lean_deg + sample.angles.tilt_deg)
        if not (sample.exact and sample.trusted):
            return part
        sums = [have + more for have, more in zip(part.sums, _in_order(sample.angles), strict=True)]
        return replace(part, exact=part.exact + 1, sums=(sums[0], sums[1], sums[2], sums[3]))

    @property
    def trusted(self) -> bool:
        """Whether enough of it can be averaged."""
        return self.exact > 0 and self.exact >= _LEAST_SHARE * self.seen

    def mean_deg(self, which: int) -> float | None:
        """Mean of deviation (0), rotation, tilt or flexion; None where there is too little."""
        return self.sums[which] / self.exact if self.trusted else None

    @property
    def hand(self) -> tuple[str, str]:
        """The hand and place that were seen most; ("none", "") where a hand was seen less than half of the time."""
        touching = [each for each in self.hands if each[0] != _NO_HAND]
        if sum(count for _, count in touching) < _LEAST_SHARE * self.looks or not touching:
            return _NO_HAND
        return max(touching, key=lambda each: each[1])[0]


@dataclass(frozen=True)
class TrickState:
    """t_s: into the trial."""

    t_s: float = 0.0
    parts: tuple[Part, Part, Part] = (Part(), Part(), Part())


def opening(_settings: TrickSettings) -> str:
    """The phrase that begins the trial."""
    return _SAID[0]


def step(state: TrickState, settings: TrickSettings, sample: TrialSample) -> tuple[TrickState, Outcome]:
    """One moment on."""
    before, t_s = _part_at(state.t_s, settings), state.t_s + sample.dt_s
    now = _part_at(t_s, settings)
    parts = state.parts
    if now < 3 and t_s - now * settings.part_s >= SETTLE_S and sample.dt_s > 0:
        measured = parts[now].after(sample)
        parts = tuple(measured if index == now else each for index, each in enumerate(parts))  # type: ignore[assignment]
    state = TrickState(t_s, parts)
    if now == 3:
        if t_s >= 3 * settings.part_s + SHOWN_S - ROUNDING_S:
            usable = all(part.seen for part in parts)
            return state, Outcome(ending=Ending.DONE if usable else Ending.VOID)
        return state, Outcome(sound="trial_done") if before < 3 else NOTHING
    return state, Outcome(say=_SAID[now]) if now > before else NOTHING


def view(state: TrickState, settings: TrickSettings) -> ExerciseView:
    """What to draw: the mirror without outline and cues, the same in all parts; then what the hand did."""
    now = _part_at(state.t_s, settings)
    if now == 3:
        return ExerciseView("trick", words=result_words(numbers(state, settings)), mirror=False)
    left_s = whole_seconds((now + 1) * settings.part_s - state.t_s)
    return ExerciseView("trick", words=PHRASES[_SAID[now]], countdown_s=left_s)


def result_words(found: Numbers) -> str:
    """What the hand did, in the patient's words."""
    hand, place, change, lean = (found[name] for name in ("hand", "place", "change_deg", "lean_change_deg"))
    return effect_words(
        str(hand),
        str(place or ""),
        float(change) if isinstance(change, float) else None,
        float(lean) if isinstance(lean, float) else None,
    )


def numbers(state: TrickState, settings: TrickSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    without, touching, again = state.parts
    hand, place = touching.hand
    deviations = [part.mean_deg(0) for part in state.parts]
    first = [without.mean_deg(which) for which in (1, 2, 3)]
    axis = max(range(3), key=lambda index: abs(first[index] or 0.0)) if without.trusted else None
    return {
        "part_s": rounded(settings.part_s),
        "hand": hand,
        "place": place or None,
        "hand_share": share(sum(count for each, count in touching.hands if each != _NO_HAND), touching.looks),
        "trusted_share": share(touching.exact, touching.seen),
        "before_deg": rounded(deviations[0]),
        "with_deg": rounded(deviations[1]),
        "after_deg": rounded(deviations[2]),
        "change_deg": rounded(_change(deviations[0], deviations[1])),
        "remains_deg": rounded(_change(deviations[0], deviations[2])),
        "axis": AXES[axis] if axis is not None else None,
        "axis_change_deg": rounded(_of_axis(axis, without, touching)),
        "axis_remains_deg": rounded(_of_axis(axis, without, again)),
        "lean_change_deg": rounded(_lean(touching, without)),
    }


def _part_at(t_s: float, settings: TrickSettings) -> int:
    return min(3, int((t_s + ROUNDING_S) // settings.part_s))


def _in_order(angles: HeadAngles) -> tuple[float, float, float, float]:
    return angles.deviation_deg, angles.rotation_deg, angles.tilt_deg, angles.flexion_deg


def _change(before: float | None, now: float | None) -> float | None:
    return None if before is None or now is None else now - before


def _of_axis(axis: int | None, before: Part, now: Part) -> float | None:
    """How much farther from neutral on that axis; below 0: nearer."""
    if axis is None:
        return None
    then, there = before.mean_deg(axis + 1), now.mean_deg(axis + 1)
    return None if then is None or there is None else (there - then) * (1 if then >= 0 else -1)


def _lean(now: Part, before: Part) -> float | None:
    """How much more it leans, whatever the quality; below 0: less."""
    if not now.seen or not before.seen:
        return None
    return abs(now.lean_deg / now.seen) - abs(before.lean_deg / before.seen)
