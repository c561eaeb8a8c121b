"""Where the packaged program begins."""

import multiprocessing
import sys

from posture_trainer.__main__ import run_as_command

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:3] == ["-m", "posture_trainer"]:  # as the icon starts it, which was made for a Python
        del sys.argv[1:3]
    run_as_command()
