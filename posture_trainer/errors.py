"""Faults that a person can cause or mend: they end in one or two plain lines, never in a traceback."""


class UserError(Exception):
    """Something went wrong: the message says what, where and what to do. Exit code 1."""

    exit_code = 1


class WrongCall(UserError):
    """The command was called wrongly. Exit code 2."""

    exit_code = 2


class NoCamera(UserError):
    """There is no camera to be used: none, another program has it, or it may not be used."""


class RecordingStopped(UserError):
    """The record could not be written on (a full disk, a folder taken away). The message says what there is of it."""


class CutShort(UserError):
    """The command was stopped before it had done what it was called for. Exit code 130, as shells say it."""

    exit_code = 130
