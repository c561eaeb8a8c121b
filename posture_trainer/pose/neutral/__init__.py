"""What a neutral position must be before a session may rest on it. Pure."""
