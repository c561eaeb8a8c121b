"""When each frame of a recorded video was seen, also where the file's own clock is broken. Pure.

A file may have no time stamps, may begin them anew (two recordings put together), let them jump, or give them in
bursts (several frames that were stamped when they arrived, not when they were seen). A rate that varies is no fault: it
is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BACK_S = 0.5  # a clock that goes back further begins anew; less is disorder among a few frames
FORWARD_S = 10.0  # further forward than this is no pause of a camera
GAP_S = 1.0  # without pictures for longer is worth a word
_BURST_SHARE, _OFTEN = (
    0.4,
    0.25,
)  # of the usual step: closer frames came in a burst, if so many of all are so close; ...
_RARE_BURST_SHARE = 0.15  # ... otherwise, as a rate may vary, only frames closer than this; ...
_BURST_PACE = (0.4, 2.5)  # ... and if, spread evenly, their pace is so many usual steps, ...
_BURST_FRAMES, _BURST_S = 60, 2.5  # ... and they are no stretch of slow motion
_TOLD_SHARE = 0.01  # of the frames: fewer mended ones are not worth a word
_SAME_S = 1e-6

Times = NDArray[np.float64]


@dataclass(frozen=True)
class Stamp:
    """What a packet of the video states, in seconds: when its frame is to be shown, and when to be decoded."""

    shown_s: float | None
    decoded_s: float | None

    @property
    def either_s(self) -> float | None:
        """When it is to be shown, as far as is known."""
        return self.shown_s if self.shown_s is not None else self.decoded_s


@dataclass(frozen=True, eq=False)
class _Stretch:
    """A part of the video with one clock: times as the file states them, growing, and as they are taken to be."""

    stated_s: Times
    times_s: Times


class FrameClock:
    """Gives each decoded frame its time in seconds since the first one, growing strictly.

    stamps: of all packets, in the order of the file. stated_step_s: from one frame to the next by the file's rate.
    notes: what was mended, a short sentence each.
    """

    def __init__(self, stamps: Sequence[Stamp], stated_step_s: float) -> None:
        known = [stamp for stamp in stamps if stamp.either_s is not None]
        self.notes: list[str] = []
        self._stretches: list[_Stretch] = []
        self.step_s = stated_step_s
        self._packets = len(stamps)
        stated_s = [stamp.either_s or 0.0 for stamp in known]
        if len(known) > 1 and 2 * len(known) >= len(stamps) and max(stated_s) - min(stated_s) > _SAME_S:
            stretches = _stretches(known)
            self.step_s = _usual_step_s(stretches, stated_step_s)
            self._lay_out(stretches, stamps.index(known[0]))
        elif len(stamps) > 1:
            rate_hz = 1 / stated_step_s
            self.notes.append(f"It has no time stamps: {rate_hz:.4g} pictures a second were taken for its rate.")
        self._now, self._next = 0, 0  # the stretch, and the place in it, where the next frame is expected
        self._last_stated_s: float | None = None
        self._last_s: float | None = None
        self._first_s = 0.0
        self._made_up = False

    @property
    def mended(self) -> bool:
        """Whether the clock begins anew or jumps, so that lengths by it mean nothing."""
        return len(self._stretches) > 1

    @property
    def length_s(self) -> float:
        """From the first to the end of the last frame that the packets promise."""
        return float(self._stretches[-1].times_s[-1]) + self.step_s if self._stretches else self._packets * self.step_s

    def time_of(self, stated_s: float | None) -> float:
        """The time of the next frame. stated_s: what the file states for it, or None."""
        found_s = self._look_up(stated_s) if stated_s is not None and self._stretches else None
        if self._last_s is None:
            self._last_s = self._first_s = found_s or 0.0
            return 0.0
        # After a time that was made up the clock is joined again without a step that is too short for a movement.
        least_s = self._last_s + (self.step_s / 2 if self._made_up else _SAME_S)
        self._made_up = found_s is None or found_s < least_s
        if found_s is None:
            self._last_s += self.step_s
        else:
            self._last_s = self._last_s + self.step_s / 2 if self._made_up else found_s
        return self._last_s - self._first_s

    def _look_up(self, stated_s: float) -> float | None:
        last_s, self._last_stated_s = self._last_stated_s, stated_s
        stretch = self._stretches[self._now]
        back = last_s is not None and stated_s < last_s - BACK_S
        if (back or stated_s > stretch.stated_s[-1] + FORWARD_S) and self._now + 1 < len(self._stretches):
            self._now, self._next = self._now + 1, 0
            stretch = self._stretches[self._now]
        place = self._next + int(np.searchsorted(stretch.stated_s[self._next :], stated_s - _SAME_S))
        if place < len(stretch.stated_s) and abs(stretch.stated_s[place] - stated_s) < 2 * _SAME_S:
            self._next = place + 1
            return float(stretch.times_s[place])
        return None if place == self._next > 0 else float(np.interp(stated_s, stretch.stated_s, stretch.times_s))

    def _lay_out(self, stretches: list[Times], before: int) -> None:
        """Put the stretches one after the other, and spread bursts. before: packets without a time ahead of them."""
        mended, gaps, begins_s = 0, list[tuple[float, float]](), before * self.step_s
        for stated_s in stretches:
            times_s, spread = _without_bursts(stated_s, self.step_s)
            times_s = times_s - times_s[0] + begins_s
            steps_s = np.diff(times_s)
            gaps += [(float(times_s[i]), float(steps_s[i])) for i in np.flatnonzero(steps_s > GAP_S)]
            self._stretches.append(_Stretch(stated_s, times_s))
            mended, begins_s = mended + spread, float(times_s[-1]) + self.step_s
        seams_s = [float(later.times_s[0]) for later in self._stretches[1:]]
        if seams_s:
            self.notes.append(f"Its clock was mended where it begins anew or jumps: {_listed(seams_s)}.")
        if mended > _TOLD_SHARE * sum(map(len, stretches)):
            self.notes.append(f"Its time stamps come in bursts: {mended} pictures were put at an even pace.")
        if gaps:
            longest_s = max(gap_s for _, gap_s in gaps)
            self.notes.append(f"Without pictures for up to {longest_s:.1f} s: {_listed([at_s for at_s, _ in gaps])}.")


def _stretches(known: list[Stamp]) -> list[Times]:
    """The stated times of each part with one clock, sorted.

    A clock that goes back shows in the order of decoding, which otherwise only grows; one that jumps on in the times.
    """
    parts: list[list[Stamp]] = [[known[0]]]
    for before, after in pairwise(known):
        both_decoded = before.decoded_s is not None and after.decoded_s is not None
        one, two = (before.decoded_s, after.decoded_s) if both_decoded else (before.either_s, after.either_s)
        if one is not None and two is not None and two < one - BACK_S:
            parts.append([])
        parts[-1].append(after)
    stretches = []
    for part in parts:
        times_s = np.sort(np.array([stamp.either_s for stamp in part], dtype=float))
        stretches += np.split(times_s, np.flatnonzero(np.diff(times_s) > FORWARD_S) + 1)
    return stretches


def _usual_step_s(stretches: list[Times], stated_step_s: float) -> float:
    """The mean step from one frame to the next, pauses left out."""
    steps_s = np.concatenate([np.diff(stated_s) for stated_s in stretches])
    steps_s = steps_s[steps_s <= GAP_S]
    mean_s = float(steps_s.mean()) if len(steps_s) else 0.0
    return mean_s if mean_s > _SAME_S else stated_step_s


def _without_bursts(stated_s: Times, usual_s: float) -> tuple[Times, int]:
    """The same times with every burst spread evenly, and how many were moved.

    Either until the next frame, or back to the frame before (where frames were stamped when they arrived, after some
    had been held up): the latter where it gives a clearly more even pace.
    """
    steps_s = np.diff(stated_s)
    often = np.mean(steps_s < _BURST_SHARE * usual_s) > _OFTEN if len(steps_s) else False
    share = _BURST_SHARE if often else _RARE_BURST_SHARE
    begins = np.concatenate([[0], np.flatnonzero(steps_s >= share * usual_s) + 1])
    ends = np.append(begins[1:], len(stated_s))
    frames = ends - begins
    onward_s, back_s = np.diff(stated_s[begins]) / frames[:-1], np.diff(stated_s[ends - 1]) / frames[1:]
    onward_s = np.append(onward_s, np.median(onward_s) if len(onward_s) else usual_s)
    back_s = np.insert(back_s, 0, np.median(back_s) if len(back_s) else usual_s)
    bursts = (frames > 1) & (frames <= _BURST_FRAMES)
    if not bursts.any():
        return stated_s, 0
    held_up = np.std(back_s[1:]) < np.std(onward_s[:-1]) / 2 if len(frames) > 2 else False
    times_s, moved = stated_s.copy(), 0
    for i in np.flatnonzero(bursts):
        count = frames[i]
        ways = [(onward_s[i], stated_s[begins[i]]), (back_s[i], stated_s[ends[i] - 1] - (count - 1) * back_s[i])]
        for pace_s, first_s in reversed(ways) if held_up else ways:
            if _is_pace(pace_s, usual_s, count):
                times_s[begins[i] : ends[i]] = first_s + pace_s * np.arange(count)
                moved += count - 1
                break
    return np.maximum.accumulate(times_s), int(moved)


def _is_pace(step_s: float, usual_s: float, frames: int) -> bool:
    return bool(_BURST_PACE[0] <= step_s / usual_s <= _BURST_PACE[1] and step_s * frames <= _BURST_S)


def _listed(times_s: list[float]) -> str:
    """The first few places in the video, in words."""
    words = ", ".join(f"{time_s:.1f}" for time_s in times_s[:5])
    return f"at {words} s" + (f" and {len(times_s) - 5} more" if len(times_s) > 5 else "")
