"""docs/safety.md: each hazard has its row, and every file and every test that a row names is there."""

import ast
import re

from made.common import ROOT

PAGE = ROOT / "docs" / "safety.md"


def rows() -> dict[int, list[str]]:
    """The cells of each hazard, by its number."""
    table = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {int(number): rest for number, *rest in cells}


def named(cell: str) -> list[str]:
    """What stands in `code` in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def test_every_hazard_has_its_row() -> None:
    assert set(rows()) == set(range(1, 33))
    for number, (situation, severity, likelihood, control, _) in rows().items():
        assert "→" in situation, number
        assert {severity, likelihood} <= {"1", "2", "3"}, number
        assert named(control) or "](" in control, number


def test_every_file_that_a_row_names_is_there() -> None:
    missing = {
        path for row in rows().values() for path in named(row[3]) if not (ROOT / "posture_trainer" / path).is_file()
    }
    assert missing == set()


def test_every_test_that_a_row_names_is_there() -> None:
    missing = set()
    for row in rows().values():
        for test in named(row[4]):
            path, _, name = test.partition("::")
            tree = (
                ast.parse((ROOT / path).read_text(encoding="utf-8")) if (ROOT / path).is_file() else ast.Module([], [])
            )
            if name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
                missing.add(test)
    assert missing == set()
    assert all(named(row[4]) for row in rows().values())
