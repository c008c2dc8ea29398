"""Calendars on servers (CalDAV): which, and sending to them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.gui import icons
from painprogram.gui.desk import Desk
from painprogram.gui.settings.calendar_edits import EditsForm
from painprogram.gui.settings.listing import Listing
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.form import Form
from painprogram.gui.widgets.label import Label
from painprogram.gui.work import Task
from painprogram.i18n import _
from painprogram.usecases import calendar_targets, groups, rooms, staff
from painprogram.usecases.calendar_targets import Keep, Pushed, Target

_LINES = 8


class ServersBlock(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._targets: dict[UUID, Target] = {}
        self._form: Form | None = None
        self._task: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[3])
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        head.addWidget(Label(_("Calendars on servers (CalDAV)"), "title", wrap=True), 1)
        self._add = self._button("add", "plus", _("Add calendar on a server"), self._ask)
        head.addWidget(self._add)
        column.addLayout(head)
        text = _(
            "A colleague's, a room's or a group's calendar, sent to a calendar on a server. What "
            "somebody changes there is never written over: you are asked. Nothing of patients is "
            "sent."
        )
        column.addWidget(Label(text, "body", "text2", wrap=True))
        titles = (_("Whose"), _("Account"), _("Sent"), _("Address"))
        self._list = Listing(_("Calendars on servers (CalDAV)"), titles, tall=_LINES)
        self._list.setObjectName("calendar_servers")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.delete_asked.connect(self._remove)
        self._list.itemSelectionChanged.connect(self._arm)
        column.addWidget(self._list)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        self._send = self._button("send", "arrow-right", _("Send now"), self._send_asked)
        self._test = self._button("test", "check", _("Test the connection"), self._test_asked)
        self._gone = self._button("remove", "trash", _("Remove"), self._remove)
        self._stop = self._button("stop", "cancel", _("Stop"), self._stopped)
        self._stop.hide()
        for button in (self._send, self._test, self._gone, self._stop):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._told = Label("", "body", "text2", wrap=True)
        self._told.setObjectName("calendar_servers_told")
        column.addWidget(self._told)
        self._busy = False

    def _button(
        self, name: str, icon: str, text: str, pressed: Callable[[], object]
    ) -> QPushButton:
        button = QPushButton(icons.icon(icon), text)
        button.setObjectName(f"calendar_servers_{name}")
        button.clicked.connect(pressed)
        return button

    # Reading.

    def reload(self) -> None:
        self._desk.work.run(self, self._show, calendar_targets.targets, self._desk.centre.id)

    def _show(self, found: tuple[Target, ...]) -> None:
        self._targets = {target.id: target for target in found}
        lines = [(one.of_name, one.account, _sent(one), one.address) for one in found]
        self._list.show_lines(lines, [one.id for one in found])
        self._list.setVisible(bool(found))
        if found and self._list.current_key is None:
            self._list.setCurrentCell(0, 0)
        self._arm()

    @property
    def _chosen(self) -> Target | None:
        key = self._list.current_key
        return self._targets.get(key) if isinstance(key, UUID) else None

    def _arm(self) -> None:
        for button in (self._send, self._test, self._gone):
            button.setVisible(bool(self._targets) and not self._busy)
            button.setEnabled(self._chosen is not None)

    def _say(self, sentence: str, colour: str = "text2") -> None:
        self._told.set_colour(colour)
        self._told.setText(sentence)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._stop.setVisible(busy)
        self._arm()

    def _stopped(self) -> None:
        """What the server has taken is remembered, and not sent again."""
        if self._task is not None:
            self._task.cancel()
        self._set_busy(busy=False)
        self._say(_("Stopped."))

    # Which.

    def _ask(self) -> None:
        form = Form(self, _("Add calendar on a server"), _("Add"), self._added_asked)
        form.setObjectName("calendar_server_form")
        self._whose, self._address, self._account = QComboBox(), QLineEdit(), QLineEdit()
        self._whose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._address.setPlaceholderText(_("Such as https://server/calendars/anna/work/"))
        form.add(_("Whose"), self._whose, "calendar_server_whose")
        form.add(_("Address of the calendar"), self._address, "calendar_server_address")
        form.add(_("Account"), self._account, "calendar_server_account")
        hint = Label(_("The password is asked for when it is sent."), "small", "text3", wrap=True)
        form.fields.addRow(hint)
        self._form = form
        centre = self._desk.centre.id
        run = self._desk.work.run
        run(form, partial(self._offer, "staff"), staff.staff, centre)
        run(form, partial(self._offer, "room"), rooms.rooms, centre)
        run(form, partial(self._offer, "group"), groups.groups, centre)
        form.open()

    def _offer(self, kind: str, found: tuple[object, ...]) -> None:
        for each in found:
            self._whose.addItem(str(getattr(each, "name", "")), (kind, getattr(each, "id", None)))

    def _added_asked(self) -> None:
        if self._form is None:
            return
        kind, key = self._whose.currentData() or ("", self._desk.centre.id)
        task = self._desk.work.run(
            self._form,
            self._added,
            calendar_targets.add,
            self._desk.centre.id,
            self._address.text(),
            self._account.text(),
            kind,
            key,
        )
        task.or_else(self._form.fail)

    def _added(self, _target: Target) -> None:
        if self._form is not None:
            self._form.accept()
            self._form = None
        self._say("")
        self.reload()

    def _remove(self) -> None:
        if (target := self._chosen) and not self._busy:
            self._desk.work.run(self, self._removed, calendar_targets.remove, target.id)

    def _removed(self, _nothing: None) -> None:
        self._say(_("What has been sent stays on the server."))
        self.reload()

    # Sending and testing: both begin with the password.

    def _send_asked(self) -> None:
        self._with_password(_("Send now"), self._push)

    def _test_asked(self) -> None:
        self._with_password(_("Test the connection"), self._check)

    def _with_password(self, verb: str, then: "Callable[[Target, str], None]") -> None:
        if (target := self._chosen) is None or self._busy:
            return
        self._set_busy(busy=True)
        self._say(_("Under way …"))
        found = partial(self._password_found, target, verb, then)
        self._task = self._desk.work.run_long(self, found, calendar_targets.remembered, target)
        self._task.or_else(self._failed)

    def _password_found(
        self,
        target: Target,
        verb: str,
        then: "Callable[[Target, str], None]",
        found: tuple[bool, str],
    ) -> None:
        keyring, password = found
        if password:
            then(target, password)
            return
        self._set_busy(busy=False)
        self._say("")
        self._ask_password(target, verb, then, keyring=keyring)

    def _ask_password(
        self,
        target: Target,
        verb: str,
        then: "Callable[[Target, str], None]",
        *,
        keyring: bool,
    ) -> None:
        form = Form(self, _("Password"), verb, partial(self._password_written, target, then))
        form.setObjectName("calendar_password_form")
        form.fields.addRow(
            Label(f"{target.account} · {target.address}", "small", "text2", wrap=True)
        )
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        form.add(_("Password"), self._password, "calendar_password")
        self._remember = QCheckBox(_("Remember it in this computer's keyring"))
        self._remember.setObjectName("calendar_password_remember")
        self._remember.setVisible(keyring)
        form.fields.addRow(self._remember)
        self._form = form
        form.open()

    def _password_written(self, target: Target, then: "Callable[[Target, str], None]") -> None:
        password = self._password.text()
        if self._form is None:
            return
        if not password:
            self._form.fail(_("Write the password."))
            return
        if self._remember.isChecked():
            self._desk.work.run_long(
                self, self._remembered, calendar_targets.remember, target, password
            )
        self._password.clear()
        self._form.accept()
        self._form = None
        then(target, password)

    def _remembered(self, done: bool) -> None:  # noqa: FBT001 -- as the use case answers
        if not done:
            self._desk.message.emit(_("The keyring did not take the password."))

    def _check(self, target: Target, password: str) -> None:
        self._set_busy(busy=True)
        self._say(_("Under way …"))
        self._task = self._desk.work.run_long(
            self, self._checked, calendar_targets.check, target.address, target.account, password
        )
        self._task.or_else(partial(self._failed_at, target))

    def _checked(self, name: str) -> None:
        self._set_busy(busy=False)
        self._say(_("“{name}” can be written in.").format(name=name), "ok")

    def _push(self, target: Target, password: str, keep: dict[str, Keep] | None = None) -> None:
        self._set_busy(busy=True)
        self._say(_("Under way …"))
        self._task = self._desk.work.run_long(
            self,
            partial(self._pushed, target, password),
            calendar_targets.push,
            target.id,
            password,
            datetime.now(UTC),
            keep=keep,
        )
        self._task.or_else(partial(self._failed_at, target))

    def _pushed(self, target: Target, password: str, sent: Pushed) -> None:
        self._set_busy(busy=False)
        self._say(f"{target.of_name}: {sent.told}", "warn" if sent.edited else "ok")
        self.reload()
        if sent.edited:
            form = EditsForm(self, sent.edited, partial(self._push, target, password))
            form.open()

    def _failed(self, sentence: str) -> None:
        self._set_busy(busy=False)
        self._say(sentence, "block")

    def _failed_at(self, target: Target, sentence: str) -> None:
        """A password that is no longer right is not tried again by itself."""
        self._failed(f"{target.of_name}: {sentence}")
        self.reload()


def _sent(target: Target) -> str:
    if target.pushed_at is None:
        return _("Not yet")
    at = target.pushed_at.replace(tzinfo=UTC).astimezone()
    return f"{i18n.date_short(at.date())} {i18n.clock(at)}"
