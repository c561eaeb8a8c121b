"""The shape of the face: taken out of what is exported."""

import json
from typing import Any

from posture_trainer.exchange.archive.names import suffix_of


def is_shape(key: str) -> bool:
    """Does a value under this key describe the shape of the face?"""
    return key == "landmarks" or key.startswith("face_model")


def without_face_shape(path: str, content: bytes) -> bytes | None:
    """The file without the shape of the face; as it is if it holds none. None: it can't be taken out for certain.

    path: inside the patient's folder. What is not JSON, but should be, is damaged: one of a baseline is never given
    away, another one only if it has no such key.
    """
    suffix = suffix_of(path)
    if suffix not in (".json", ".jsonl"):
        return content
    try:
        text = content.decode("utf-8")
        if suffix == ".json":
            return _stripped(text, indent=1).encode()
        return b"".join(_stripped(line, indent=None).encode() for line in text.splitlines(keepends=True))
    except (ValueError, RecursionError):
        suspicious = path.startswith("baselines/") or b"landmarks" in content or b"face_model" in content
        return None if suspicious else content


def lacks_shape(content: bytes) -> bool:
    """Is this the content of a baseline without the shape of the face?"""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "rotation" in found and found.get("landmarks") is None


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
