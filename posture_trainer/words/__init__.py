"""What is said: directions, phrases, durations, texts made harmless. Pure."""
