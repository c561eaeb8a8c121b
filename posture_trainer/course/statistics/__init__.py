"""How much sessions speak for a change: likelihoods, and what they are worth. Pure."""
