"""What is kept: patient folders, session logs, and reading them back."""
