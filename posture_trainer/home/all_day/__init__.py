"""The pages of the whole day: diary, desk, times of practice."""
