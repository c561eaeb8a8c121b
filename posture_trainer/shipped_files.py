"""Finds the files that come with the program, from a clone, an editable install or a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

FACE_LANDMARKER_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
POSE_LANDMARKER_SHA256 = "59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a"


def _top_level(name: str) -> Path:
    """A folder that stands beside the package in a clone and inside it in a wheel."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def face_landmarker() -> Path:
    """MediaPipe's Face Landmarker bundle."""
    return _top_level("models") / "face_landmarker.task"


def pose_landmarker() -> Path:
    """MediaPipe's Pose Landmarker (lite) bundle: shoulders, wrists, fingers."""
    return _top_level("models") / "pose_landmarker_lite.task"


def sound(name: str) -> Path:
    """The WAV file of that name (without ending)."""
    return _top_level("sounds") / f"{name}.wav"


def spoken(phrase: str, language: str = "en") -> Path:
    """The spoken phrase of that key (of words/phrases.py) in that language (of words/language/)."""
    return _top_level("sounds") / "spoken" / language / f"{phrase}.ogg"


def catalog(language: str) -> Path:
    """The table of a language other than English (words/language/catalog.py)."""
    return PACKAGE / "words" / "language" / "catalogs" / f"{language}.po"


def presets() -> Path:
    """The folder of the plans that come with the program."""
    return PACKAGE / "plans" / "presets"


def report_template(name: str) -> Path:
    """A file of the pages that are written: report.html, report.css, patient.html, ..."""
    return PACKAGE / "report" / "template" / name


def bend_weights() -> Path:
    """What the correction of the bend has learned (pose/bend_correction.py)."""
    return PACKAGE / "pose" / "bend_correction.npz"


def formats_page() -> Path:
    """docs/formats.md, which goes into every archive."""
    return _top_level("docs") / "formats.md"


def demo_clip() -> Path:
    """The clip that `demo` plays."""
    return PACKAGE / "assets" / "demo.mp4"


def body_clip(plan: str | None) -> Path:
    """The clip with a body that `demo` plays for that plan, a person from MakeHuman; else the usual one."""
    clip = (
        PACKAGE / "assets" / {"trick": "demo_touch.mp4", "shoulders": "demo_shoulders.mp4"}.get(plan or "", "demo.mp4")
    )
    return clip if clip.is_file() else demo_clip()


def font(weight: str) -> Path:
    """Atkinson Hyperlegible in the weight "Regular" or "Bold"."""
    return PACKAGE / "assets" / "fonts" / f"AtkinsonHyperlegible-{weight}.ttf"
