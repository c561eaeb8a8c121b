"""What to know before a session; on the screen and in the terminal."""

HEADING = "Before you start"
LINES = (
    "Sit on a firm chair, back supported, feet flat. The screen is straight ahead, at eye height.",
    "Stop at pain, dizziness, feeling sick, or if your head pulls or shakes more than before. Tell your therapist.",
    "Esc, or the space bar held down, stops at any time.",
    "This is a practice and record aid, not a medical device.",
)

HIDE_FACE = (
    "Seeing yourself can be hard. This key hides your face. If practice gets you down, tell your therapist or someone "
    "you trust."
)
"""What is said when the face is hidden for the first time."""

NOT_KEPT = "That could not be kept on this computer. It holds for now."
"""What is said of an answer or a choice that could not be stored."""
