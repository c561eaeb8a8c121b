"""The therapist's dialogue: what is chosen, what each page shows, what a key does."""
