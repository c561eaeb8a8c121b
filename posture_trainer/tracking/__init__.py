"""Networks and threads: which faces are in a frame, live and in a video."""
