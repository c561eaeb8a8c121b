"""The words and tables of a Motion-BIDS dataset (BIDS 1.11; Jeung et al. 2024). Pure."""

from typing import Any

from posture_trainer import __version__

BIDS_VERSION = "1.11.0"
TASKS = {
    "practice": ("practice", "Mirror feedback training: keep the head within tolerance of its neutral position."),
    "demo": ("demo", "The program's demonstration clip."),
    "analyze": ("analyze", "A recorded video, measured afterwards."),
}
INSTRUCTIONS = {
    "practice": "Bring your head to its neutral position and keep it there; in a plan each exercise says what to do.",
}
OTHER_TASK = ("other", "A session of an unknown kind.")
STATES = {"no_face": 0, "neutral": 1, "out": 2, "paused": 3, "unsure": 4}
OTHER_STATE = 9
HANDS = {"none": 0, "left": 1, "right": 2, "both": 3}
PLACES = {"chin": 1, "cheek": 2, "forehead": 3, "temple": 4}
CHANNEL_COLUMNS = ("name", "component", "type", "tracked_point", "units", "placement", "reference_frame", "description")

_HEAD = ("Head", "deg", "webcam", "neutral_head")
_PLACE = ("Head", "cm", "webcam", "neutral_head")
_SHOULDERS = ("Shoulders", "deg", "webcam", "neutral_head")
_SHIFTS = ("Head", "cm", "webcam", "neutral_head")
_PLAIN = ("Head", "n/a", "webcam", "n/a")
# One line for each column of *_motion.tsv, in its order.
CHANNELS: tuple[tuple[str, ...], ...] = (
    ("t_s", "n/a", "LATENCY", "n/a", "s", "n/a", "n/a", "seconds since the start of the session"),
    ("face", "n/a", "MISC", *_PLAIN, "1 if a face was seen, else 0"),
    ("rotation_deg", "y", "ORNT", *_HEAD, "smoothed, + face to the patient's right (turns about -y)"),
    ("tilt_deg", "z", "ORNT", *_HEAD, "smoothed, + right ear to the right shoulder"),
    ("flexion_deg", "x", "ORNT", *_HEAD, "smoothed, + chin down"),
    ("deviation_deg", "n/a", "MISC", *_HEAD, "angle of the whole smoothed rotation away from neutral"),
    ("measured_rotation_deg", "y", "ORNT", *_HEAD, "rotation before smoothing"),
    ("measured_tilt_deg", "z", "ORNT", *_HEAD, "tilt before smoothing"),
    ("measured_flexion_deg", "x", "ORNT", *_HEAD, "flexion before smoothing"),
    ("x_cm", "x", "POS", *_PLACE, "relative to the baseline, + to the patient's left"),
    ("y_cm", "y", "POS", *_PLACE, "relative to the baseline, + up"),
    ("z_cm", "z", "POS", *_PLACE, "relative to the baseline, + towards the camera"),
    ("state", "n/a", "MISC", *_PLAIN, "0 no_face, 1 neutral, 2 out of tolerance, 3 paused, 4 unsure, 9 other"),
    ("measured_deviation_deg", "n/a", "MISC", *_HEAD, "deviation before smoothing"),
    ("quality", "n/a", "MISC", *_PLAIN, "1 if the measurement is good, else 0"),
    ("unsmoothed", "n/a", "MISC", *_PLAIN, "1 if the measured angles are free of the tracker's own smoothing"),
    ("shoulder_line_deg", "z", "MISC", *_SHOULDERS, "line of the shoulders, + right one up; median of 1 s"),
    ("trunk_rotation_deg", "y", "MISC", *_SHOULDERS, "+ trunk to the patient's right; median of 1 s"),
    ("head_shift_cm", "x", "MISC", *_SHIFTS, "+ head to the patient's right of the middle of the shoulders"),
    ("head_forward_cm", "z", "MISC", *_SHIFTS, "+ head in front of where it was over the shoulders"),
    ("neck_rotation_deg", "y", "MISC", *_HEAD, "rotation without the trunk's"),
    ("neck_tilt_deg", "z", "MISC", *_HEAD, "tilt against the line of the shoulders"),
    ("hand", "n/a", "MISC", *_PLAIN, "hand at the head: 0 none, 1 left, 2 right, 3 both"),
    ("hand_place", "n/a", "MISC", *_PLAIN, "where: 1 chin, 2 cheek, 3 forehead, 4 temple"),
)

