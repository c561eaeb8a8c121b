"""A session as Lab Streaming Layer outlets while it runs: one of the rows' numbers, one of the events.

The only place that knows pylsl, and the only part of the program that opens a socket: it is loaded when it is asked
for by `--lsl`, and never else. What goes out names no patient.
"""

import json
import os
import sys
import time
import uuid
from collections.abc import Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any

from posture_trainer import __version__
from posture_trainer.errors import UserError
from posture_trainer.exchange.tables.bids_text import CHANNELS, HANDS, OTHER_STATE, PLACES, STATES
from posture_trainer.feedback import PostureState
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.samples_file import TRUNK

if TYPE_CHECKING:
    from types import ModuleType

NAME, EVENTS_NAME = "posture_trainer", "posture_trainer_events"
LABELS = tuple(channel[0] for channel in CHANNELS if channel[0] != "t_s")  # the time is the stamp of each sample
_NOT_THERE = "The Lab Streaming Layer can't be loaded here. Install it: pip install 'posture-trainer[lab]'"
_LINGER_S = 0.5  # for what is on its way when the streams are closed
_NAN = float("nan")


class LabStreams:
    """The two outlets of one session. Raises UserError where pylsl or its library is missing.

    Times of the session become times of `pylsl.local_clock()`: `begins` says when its zero was.
    """

    def __init__(self) -> None:
        lsl = _pylsl()
        self._lsl = lsl
        self._outlet = lsl.StreamOutlet(_samples_info(lsl))
        events = lsl.StreamInfo(EVENTS_NAME, "Markers", 1, lsl.IRREGULAR_RATE, lsl.cf_string, _source_id())
        self._events = lsl.StreamOutlet(events)
        self._zero_s = lsl.local_clock()

    def begins(self, monotonic_s: float) -> None:
        """The session's zero was at this time of `time.monotonic()`."""
        before_s = time.monotonic()
        lsl_s = self._lsl.local_clock()
        self._zero_s = monotonic_s + lsl_s - (before_s + time.monotonic()) / 2

    def wait(self, longest_s: float) -> bool:
        """Until somebody listens to the rows, at most so long; whether somebody does."""
        return bool(self._outlet.wait_for_consumers(longest_s))

    def sample(self, sample: PostureSample, state: PostureState) -> None:
        """One row of samples.csv, in the order of LABELS, with NaN where a field is empty; stamped as it was seen."""
        self._outlet.push_sample(row(sample, state), self._zero_s + sample.t_s)

    def event(self, t_s: float, event: str, more: Mapping[str, Any]) -> None:
        """One line of events.jsonl, as JSON."""
        text = json.dumps({"t_s": round(t_s, 4), "event": event, **more}, default=str)
        self._events.push_sample([text], self._zero_s + t_s)

    def close(self) -> None:
        """End both streams; what is on its way to a listener has a moment to arrive."""
        if self._outlet.have_consumers() or self._events.have_consumers():
            time.sleep(_LINGER_S)
        del self._outlet, self._events


def row(sample: PostureSample, state: PostureState) -> list[float]:
    """The numbers of one row, in the order of LABELS (degrees, cm; states as in the BIDS export). Pure."""
    smoothed, measured = sample.smoothed, sample.measured
    numbers = {
        "face": float(smoothed is not None),
        "state": float(STATES.get(state.value, OTHER_STATE)),
        "quality": float(sample.quality is Quality.GOOD),
        "unsmoothed": float(sample.unsmoothed),
    }
    for prefix, angles in (("", smoothed), ("measured_", measured)):
        for name in ("rotation_deg", "tilt_deg", "flexion_deg", "deviation_deg"):
            numbers[prefix + name] = getattr(angles, name) if angles is not None else _NAN
    numbers.update(zip(("x_cm", "y_cm", "z_cm"), sample.position_cm or (_NAN,) * 3, strict=True))
    trunk = sample.trunk
    figures, seen = (trunk.figures, trunk.hand) if trunk is not None else (None, None)
    numbers.update(zip(TRUNK, figures.in_order() if figures is not None else (_NAN,) * len(TRUNK), strict=True))
    numbers["hand"] = float(HANDS[seen.hand.value]) if seen is not None else _NAN
    numbers["hand_place"] = float(PLACES[seen.place.value]) if seen is not None and seen.place is not None else _NAN
    return [numbers[label] for label in LABELS]


def _samples_info(lsl: "ModuleType") -> Any:
    """The description of the rows: names, kinds and units as in the BIDS export's channels."""
    info = lsl.StreamInfo(NAME, "MoCap", len(LABELS), lsl.IRREGULAR_RATE, lsl.cf_double64, _source_id())
    channels = info.desc().append_child("channels")
    for name, component, kind, point, unit, *_, description in CHANNELS[1:]:
        channel = channels.append_child("channel")
        for key, value in (("label", name), ("type", kind), ("unit", unit), ("component", component)):
            channel.append_child_value(key, value)
        channel.append_child_value("tracked_point", point)
        channel.append_child_value("description", description)
    maker = info.desc().append_child("acquisition")
    maker.append_child_value("model", f"posture_trainer {__version__}")
    return info


def _source_id() -> str:
    """Of this run alone, so that a recorder finds it again after a break of the network; it tells of nobody."""
    return f"posture_trainer-{uuid.uuid4()}"


def _pylsl() -> "ModuleType":
    if sys.platform == "linux" and "PYLSL_LIB" not in os.environ:  # pylsl's own files for Linux hold no library
        library = _library_beside_mne_lsl()
        if library is not None:
            os.environ["PYLSL_LIB"] = library
    try:
        import pylsl
    except (ImportError, RuntimeError, OSError) as error:  # RuntimeError: its library is not found
        raise UserError(_NOT_THERE) from error
    module: ModuleType = pylsl
    return module


def _library_beside_mne_lsl() -> str | None:
    """liblsl as the package mne-lsl brings it; it is not imported, only its file is used."""
    try:
        files = metadata.files("mne-lsl") or []
    except metadata.PackageNotFoundError:
        return None
    found = [file for file in files if file.name.startswith("liblsl.so")]
    return str(found[0].locate()) if found else None
