"""`python -m posture_trainer`, and the installed command."""

import gc
import sys


def run_as_command() -> None:
    """Run and leave with the exit code."""
    gc.disable()  # nothing that is loaded is thrown away: to look for it takes a twentieth of the start
    try:
        from posture_trainer.cli.app import main
    except KeyboardInterrupt:  # while the program itself is being loaded
        sys.exit(130)
    gc.enable()
    sys.exit(main())


if __name__ == "__main__":
    run_as_command()
