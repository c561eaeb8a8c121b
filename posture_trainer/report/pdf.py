"""Prints a page to PDF with a browser of this computer: Chromium, Chrome or Edge, whichever is there.

The pages are laid out for a browser and tested in one (docs/dependencies.md). It runs without a window, in a folder of
its own that is removed afterwards, and asks no network: no name is known to it, and the page itself may load nothing
but what lies beside it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.private_files import write_private_file

LONGEST_S = 120.0
_DRAWN_MS = 20_000  # of the page's own clock, which runs ahead: what its scripts may take to draw
_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_QUIETLY = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--no-pings",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    f"--virtual-time-budget={_DRAWN_MS}",
)
OR_BY_HAND = "Or open the page in any browser and print it there."


def browser() -> Path | None:
    """A browser on this computer that can print without a window; None if there is none."""
    found = next((place for name in _COMMANDS if (place := shutil.which(name))), None)
    if found is not None:
        return Path(found)
    if sys.platform == "darwin":
        places = [Path("/Applications") / f"{name}.app" / "Contents" / "MacOS" / name for name in _MAC]
    else:
        roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        places = [Path(root) / name for root in roots if root for name in _WINDOWS]
    return next((place for place in places if place.is_file()), None)


def print_page(page: Path, longest_s: float = LONGEST_S) -> Path:
    """Print the page to a PDF beside it, which is there whole or not at all, for its owner alone. Raises UserError."""
    program = browser()
    if program is None:
        raise UserError(
            "No PDF was made: it needs Chromium, Chrome or Edge on this computer, and none was found. "
            f"Please install one. {OR_BY_HAND} The page is {page}"
        )
    pdf = page.with_suffix(".pdf")
    try:
        # Beside the page: a browser that is shut into a box may see no other folder.
        with tempfile.TemporaryDirectory(
            prefix=f".{page.stem[:60]}.", suffix=".part", dir=page.absolute().parent, ignore_cleanup_errors=True
        ) as place:
            content = _printed(program, page, Path(place), longest_s)
        write_private_file(pdf, content)
    except OSError as error:
        raise UserError(f"{pdf} can't be written ({error.strerror or error}). {OR_BY_HAND}") from error
    return pdf


def _printed(program: Path, page: Path, place: Path, longest_s: float) -> bytes:
    """The page as a PDF, made in that folder. Raises UserError, OSError."""
    made = place.absolute() / "page.pdf"
    call = [str(program), *_QUIETLY, f"--user-data-dir={place.absolute() / 'profile'}", f"--print-to-pdf={made}"]
    if os.name == "posix" and os.geteuid() == 0:
        call.append("--no-sandbox")  # its sandbox refuses to run for root
    call.append(page.absolute().as_uri())
    quiet = subprocess.DEVNULL
    try:
        running = subprocess.Popen(call, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise UserError(f"No PDF was made: {program} can't be started ({error.strerror}). {OR_BY_HAND}") from error
    try:
        code = running.wait(longest_s)
    except subprocess.TimeoutExpired:
        raise UserError(
            f"No PDF was made: {program} did not finish in {longest_s:.0f} s. Please try again. {OR_BY_HAND}"
        ) from None
    finally:
        _end(running)
    content = made.read_bytes() if made.is_file() else b""
    if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
        raise UserError(f"No PDF was made: {program} ended (code {code}) without a whole one. {OR_BY_HAND}")
    return content


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the browser and what it has started, if any of it still runs."""
    try:
        if sys.platform == "win32":
            running.kill()
        else:
            os.killpg(running.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    running.wait()
