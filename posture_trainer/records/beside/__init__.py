"""Records beside practice: the diary of a minute, days at the desk."""
