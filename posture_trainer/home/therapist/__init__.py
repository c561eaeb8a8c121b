"""Behind the therapist's door: people, plans, settings, files."""
