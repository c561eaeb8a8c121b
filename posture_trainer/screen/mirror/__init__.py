"""The mirror and the exercises on it."""
