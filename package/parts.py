"""What goes into the packaged program and what is left out, for every system. Read by the spec file and by the tests
of it (scripts/check_package_spec.py)."""

import re
from pathlib import PurePosixPath

NAME, TITLE = "posture-trainer", "Posture Trainer"

# Opened by name at run time, so that no import leads to them.
HIDDEN = ["mediapipe.tasks.c"]
# These load their own modules by name.
WHOLE = ["posture_trainer", "filelock"]
# Taken along where it is installed.
OPTIONAL = ["ai_edge_litert"]
# Never imported by the program: what the libraries bring for their own tests, examples and other uses. (numpy.testing
# and unittest are imported: SciPy takes all of NumPy.)
EXCLUDED = [
    "sqlite3", "readline", "curses", "tkinter", "lib2to3", "setuptools", "pip", "distutils",
    "matplotlib", "PIL", "IPython", "jax", "tensorflow", "torch", "pandas", "pytest",
    "pygame.examples", "pygame.tests", "pygame.docs", "pygame.camera",
    "scipy.datasets", "scipy.odr", "scipy.cluster", "scipy.misc", "scipy.io.matlab",
]  # fmt: skip

_LEFT_OUT = re.compile(
    r"(^|/)(qt|tests?|examples|docs/generated)/"  # OpenCV's Qt is only for its own windows
    r"|(^|/)(libQt5|libqt)[^/]*$"
    r"|\.(pyi|pxd|h|hpp|c|cpp|a|lib|def|cmake)$"
    r"|(^|/)ai_edge_litert/(tools|vendors)/|libLiteRtWebGpuAccelerator"  # for other processors than the computer's own
)
INFO_PLIST = {
    "CFBundleDisplayName": TITLE,
    "NSCameraUsageDescription": "The mirror shows you to yourself and measures how your head is held. "
    "No picture is stored, and nothing leaves this computer.",
    "NSHighResolutionCapable": True,
    "LSMinimumSystemVersion": "14.0",
    "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
}


def left_out(name: str) -> bool:
    """Whether a file of the libraries is not taken along. name: its place in the folder."""
    return bool(_LEFT_OUT.search(PurePosixPath(name.replace("\\", "/")).as_posix()))


def version() -> str:
    """Of the program."""
    from importlib.metadata import version as of

    return of("posture-trainer")
