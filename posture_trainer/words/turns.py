"""What is said while the axes of the neck are looked for. Pure."""

COMFORTABLE = "A little way, only as far as is easy"
PARTS = ("Slowly turn left and right, as if to say no", "Slowly nod up and down, as if to say yes")
