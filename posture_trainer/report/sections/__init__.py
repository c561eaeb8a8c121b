"""The sections of the page, as plain data for the template."""
