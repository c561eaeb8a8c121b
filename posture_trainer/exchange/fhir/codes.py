"""The figures that are handed over, each with its code, unit (UCUM) and meaning. Pure.

A code of LOINC stands beside our own only where it means the same: LOINC 38208-5 "Pain severity - Reported" names no
scale; 72514-3 is the same on a scale of 0 to 10, and ours goes to 100.
"""

from dataclasses import dataclass

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
# Our own, as no public code system has them; docs/formats.md names both.
FIGURES = "urn:uuid:0d8b3a5e-6f0c-4f51-9b1e-2f6f6f7f3a11"
PATIENTS = "urn:uuid:7c2d1b94-53f7-4f3e-8f6a-4b1f0c9e5d22"
ACTIVITY, SURVEY = ("activity", "Activity"), ("survey", "Survey")


@dataclass(frozen=True)
class Code:
    """One figure. unit: as people write it; ucum: as UCUM does. loinc: its code and name there, None without one."""

    code: str
    name: str
    unit: str
    ucum: str
    meaning: str
    category: tuple[str, str] = ACTIVITY
    loinc: tuple[str, str] | None = None


_PAIN = ("38208-5", "Pain severity - Reported")
_SCALE = "As the patient rated it on a scale of 0 ({}) to 100 ({}), {} practice."


def rating_code(name: str, when: str, ends: tuple[str, str]) -> Code:
    """The code of a rating. when: before or after practice. ends: what 0 and 100 mean."""
    meaning = _SCALE.format(*ends, when)
    loinc = _PAIN if name == "pain" else None
    return Code(f"{name}-{when}", f"{name.capitalize()} {when} practice", "of 100", "{score}", meaning, SURVEY, loinc)


SEEN = Code("practised", "Time practised", "s", "s", "Time with a face seen, in or out of tolerance.")
IN_TOLERANCE = Code(
    "in-tolerance", "Time in tolerance", "%", "%", "Share of the time practised within the tolerance of neutral."
)
DEVIATION = Code(
    "deviation-median", "Median deviation", "°", "deg", "Median angle of the head's whole rotation away from neutral."
)
PULL = Code(
    "pull",
    "Pull",
    "°",
    "deg",
    "How far the head drifts when it is not held: median deviation of the time out of tolerance, in the first five "
    "minutes of the mirror. Components: its axes, + to the patient's right and chin down.",
)
LONGEST = Code("longest-hold", "Longest hold", "s", "s", "Longest time within tolerance without a break.")
HOLD_TEST = Code(
    "hold-test", "Hold test", "s", "s", "Mean of two tries without cues to stay within 10 degrees of neutral, to 60 s."
)
TREMOR = Code(
    "tremor",
    "Head tremor, indicative",
    "Hz",
    "Hz",
    "Frequency of the swing that stands out of the spectrum, where it is regular. Component: its indicative amplitude.",
)
GOOD_FRAMES = Code(
    "good-frames", "Frames of good quality", "%", "%", "Share of the frames outside pauses that could be measured well."
)
AMPLITUDE = Code("tremor-amplitude", "Amplitude of tremor, indicative", "°", "deg", "Half of peak to peak.")


def axis_code(axis: str) -> Code:
    """The component of the pull on one axis."""
    return Code(f"pull-{axis}", f"Pull, {axis}", "°", "deg", f"Median {axis} of that time.")


def range_code(direction: str, words: str) -> Code:
    """The farthest angle in one direction. words: the direction, as a reader has it."""
    return Code(
        f"range-{direction.replace('_', '-')}",
        f"Active range of motion, {words}",
        "°",
        "deg",
        "Farthest angle of the test's trials.",
    )
