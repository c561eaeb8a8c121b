"""What the pages of the whole day hold: diary, desk, times of practice."""
