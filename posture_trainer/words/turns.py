"""What is said while the axes of the neck are looked for. Pure."""

COMFORTABLE = "As far as is comfortable, no further"
PARTS = ("Slowly turn left and right, as if to say no", "Slowly nod up and down, as if to say yes")
