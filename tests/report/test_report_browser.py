"""The report in headless Chromium: quiet, offline, right on a phone, in the dark and on paper, and open to all."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from made.browser import axe_faults, opened, pages_of, printed, sideways_px
from made.reported import write_patient, write_session
from selenium import webdriver
from test_report import EVIL, SECTIONS
from test_report_figures import every_exercise

from posture_trainer.records.people import utc_name
from posture_trainer.report import write
from posture_trainer.report.write import Report, patient_report

MOST_PAGES = 6
PAPER_PX = {"A4": 703, "Letter": 725}  # width between margins of 12 mm, at 96 pixels an inch
LONGEST_PX = 900  # of a chart or a row: less than a page with its heading (Letter: 970 between the margins)
EXERCISES = {"hold", "hold_test", "follow", "position_sense", "range", "stretch"}
CHARTS = {
    *("calendar", "trend", "ranges", "position", "tremors", "cycles", "angles", "density", "excursions", "returns"),
    *("spectrum", *(f"exercise-{kind}" for kind in EXERCISES)),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("report")
    patient = write_patient(folder)
    write_session(patient, 9, cut=True)
    notes = [EVIL, "long" * 100]
    exercises = every_exercise()
    write_session(patient, 8, out_share=0.1, notes=notes, pain=10, hold_test_s=30, exercises=exercises, rows=1800)
    (patient / "patient.toml").write_text("injections = [2026-01-08]\n", encoding="utf-8")
    return patient_report(patient, folder / "out")


@pytest.fixture(scope="module")
def page(report: Report) -> Path:
    return report.path


def log_of(browser: Any, kind: str) -> list[dict[str, Any]]:
    """What the browser has logged since the page was opened: "browser" is its console, "performance" its requests."""
    return list(browser.get_log(kind))


def test_every_section_and_every_chart_is_there(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    sections = browser.execute_script(
        "return [...document.querySelectorAll('section')].filter(s => s.offsetHeight > 60 && s.querySelector('h2'))"
        ".map(s => s.id)"
    )
    assert sections == SECTIONS
    drawn = browser.execute_script(
        "return Object.fromEntries([...document.querySelectorAll('figure')].map(f => [f.id.replace('-chart', ''),"
        " [...f.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().height > 90)"
        ".map(s => s.querySelectorAll('path, rect, circle, polygon').length)]))"
    )
    assert set(drawn) == CHARTS
    assert all(len(seen) == 1 and seen[0] > 3 for seen in drawn.values()), drawn


def test_no_error_and_no_request_but_for_the_page_itself(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    assert log_of(browser, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in log_of(browser, "performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]


def test_markup_in_notes_is_text(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    shown = browser.execute_script("return [...document.querySelectorAll('.notice')].map(n => n.textContent)")
    assert EVIL in shown


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_five_answers_are_all_on_the_first_screen(
    browser: webdriver.Chrome, page: Path, size: tuple[int, int]
) -> None:
    opened(browser, page, *size)
    seen = browser.execute_script(
        "return [...document.querySelectorAll('.answers li')].map(a => [a.getBoundingClientRect().bottom,"
        " a.querySelector('svg').getBoundingClientRect().width, a.querySelector('.word').textContent.trim()])"
    )
    assert len(seen) == 5
    assert max(bottom for bottom, _, _ in seen) <= size[1]
    assert all(mark_px >= 20 and word for _, mark_px, word in seen), "a mark and a word each"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width_px", [390, 1366])
def test_axe_finds_nothing_serious(browser: webdriver.Chrome, page: Path, width_px: int, dark: bool) -> None:
    opened(browser, page, width_px, dark=dark)
    browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert axe_faults(browser) == []


def test_axe_would_find_something(browser: webdriver.Chrome, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<p style='color: #bbb'>faint</p><img src=''><button></button>", encoding="utf-8"
    )
    opened(browser, tmp_path / "bad.html")
    rules = {fault.split(": ")[1] for fault in axe_faults(browser)}
    assert {"color-contrast", "image-alt", "button-name", "html-has-lang"} <= rules


@pytest.mark.parametrize("opened_up", [False, True])
def test_a_phone_is_never_scrolled_sideways(browser: webdriver.Chrome, page: Path, opened_up: bool) -> None:
    opened(browser, page, 390, 844)
    if opened_up:
        browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert sideways_px(browser) == 0
    faint = browser.execute_script(
        "return [...document.querySelectorAll('figure svg text')].filter(t => t.getBoundingClientRect().height > 0)"
        ".map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getBoundingClientRect().width"
        " / t.ownerSVGElement.viewBox.baseVal.width)"
    )
    assert min(faint) >= 10, "text of the charts, in pixels"


def test_the_keyboard_reaches_what_scrolls_and_links_lead_somewhere(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page)
    assert browser.execute_script(
        "return [...document.querySelectorAll('.scroll')].every(s => s.tabIndex === 0 && s.getAttribute('aria-label'))"
    )
    targets = browser.execute_script(
        "return [...document.querySelectorAll('nav a')].map(a => !!document.querySelector(a.getAttribute('href')))"
    )
    assert len(targets) == len(SECTIONS) - 1
    assert all(targets)


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_and_size_of_text_and_marks(browser: webdriver.Chrome, page: Path, dark: bool) -> None:
    opened(browser, page, dark=dark)
    found = browser.execute_script(CONTRASTS)
    assert len(found) > 100
    too_faint = [(text, round(ratio, 2)) for text, ratio, _ in found if ratio < 4.5]
    assert too_faint == []
    assert min(size for _, _, size in found) >= 12
    pairs = browser.execute_script(PAIRS)
    assert {names: ratio for names, (ratio, least) in pairs.items() if ratio < least} == {}, "in the charts"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_cut_off_on_paper(browser: webdriver.Chrome, page: Path, paper: str) -> None:
    opened(browser, page, PAPER_PX[paper])
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    wide = browser.execute_script(
        "return [...document.querySelectorAll('table, figure, figure svg, p, td, th')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent.slice(0, 60))"
    )
    assert wide == []
    tall = browser.execute_script(
        f"return [...document.querySelectorAll('figure, tr, .box')].filter(e => e.offsetHeight > {LONGEST_PX})"
        ".map(e => e.textContent.slice(0, 60))"
    )
    assert tall == []
    parted = browser.execute_script(
        "return [...document.querySelectorAll('h2, h3, h4, caption')]"
        ".filter(e => getComputedStyle(e).breakAfter != 'avoid')"
        ".concat([...document.querySelectorAll('figure, tr')].filter(e => getComputedStyle(e).breakInside != 'avoid'))"
        ".map(e => e.textContent.slice(0, 60))"
    )
    assert parted == [], "a heading stays with its chart"
    assert 3 <= pages_of(printed(browser, paper)) <= MOST_PAGES


def test_sixty_sessions_print_on_six_pages(
    browser: webdriver.Chrome, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sessions of the report once more and once more, with what was said of them."""
    few = report.page.sessions
    sixty = []
    for number in range(60):
        model = few[number % (len(few) - 2)] if number < 59 else few[-2]
        begun = few[0].begun
        assert begun is not None
        begun += timedelta(days=2 * number)
        folder = model.folder.parent / utc_name(begun) if number < 59 else model.folder
        sixty.append(replace(model, begun=begun, folder=folder))
    monkeypatch.setattr(write, "past_sessions", lambda *_: sixty)
    monkeypatch.setattr(write, "answers", lambda *_: report.page.answers)
    opened(browser, patient_report(few[0].folder.parent.parent, tmp_path / "out").path)
    assert pages_of(printed(browser, "A4")) <= MOST_PAGES


