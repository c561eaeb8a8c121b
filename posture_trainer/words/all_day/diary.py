"""What the diary of a minute asks, in the patient's words. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A question that is answered by a number from 0 to 10. low, high: what the ends mean."""

    question: str
    low: str
    high: str


# By their keys in the record. For pain, pull, tremor and hindered more is worse; for control, mood and sleep, better.
SCALES = {
    "pain": Scale("How much pain was there?", "none", "the worst you can think of"),
    "pull": Scale("How much did your head pull?", "not at all", "as much as ever"),
    "tremor": Scale("How much did your head shake?", "not at all", "as much as ever"),
    "control": Scale("How well did your head do what you want?", "not at all", "fully"),
    "hindered": Scale("How much did it hinder your daily life?", "not at all", "in everything"),
    "mood": Scale("How was your mood?", "very low", "very good"),
    "sleep": Scale("How did you sleep?", "hardly at all", "very well"),
}
SIDE_EFFECTS = {
    "swallowing": "Since the injection: trouble with swallowing?",
    "weak_neck": "Since the injection: a weak neck?",
    "dry_mouth": "Since the injection: a dry mouth?",
    "headache": "Since the injection: headache?",
    "dizziness": "Since the injection: dizziness?",
}
"""Asked in the first four weeks after an injection (the common side effects in the leaflets of the products)."""
AMOUNTS = {"none": "None", "a_little": "A little", "a_lot": "A lot"}
MARKS = {
    "stretches": "Stretches",
    "warmth": "Warmth",
    "relaxation": "Relaxation",
    "medicines": "Medicines",
    "collar": "A neck support",
}
NAMES = {
    "pain": "Pain",
    "pull": "Pull",
    "tremor": "Shaking",
    "control": "Control",
    "hindered": "Hindered in daily life",
    "mood": "Mood",
    "sleep": "Sleep",
    "swallowing": "Swallowing",
    "weak_neck": "Weak neck",
    "dry_mouth": "Dry mouth",
    "headache": "Headache",
    "dizziness": "Dizziness",
}
MORE_IS_BETTER = ("control", "mood", "sleep")

TELL_TODAY = "Tell your doctor today if you choke when you swallow, or if breathing or speaking gets hard."
"""For a lot of trouble with swallowing. What the leaflets of the products ask for (Botox Medication Guide: call your
doctor or get medical help right away at problems swallowing, speaking or breathing; Dysport SmPC the same)."""


def emergency_too(number: str) -> str:
    """Where it cannot wait. number: of the emergency."""
    return f"If you cannot swallow or struggle to breathe, call {number} now."


def since(days: int) -> str:
    """What the questions are about, asked every so many days."""
    return "Think of today and yesterday." if days <= 1 else f"Think of the last {days} days."
