"""The shape of the face: taken out of what is exported."""

import json
from typing import Any

from posture_trainer.exchange.archive.names import suffix_of
from posture_trainer.records.json_file import many_values
from posture_trainer.records.session_reader import MOST_EVENTS

_SIGNS = (b"landmarks", b"face_model", b"\\u00")  # as keys of the shape can stand in JSON


def is_shape(key: str) -> bool:
    """Does a value under this key describe the shape of the face?"""
    return key == "landmarks" or key.startswith("face_model")


def without_face_shape(path: str, content: bytes) -> bytes | None:
    """The file without the shape of the face; as it is if it holds none. None: it can't be taken out for certain.

    path: inside the patient's folder. What is not JSON, but should be, is damaged: one of a baseline is never given
    away, another one only if it has no such key.
    """
    baseline, suffix = path.startswith("baselines/"), suffix_of(path)
    mentions = sum(content.count(sign) for sign in _SIGNS)
    if suffix not in (".json", ".jsonl") or (not mentions and not baseline):
        return content
    try:
        if suffix == ".json":
            return None if many_values(content) else _stripped(content.decode("utf-8"), indent=1).encode()
        lines = content.split(b"\n")
        return b"\n".join(map(_line, lines)) if len(lines) <= MOST_EVENTS else None
    except (ValueError, RecursionError):
        return None if baseline or any(sign in content for sign in _SIGNS[:2]) else content


def lacks_shape(content: bytes) -> bool:
    """Is this the content of a baseline without the shape of the face?"""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "rotation" in found and found.get("landmarks") is None


def _line(line: bytes) -> bytes:
    return _stripped(line.decode("utf-8"), indent=None).rstrip("\n").encode()


def _stripped(text: str, indent: int | None) -> str:
    found = json.loads(text) if text.strip() else None
    if not _has_shape(found):
        return text
    return json.dumps(_pruned(found), indent=indent, ensure_ascii=False) + "\n"


def _has_shape(value: Any) -> bool:
    if isinstance(value, dict):
        return any(is_shape(key) or _has_shape(each) for key, each in value.items())
    return isinstance(value, list) and any(map(_has_shape, value))


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _pruned(each) for key, each in value.items() if not is_shape(key)}
    return [_pruned(each) for each in value] if isinstance(value, list) else value
