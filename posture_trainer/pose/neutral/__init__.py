"""The neutral position: what is kept of it, when a recording is good enough, how far two are apart."""
