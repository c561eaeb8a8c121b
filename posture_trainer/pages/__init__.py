"""What each page of the window holds: keys, entries, views, words. Pure."""
