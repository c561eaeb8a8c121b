"""Home: which page follows which, in the window that a patient opens by an icon."""
