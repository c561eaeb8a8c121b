"""What many sessions say: change, practice, injections. Pure."""
