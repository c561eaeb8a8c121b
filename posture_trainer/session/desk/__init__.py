"""A run at the desk: seldom looks through the camera, and puts the day's rows together."""
