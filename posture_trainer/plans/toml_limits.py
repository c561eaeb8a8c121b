"""What a TOML file may be before it is parsed: the parser takes a thousand times a hostile file's size. Pure."""

import re

LARGEST_BYTES = 200_000  # a plan has some thousands
_MOST_VALUES, _MOST_PARTS, _DEEPEST = 4000, 8, 20
# Strings and comments are passed over. Each kind also ends with the file, so that one look is enough for every sign.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\n])*(?:"|\Z|(?=\n)|\\\Z)|\'[^\'\n]*(?:\'|\Z|(?=\n))'
    r"|#[^\n]*|[A-Za-z0-9_-]+|[ \t]+|.|\n",
    re.DOTALL,
)


def too_much(text: str) -> str:
    """Why the text is more than such a file can be, or ''."""
    if len(text) > LARGEST_BYTES:
        return f"larger than {LARGEST_BYTES // 1000} kB"
    values = dots = depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == ".":
            dots += 1
            if dots >= _MOST_PARTS:
                return "a key in it has too many parts"
        elif sign in "=,\n[]{}":
            dots = 0
            values += sign in "=[,"
            depth = max(0, depth + (sign in "[{") - (sign in "]}"))
            if values > _MOST_VALUES:
                return f"it holds more than {_MOST_VALUES} values"
            if depth > _DEEPEST:
                return "something in it is too deep"
    return ""