COLOURS = """
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                     return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const parts = text => text.match(/[\\d.]+/g).map(Number);
const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
"""
CONTRASTS = f"""{COLOURS}
const behind = e => {{ for (; e; e = e.parentElement) {{ const c = parts(getComputedStyle(e).backgroundColor);
                      if (c.length < 4 || c[3] > 0) return c.slice(0, 3); }} return [255, 255, 255]; }};
return [...document.querySelectorAll('body *:not(script):not(style)')].filter(e => !e.closest('svg') &&
  [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim())).map(e => {{
  const style = getComputedStyle(e), a = light(parts(style.color).slice(0, 3)), b = light(behind(e));
  return [e.textContent.trim().slice(0, 40), ratio(a, b), parseFloat(style.fontSize)];
}});
"""
PAIRS = f"""{COLOURS}
const probe = document.body.appendChild(document.createElement('i'));
const of = name => {{ probe.style.color = `var(--${{name}})`; return light(parts(getComputedStyle(probe).color)); }};
const told = (least, pairs) => pairs.map(([a, b]) => [`${{a}} on ${{b}}`, [ratio(of(a), of(b)), least]]);
return Object.fromEntries([
  ...told(4.5, [['ink', 'paper'], ['quiet', 'paper'], ['on', 'blue'], ['ink', 'pale'], ['ink', 'band'],
                ['ink', 'missed']]),
  ...told(3, [['blue', 'paper'], ['orange', 'paper'], ['line', 'paper'], ['blue', 'band'],
              ['orange', 'band'], ['ink', 'aside'], ['blue', 'aside']]),
]);
"""
