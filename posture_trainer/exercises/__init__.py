"""Guided practice as pure state machines: what is asked, what is measured, when to rest, when to stop."""
