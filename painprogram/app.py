"""Puts the pieces together for the screen; the only module that knows them all.

The frame is painted first; what is heavy is imported and opened after that, aside.
"""

import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from painprogram import i18n, settings
from painprogram.domain.actors import Actor
from painprogram.domain.people import Centre
from painprogram.domain.progress import Progress
from painprogram.gui import crash, theme
from painprogram.gui.aside import Aside
from painprogram.gui.frame import Frame
from painprogram.settings import Settings

if TYPE_CHECKING:  # imported aside, once the frame is on screen
    from painprogram.gui.main_window import Window
    from painprogram.gui.start.page import StartPage
    from painprogram.storage.database import Database
    from painprogram.usecases.founding import NewCentre

NAME = "painprogram"
Opened = tuple["Database", tuple[Centre, ...]]


class Program(QObject):
    """The frame, and in it the first start or the open database."""

    ready = Signal()
    """What was asked for is on screen."""

    def __init__(
        self,
        url: str | None,
        language: str | None,
        *,
        today: Callable[[], date] = date.today,
        reporter: crash.Reporter | None = None,
    ) -> None:
        super().__init__()
        self.settings = Settings()
        self.window: Window | None = None
        self.start_page: StartPage | None = None
        self._today = today
        self._reporter = reporter
        self._translator = QTranslator(self)
        self._wanted = url or self.settings.text("database") or None
        self._forced = url is not None
        self._me = ""
        self._speak(language or self.settings.text("language") or i18n.system_language())
        self.frame = Frame()
        self._aside = Aside(self)
        self._aside.refused.connect(self._not_opened)
        self._aside.cancelled.connect(self._show_start)
        if reporter:
            self._aside.crashed.connect(reporter.report)
        self.frame.painted.connect(self._painted)
        self.frame.closed.connect(self.close)
        self.frame.setWindowTitle(NAME)
        self.frame.top.retranslate()

    def show(self) -> None:
        self.frame.show()

    def close(self) -> None:
        self._aside.close()
        if self.window:
            self.window.close()
            self.window = None

    # Opening

    def _painted(self) -> None:
        trace("painted")
        wanted = self._wanted
        if wanted and (self._forced or _is_there(wanted)):
            self._open(wanted)
        elif wanted and _is_server(wanted):  # its password is kept nowhere
            self._aside.call(self._ask_for_password, _import_start)
        else:
            self._aside.call(self._show_start, _import_start)

    def _ask_for_password(self, imported: object) -> None:
        self._show_start(imported)
        if self.start_page and self._wanted:
            self.start_page.ask_for_server(self._wanted)

    def _open(self, url: str) -> None:
        self._aside.call(self._opened, lambda progress: _open(progress, url))

    def _opened(self, opened: Opened) -> None:
        from painprogram.gui.main_window import Window

        database, centres = opened
        if not centres:
            self._founded_nothing(database)
            return
        database.actor = self._actor(database, centres)
        self.settings.put("database", without_password(database.url))
        chosen = self._centre(database, centres)
        self._leave_start()
        window = Window(self.frame, database, self.settings, chosen, centres, self._today)
        window.language_chosen.connect(self._choose_language)
        window.scheme_chosen.connect(self._choose_scheme)
        window.shown.connect(self._shown)
        window.week_shown.connect(self._week_shown)
        if self._reporter:
            window.work.crashed.connect(self._reporter.report)
        self.window = window

    def _actor(self, database: "Database", centres: tuple[Centre, ...]) -> Actor:
        """Who sits here: as chosen in the settings, else the user of the machine."""
        from painprogram.usecases import staff

        wanted = self.settings.text("actor")
        for person in staff.staff(database):
            if str(person.id) == wanted or (self._me and person.name == self._me):
                self.settings.put("actor", str(person.id))
                return Actor(person.name, person.centre_id, person.id)
        return Actor(user_name(), centres[0].id if len(centres) == 1 else None)

    def _centre(self, database: "Database", centres: tuple[Centre, ...]) -> Centre:
        """The one shown last, the user's own, or one where a group meets these days."""
        from painprogram.usecases import groups

        today = self._today()
        wanted = [self.settings.text("centre"), str(database.actor.centre_id)]
        wanted += [
            str(group.centre_id)
            for group in groups.groups(database)
            if group.first and group.last and group.first <= today <= group.last
        ]
        by_key = {str(centre.id): centre for centre in centres}
        return next((by_key[key] for key in wanted if key in by_key), centres[0])

    def _shown(self) -> None:
        self.ready.emit()
        if self.window:
            self.window.back_up()

    def _week_shown(self) -> None:
        if self.window:
            self.window.week_shown.disconnect(self._week_shown)
        trace("week shown")

    def _not_opened(self, sentence: str) -> None:
        self._show_start()
        if self.start_page:
            self.start_page.show_failure(sentence)

    # First start

    def _founded_nothing(self, database: "Database") -> None:
        """A database without any centre: ask for the first one, to be founded in it."""
        url = database.url
        database.close()
        self._show_start()
        if self.start_page:
            self.start_page.ask_for_centre(url)

    def _show_start(self, _imported: object = None) -> None:
        from painprogram.gui.start.page import StartPage

        if self.start_page is None:
            page = StartPage()
            page.example_asked.connect(self._make_example)
            page.centre_asked.connect(self._found)
            page.database_asked.connect(self._open)
            page.cancel_asked.connect(self._aside.cancel)
            page.language_chosen.connect(self._choose_language)
            self._aside.progressed.connect(page.show_progress)
            self.start_page = page
            self.frame.bare(on=True)
            self.frame.screens.addWidget(page)
            self.frame.screens.setCurrentWidget(page)
        self.start_page.show_choices()
        self.ready.emit()

    def _leave_start(self) -> None:
        if self.start_page:
            self.frame.screens.removeWidget(self.start_page)
            self.start_page.deleteLater()
            self.start_page = None
            self.frame.bare(on=False)

    def _make_example(self) -> None:
        today = self._today()
        file = settings.home() / f"exempel-{today:%Y-%m-%d}.ppdb"
        self._aside.call(self._opened, lambda progress: _make_example(progress, file, today))

    def _found(self, url: str, new: "NewCentre") -> None:
        self._me = new.me
        self._aside.call(self._opened, lambda progress: _found(progress, url, new))

    # Language and theme

    def _choose_language(self, language: str) -> None:
        self.settings.put("language", language)
        self._speak(language)
        self.frame.top.retranslate()
        if self.window:
            self.window.retranslate()
        elif self.start_page:
            self._leave_start()
            self._show_start()

    def _speak(self, language: str) -> None:
        """Our own texts, and those of Qt's own dialogs."""
        i18n.set_language(language)
        app = QApplication.instance()
        if not app:
            return
        app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        QLocale.setDefault(QLocale("sv_SE" if language == "sv" else "en_SE"))
        if self._translator.load(f"qtbase_{language}", folder):
            app.installTranslator(self._translator)

    def _choose_scheme(self, scheme: theme.Scheme) -> None:
        self.settings.put("scheme", scheme)
        dress(scheme)


