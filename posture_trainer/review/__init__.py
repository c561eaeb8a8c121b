"""What the logs say: tables in the terminal, and a report for the therapist to open."""
