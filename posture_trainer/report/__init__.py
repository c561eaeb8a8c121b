"""What a reader gets: the therapist's page, its charts and tables, the terminal's tables."""
