"""What every session log states about itself: the contents of session.json."""

import functools
import platform
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from posture_trainer import __version__
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.restriction import Restrictions
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.sources.frames import SourceInfo
from posture_trainer.tracking.choice import Way
from posture_trainer.tracking.mediapipe_tracker import FINE_TURN_DEG, FINE_WIDTH_PX
from posture_trainer.words.directions import target_words
from posture_trainer.words.straightness import baseline_notes

UNITS = {
    "t_s": "seconds since the start of the session",
    "rotation_deg": "degrees, + face turned to the patient's right",
    "tilt_deg": "degrees, + right ear towards the right shoulder",
    "flexion_deg": "degrees, + chin down",
    "deviation_deg": "degrees, the whole rotation away from neutral, never negative",
    "measured_": "the same angles before smoothing",
    "x_cm": "cm relative to the baseline, + to the patient's left",
    "y_cm": "cm relative to the baseline, + up",
    "z_cm": "cm relative to the baseline, + towards the camera",
    "shoulder_line_deg": "degrees, + right shoulder up; this and what follows: median of 1 s, empty where not seen",
    "trunk_rotation_deg": "degrees, + trunk turned to the patient's right",
    "head_shift_cm": "cm, + head to the patient's right of the middle of the shoulders",
    "head_forward_cm": "cm, + head in front of where it was over the shoulders",
    "neck_rotation_deg": "degrees, the head's rotation without the trunk's",
    "neck_tilt_deg": "degrees, the head's tilt against the line of the shoulders",
}
UNSMOOTHED: dict[str, str] = {
    Way.LITERT: "always: MediaPipe's networks on crops of our own, without smoothing over time",
    Way.MEDIAPIPE: f"two faces asked of MediaPipe while the face is at least {FINE_WIDTH_PX[0]:.0f} px wide and turned "
    f"less than {FINE_TURN_DEG[0]:.0f} degrees, one otherwise; samples.csv says which for each frame",
}
NECK_AXES = "angles are in the axes found by functional calibration if the baseline has neck_axes"


def versions() -> dict[str, str]:
    """Versions of the program and of what its numbers depend on."""
    found = {"posture_trainer": __version__, "python": platform.python_version()}
    return found | {name: _version(name) for name in ("mediapipe", "ai-edge-litert", "opencv-python", "av", "numpy")}


@functools.cache  # to look it up takes milliseconds
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def target_note(target: Target) -> str:
    """What a reader of the log must know of a target that is not neutral."""
    return (
        f"The target was not neutral but {target_words(target)}: cues, state and holds are about the target, "
        "tolerance edges and all angles are told from neutral."
    )


def tracker_note(baseline: Baseline, tracker: str | None) -> str:
    """What a reader must know of a stored baseline that was recorded with another way of tracking than this session."""
    recorded_with = baseline.versions.get("tracker", Way.MEDIAPIPE)  # those of before don't say it
    if tracker is None or recorded_with == tracker:
        return ""
    return (
        f"The neutral was recorded with the tracker {recorded_with}, this session with {tracker}: angles may be off "
        "by about 1 degree, 2 at most. A new neutral sets it right."
    )


def utc_offset_s(now: datetime) -> int:
    """How far this computer's clock is ahead of UTC at that moment, in seconds: on which day a session is."""
    offset = now.astimezone().utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def session_header(
    *,
    command: str,
    patient: str | None,
    source: SourceInfo,
    baseline: Baseline | None,
    baseline_file: Path | None,
    settings: FeedbackSettings,
    notes: list[str],
    tracker: str | None = None,
    plan: dict[str, Any] | None = None,
    last_injection: date | None = None,
    restrictions: Restrictions | None = None,
    refused: str | None = None,
) -> dict[str, Any]:
    """The header of a session that begins now. Of the baseline all but the shape of the face.

    tracker: the way of tracking, by its name; None: none was there.
    plan: the name and the whole plan of a guided session. last_injection: of botulinum toxin, as far as is known.
    restrictions: what holds in this session, with the reasons. refused: why there was none.
    """
    now = datetime.now(UTC)
    other_tracker = tracker_note(baseline, tracker) if baseline is not None and baseline_file is not None else ""
    return {
        "schema_version": 1,
        "created_utc": now.isoformat(timespec="milliseconds"),
        "utc_offset_s": utc_offset_s(now),
        "command": command,
        "patient": patient,
        "versions": versions(),
        "source": asdict(source),
        "baseline": baseline.model_dump(mode="json", exclude={"landmarks", "face_model"}) if baseline else None,
        "baseline_file": baseline_file.name if baseline_file else None,
        "feedback": asdict(settings),
        "tracking": {
            "tracker": tracker,
            "unsmoothed": UNSMOOTHED.get(tracker or ""),
            "neck_axes": NECK_AXES,
        },
        "plan": plan,
        "last_injection": last_injection.isoformat() if last_injection else None,
        "restrictions": {name: list(reasons) for name, reasons in (restrictions or {}).items()},
        "refused": refused,
        "notes": [
            *([] if settings.target == NEUTRAL else [target_note(settings.target)]),
            *(baseline_notes(baseline) if baseline else []),
            *([other_tracker] if other_tracker else []),
            *notes,
        ],
        "units": UNITS,
    }
