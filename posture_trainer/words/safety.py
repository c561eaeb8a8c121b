"""What to know before a session; on the screen and in the terminal."""

HEADING = "Before you start"
LINES = (
    "Sit on a firm chair, back supported, feet flat.",
    "Stop if you feel pain, dizziness or nausea, or if it gets worse. Tell your therapist.",
    "Esc, or the space bar held down, stops at any time.",
    "This is a practice and record aid, not a medical device.",
)
