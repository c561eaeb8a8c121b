"""What the patient sees: the window and all that is drawn in it."""
