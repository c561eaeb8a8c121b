"""What the body is told in the mirror. Pure."""

SIT_BACK = "Sit back a little, so that I see your shoulders."
