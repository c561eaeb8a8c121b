"""What every page that is written has in common: its templates, its typeface, what it may load, where it may stand."""

import base64
import functools
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder


def shipped(name: str) -> str:
    """The text of a file of the templates."""
    return shipped_files.report_template(name).read_text(encoding="utf-8")


def filled(name: str, **values: Any) -> str:
    """The page of that template; text in the values can't be markup. A name that is missing is a fault."""
    return _template(name).render(**values)


@functools.cache
def _template(name: str) -> Template:
    """Made once, which takes longer than to fill it: a clinic has a report for each patient."""
    environment = Environment(
        loader=FunctionLoader(shipped), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(name)


def policy(script: str = "", logo: bool = False) -> str:
    """What a page may load: its own style, fonts, script and logo, and nothing from any network."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    scripts = f"script-src 'sha256-{digest}'; " if script else ""
    images = " img-src data:;" if logo else ""
    loaded = f"{scripts}style-src 'unsafe-inline'; font-src data:;{images}"
    return f"default-src 'none'; {loaded} base-uri 'none'; form-action 'none'"


def fonts() -> str:
    """The typeface, in the page itself."""
    faces = []
    for name, weight in (("Regular", 400), ("Bold", 700)):
        data = base64.b64encode(shipped_files.font(name).read_bytes()).decode()
        source = f'url("data:font/ttf;base64,{data}")'
        faces.append(f'@font-face {{ font-family: "Atkinson Hyperlegible"; font-weight: {weight}; src: {source}; }}\n')
    return "".join(faces)


def make_folder(out: Path, patient: Path) -> None:
    """The folder for a page; that of a record which was deleted meanwhile is not made anew. Raises UserError."""
    if out.parent != patient:
        make_private_folder(out)
        return
    try:
        out.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(f"I can't make the folder {out} ({error.strerror}).") from error
