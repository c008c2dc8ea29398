"""A fresh clone installs what the code imports, in versions that are written down."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions, requires

from tests.quality.house import PACKAGE, imports_in
from tests.quality.project import ROOT, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = {"painprogram", "tests", "dev", "texts"}


def plain(name: str) -> str:
    """A distribution's name without version, extras and spelling: ``psycopg[binary]>=3``."""
    return re.split(r"[\[<>=!~; ]", name, maxsplit=1)[0].lower().replace("_", "-")


def imported(*, program: bool) -> set[str]:
    """The libraries that the program, or everything else here, imports by name."""
    return {
        each.name.split(".")[0]
        for path in sources()
        if path.is_relative_to(PACKAGE) == program
        for each in imports_in(ast.parse(path.read_text("utf-8")), quick=True)
    } - {*OURS, *sys.stdlib_module_names}


def undeclared(libraries: Iterable[str], declared: Iterable[str]) -> list[str]:
    known = {plain(name) for name in declared}
    known |= {"shiboken6"}  # one release with PySide6-Essentials
    homes = packages_distributions()
    return sorted(
        library
        for library in libraries
        if not {plain(home) for home in homes.get(library, [])} & known
    )


def test_that_the_program_declares_every_library_it_imports() -> None:
    extras = PROJECT["optional-dependencies"]
    declared = PROJECT["dependencies"] + extras["planner"] + extras["keyring"]

    assert undeclared(imported(program=True), declared) == []


def test_that_the_tests_declare_every_library_they_import() -> None:
    declared = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]

    assert undeclared(imported(program=False), declared) == []


def test_that_everything_installed_for_the_program_has_one_version() -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {plain(line) for line in lines if re.match(r"[\w.-]+==[\w.]+( ;|$)", line)}
    wanted = {plain(each) for each in PROJECT["dependencies"]}
    for extra in PROJECT["optional-dependencies"].values():
        wanted |= {plain(each) for each in extra}

    assert with_all_they_need(wanted) - pinned == set()


def with_all_they_need(names: set[str]) -> set[str]:
    """*names* and what they need in turn, on this system."""
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        found.add(name)
        needed = {plain(each) for each in requires(name) or [] if ";" not in each}
        left |= needed - found
    return found
