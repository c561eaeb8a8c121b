"""The languages of the program: which there are, and how a table of them is read."""