def main(url: str | None, language: str | None) -> int:
    """Open the window and stay until it is closed."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName(NAME)
    dress(Settings().text("scheme") or "system")
    reporter = crash.install()
    program = Program(url, language, reporter=reporter)
    program.show()
    code = qt.exec()
    reporter.unhook()
    return code


def dress(scheme: str) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        chosen: theme.Scheme = scheme if scheme in ("light", "dark") else "system"  # type: ignore[assignment]
        theme.apply(app, chosen)


def trace(moment: str) -> None:
    """Tell a benchmark how far the start has come; silent otherwise."""
    if os.environ.get("PAINPROGRAM_TRACE_START"):
        sys.stderr.write(f"{moment}\n")
        sys.stderr.flush()


def user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name on this machine
        return ""


def without_password(url: str) -> str:
    """What may be kept of an address."""
    return re.sub(r"(://[^:@/]*):[^@]*@", r"\1@", url)


def _is_server(url: str) -> bool:
    return "://" in url.removeprefix("sqlite:///")


def _is_there(url: str) -> bool:
    """The last file used; where it is gone, the program begins anew."""
    return not _is_server(url) and Path(url.removeprefix("sqlite:///")).exists()


def _import_start(_progress: Progress) -> None:
    import painprogram.gui.start.page  # noqa: F401 -- for what it loads


def _import_window() -> None:
    import painprogram.gui.main_window  # noqa: F401 -- for what it loads


def _open(_progress: Progress, url: str) -> Opened:
    from painprogram.storage.database import Database
    from painprogram.usecases import centres

    _import_window()
    database = Database.open(url, create=_is_server(url))  # an empty server waits for its first
    return database, centres.centres(database)


def _make_example(progress: Progress, file: Path, today: date) -> Opened:
    """The example of today; the one that was made earlier today is opened again."""
    from painprogram.usecases import example

    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        return _open(progress, str(file))
    return _filled(str(file), lambda database: example.build(database, today, progress))


def _found(_progress: Progress, url: str, new: "NewCentre") -> Opened:
    from painprogram.usecases import founding

    return _filled(url, lambda database: founding.found(database, new))


def _filled(url: str, fill: "Callable[[Database], object]") -> Opened:
    """Open what may be new and fill it; a file made for nothing is taken away again."""
    from painprogram.storage.database import Database
    from painprogram.usecases import centres

    new = not _is_server(url) and not _is_there(url)
    database = Database.open(url, actor=Actor(user_name()))
    try:
        fill(database)
        return database, centres.centres(database)
    except BaseException:
        database.close()
        if new and database.file:
            for leftover in database.file.parent.glob(f"{database.file.name}*"):
                leftover.unlink()
        raise


__all__ = ["Program", "main"]
