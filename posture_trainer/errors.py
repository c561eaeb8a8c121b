"""Faults that a person can cause or mend: they end in one or two plain lines, never in a traceback."""


class UserError(Exception):
    """Something went wrong: the message says what, where and what to do. Exit code 1."""

    exit_code = 1


class WrongCall(UserError):
    """The command was called wrongly. Exit code 2."""

    exit_code = 2


class RecordingStopped(UserError):
    """The record could not be written on (a full disk, a folder taken away). What was written is kept."""
