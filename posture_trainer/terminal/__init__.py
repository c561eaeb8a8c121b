"""What is said on a terminal: harmless, and in letters that it can show."""
