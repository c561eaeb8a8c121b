"""Pages that are read: questions, forms, the summary."""
