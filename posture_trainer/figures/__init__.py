"""What one session's log says: arrays and rows in, numbers out. Pure."""
