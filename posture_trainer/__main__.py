"""`python -m posture_trainer`, and the installed command."""

import sys

from posture_trainer.cli.app import main


def run_as_command() -> None:
    """Run and leave with the exit code."""
    sys.exit(main())


if __name__ == "__main__":
    run_as_command()
