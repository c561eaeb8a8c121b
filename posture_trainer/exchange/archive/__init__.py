"""A patient's record as one file: written, checked, taken in."""
