"""Records in and out: export, import, tables for other programs, and delete."""
