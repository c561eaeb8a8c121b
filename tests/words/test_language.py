"""The tables of the languages: complete, of the English that is spoken now, and every side where it belongs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.common import ROOT

from posture_trainer import shipped_files
from posture_trainer.words.language.catalog import Entry, read_catalog, spoken_in
from posture_trainer.words.language.languages import LANGUAGES, NOT_YET_READ, SOURCE
from posture_trainer.words.phrases import PHRASES
from scripts.make_catalogs import table

SIDES = {  # what each language says of left and of right
    "en": (r"\bleft\b", r"\bright\b"),
    "de": (r"\blinke?[ns]?\b", r"\brechte?[ns]?\b"),
    "fr": (r"\bgauche\b", r"\bdroite\b"),
    "es": (r"\bizquierd[ao]\b", r"\bderech[ao]\b"),
    "it": (r"\bsinistr[ao]\b", r"\bdestr[ao]\b"),
    "pt_BR": (r"\besquerd[ao]\b", r"\bdireit[ao]\b"),
    "ja": ("左", "右"),
    "zh_CN": ("左", "右"),
}
# French has one word for a side and for what is straight: these are about straight.
STRAIGHT_NOT_SIDE = {"fr": ("how_far_off", "hold_without", "hold_test")}
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]


def text_of(code: str) -> str:
    return shipped_files.catalog(code).read_text(encoding="utf-8")


def phrases_of(code: str) -> dict[str, str]:
    return PHRASES if code == SOURCE else spoken_in(read_catalog(text_of(code)))


def glossary() -> dict[str, dict[str, str]]:
    """Of each term of docs/words.md its stem in every language."""
    section = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").split("## In other languages")[1]
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")
    ]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@pytest.mark.parametrize("code", TRANSLATED)
def test_nearly_every_phrase_is_there_and_says_who_has_read_it(code: str) -> None:
    catalog = read_catalog(text_of(code))
    assert set(catalog) <= set(PHRASES)
    assert len(spoken_in(catalog)) >= 0.9 * len(PHRASES), "what is new may wait for its translation, not for long"
    assert LANGUAGES[code].read_by_native is (NOT_YET_READ not in text_of(code)), "honest in the file too"


@pytest.mark.parametrize("code", LANGUAGES)
def test_left_is_left_and_right_is_right(code: str) -> None:
    left, right = (re.compile(side, re.IGNORECASE) for side in SIDES[code])
    sided = 0
    for key, words in phrases_of(code).items():
        if key in STRAIGHT_NOT_SIDE.get(code, ()):
            continue
        to_left, to_right = key.endswith("_left"), key.endswith("_right")
        assert bool(left.search(words)) is to_left, f"{code} {key}: {words}"
        assert bool(right.search(words)) is to_right, f"{code} {key}: {words}"
        sided += to_left or to_right
    assert sided == 16, "four turns and leans for each of three exercises, and four ways back"


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_sides_are_said_alike(code: str) -> None:
    """A phrase and its mirror image differ in the side and in nothing else."""
    phrases = phrases_of(code)
    for key, words in phrases.items():
        if key.endswith("_left"):
            other = phrases[key.removesuffix("_left") + "_right"]
            sides = "|".join(SIDES[code])
            assert re.sub(sides, "_", words, flags=re.I) == re.sub(sides, "_", other, flags=re.I), key


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_glossary_is_kept(code: str) -> None:
    phrases = phrases_of(code)
    for term, stems in glossary().items():
        of_it = [key for key in phrases if re.search(rf"\b{term}\b", PHRASES[key], re.IGNORECASE)]
        assert of_it, f"nothing is said of {term}"
        for key in of_it:
            assert any(stem.strip().lower() in phrases[key].lower() for stem in stems[code].split("/")), (
                f"{code} {key}: no {stems[code]} for {term} in {phrases[key]}"
            )


def test_what_has_changed_in_english_is_not_spoken_as_it_was() -> None:
    catalog = {"rest": Entry("Have a rest.", "Pause."), "which": Entry(PHRASES["which"], ""), "none": Entry("", "x")}
    assert spoken_in(catalog) == {}
    assert spoken_in({"rest": Entry(PHRASES["rest"], "Pause.")}) == {"rest": "Pause."}


def test_a_table_brought_up_to_date_keeps_its_words_and_marks_what_has_changed() -> None:
    was = {"rest": Entry(PHRASES["rest"], "Pause."), "which": Entry("Which?", "Was?"), "gone": Entry("x", "y")}
    text = table("de", was)
    again = read_catalog(text)
    assert set(again) == set(PHRASES)
    assert (again["rest"], again["which"]) == (was["rest"], was["which"])
    assert text.count("#, fuzzy") == 1
    assert spoken_in(again) == {"rest": "Pause."}
    assert table("de", again) == text
    assert spoken_in(read_catalog(table("nl", {}))) == {}, "a ninth language begins empty"


def test_the_tables_are_as_the_script_writes_them() -> None:
    for code in TRANSLATED:
        catalog = read_catalog(text_of(code))
        if set(catalog) == set(PHRASES):
            assert table(code, catalog) == text_of(code)


@given(st.text(), st.text())
def test_what_is_written_is_read(source: str, words: str) -> None:
    def quoted(text: str) -> str:
        return '"' + "".join(f"\\x{ord(sign):02x}" if ord(sign) < 32 or sign in '"\\' else sign for sign in text) + '"'

    source, words = (text.translate(dict.fromkeys((133, 8232, 8233, 127), " ")) for text in (source, words))
    text = f'# a table\nmsgctxt "rest"\nmsgid ""\n{quoted(source)}\nmsgstr {quoted(words)}\n'
    assert read_catalog(text) == {"rest": Entry(source, words)}


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="not a line of a table"):
        read_catalog("[spoken]\nrest = 'Pause.'\n")
