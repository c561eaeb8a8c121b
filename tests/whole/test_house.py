"""Who may import whom, and how large a room may grow. Read from the code's own imports, late ones too."""

import ast
import functools
import re
from collections.abc import Iterable
from pathlib import Path

import posture_trainer

HOUSE = Path(posture_trainer.__file__).parent
NAME = "posture_trainer"

# From the door down; a folder imports only from the lines below its own, or from itself.
STOREYS = [
    ["__main__"],
    ["cli"],
    ["home"],
    ["session", "self_check"],
    ["screen", "report", "exchange", "unforeseen"],
    ["pages", "records"],
    ["course"],
    ["figures", "plans"],
    ["exercises", "sound"],
    ["progress"],
    ["terminal"],
    ["spoken_way"],
    ["words", "tracking", "reminders"],
    ["feedback"],
    ["pose"],
    ["sources"],
    ["audit"],
    ["private_files"],
    ["errors", "quiet", "shipped_files"],
]
PURE = {"pose", "feedback", "spoken_way", "reminders", "words", "exercises", "figures", "course", "pages"}
MOST_LINES, MOST_FILES, MOST_FUNCTION_LINES = 300, 20, 60
# Rooms that explain the signs of the angles to whoever reads a file.
SIDES_EXPLAINED = ("records", "exchange", "report")
EDGES = {"pygame", "mediapipe", "ai_edge_litert", "os", "threading", "time", "random"}


def modules() -> dict[str, Path]:
    """Every module below the package's name, with its file."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path
    return found


MODULES = modules()


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """All that a file is made of, read once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@functools.cache
def imports_of(path: Path) -> frozenset[str]:
    """The modules that a file imports, whole names."""
    found: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: whole names only"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            known = {name for name in inside if name.removeprefix(f"{NAME}.") in MODULES}
            found |= known | ({node.module} if len(known) < len(inside) else set())
    return frozenset(found)


def own_imports(name: str) -> set[str]:
    """The modules of this package that a module imports, below the package's name."""
    inside = (each for each in imports_of(MODULES[name]) if each.split(".")[0] == NAME)
    return {each.removeprefix(NAME).lstrip(".") for each in inside} - {""}


@functools.cache
def graph() -> dict[str, set[str]]:
    """Which module imports which."""
    return {name: own_imports(name) for name in MODULES}


def storey(name: str) -> int:
    """How far below the door a module stands."""
    room = name.split(".")[0]
    return next(floor for floor, rooms in enumerate(STOREYS) if room in rooms)


def test_every_room_has_its_storey() -> None:
    rooms = {name.split(".")[0] for name in MODULES if name}
    assert rooms == {room for floor in STOREYS for room in floor}


def test_nobody_imports_from_above() -> None:
    upward = [
        f"{name} -> {other}"
        for name, others in graph().items()
        for other in others
        if name and name.split(".")[0] != other.split(".")[0] and storey(other) <= storey(name)
    ]
    assert upward == []


def test_there_is_no_circle() -> None:
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in graph().get(name, ()):
                walk(other, (*way, name))
            done.add(name)

    for name in graph():
        walk(name, ())


def test_what_decides_touches_nothing() -> None:
    touching = {
        name: found
        for name, path in MODULES.items()
        if name.split(".")[0] in PURE and (found := {each.split(".")[0] for each in imports_of(path)} & EDGES)
    }
    assert touching == {}


def test_each_edge_has_its_place() -> None:
    """pygame draws and sounds; MediaPipe finds faces; the program's own files are found in one place."""
    assert _rooms_with("pygame") <= {"screen", "sound", "self_check"}
    assert _rooms_with("mediapipe") == {"tracking"}
    assert _rooms_with("ai_edge_litert") == {"tracking"}
    assert _rooms_with("scipy") == {"course", "figures"}
    assert [name for name, path in MODULES.items() if "__file__" in _text(path)] == ["shipped_files"]


def test_sides_are_named_in_one_place() -> None:
    """Only words/ says to a patient which side is meant: other rooms take their words from there."""
    side = re.compile(r"\b(to (the|your) (left|right)|chin (up|down)|turn(ed)? (left|right))\b", re.IGNORECASE)
    told = {
        f"{name}: {said}"
        for name, path in MODULES.items()
        if name.split(".")[0] not in ("words", *SIDES_EXPLAINED)
        for said in said_in(nodes_of(path))
        if side.search(said)
    }
    assert told == set()


def said_in(nodes: Iterable[ast.AST]) -> list[str]:
    """The texts of a module, of all its nodes, that are not docstrings."""
    nodes = tuple(nodes)
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in docs)
    return [node.value for node in texts if isinstance(node.value, str)]


def _rooms_with(library: str) -> set[str]:
    return {
        name.split(".")[0]
        for name, path in MODULES.items()
        if library in {each.split(".")[0] for each in imports_of(path)}
    }


def test_files_stay_small() -> None:
    long = {name: count for name, path in MODULES.items() if (count := len(_text(path).splitlines())) > MOST_LINES}
    assert long.keys() == set()


def test_folders_stay_small() -> None:
    folders = [HOUSE, *(path.parent for path in HOUSE.rglob("__init__.py"))]
    full = {folder.name: count for folder in folders if (count := len(list(folder.glob("[!_]*.py")))) > MOST_FILES}
    assert full == {}


def test_functions_stay_short() -> None:
    long = {
        f"{name}.{node.name}": lines
        for name, path in MODULES.items()
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert long == {}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
