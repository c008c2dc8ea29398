"""Where the screens meet: fills the frame with pages, commands and what goes on in the database."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from painprogram import i18n
from painprogram.domain.actors import Actor
from painprogram.domain.people import Centre
from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session, Visit
from painprogram.gui.actions import Actions, Command
from painprogram.gui.commands import commands
from painprogram.gui.desk import Desk
from painprogram.gui.errands import Errands
from painprogram.gui.frame import Frame, RailItem
from painprogram.gui.sessions.page import SessionsPage
from painprogram.gui.standing import Standing
from painprogram.gui.work import Work
from painprogram.i18n import _, pgettext
from painprogram.settings import Settings
from painprogram.usecases import Database, backups, centres, history

if TYPE_CHECKING:  # each screen is imported when it is first wanted, or once the first is shown
    from painprogram.domain.plans import PlanWanted
    from painprogram.gui.palette import Palette
    from painprogram.gui.patients.page import PatientsPage
    from painprogram.gui.planning.planning import Planning
    from painprogram.gui.programmes.page import ProgrammesPage
    from painprogram.gui.sessions.stand import ProposalStand
    from painprogram.gui.settings.calendar_folder import Following
    from painprogram.gui.settings.page import SettingsPage

_PAGES = ("today", "sessions", "programmes", "patients", "reception", "settings")
_TITLE = "{centre} – painprogram"


class Window(QObject):
    """One open database in one frame."""

    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    shown = Signal()
    """The first screen shows all that it was opened for."""
    week_shown = Signal()
    _changed = Signal(frozenset)

    def __init__(
        self,
        frame: Frame,
        database: Database,
        settings: Settings,
        centre: Centre,
        known: tuple[Centre, ...],
        today: Callable[[], date],
    ) -> None:
        super().__init__(frame)
        self.frame = frame
        self.work = Work(database, self)
        self._database = database
        self._settings = settings
        self._centres = known
        self.desk = Desk(self.work, settings, centre, today)
        self.actions = Actions(frame)
        self._pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._palette: Palette | None = None
        self._following: Following | None = None
        self._planning: Planning | None = None
        self._errands = Errands(self.desk, frame)
        self.standing = Standing(self.desk, frame.status, self)
        self._wire()
        self.retranslate()
        self.show_page("sessions")
        database.listen(self._changed.emit)
        self.standing.count_all()

    # What goes where

    def _wire(self) -> None:
        desk, top = self.desk, self.frame.top
        self.work.refused.connect(self.frame.tell)
        self.work.idle.connect(self._all_shown)
        desk.message.connect(self.frame.say)
        desk.centre_changed.connect(self._show_centre)
        desk.patient_asked.connect(self._show_patient)
        desk.session_asked.connect(self._show_session)
        desk.group_asked.connect(self._show_group)
        desk.start_asked.connect(self._start_group)
        desk.start_like_asked.connect(self._start_like)
        desk.waiting_asked.connect(self._show_waiting)
        desk.confirming_asked.connect(self._confirm)
        desk.plan_asked.connect(self._plan)
        desk.settings_asked.connect(self._show_section)
        desk.translations_asked.connect(self._show_languages)
        self._changed.connect(self._refresh)
        self.frame.rail.chosen.connect(self.show_page)
        self.frame.status.clashes.clicked.connect(self._show_clashes)
        self.frame.status.queue.clicked.connect(self._errands.show_queue)
        self.frame.status.drafts.clicked.connect(self._show_schedule)
        top.centre.clicked.connect(self._open_centre_menu)
        top.previous.clicked.connect(self._previous_week)
        top.next.clicked.connect(self._next_week)
        top.today.clicked.connect(self._show_today)
        top.week.clicked.connect(self._show_schedule)
        top.undo.clicked.connect(self.undo)
        top.redo.clicked.connect(self.redo)
        top.help.clicked.connect(self._help)

    def retranslate(self) -> None:
        """Every word of the frame and the commands, in the language in use."""
        self.frame.setWindowTitle(_TITLE.format(centre=self.desk.centre.name))
        self.frame.rail.show_items(
            [
                RailItem("today", pgettext("rail", "Today"), "today", _("What waits today")),
                RailItem("sessions", _("Schedule"), "calendar"),
                RailItem("programmes", _("Programmes"), "programme"),
                RailItem("patients", _("Patients"), "people"),
                RailItem("reception", _("Reception"), "reception"),
                RailItem(
                    "settings", pgettext("rail", "Settings"), "settings", _("Settings"), last=True
                ),
            ]
        )
        self.actions.show(self._commands())
        self.frame.top.retranslate()
        self._show_centre_button()
        self._show_place()
        self._show_undo()
        if self._pages:
            self._rebuild()

    def _commands(self) -> tuple[Command, ...]:
        return commands(
            {
                **{f"go-{key}": partial(self.show_page, key) for key in _PAGES},
                "start-group": self._start_group,
                "new-patient": self._new_patient,
                "waiting": self._show_waiting,
                "show-clashes": self._show_clashes,
                "print-queue": self._errands.show_queue,
                "absence": self._errands.enter_absence,
                "find-time": self._errands.find_time,
                "propose-plan": self._plan,
                "import-patients": partial(self._errands.read_file, "patients"),
                "import-staff": partial(self._errands.read_file, "staff"),
                "export-patients": partial(self._errands.save_list, "patients"),
                "export-staff": partial(self._errands.save_list, "staff"),
                "today": self._show_today,
                "previous-week": self._previous_week,
                "next-week": self._next_week,
                "print": self._print,
                "undo": self.undo,
                "redo": self.redo,
                "search": self._search,
                "help": self._help,
            }
        )

    # Screens

    def show_page(self, key: str) -> None:
        """Go to a screen; it is built when it is first wanted, and brought up to date."""
        new = key not in self._pages
        if new:
            self._pages[key] = self._build(key)
            self.frame.screens.addWidget(self._pages[key])
        self.frame.rail.choose(key)
        self.frame.screens.setCurrentWidget(self._pages[key])
        if new or key in self._stale:
            self._stale.discard(key)
            self._pages[key].reload()  # type: ignore[attr-defined]

    def _build(self, key: str) -> QWidget:
        if key == "sessions":
            page = SessionsPage(self.desk)
            page.week_changed.connect(self._show_week_number)
            page.week_shown.connect(self.week_shown)
            page.saved.connect(self.frame.hide_banner)
            self._show_week_number(self.desk.today())
            return page
        if key == "programmes":
            from painprogram.gui.programmes.page import ProgrammesPage

            return ProgrammesPage(self.desk)
        if key == "patients":
            from painprogram.gui.patients.page import PatientsPage

            return PatientsPage(self.desk)
        if key == "today":
            from painprogram.gui.today.page import TodayPage

            return TodayPage(self.desk)
        if key == "reception":
            from painprogram.gui.reception.page import ReceptionPage

            return ReceptionPage(self.desk)
        from painprogram.gui.settings.page import SettingsPage

        settings = SettingsPage(self.desk)
        settings.language_chosen.connect(self.language_chosen)
        settings.scheme_chosen.connect(self.scheme_chosen)
        settings.actor_chosen.connect(self.set_actor)
        return settings

    def _rebuild(self) -> None:
        """The pages anew, for another language; where one is, stays."""
        current = self.frame.rail.current or "sessions"
        for page in self._pages.values():
            self.frame.screens.removeWidget(page)
            page.deleteLater()
        self._pages = {}
        self._stale = set()
        self.show_page(current)
        self.standing.count_all()

    @property
    def sessions(self) -> "SessionsPage":
        """Goes there, too; as those that follow."""
        self.show_page("sessions")
        return cast("SessionsPage", self._pages["sessions"])

    @property
    def programmes(self) -> "ProgrammesPage":
        self.show_page("programmes")
        return cast("ProgrammesPage", self._pages["programmes"])

    @property
    def patients(self) -> "PatientsPage":
        self.show_page("patients")
        return cast("PatientsPage", self._pages["patients"])

    @property
    def settings(self) -> "SettingsPage":
        self.show_page("settings")
        return cast("SettingsPage", self._pages["settings"])

    def _show_schedule(self) -> None:
        self.show_page("sessions")

    def _show_patient(self, patient_id: UUID) -> None:
        self.patients.show_patient(patient_id)

    def _new_patient(self) -> None:
        self.patients.ask_new()

    def _show_session(self, held: Session | Visit) -> None:
        self.sessions.show_session(held)

    def _show_group(self, group_id: UUID) -> None:
        self.programmes.show_group(group_id)

    def _start_group(self) -> None:
        self.programmes.start_group()

    def _show_waiting(self, group_id: UUID | None = None) -> None:
        self.patients.show_waiting(group_id)

    def _confirm(self) -> None:
        self.patients.ask_confirming()

    def _start_like(self, group_id: UUID, beside: bool) -> None:  # noqa: FBT001 -- a signal's
        self.programmes.start_like(group_id, beside)

    def _plan(self, begun: "PlanWanted | None" = None) -> None:
        from painprogram.gui.planning.planning import Planning

        if self._planning is None:
            self._planning = Planning(self.desk, self.frame, self._stand, self._show_schedule)
        self._planning.ask(begun)

    def _stand(self) -> "ProposalStand":
        """What the schedule shows of a proposal, whatever screen is shown now."""
        return cast("SessionsPage", self._pages["sessions"]).stand

    def _show_section(self, name: str) -> None:
        self.settings.show_section(name)

    def _show_languages(self, language: str) -> None:
        self.settings.show_languages(language)

    def _show_clashes(self) -> None:
        self.sessions.show_clashes()

    def _previous_week(self) -> None:
        self.sessions.step_weeks(-1)

    def _next_week(self) -> None:
        self.sessions.step_weeks(1)

    def _show_today(self) -> None:
        self.sessions.show_today()

    def _print(self) -> None:
        key = self.frame.rail.current
        if key != "settings":
            self._pages[key].print_shown()  # type: ignore[attr-defined]

    def _search(self) -> None:
        self.frame.top.search.setFocus()
        self.frame.top.search.selectAll()

    def _help(self) -> None:
        from painprogram.gui.shortcuts_help import ShortcutsHelp

        ShortcutsHelp(self.actions.commands, self.frame).open()

    # Changes, ours and others'

    def undo(self) -> None:
        self.work.run(self, self._undone, history.undo)

    def redo(self) -> None:
        self.work.run(self, self._redone, history.redo)

    def _undone(self, label: str | None) -> None:
        if label:
            self.frame.say(_("Undone: {label}").format(label=label))

    def _redone(self, label: str | None) -> None:
        if label:
            self.frame.say(_("Done again: {label}").format(label=label))

    def _refresh(self, tables: frozenset[str]) -> None:
        current = self.frame.screens.currentWidget()
        for key, page in self._pages.items():
            if tables & page.shows:  # type: ignore[attr-defined]
                if page is not current:
                    self._stale.add(key)
                elif key in {"patients", "reception"}:  # each reading of patients is logged
                    page.reload(tables)  # type: ignore[attr-defined]
                else:
                    page.reload()  # type: ignore[attr-defined]
        self._show_undo()
        self.desk.changed.emit(tables)
        self.standing.changed(tables)
        if "publication" in tables:
            self._follow()
        if tables & {"centre", "care_provider"}:
            self.work.run(self, self._centres_read, centres.centres)

    def _follow(self) -> None:
        """Calendars outside are brought up to date with what was published."""
        from painprogram.gui.settings.calendar_folder import Following

        if self._following is None:
            self._following = Following(self.desk, self)
        self._following.refresh()

    def _show_undo(self) -> None:
        undo, redo = history.labels(self._database)
        for key, button, label, wording in (
            ("undo", self.frame.top.undo, undo, _("Undo: {label}")),
            ("redo", self.frame.top.redo, redo, _("Redo: {label}")),
        ):
            words = self.actions[key].text()
            if label:
                words = wording.format(label=label[0].lower() + label[1:])
            button.setEnabled(label is not None)
            button.setToolTip(words)
            button.setAccessibleName(words)

    # Who and where

    def set_actor(self, actor: Actor) -> None:
        """Who the journal and the access log write from now on."""
        self._database.actor = actor
        self._settings.put("actor", str(actor.staff_id) if actor.staff_id else None)
        self._show_place()

    def _show_place(self) -> None:
        who = self._database.actor.name
        parts = [_("Everything is saved"), self._database.name, *([who] if who else [])]
        self.frame.status.place.set_text("  ·  ".join(parts))

    def _show_centre_button(self) -> None:
        button = self.frame.top.centre
        button.show_text(self.desk.centre.name)
        button.setAccessibleName(_("Health centre: {name}").format(name=self.desk.centre.name))
        button.setToolTip(_("Choose which health centre to show"))

    def _open_centre_menu(self) -> None:
        button = self.frame.top.centre
        menu = QMenu(button)
        menu.setObjectName("centres")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for centre in self._centres:
            action = menu.addAction(centre.name)
            action.setCheckable(True)
            action.setChecked(centre.id == self.desk.centre.id)
            action.setData(centre)
            group.addAction(action)
        group.triggered.connect(self._centre_chosen)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _centre_chosen(self, action: QAction) -> None:
        centre: Centre = action.data()
        self._settings.put("centre", str(centre.id))
        self.desk.show_centre(centre)

    def _show_centre(self) -> None:
        self.frame.setWindowTitle(_TITLE.format(centre=self.desk.centre.name))
        self._show_centre_button()

    def _centres_read(self, known: tuple[Centre, ...]) -> None:
        """They may have been renamed, by us, by an undo or by somebody else."""
        self._centres = known
        now = next((c for c in known if c.id == self.desk.centre.id), None)
        if now is not None and now != self.desk.centre:
            self.desk.show_centre(now)

    def _show_week_number(self, monday: date) -> None:
        self.frame.top.week.setText(i18n.week(monday))

    def _all_shown(self) -> None:
        """The first screen is there: now what waits behind it."""
        self.work.idle.disconnect(self._all_shown)
        from painprogram.gui.palette import Palette

        self._palette = Palette(self.frame.top.search, self.desk, self.actions)
        self.work.run_long(self, self._went_well, _import_screens)
        self.shown.emit()

    def back_up(self) -> None:
        """The daily copy, beside the work; a server is backed up where it runs."""
        self.work.run_long(self, self._went_well, backups.back_up)

    def _went_well(self, _result: object) -> None:
        """Nothing to say."""

    def close(self) -> None:
        """Finish what runs, and let go of the database."""
        self.work.close()
        self._database.close()


def _import_screens(_database: Database, _progress: Progress) -> None:
    import painprogram.gui.patients.page
    import painprogram.gui.programmes.page
    import painprogram.gui.reception.page
    import painprogram.gui.settings.page
    import painprogram.gui.today.page  # noqa: F401
