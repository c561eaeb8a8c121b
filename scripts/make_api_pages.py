"""Makes the pages of the Python API with pdoc: python scripts/make_api_pages.py OUT. A warning is an error."""

import sys
import warnings
from pathlib import Path

import pdoc
import pdoc.render

PUBLIC = (
    "posture_trainer.pose",
    "posture_trainer.pose.posture",
    "posture_trainer.pose.angles",
    "posture_trainer.pose.quality",
    "posture_trainer.records",
    "posture_trainer.records.arrays",
    "posture_trainer.records.baseline_files",
    "posture_trainer.errors",
)


def make(out: Path) -> list[Path]:
    """Write one page for each public module into `out`; gives the pages. Raises a warning of pdoc as an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pdoc.render.configure(docformat="markdown", show_source=False, search=False)
        pdoc.pdoc(*PUBLIC, output_directory=out)
    return sorted(out.rglob("*.html"))


if __name__ == "__main__":
    for page in make(Path(sys.argv[1])):
        print(page)
