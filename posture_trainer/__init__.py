"""A mirror that measures: head posture practice for people with cervical dystonia."""

__version__ = "0.1.0"
