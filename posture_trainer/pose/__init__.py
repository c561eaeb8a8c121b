"""Where the head is: landmarks, rotations, angles, the neutral baseline."""
