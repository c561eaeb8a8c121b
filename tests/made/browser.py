"""A page in a real browser: headless Chromium, axe-core, paper. For the fixture `browser` of conftest.py.

Needs the Debian packages chromium and chromium-driver; without them the tests that ask for it are skipped and say so.
"""

import base64
import os
import re
import shutil
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
PAPER_INCH = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}
_SERIOUS = ("serious", "critical")
_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] })
  .then(found => done(found.violations), fault => done([{ id: String(fault), impact: "critical", nodes: [] }]));
"""


def start(profile: Path) -> webdriver.Chrome:
    """A headless Chromium with its own profile folder; skips the test where there is none."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("no browser: install Debian's chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    arguments = [
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--window-size=1280,1000",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--user-data-dir={profile}",
    ]  # fmt: skip
    if os.name == "posix" and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    for argument in arguments:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(executable_path=DRIVER))
    browser.set_script_timeout(300)  # axe takes long where others take the processor
    return browser


def opened(
    browser: webdriver.Chrome, page: Path, width_px: int = 1280, height_px: int = 1000, *, dark: bool = False
) -> webdriver.Chrome:
    """The page in a window of that size, on a screen that is set to light or dark; its logs begin anew."""
    logs: Any = browser  # its get_log is without types
    for log in ("browser", "performance"):
        logs.get_log(log)
    size = {"width": width_px, "height": height_px, "deviceScaleFactor": 1, "mobile": width_px < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})
    browser.get(page.as_uri())
    return browser


def axe_faults(browser: webdriver.Chrome) -> list[str]:
    """What axe-core calls serious or critical on the page that is open: rule, help and the places; [] if nothing is.

    It knows WCAG's rules on names, roles, contrast, headings, tables, keyboard and language. axe-core comes with
    selenium-axe-python; without it (`python3 run.py develop`) the test is skipped.
    """
    package = find_spec("selenium_axe_python")
    if package is None or package.origin is None:
        pytest.skip("no axe-core: python3 run.py develop")
    browser.execute_script((Path(package.origin).parent / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = browser.execute_async_script(_AXE)
    return [
        f"{each['impact']}: {each['id']}: {each.get('help')}: {[node['target'] for node in each['nodes']]}"
        for each in found
        if each["impact"] in _SERIOUS
    ]


def sideways_px(browser: webdriver.Chrome) -> int:
    """How far the open page can be scrolled sideways; 0 is right."""
    return int(browser.execute_script("return document.scrollingElement.scrollWidth - innerWidth"))


def printed(browser: webdriver.Chrome, paper: str) -> bytes:
    """The open page as a PDF on that paper, a key of PAPER_INCH, as the browser prints it."""
    width, height = PAPER_INCH[paper]
    wanted = {"paperWidth": width, "paperHeight": height, "printBackground": True, "preferCSSPageSize": False}
    return base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", wanted)["data"])


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has: its page objects, also those in compressed streams."""
    streams = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return sum(len(re.findall(rb"/Type\s*/Page\b", stream)) for stream in streams)
