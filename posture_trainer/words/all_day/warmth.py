"""What to mind of a warm compress (docs/safety.md: a health service's leaflet on heat). Pure."""

WARMTH = (
    "Wrapped, never on bare skin.",
    "Not on numb skin, and never asleep.",
    "Stop if it is too hot, or hurts.",
)
ASK_FIRST = "With cancer, or an illness of the heart or the circulation, ask your doctor first."
NOT_AFTER_INJECTION = "Not today: your injection was less than a day ago."
