"""The centre's own closed days, and below them those that the calendar gives."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPushButton

from painprogram import i18n
from painprogram.domain.closures import Closure, ClosureKind
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.settings.listing import Listing
from painprogram.gui.settings.section import Section
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.i18n import N_, _
from painprogram.usecases import centres

_KINDS = {
    ClosureKind.RED_DAY: N_("Red day"),
    ClosureKind.EVE: N_("Eve, closed"),
    ClosureKind.HALF_DAY: N_("Half day"),
}
_OWN_TALL = 8


class ClosedDaysSection(Section):
    def __init__(self, desk: Desk) -> None:
        text = _("Nothing is planned on these days, and sessions that stand there are clashes.")
        super().__init__(desk, "closed_days", _("Closed days"), text)
        add = QPushButton(icons.icon("plus"), _("Add closed days"))
        add.setObjectName("closure_add")
        add.setProperty("primary", True)
        add.clicked.connect(self._ask)
        self._remove = QPushButton(icons.icon("trash"), _("Remove"))
        self._remove.setObjectName("closure_remove")
        self._remove.setProperty("small", True)
        self._remove.clicked.connect(self._reopen)
        self.add_at_title(add)
        self._empty = Label(
            _("No closed days of your own yet, such as planning days and closed weeks."),
            "body",
            "text3",
            wrap=True,
        )
        self._own = Listing(_("Own closed days"), (_("Days"), _("Why")), tall=_OWN_TALL)
        self._own.setObjectName("closures")
        self._own.delete_asked.connect(self._reopen)
        self._own.itemSelectionChanged.connect(self._chosen)
        self._red = Listing(
            _("Red days, eves and half days"), (_("Day"), _("Kind"), _("What it is"))
        )
        self._red.setObjectName("red_days")
        self.column.addWidget(self._empty)
        self.column.addWidget(self._own)
        self.column.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        self._years = Label("", "title", wrap=True)
        self.column.addWidget(self._years)
        hint = _("Worked out from the calendar. Half days are switched on under Health centre.")
        self.column.addWidget(Label(hint, "small", "text3", wrap=True))
        self.column.addWidget(self._red, 1)
        self._form: Form | None = None
        self._chosen()

    def reload(self) -> None:
        year = self.desk.today().year
        first, last = date(year, 1, 1), date(year + 1, 12, 31)
        self.desk.work.run(self, self._show, centres.closures, self.desk.centre.id, first, last)

    def _show(self, found: tuple[Closure, ...]) -> None:
        year = self.desk.today().year
        title = _("Red days, eves and half days {first} and {last}")
        self._years.setText(title.format(first=year, last=year + 1))
        own = [closure for closure in found if closure.kind is ClosureKind.OWN]
        self._empty.setVisible(not own)
        self._own.setVisible(bool(own))
        self._remove.setVisible(bool(own))
        self._own.show_lines(
            [(_days(closure), closure.reason) for closure in own],
            [closure.id for closure in own],
        )
        self._red.show_lines(
            [
                (_days(closure), _kind(closure), closure.reason)
                for closure in found
                if closure.kind is not ClosureKind.OWN
            ]
        )
        self._chosen()

    def _chosen(self) -> None:
        self._remove.setEnabled(self._own.current_key is not None)

    def _reopen(self) -> None:
        key = self._own.current_key
        if isinstance(key, UUID):
            self.say("")
            self.desk.work.run(self, self._gone, centres.reopen, key).or_else(self.say)

    def _gone(self, _nothing: None) -> None:
        self.reload()

    def _ask(self) -> None:
        form = Form(self, _("Add closed days"), _("Add closed days"), self._close_days)
        form.setObjectName("closure_form")
        today = self.desk.today()
        self._first, self._last, self._reason = QDateEdit(), QDateEdit(), QLineEdit()
        for edit in (self._first, self._last):
            edit.setCalendarPopup(True)
            edit.setDate(QDate(today.year, today.month, today.day))
        self._first.dateChanged.connect(self._last.setDate)
        self._reason.setPlaceholderText(_("Such as planning day"))
        form.add(_("First day"), self._first, "closure_first")
        form.add(_("Last day"), self._last, "closure_last")
        form.add(_("Why"), self._reason, "closure_reason")
        self._form = form
        form.open()

    def _close_days(self) -> None:
        if self._form is None:
            return
        first, last = _date(self._first), _date(self._last)
        task = self.desk.work.run(
            self._form,
            self._added,
            centres.close,
            self.desk.centre.id,
            first,
            last,
            self._reason.text(),
        )
        task.or_else(self._form.fail)

    def _added(self, _closure: Closure) -> None:
        if self._form is not None:
            self._form.accept()
            self._form = None
        self.reload()


def _date(edit: QDateEdit) -> date:
    told = edit.date()
    return date(told.year(), told.month(), told.day())


def _days(closure: Closure) -> str:
    first, last = closure.first, closure.last
    if first == last:
        return f"{i18n.day_short(first)} {first.year}"
    begun = "" if first.year == last.year else f" {first.year}"
    return f"{i18n.day_short(first)}{begun} – {i18n.day_short(last)} {last.year}"


def _kind(closure: Closure) -> str:
    kind = _(_KINDS[closure.kind])
    if closure.until is None:
        return kind
    return _("{kind}, until {time}").format(kind=kind, time=i18n.clock(closure.until))
