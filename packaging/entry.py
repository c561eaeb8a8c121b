"""Where the packaged program begins."""

import multiprocessing

from posture_trainer.__main__ import run_as_command

if __name__ == "__main__":
    multiprocessing.freeze_support()
    run_as_command()
