"""Sessions of many patients as tables for other programs."""
