"""Exercises that need more of the body than the face."""
