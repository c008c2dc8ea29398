"""Who may import whom, and what a module may not do; and that each rule catches its offender."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.quality.house import MAY_IMPORT, PROMISES, House


@pytest.fixture(scope="module")
def house() -> House:
    return House()


def test_that_every_module_stands_in_a_layer(house: House) -> None:
    assert house.unknown_layers() == []


def test_that_a_module_imports_only_the_layers_below_it(house: House) -> None:
    assert house.upward_imports() == []


def test_that_a_module_uses_only_the_libraries_of_its_layer(house: House) -> None:
    assert house.foreign_libraries() == []


def test_that_a_slow_library_is_imported_where_it_is_used(house: House) -> None:
    assert house.slow_imports() == []


def test_that_the_nouns_of_the_screen_meet_in_the_main_window(house: House) -> None:
    assert house.nouns_that_meet() == []


def test_that_no_module_imports_itself_through_others(house: House) -> None:
    assert house.cycles() == []


def test_that_every_promise_is_kept(house: House) -> None:
    assert house.broken_promises() == []


def test_that_patient_rows_are_read_through_the_door(house: House) -> None:
    assert house.closed_doors() == []


def test_that_a_window_opens_without_any_slow_library() -> None:
    """The rules above see our own lines; this one sees what those lines pull in."""
    program = "import sys, painprogram.__main__, painprogram.app\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert loaded.returncode == 0, loaded.stderr
    assert {"reportlab", "icalendar", "ortools", "holidays"} & set(loaded.stdout.split()) == set()


# A small house in which nothing is wrong …
SOUND = {
    "__init__.py": "",
    "__main__.py": "from painprogram import app, cli",
    "app.py": "from painprogram.gui import main_window\nfrom painprogram.storage import database",
    "cli.py": "from painprogram.usecases import sessions\nprint('done')",
    "i18n.py": "from painprogram import resources\ndef f():\n    from babel import dates",
    "resources.py": "import pathlib",
    "settings.py": "import platformdirs",
    "domain/__init__.py": "",
    "domain/sessions.py": "from painprogram.i18n import _\n'''Never today().'''\nx = 'open()'",
    "domain/errors.py": "",
    "storage/__init__.py": "",
    "storage/database.py": "import sqlalchemy\nfrom painprogram.storage import tables",
    "storage/tables.py": "class PatientRow: ...",
    "storage/migrations/env.py": "from alembic import op",
    "planner/__init__.py": "def plan():\n    from ortools.sat import cp_model",
    "documents/__init__.py": "",
    "documents/style.py": "INK = '#123456'",
    "documents/sheet.py": "def f():\n    import reportlab\n    import pypdfium2",
    "exchange/__init__.py": "",
    "exchange/calendar.py": "def read():\n    import icalendar\n    import holidays",
    "usecases/__init__.py": "from painprogram.storage.database import Database",
    "usecases/sessions.py": """
        from sqlalchemy import select
        from painprogram.usecases import Database
        from painprogram.domain import sessions
        def remove(database, row, known):
            with database.change("Remove") as db:
                db.delete(row)
                known.update({})
    """,
    "usecases/patients.py": """
        from painprogram.storage.tables import PatientRow
        def find(database):
            with database.read_patients("find") as db:
                return db.get(PatientRow, 1)
    """,
    "gui/__init__.py": "",
    "gui/main_window.py": "from painprogram.gui.sessions.page import Page\n"
    "from painprogram.gui.patients import page",
    "gui/theme.py": "from PySide6.QtGui import QColor\nPAPER = QColor('#ffffff')",
    "gui/icons.py": "from painprogram.gui import theme",
    "gui/widgets/__init__.py": "",
    "gui/widgets/grid.py": "from painprogram.gui import icons\n"
    "from painprogram.domain.errors import Refused",
    "gui/sessions/__init__.py": "",
    "gui/sessions/page.py": "from painprogram.usecases import sessions\n"
    "from painprogram.gui.widgets.grid import Grid\nfrom painprogram.gui.sessions import table",
    "gui/sessions/table.py": "from painprogram.gui.icons import icon\n"
    "t = 'the #3 of 8'\nx.insertRow(1)\nd.open()",
    "gui/patients/__init__.py": "",
    "gui/patients/page.py": "import shiboken6",
}

# … and what must be caught in it: the file, a line added to it, a part of the fault.
OFFENDERS = [
    ("helpers/__init__.py", "", "no layer"),
    ("domain/sessions.py", "import painprogram.storage.tables", "domain imports storage"),
    ("domain/sessions.py", "def f():\n    from painprogram.usecases import x", "imports usecases"),
    (
        "domain/sessions.py",
        "import typing\nif typing.TYPE_CHECKING:\n    from painprogram.storage import tables",
        "domain imports storage",
    ),
    ("domain/sessions.py", "from . import errors", "relative import"),
    ("domain/sessions.py", "from ..storage import tables", "relative import"),
    ("storage/tables.py", "from painprogram.planner import plan", "storage imports planner"),
    ("planner/__init__.py", "from painprogram.storage import tables", "planner imports storage"),
    ("documents/sheet.py", "from painprogram.usecases import x", "documents imports usecases"),
    ("exchange/calendar.py", "from painprogram.documents import x", "exchange imports documents"),
    ("usecases/sessions.py", "from painprogram.gui import theme", "usecases imports gui"),
    ("gui/theme.py", "from painprogram.storage import database", "gui imports storage"),
    ("gui/theme.py", "from painprogram import documents", "gui imports documents"),
    ("gui/theme.py", "from painprogram import app", "gui imports app"),
    ("cli.py", "from painprogram.gui import theme", "cli imports gui"),
    ("__main__.py", "from painprogram.usecases import sessions", "__main__ imports usecases"),
    ("i18n.py", "from painprogram import settings", "i18n imports settings"),
    ("resources.py", "from painprogram import i18n", "resources imports i18n"),
    ("domain/sessions.py", "import sqlalchemy.orm", "domain uses sqlalchemy"),
    ("usecases/sessions.py", "from PySide6.QtCore import QObject", "usecases uses PySide6"),
    ("gui/theme.py", "from sqlalchemy import select", "gui uses sqlalchemy"),
    ("cli.py", "import PySide6", "cli uses PySide6"),
    ("documents/sheet.py", "def g():\n    import icalendar", "documents uses icalendar"),
    ("planner/__init__.py", "import pandas", "planner uses pandas"),
    ("documents/sheet.py", "from reportlab.pdfgen import canvas", "reportlab is imported as"),
    ("exchange/calendar.py", "class A:\n    import holidays", "holidays is imported as"),
    ("i18n.py", "try:\n    import babel\nexcept ImportError:\n    pass", "babel is imported as"),
    ("storage/database.py", "from alembic import command", "alembic is imported as"),
    ("gui/sessions/page.py", "from painprogram.gui.patients.page import P", "gui.patients.page"),
    ("gui/sessions/page.py", "from painprogram.gui import patients", "gui.patients"),
    ("gui/sessions/page.py", "from painprogram.gui import main_window", "gui.main_window"),
    ("gui/icons.py", "from painprogram.gui.patients import page", "gui.patients"),
    ("gui/widgets/grid.py", "import painprogram.gui.sessions.page", "gui.sessions.page"),
    ("gui/widgets/grid.py", "from painprogram.domain.sessions import S", "domain.sessions"),
    ("gui/widgets/grid.py", "from painprogram.usecases import sessions", "usecases.sessions"),
    ("gui/theme.py", "from painprogram.gui import icons", " → "),
    ("storage/tables.py", "def f():\n    from painprogram.storage import database", " → "),
    ("gui/patients/page.py", "def f(row: SessionRow): ...", "rows never reach"),
    ("gui/patients/page.py", "def f(row: 'SessionRow'): ...", "rows never reach"),
    ("usecases/sessions.py", "db.commit()", "database.change commits"),
    ("usecases/sessions.py", "from sqlalchemy import update", "bulk statements"),
    ("usecases/sessions.py", "from sqlalchemy.dialects.sqlite import insert", "bulk statements"),
    ("usecases/sessions.py", "from sqlalchemy import delete as d", "bulk statements"),
    ("usecases/sessions.py", "db.query(X).delete()", "bulk statements"),
    ("usecases/sessions.py", "import sqlalchemy as sa", "named parts of sqlalchemy"),
    ("storage/tables.py", "r = relationship('X', secondary=links)", "link tables"),
    ("gui/icons.py", "QApplication.processEvents()", "never blocks"),
    ("gui/icons.py", "dialog.exec()", "never blocks"),
    ("gui/icons.py", "from PySide6.QtCore import QThread", "never blocks"),
    ("gui/icons.py", "from time import sleep as rest", "never blocks"),
    ("domain/errors.py", "now = datetime.now()", "time is an argument"),
    ("domain/errors.py", "text = f'{date.today()}'", "time is an argument"),
    ("planner/__init__.py", "today = date.today()", "time is an argument"),
    ("domain/errors.py", "text = open('x').read()", "reads nothing"),
    ("domain/errors.py", "text = path.read_text('utf-8')", "reads nothing"),
    ("gui/icons.py", "ink = '#1a2b3c'", "colours come from"),
    ("gui/icons.py", "sheet = f'color: #1a2b3c'", "colours come from"),
    ("gui/icons.py", "ink = QColor(12, 34, 56)", "colours come from"),
    ("gui/icons.py", "ink = Qt.GlobalColor.red", "colours come from"),
    ("documents/sheet.py", "ink = HexColor('#fff')", "colours come from"),
    ("usecases/sessions.py", "print('x')", "only the command line prints"),
    ("domain/errors.py", "m = importlib.import_module('PySide6')", "an import is visible"),
    ("gui/patients/page.py", "row = PatientRow()", "without the door"),
    ("documents/sheet.py", "def f(row: CommitmentRow): ...", "without the door"),
    ("usecases/__init__.py", "from painprogram.storage.tables import PatientRow", "the door"),
]


def build(folder: Path, sources: dict[str, str]) -> House:
    for place, source in sources.items():
        path = folder / "painprogram" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source), "utf-8")
    return House(folder / "painprogram")


def test_that_a_sound_house_has_no_fault(tmp_path: Path) -> None:
    assert build(tmp_path, SOUND).faults() == []


@pytest.mark.parametrize(("place", "line", "reason"), OFFENDERS)
def test_that_an_offender_is_caught(tmp_path: Path, place: str, line: str, reason: str) -> None:
    source = dedent(SOUND.get(place, ""))

    faults = build(tmp_path, SOUND | {place: f"{source}\n{line}\n"}).faults()

    assert any(reason in fault for fault in faults), faults


def test_that_every_promise_has_an_offender() -> None:
    reasons = [reason for _place, _line, reason in OFFENDERS]

    assert [p.why for p in PROMISES if not any(reason in p.why for reason in reasons)] == []


def test_that_every_layer_of_the_map_is_ruled() -> None:
    assert MAY_IMPORT.keys() >= {"domain", "storage", "planner", "documents", "exchange", "gui"}
