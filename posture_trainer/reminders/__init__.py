"""When a desk reminds, and when practice is reminded of. Pure."""
