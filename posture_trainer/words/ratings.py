"""What a patient rates before and after a session, each asked by the phrase of its name. Pure."""

# The name in the log, and what 0 and 100 mean.
RATINGS = {
    "pain": ("none", "the worst you can think of"),
    "dizziness": ("no", "very much"),
    "control": ("not at all", "fully"),
}
RATED_ALWAYS = ("pain", "dizziness")
"""What is asked of everybody."""