CHANNELS_JSON: dict[str, Any] = {
    "reference_frame": {
        "Description": "Frame in which the motion data are to be interpreted.",
        "Levels": {
            "neutral_head": {
                "Description": "The head in its neutral position (the baseline): x to the patient's left, y up, z "
                "out of the face. R = Rx(flexion) Rz(tilt) Ry(-rotation), the ISB order for the spine.",
                "SpatialAxes": "LUF",
                "RotationRule": "right-hand",
                "RotationOrder": "YZX",
            }
        },
    }
}

PARTICIPANTS_JSON = {"patient_code": {"Description": "The code of the patient in posture_trainer."}}

SESSIONS_JSON = {
    "length_s": {"Description": "From start to end, gaps and pauses included.", "Units": "s"},
    "seen_s": {"Description": "Time with a face, not paused.", "Units": "s"},
    "neutral_s": {"Description": "Time within tolerance of neutral.", "Units": "s"},
    "cues": {"Description": "Number of cues of all kinds."},
    "hold_test_s": {"Description": "Mean of the hold test's tries.", "Units": "s"},
    "trouble": {"Description": "What is wrong with the session's files; n/a if nothing."},
}

README = """# Head posture practice

Sessions of head posture practice in cervical dystonia, recorded with posture_trainer: a webcam mirror that measures the
head's rotation, tilt and flexion relative to a neutral position of each patient.
It is a practice record, not a medical device's: it diagnoses and treats nothing.

- The times of the rows are uneven: use the LATENCY channel `t_s`. `SamplingFrequency` is the median rate,
  `SamplingFrequencyEffective` is rows over length.
- Angles come from a camera. A good webcam tracker is off by about 3 to 4 degrees, and by more beyond 45 degrees.
- Patients are known by a code only; there is no date of birth, no name and no picture.
- Events: cue (the patient was asked to move), regained (neutral was regained), ratings (0 to 100, before and after
  practice), each trial of an exercise with its figures (`*_events.json` says what they mean), pause, resume, stop,
  face_lost, face_found, camera_lost, camera_found, calibrate, baseline (a new neutral for the rest of the session).
- The sessions of a patient may have different baselines: `*_motion.json` tells which (`Baseline`). Compare sessions on
  the same one only.
"""


def dataset_description() -> dict[str, Any]:
    """dataset_description.json."""
    return {
        "Name": "Head posture practice in cervical dystonia",
        "BIDSVersion": BIDS_VERSION,
        "DatasetType": "raw",
        "GeneratedBy": [{"Name": "posture_trainer", "Version": __version__}],
    }


def channel_counts() -> dict[str, int]:
    """The counts that *_motion.json states."""
    kinds = [channel[2] for channel in CHANNELS]
    return {
        "MotionChannelCount": len(kinds),
        "ORNTChannelCount": kinds.count("ORNT"),
        "POSChannelCount": kinds.count("POS"),
        "LATENCYChannelCount": kinds.count("LATENCY"),
        "MISCChannelCount": kinds.count("MISC"),  # in BIDS 1.11.2 and later it is called as the next one
        "MiscChannelCount": kinds.count("MISC"),
        "ACCELChannelCount": 0,
        "ANGACCELChannelCount": 0,
        "GYROChannelCount": 0,
        "JNTANGChannelCount": 0,
        "MAGNChannelCount": 0,
        "VELChannelCount": 0,
        "TrackedPointsCount": 1,
    }
