"""The screen *Programme*: programmes and groups at the left, the chosen one beside them."""

from collections.abc import Hashable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from painprogram.domain.groups import Group, next_start
from painprogram.gui import theme
from painprogram.gui.desk import Desk
from painprogram.gui.programmes import owner_form
from painprogram.gui.programmes.group_view import GroupView
from painprogram.gui.programmes.hairline import hairline
from painprogram.gui.programmes.library import Library, programme_key
from painprogram.gui.programmes.programme_view import ProgrammeView
from painprogram.gui.programmes.start_dialog import StartDialog
from painprogram.i18n import _
from painprogram.usecases import groups, programmes, starting
from painprogram.usecases.programmes import Offered
from painprogram.usecases.starting import NewGroup

_LIBRARY = 284
_LEAST = 400


class ProgrammesPage(QWidget):
    shows = frozenset(
        {
            "programme",
            "programme_version",
            "patient_group",
            "session",
            "leader",
            "link",
            "enrolment",
            "deviation",
            "staff",
            "room",
            "centre",
            "group_pause",
            "publication",
            "referral",
            "attendance",
            "visit",
            "enrolment_pause",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offered: tuple[Offered, ...] = ()
        self._groups: tuple[Group, ...] = ()
        self._programme: Hashable = None
        self._group: UUID | None = None
        self.library = Library()
        self.programme_view = ProgrammeView()
        self.group_view = GroupView(desk)
        self._middle = QStackedWidget()
        self._middle.setMinimumWidth(_LEAST)  # the views follow the width they are given
        self._middle.addWidget(QWidget())  # until something is known
        self._middle.addWidget(self.programme_view)
        self._middle.addWidget(self.group_view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.library)
        row.addWidget(hairline(upright=True))
        row.addWidget(self._middle, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.library.programme_chosen.connect(self._choose_programme)
        self.library.group_chosen.connect(self.show_group)
        self.programme_view.start_asked.connect(self.start_group)
        self.programme_view.owner_asked.connect(self._ask_owner)
        self.group_view.like_asked.connect(self.start_like)
        desk.centre_changed.connect(self._other_centre)
        theme.notifier.changed.connect(self._fit)
        self._fit()

    # What the main window asks for

    def reload(self) -> None:
        self._desk.work.run(self, self._show_offered, programmes.offered)
        self._desk.work.run(self, self._show_groups, groups.groups, self._desk.centre.id)

    def show_group(self, group_id: UUID) -> None:
        """A group of any centre; it stands in the list only where it belongs to this one."""
        self._group, self._programme = group_id, None
        self.library.mark(group=group_id)
        known = next((group for group in self._groups if group.id == group_id), None)
        if known is None:
            self._desk.work.run(self, self._show_one, groups.group, group_id)
        else:
            self._show_one(known)

    def start_group(self) -> None:
        """Of the programme that is shown, else of the first one."""
        shown = next((o for o in self._offered if programme_key(o) == self._programme), None)
        dialog = StartDialog(self._desk, self, shown.content.key if shown else "")
        dialog.created.connect(self._started)
        dialog.open()

    def start_like(self, group_id: UUID, beside: bool) -> None:  # noqa: FBT001 -- a signal's
        """A new run of a group, or a parallel group beside it."""
        done = partial(self._like, beside)
        self._desk.work.run(self, done, groups.group, group_id)

    def _like(self, beside: bool, group: Group) -> None:  # noqa: FBT001
        start = next_start(group, self._desk.today(), beside=beside)
        self._desk.work.run(self, self._open_like, starting.like, group.id, start, beside)

    def _open_like(self, new: NewGroup) -> None:
        dialog = StartDialog(self._desk, self, new=new)
        dialog.created.connect(self._started)
        dialog.open()

    def _ask_owner(self) -> None:
        shown = next((o for o in self._offered if programme_key(o) == self._programme), None)
        if shown is not None:
            owner_form.of_programme(self._desk, shown, self).open()

    def print_shown(self) -> None:
        """The poster of the group; a programme has no dates to print."""
        if self._group is not None:
            self.group_view.print_poster()
        else:
            self._desk.message.emit(_("Choose a group: its base schedule can be printed."))

    # What comes back

    def _show_offered(self, offered: tuple[Offered, ...]) -> None:
        self._offered = offered

    def _show_groups(self, found: tuple[Group, ...]) -> None:
        gone = {group.id for group in self._groups} - {group.id for group in found}
        self._groups = found
        self.library.show_entries(self._offered, found, self._desk.today())
        if self._group in gone:  # its start was undone
            self._group = None
        if self._group is not None:
            self.show_group(self._group)
        else:
            self._choose_programme(self._programme)

    def _show_one(self, group: Group) -> None:
        if group.id == self._group:
            self.group_view.show_group(group)
            self._middle.setCurrentWidget(self.group_view)

    def _choose_programme(self, key: Hashable) -> None:
        known = [one for one in self._offered if programme_key(one) == key]
        if not known and isinstance(key, tuple):  # a template that has become a version
            known = [one for one in self._offered if one.content.key == key[0]]
        chosen = next(iter([*known, *self._offered]), None)
        if chosen is None:
            return
        self._group, self._programme = None, programme_key(chosen)
        self.library.mark(programme=self._programme)
        self.programme_view.show_programme(chosen, self._groups)
        self._middle.setCurrentWidget(self.programme_view)

    def _started(self, group: Group) -> None:
        self._group, self._programme = group.id, None
        self._show_one(group)
        self.reload()

    def _other_centre(self) -> None:
        self._group = None
        self.reload()

    def _fit(self) -> None:
        self.library.setFixedWidth(round(_LIBRARY * theme.scale()))
