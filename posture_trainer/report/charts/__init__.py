"""The charts of the page, as plain data for the browser."""
