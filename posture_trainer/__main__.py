"""`python -m posture_trainer`, and the installed command."""

import sys


def run_as_command() -> None:
    """Run and leave with the exit code."""
    try:
        from posture_trainer.cli.app import main
    except KeyboardInterrupt:  # while the program itself is being loaded
        sys.exit(130)
    sys.exit(main())


if __name__ == "__main__":
    run_as_command()
