"""What every drawing is made of: text, shapes, colours, the key bar."""
