"""Printing a page: a whole PDF or none, whatever the browser does; and no network."""

import os
import shlex
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from made.browser import CHROMIUM, pages_of

from posture_trainer.errors import UserError
from posture_trainer.report import pdf
from posture_trainer.report.pdf import print_page

PDF = b"%PDF-1.4\nsome\n%%EOF\n"
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for a browser is a script")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "report"
    folder.mkdir()
    path = folder / "anna-1.html"
    path.write_text("<!DOCTYPE html><html lang=en><title>x</title><p>A page.</p></html>", encoding="utf-8")
    return path


@pytest.fixture
def browser_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a browser in place that runs these lines of Python; `made` is where the PDF is wanted."""

    def put(lines: str) -> Path:
        program = tmp_path / "chromium"
        asked = tmp_path / "asked.txt"
        start = (
            "import os, sys, time, subprocess\ncall = sys.argv[1:]\n"
            f"open({str(asked)!r}, 'w').write('\\n'.join(call))\n"
            "made = next(each.partition('=')[2] for each in call if each.startswith('--print-to-pdf='))\n"
        )
        script = tmp_path / "chromium.py"
        script.write_text(f"{start}{lines}\n", encoding="utf-8")
        started = shlex.join([sys.executable, str(script)])  # the first line of a script takes no path with spaces
        program.write_text(f'#!/bin/sh\nexec {started} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(pdf, "browser", lambda: program)
        return asked

    return put


def only_the_page(page: Path) -> bool:
    """Whether nothing but the page is left: no PDF, no part of one, no profile."""
    return [each.name for each in page.parent.iterdir()] == [page.name]


@posix
def test_a_whole_pdf_is_put_beside_the_page_for_its_owner_alone(
    page: Path, browser_does: Callable[[str], Path]
) -> None:
    asked = browser_does(f"open(made, 'wb').write({PDF!r})")
    page.with_suffix(".pdf").write_bytes(b"an older one")
    made = print_page(page)
    assert made == page.with_suffix(".pdf")
    assert made.read_bytes() == PDF
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert sorted(each.name for each in page.parent.iterdir()) == ["anna-1.html", "anna-1.pdf"]
    call = asked.read_text(encoding="utf-8").splitlines()
    assert call[-1] == page.as_uri()
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in call
    assert ("--no-sandbox" in call) == (os.geteuid() == 0)


@posix
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("sys.exit(3)", "code 3"),
        ("os.abort()", "without a whole one"),
        (f"open(made, 'wb').write({PDF[:-6]!r})", "without a whole one"),
        ("open(made, 'wb')", "without a whole one"),
        ("open(made, 'wb').write(b'<html>')", "without a whole one"),
    ],
)
def test_a_browser_that_fails_leaves_nothing(
    page: Path, browser_does: Callable[[str], Path], lines: str, words: str
) -> None:
    browser_does(lines)
    with pytest.raises(UserError, match="No PDF was made") as told:
        print_page(page)
    assert words in str(told.value)
    assert "print it there" in str(told.value)
    assert only_the_page(page)


@posix
def test_a_browser_that_hangs_is_ended_with_all_that_it_started(
    page: Path, browser_does: Callable[[str], Path], tmp_path: Path
) -> None:
    mark = tmp_path / "child.txt"
    child = f"open({str(mark)!r}, 'w').write(str(__import__('os').getpid())); __import__('time').sleep(600)"
    browser_does(f"subprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(600)")
    with pytest.raises(UserError, match="did not finish in 1 s"):
        print_page(page, longest_s=1)
    assert only_the_page(page)
    if mark.exists() and mark.read_text():  # on a slow machine it was ended before it said so
        assert ended(int(mark.read_text()))


def ended(process: int) -> bool:
    """Whether that process ends within some seconds (whoever adopted it has to see to it first)."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        threading.Event().wait(0.05)
    return False


@posix
def test_an_older_pdf_stays_where_a_new_one_fails(page: Path, browser_does: Callable[[str], Path]) -> None:
    page.with_suffix(".pdf").write_bytes(PDF)
    browser_does("sys.exit(1)")
    with pytest.raises(UserError):
        print_page(page)
    assert page.with_suffix(".pdf").read_bytes() == PDF


def test_without_a_browser_it_says_what_to_do(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "browser", lambda: None)
    with pytest.raises(UserError, match="needs Chromium, Chrome or Edge") as told:
        print_page(page)
    assert str(page) in str(told.value)
    assert "\n" not in str(told.value)
    assert only_the_page(page)


def test_a_browser_is_found_on_the_path_and_where_windows_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "posture_trainer.report.pdf.shutil.which",
        lambda name: "/usr/bin/google-chrome" if name == "google-chrome" else None,
    )
    assert pdf.browser() == Path("/usr/bin/google-chrome")
    monkeypatch.setattr("posture_trainer.report.pdf.shutil.which", lambda _name: None)
    monkeypatch.setattr("posture_trainer.report.pdf.sys.platform", "win32")
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert pdf.browser() == edge


# --- the browser of this computer -------------------------------------------------------------------------------


class Asked(BaseHTTPRequestHandler):
    """A server that notes what it was asked for."""

    paths: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    found = HTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.mark.skipif(CHROMIUM is None, reason="no browser: install Debian's chromium")
def test_the_real_browser_prints_and_asks_no_network(page: Path, server: HTTPServer) -> None:
    """Even a page without the report's policy, which would ask, gets nothing from a network."""
    for host in ("127.0.0.1", "localhost"):
        text = page.read_text(encoding="utf-8")
        page.write_text(f'{text}<img src="http://{host}:{server.server_port}/asked">', encoding="utf-8")
    made = print_page(page)
    assert pages_of(made.read_bytes()) == 1
    assert Asked.paths == []
