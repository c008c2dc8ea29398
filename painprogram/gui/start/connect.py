"""Connecting to the database that a cluster shares."""

from urllib.parse import quote, unquote, urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from painprogram.domain.progress import Progress
from painprogram.gui.aside import Aside
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.field import Field
from painprogram.gui.widgets.label import Label
from painprogram.i18n import _, ngettext
from painprogram.usecases import databases

EXAMPLE = "db.region.example/smarta"
_SCHEME = "postgresql://"


class Connect(QWidget):
    """The password is asked for each time, and kept nowhere."""

    back_asked = Signal()
    connect_asked = Signal(str)
    """The whole address, password included."""

    def __init__(self) -> None:
        super().__init__()
        self._aside: Aside | None = None
        self._address = Field(
            _("Address"),
            QLineEdit(),
            "address",
            _("The server and the database, such as {example}").format(example=EXAMPLE),
        )
        self._account = Field(_("Account"), QLineEdit(), "account")
        password = QLineEdit()
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password = Field(
            _("Password"), password, "password", _("It is asked for at each start and never saved.")
        )
        self._answer = Label(wrap=True)
        self._answer.setObjectName("answer")
        self._answer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[4])
        title = _("Connect to the cluster's database")
        column.addWidget(Label(title, "heading", wrap=True))
        for field in (self._address, self._account, self._password):
            column.addWidget(field)
        column.addWidget(self._answer)
        column.addLayout(self._buttons())
        column.addStretch(1)
        self._line(self._address).editingFinished.connect(self._take_apart)
        for field in (self._address, self._account, self._password):
            self._line(field).returnPressed.connect(self._connect.click)

    def _buttons(self) -> QHBoxLayout:
        back = QPushButton(_("Back"))
        back.setObjectName("connect_back")
        back.clicked.connect(self.back_asked)
        self._try = QPushButton(_("Try the connection"))
        self._try.setObjectName("try")
        self._try.clicked.connect(self._tried)
        self._connect = QPushButton(_("Connect"))
        self._connect.setObjectName("connect")
        self._connect.setProperty("primary", True)
        self._connect.clicked.connect(self._connected)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self._try)
        row.addWidget(self._connect)
        return row

    @staticmethod
    def _line(field: Field) -> QLineEdit:
        assert isinstance(field.editor, QLineEdit)  # noqa: S101 -- made above
        return field.editor

    def begin(self, url: str = "") -> None:
        """With *url* (which has no password) only that is left to write."""
        if url:
            self._line(self._address).setText(url)
            self._take_apart()
        asked = self._password if self._line(self._address).text() else self._address
        asked.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str, *, good: bool = False) -> None:
        self._answer.set_colour("ok" if good else "block")
        self._answer.setText(sentence)
        self._answer.setVisible(bool(sentence))
        self._try.setEnabled(True)
        self._connect.setEnabled(True)

    def close_lane(self) -> None:
        if self._aside:
            self._aside.close()

    def _take_apart(self) -> None:
        """A whole address that was pasted is spread over the fields."""
        told = self._line(self._address).text().strip()
        if "@" not in told and "://" not in told:
            return
        try:
            found = urlsplit(told if "://" in told else _SCHEME + told)
            port = f":{found.port}" if found.port else ""
        except ValueError:  # no address: the field says so when it is used
            return
        if found.username:
            self._line(self._account).setText(unquote(found.username))
        if found.password:
            self._line(self._password).setText(unquote(found.password))
        query = f"?{found.query}" if found.query else ""
        self._line(self._address).setText(f"{found.hostname or ''}{port}{found.path}{query}")

    def _url(self) -> str | None:
        """The address with account and password; None where something is missing, and said."""
        self.say("")
        self._take_apart()
        place = self._line(self._address).text().strip()
        account = self._line(self._account).text().strip()
        password = self._line(self._password).text()
        server, _slash, name = place.partition("/")
        self._address.say(
            ""
            if name and (server or "host=" in name) and " " not in place
            else _("Write the server and the database, such as {example}.").format(example=EXAMPLE)
        )
        self._account.say("" if account else _("Write the account you have been given."))
        wrong = next((f for f in (self._address, self._account) if f.is_wrong), None)
        if wrong:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        secret = f":{quote(password, safe='')}" if password else ""
        return f"{_SCHEME}{quote(account, safe='')}{secret}@{place}"

    def _connected(self) -> None:
        if url := self._url():
            self.connect_asked.emit(url)

    def _tried(self) -> None:
        url = self._url()
        if url is None:
            return
        if self._aside is None:
            self._aside = Aside(self)
            self._aside.refused.connect(self.say)
            self._aside.crashed.connect(self._fell)
        self._answer.set_colour("text2")
        self._answer.setText(_("Trying …"))
        self._answer.show()
        self._try.setEnabled(False)
        self._aside.call(self._works, _Trial(url))

    def _works(self, found: databases.Greeting) -> None:
        text = ngettext(
            "It works. {name} has {number} health centre.",
            "It works. {name} has {number} health centres.",
            found.centres,
        )
        self.say(text.format(name=found.name, number=found.centres), good=True)

    def _fell(self, _error: Exception) -> None:
        self.say(_("The shared database can't be reached. Nothing was changed; try again."))


class _Trial:
    """Asked aside; knows an address and no widget."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, _progress: Progress) -> databases.Greeting:
        return databases.greet(self._url)
