"""The rules of the house, as functions that list what breaks them; standard library only."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "painprogram"

_LEAVES = {"i18n", "settings", "resources"}
_MIDDLE = {"storage", "planner", "documents", "exchange"}
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "resources": set(),
    "settings": set(),
    "i18n": {"resources"},
    "domain": _LEAVES,
    "storage": {"domain", *_LEAVES},
    "planner": {"domain", *_LEAVES},
    "documents": {"domain", *_LEAVES},
    "exchange": {"domain", *_LEAVES},
    "usecases": {"domain", *_MIDDLE, *_LEAVES},
    "gui": {"domain", "usecases", *_LEAVES},
    "app": {"gui", "usecases", "domain", *_MIDDLE, *_LEAVES},
    "cli": {"usecases", "domain", *_MIDDLE, *_LEAVES},
    "__main__": {"app", "cli"},
}
LIBRARIES: dict[str, set[str]] = {
    "i18n": {"babel"},
    "settings": {"platformdirs"},
    "storage": {"sqlalchemy", "alembic", "sqlcipher3", "psycopg"},
    "planner": {"ortools", "numpy", "numba"},
    "documents": {"PIL", "reportlab", "pypdfium2", "babel", "bidi", "arabic_reshaper"},
    "exchange": {
        "defusedxml",
        "httpx",
        "icalendar",
        "holidays",
        "keyring",
        "openpyxl",
        "xlsxwriter",
    },
    "usecases": {"sqlalchemy"},
    "gui": {"PySide6", "shiboken6"},
    "app": {"PySide6", "shiboken6"},
}
# Slow to import: the window opens first.
HEAVY = {
    *("alembic", "babel", "holidays", "httpx", "icalendar", "keyring", "openpyxl", "ortools"),
    *("PIL", "pypdfium2", "reportlab", "xlsxwriter"),
}
# What widgets, which know no noun of ours, may still use of the domain.
_PLAIN_DOMAIN = {"painprogram.domain.errors", "painprogram.domain.progress"}


@dataclass(frozen=True)
class Promise:
    """What would work, and quietly break a promise.

    *pattern* is searched in the phrases of a module (see ``Module.phrases``); *where* in its
    place in the package (``gui/sessions/page.py``), *but* in places where it may stand.
    """

    why: str
    pattern: str
    where: str = "."
    but: str = "^$"


_BULK = r"sqlalchemy(\.\w+)*\.(update|delete|insert|text)$|\.bulk_\w+\($|\.query\("
PROMISES = [
    Promise("rows never reach the screen", r"\b[A-Z]\w*Row\b", "^gui/"),
    Promise("database.change commits", r"\bcommit\(", "^usecases/"),
    Promise("bulk statements escape undo and the journal", _BULK, "^usecases/"),
    Promise("statements are built from named parts of sqlalchemy", r"^sqlalchemy$", "^usecases/"),
    Promise("link tables need a class, or undo misses them", r"^secondary=$", "^storage/"),
    Promise(
        "the window never blocks",
        r"\b(processEvents|setOverrideCursor|QThread|QEventLoop|sleep)\b|\.exec_?\($",
        "^gui/",
    ),
    Promise(
        "time is an argument",
        r"\.(now|today|utcnow)\($|\btime\.time\b|\.currentDate(Time)?\($",
        "^(domain|planner|documents)/",
    ),
    Promise(
        "a rule of the domain reads nothing",
        r"^open\($|\.(read|write)_(text|bytes)\($|\bos\.(environ|getenv)\b",
        "^domain/",
    ),
    Promise(
        "colours come from the theme or the style of the papers",
        r"(?<!&)#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b"
        r"|^QColor\(\d|GlobalColor\.(?!transparent)",
        "^(gui|documents)/",
        "^gui/(theme|tokens)\\.py$|^documents/style\\.py$",
    ),
    Promise("only the command line prints", r"^print\($", but=r"^cli\.py$"),
    Promise("an import is visible", r"\b(__import__|import_module)\b", but="^(app|cli)"),
]
# Rows that tell of one patient, and what opens the door to them.
_PATIENT_ROWS = r"\b(PatientRow|CommitmentRow)\b"
_DOOR = r"\.(read_patients|change)\($"


@dataclass(frozen=True)
class Import:
    """One imported name; *quick* when it runs as the module is loaded."""

    name: str
    line: int
    quick: bool


class Module:
    """One file of the package."""

    def __init__(self, package: Path, path: Path) -> None:
        self.place = path.relative_to(package).as_posix()
        parts = path.relative_to(package.parent).with_suffix("").parts
        self.is_package = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_package else parts)
        self.layer = parts[1]
        self.tree = ast.parse(path.read_text("utf-8"), self.place)

    @cached_property
    def imports(self) -> list[Import]:
        """Everything imported, also inside functions and under ``if TYPE_CHECKING``."""
        return list(imports_in(self.tree, quick=True))

    @cached_property
    def phrases(self) -> list[tuple[int, str]]:
        """Line and phrase: ``call(``, ``dotted.name``, ``keyword=``, ``'text'``; no docstrings."""
        told = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        named = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        found = [(each.line, each.name) for each in self.imports]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                found.append((node.lineno, _call(node)))
            elif isinstance(node, ast.Name | ast.Attribute) and id(node) not in named:
                found.append((node.lineno, ast.unparse(node)))
            elif isinstance(node, ast.keyword) and node.arg:
                found.append((node.lineno, f"{node.arg}="))
            elif isinstance(node, ast.Constant) and id(node) not in told:
                found.append((node.lineno, repr(node.value)))
        return found


def _call(node: ast.Call) -> str:
    """``db.execute(``; with a first argument that is a bare number, that too."""
    function = ast.unparse(node.func)
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, int):
        return f"{function}({first.value}"
    return f"{function}("


def imports_in(node: ast.AST, *, quick: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, quick) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            source = "." * child.level + (child.module or "")
            for alias in child.names:
                yield Import(f"{source}.{alias.name}", child.lineno, quick)
        else:
            yield from imports_in(child, quick=quick and not _runs_later(child))


def _runs_later(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


class House:
    """The package in *package*, and what is wrong in it: each a ``place:line: reason``."""

    def __init__(self, package: Path = PACKAGE) -> None:
        self.modules = [Module(package, path) for path in sorted(package.rglob("*.py"))]
        self._names = {module.name for module in self.modules}

    def faults(self) -> list[str]:
        rules = (
            self.unknown_layers,
            self.upward_imports,
            self.foreign_libraries,
            self.slow_imports,
            self.nouns_that_meet,
            self.cycles,
            self.broken_promises,
            self.closed_doors,
        )
        return [fault for rule in rules for fault in rule()]

    def unknown_layers(self) -> list[str]:
        return [
            f"{module.place}:1: there is no layer {module.layer}"
            for module in self.modules
            if module.layer not in MAY_IMPORT
        ]

    def upward_imports(self) -> list[str]:
        faults = []
        for module in self.modules:
            allowed = MAY_IMPORT.get(module.layer, set()) | {module.layer, "__init__"}
            for each in module.imports:
                target = self._layer_of(each.name)
                if each.name.startswith("."):
                    faults.append(f"{module.place}:{each.line}: relative import")
                elif target and target not in allowed:
                    faults.append(f"{module.place}:{each.line}: {module.layer} imports {target}")
        return faults

    def foreign_libraries(self) -> list[str]:
        return [
            f"{module.place}:{each.line}: {module.layer} uses {root}"
            for module in self.modules
            for each in module.imports
            if (root := each.name.split(".")[0])
            and root not in {"painprogram", *LIBRARIES.get(module.layer, ())}
            and root not in sys.stdlib_module_names
        ]

    def slow_imports(self) -> list[str]:
        return [
            f"{module.place}:{each.line}: {root} is imported as the module is loaded"
            for module in self.modules
            for each in module.imports
            if each.quick
            and (root := each.name.split(".")[0]) in HEAVY
            and not module.place.startswith("storage/migrations/")  # read by alembic alone
        ]

    def nouns_that_meet(self) -> list[str]:
        """Folders of gui meet in main_window and errands; plain files and widgets know none."""
        faults = []
        for module in self.modules:
            if module.layer != "gui" or module.place in {"gui/main_window.py", "gui/errands.py"}:
                continue
            own = _noun_of(module.name, self._names)
            for each in module.imports:
                target = self._module_of(each.name)
                noun = _noun_of(target, self._names)
                if noun in {"widgets", None} and own == "widgets":
                    known = target.startswith(("painprogram.domain", "painprogram.usecases"))
                    wrong = known and target not in _PLAIN_DOMAIN
                else:
                    wrong = noun not in {own, "widgets", None}
                if wrong or target == "painprogram.gui.main_window":
                    faults.append(f"{module.place}:{each.line}: imports {target}")
        return faults

    def cycles(self) -> list[str]:
        graph = {
            module.name: {self._module_of(each.name) for each in module.imports}
            & self._names - {module.name}
            for module in self.modules
        }
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            return [" → ".join(error.args[1])]
        return []

    def broken_promises(self) -> list[str]:
        return [
            f"{module.place}:{line}: {promise.why} ({phrase})"
            for promise in PROMISES
            for module in self.modules
            if re.search(promise.where, module.place) and not re.search(promise.but, module.place)
            for line, phrase in module.phrases
            if re.search(promise.pattern, phrase)
        ]

    def closed_doors(self) -> list[str]:
        """Patient rows are named in storage, and in use cases that go through the door."""
        faults = []
        for module in self.modules:
            named = [line for line, phrase in module.phrases if re.search(_PATIENT_ROWS, phrase)]
            through = any(re.search(_DOOR, phrase) for _line, phrase in module.phrases)
            if named and module.layer != "storage" and not (module.layer == "usecases" and through):
                faults.append(f"{module.place}:{named[0]}: patient rows without the door")
        return faults

    def _layer_of(self, name: str) -> str | None:
        if not f"{name}.".startswith("painprogram."):
            return None
        target = self._module_of(name)
        return target.split(".")[1] if "." in target else "__init__"

    def _module_of(self, name: str) -> str:
        """The module that an imported name stands in, or is."""
        while name not in self._names and "." in name.lstrip("."):
            name = name.rpartition(".")[0]
        return name


def _noun_of(name: str, names: set[str]) -> str | None:
    """The folder of gui a module lies in; None for its plain files and for everything else."""
    parts = name.split(".")
    inside = parts[1:2] == ["gui"] and len(parts) > 2  # painprogram.gui.folder
    is_folder = len(parts) > 3 or any(each.startswith(f"{name}.") for each in names)
    return parts[2] if inside and is_folder else None
