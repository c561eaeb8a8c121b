"""A language's table, as translators' tools write it (gettext's PO): what each phrase is in that language. Pure."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from posture_trainer.words.phrases import PHRASES


@dataclass(frozen=True)
class Entry:
    """source: the English words that were translated. words: in that language, '' while there are none."""

    source: str
    words: str


def read_catalog(text: str) -> dict[str, Entry]:
    """Each entry by its context, which is a phrase's key. One that is marked as fuzzy, for its English has changed, has
    the English of before as its source. ValueError where a line is none of PO's."""
    found: dict[str, dict[str, str]] = {}
    entry: dict[str, str] = {}
    field = before = ""
    for line in (line.strip() for line in text.splitlines()):
        before = line.removeprefix("#| msgid ") if line.startswith("#| msgid ") else before
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            field, _, line = line.partition(" ")
            if field not in ("msgctxt", "msgid", "msgstr"):
                raise ValueError(f"not a line of a table: {field}")
            if field == "msgctxt":
                entry = {}
        entry[field] = entry.get(field, "") + str(ast.literal_eval(line))
        if field == "msgstr" and "msgctxt" in entry:
            found[entry["msgctxt"]] = entry
            if before:
                entry["msgid"], before = str(ast.literal_eval(before)), ""
    return {key: Entry(each.get("msgid", ""), each.get("msgstr", "")) for key, each in found.items()}


def spoken_in(catalog: Mapping[str, Entry]) -> dict[str, str]:
    """Every phrase in that language. One that has no words yet, or whose English has changed since, is left out: it is
    not spoken rather than spoken wrong."""
    return {
        key: catalog[key].words
        for key, words in PHRASES.items()
        if key in catalog and catalog[key].words and catalog[key].source == words
    }
