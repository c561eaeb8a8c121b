"""Brings the tables of the languages up to date: python scripts/make_catalogs.py [--new CODE] [--out FOLDER]

Each phrase of posture_trainer/words/phrases.py gets its entry, in that order; what is translated stays, what is gone
goes, and where the English has changed the old words stay behind a "fuzzy" mark, which keeps them from being spoken
until somebody has read them. `--new nl` begins a table without a word in it. Prints how much of each is translated.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posture_trainer import shipped_files  # noqa: E402
from posture_trainer.words.language.catalog import Entry, read_catalog, spoken_in  # noqa: E402
from posture_trainer.words.language.languages import LANGUAGES, NOT_YET_READ, SOURCE  # noqa: E402
from posture_trainer.words.phrases import PHRASES  # noqa: E402

FOLDER = shipped_files.catalog(SOURCE).parent


def quoted(text: str) -> str:
    """The text as PO writes it."""
    return json.dumps(text, ensure_ascii=False)


def table(code: str, catalog: Mapping[str, Entry]) -> str:
    """The whole table as text. code: of the language; it need not be one of the program's yet."""
    language = LANGUAGES.get(code)
    name = code if language is None else language.name
    read = "read by a native speaker" if language is not None and language.read_by_native else NOT_YET_READ
    lines = [f"# {name}: {read}.", 'msgid ""', 'msgstr ""', f'"Language: {code}\\n"']
    lines += ['"Content-Type: text/plain; charset=UTF-8\\n"', '"Content-Transfer-Encoding: 8bit\\n"', ""]
    for key, words in PHRASES.items():
        entry = catalog.get(key, Entry(words, ""))
        changed = bool(entry.words) and entry.source != words
        lines += ["#, fuzzy", f"#| msgid {quoted(entry.source)}"] if changed else []
        lines += [f"msgctxt {quoted(key)}", f"msgid {quoted(words)}", f"msgstr {quoted(entry.words)}", ""]
    return "\n".join(lines)


def main() -> None:
    """Write every table anew and print the coverage."""
    parser = argparse.ArgumentParser(description="Bring the tables of the languages up to date.")
    parser.add_argument("--new", action="append", default=[], metavar="CODE")
    parser.add_argument("--out", type=Path, default=FOLDER)
    asked = parser.parse_args()
    for code in (*(code for code in LANGUAGES if code != SOURCE), *asked.new):
        path = FOLDER / f"{code}.po"
        catalog = read_catalog(path.read_text(encoding="utf-8")) if path.exists() else {}
        (asked.out / path.name).write_text(table(code, catalog), encoding="utf-8")
        spoken = len(spoken_in(catalog))
        print(f"{code:<6} {spoken:>4} of {len(PHRASES)} phrases  {spoken / len(PHRASES):>5.0%}")


if __name__ == "__main__":
    main()
