"""A live session, part by part: safety, baseline, mirror, summary."""
