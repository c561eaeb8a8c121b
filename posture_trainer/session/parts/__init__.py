"""The parts of a live session, each run on the same devices."""
