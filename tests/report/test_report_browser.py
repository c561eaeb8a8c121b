"""The report in headless Chromium: drawn, quiet, offline, and nothing cut off on paper.

Needs the Debian packages chromium and chromium-driver; without them these tests are skipped and say so.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from made.browser import opened as opened_page
from made.browser import pages_of, printed
from selenium import webdriver
from selenium.webdriver.support.wait import WebDriverWait
from test_report import EVIL, SECTIONS, write_patient, write_session
from test_report_figures import every_exercise

from posture_trainer.report.write import patient_report

EXERCISES = {"hold", "hold_test", "follow", "position_sense", "range", "stretch"}
CHARTS = {
    "angles",
    "density",
    "excursions",
    "outside",
    "spectrum",
    "trend",
    *(f"exercise-{kind}" for kind in EXERCISES),
}
PAPER_PX = {"A4": 703, "Letter": 725}  # width between margins of 12 mm, at 96 pixels an inch
LONGEST_PX = 900  # of a chart or a row: less than a page with its heading (Letter: 965 between the margins)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    patient = write_patient(folder)
    write_session(patient, 9, cut=True)
    notes = [EVIL, "long" * 100]
    exercises = every_exercise()
    write_session(patient, 8, out_share=0.1, notes=notes, pain=10, hold_test_s=30, exercises=exercises, rows=1800)
    (patient / "patient.toml").write_text("injections = [2026-01-08]\n", encoding="utf-8")
    return patient_report(patient, folder / "out").path


def log_of(browser: Any, kind: str) -> list[dict[str, Any]]:
    """What the browser has logged since the last look: "browser" is its console, "performance" its requests."""
    return list(browser.get_log(kind))


def opened(browser: webdriver.Chrome, page: Path) -> webdriver.Chrome:
    opened_page(browser, page)
    WebDriverWait(browser, 30).until(
        lambda driver: driver.execute_script("return !document.querySelector('[data-chart]:not([data-drawn])')")
    )
    return browser


def test_every_section_and_every_chart_is_there(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    sections = browser.execute_script(
        "return [...document.querySelectorAll('section')].filter(s => s.offsetHeight > 60 && s.querySelector('h2'))"
        ".map(s => s.id)"
    )
    assert sections == SECTIONS
    drawn = browser.execute_script(
        "return Object.fromEntries([...document.querySelectorAll('[data-drawn=yes]')].map(c => [c.id,"
        " c.querySelectorAll('path.js-line, path.point, .points path, .hm image').length]))"
    )
    assert set(drawn) == {f"{name}-plot" for name in CHARTS}
    assert all(marks > 0 for marks in drawn.values()), drawn


def test_no_error_and_no_request_but_for_files_beside_the_page(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    assert log_of(browser, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in log_of(browser, "performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    files = [url for url in asked if not url.startswith(("data:", "blob:"))]
    assert sorted(files) == sorted([page.as_uri(), page.with_name("plotly.min.js").as_uri()])


def test_markup_in_notes_is_text(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    shown = browser.execute_script("return [...document.querySelectorAll('.notice')].map(n => n.textContent)")
    assert EVIL in shown


def test_contrast_and_size_of_text(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    found = browser.execute_script(CONTRASTS)
    assert len(found) > 100
    too_faint = [(text, round(ratio, 2)) for text, ratio, _ in found if ratio < 4.5]
    assert too_faint == []
    assert min(size for _, _, size in found) >= 12


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_cut_off_on_paper(browser: webdriver.Chrome, page: Path, paper: str) -> None:
    opened(browser, page)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": PAPER_PX[paper], "height": 1000, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        wide = browser.execute_script(
            "return [...document.querySelectorAll('table, figure, figure svg, .cards, p, td, th')]"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1"
            " && e.tagName == 'TD').map(e => e.tagName + ': ' + e.textContent.slice(0, 60))"
        )
        assert wide == []
        tall = browser.execute_script(
            f"return [...document.querySelectorAll('figure, tr, .weeks, .groups, .cards')]"
            f".filter(e => e.offsetHeight > {LONGEST_PX}).map(e => e.textContent.slice(0, 60))"
        )
        assert tall == []
        pdf = printed(browser, paper)
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert 3 <= pages_of(pdf) <= 16


CONTRASTS = """
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                     return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const parts = text => text.match(/[\\d.]+/g).map(Number);
const behind = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
                      if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
return [...document.querySelectorAll('main *:not(script):not(style)')].filter(e => !e.closest('svg') &&
  [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim())).map(e => {
  const style = getComputedStyle(e), a = light(parts(style.color).slice(0, 3)), b = light(behind(e));
  return [e.textContent.trim().slice(0, 40), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
          parseFloat(style.fontSize)];
});
"""
