"""Small and named after what it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quality.project import ROOT, sources

# Files are about 400 lines and functions about 40; beyond these bounds it is no longer "about".
LONGEST_FILE = 450
LONGEST_FUNCTION = 60
EMPTY_NAMES = {"manager", "helper", "util", "service", "controller", "common", "misc"}


def long_files(path: Path) -> Iterator[str]:
    lines = len(path.read_text("utf-8").splitlines())
    if lines > LONGEST_FILE:
        yield f"{path.name}: {lines} lines"


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path.name}:{node.lineno}: {node.name} has {lines} lines"


def empty_names(path: Path) -> Iterator[str]:
    named = [
        (node.lineno, node.name)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    for line, name in [(1, path.stem), (1, path.parent.name), *named]:
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}
        if (words | {word.removesuffix("s") for word in words}) & EMPTY_NAMES:
            yield f"{path.name}:{line}: {name} says nothing"


@pytest.mark.parametrize("rule", [long_files, long_functions, empty_names])
def test_that_the_code_is_small_and_well_named(rule) -> None:
    faults = [
        f"{path.parent.relative_to(ROOT)}/{fault}"
        for path in sources()
        if path.parent.name != "versions"  # a step of the schema's history is one long statement
        for fault in rule(path)
    ]

    assert faults == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (long_files, "x = 1\n" * 451),
        (long_functions, "def f():\n" + "    x = 1\n" * 60),
        (empty_names, "class SessionManager: ..."),
        (empty_names, "def common_things(): ..."),
        (empty_names, "class Utils: ..."),
    ],
)
def test_that_an_offender_is_caught(rule, source: str, tmp_path: Path) -> None:
    path = tmp_path / "offender.py"
    path.write_text(source, "utf-8")

    assert len(list(rule(path))) == 1


def test_that_bounds_are_kept_by_what_just_fits(tmp_path: Path) -> None:
    path = tmp_path / "fits.py"
    path.write_text("def commonly():\n" + "    x = 1\n" * 59 + "x = 1\n" * 390, "utf-8")

    assert [*long_files(path), *long_functions(path), *empty_names(path)] == []
