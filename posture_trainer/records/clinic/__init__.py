"""All patients of a clinic at once."""
