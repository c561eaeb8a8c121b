"""The therapist's dialogue around a neutral baseline: what can be set, in which order, what it says. Pure."""
