"""A calendar on a server (CalDAV, RFC 4791): what lies in it, and putting one event there.

Five requests by httpx, not the caldav library. That one brings urllib3-future, which takes the
place of urllib3 for everything else that is installed, and lxml, dnspython and PyYAML besides;
and what matters here is what it does on its own account: each condition that keeps another's edit
from being written over (If-Match, If-None-Match) is ours to set and to see fail, each answer has
a limit of size and time, and no redirect takes the password to another place.
"""

import re
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from painprogram.domain.errors import Refused
from painprogram.i18n import _

if TYPE_CHECKING:
    import httpx

PATIENCE = 15.0
"""Seconds that the server may be silent."""
LONGEST_ANSWER = 60.0
"""Seconds that one answer may take altogether."""
LARGEST = 20_000_000
"""Bytes in an answer."""
_HERE = {"localhost", "127.0.0.1", "::1"}
_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
_ABOUT = (
    f"<d:propfind {_SPACES}><d:prop><d:resourcetype/><d:displayname/>"
    "<d:current-user-privilege-set/><c:supported-calendar-component-set/></d:prop></d:propfind>"
)
_TAGS = f"<d:propfind {_SPACES}><d:prop><d:getetag/></d:prop></d:propfind>"
_OF_UID = (
    f"<c:calendar-query {_SPACES}><d:prop><d:getetag/></d:prop><c:filter>"
    '<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:prop-filter name="UID">'
    '<c:text-match collation="i;octet">{uid}</c:text-match>'
    "</c:prop-filter></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
)
_UID_TAKEN = re.compile(rb"no-uid-conflict|uid already exists", re.IGNORECASE)
_MOST_NAMED = 8
_DONE, _ELSEWHERE = range(200, 300), range(300, 400)
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_NOT_UNDERSTOOD = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_IMPLEMENTED,
}


class Overtaken(Exception):
    """What lies at the place is not what the condition said."""


class WrongPassword(Refused):
    """The server does not accept the account or the password."""


class UidTaken(Exception):
    """The event lies in the calendar already, at another place."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it lies on the server; *tag* changes with every edit."""

    place: str
    tag: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: "httpx.Headers"
    body: bytes


def cleaned_address(text: str) -> str:
    """The address of a calendar, as it is kept; refused where a password could be overheard."""
    try:
        parts = urlsplit(text.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise Refused(
            _("Write the calendar's whole address, such as https://server/calendars/anna/work/")
        )
    if parts.username or parts.password:
        raise Refused(
            _("Leave account and password out of the address; they have fields of their own.")
        )
    if parts.scheme == "http" and parts.hostname not in _HERE:
        raise Refused(
            _("Over http:// the password can be overheard. Write an address with https://.")
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = quote(unquote(parts.path), safe="/~@:!$&'()*+,;=").rstrip("/")
    return f"{parts.scheme}://{host}{port}{path}/"


class CalendarOnServer:
    """An open connection to one calendar. Everything that fails is refused in a sentence."""

    def __init__(
        self, address: str, account: str, password: str, *, patience: float = PATIENCE
    ) -> None:
        import httpx

        self._address = cleaned_address(address)
        self._account, self._password = account, password
        self._client = httpx.Client(
            auth=httpx.BasicAuth(account, password),
            verify=_trusted(secure=self._address.startswith("https:")),
            timeout=patience,
            follow_redirects=False,
            headers={"User-Agent": "painprogram", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_args: object) -> None:
        self._client.close()

    # What lies there.

    def name(self) -> str:
        """What the calendar is called; refused where it is none, or may not be written in."""
        answer = self._checked("PROPFIND", self._address, _ABOUT, {"Depth": "0"})
        about = next(iter(_responses(answer)), None)
        if about is None:
            raise _no_caldav()
        kind = _property(about, "resourcetype")
        if kind is None or kind.find(f"{_CALDAV}calendar") is None:
            raise self._no_calendar()
        takes = about.find(f".//{_CALDAV}supported-calendar-component-set")
        if takes is not None and "VEVENT" not in {each.get("name") for each in takes}:
            raise Refused(_("That calendar takes no events. Choose another."))
        rights = _property(about, "current-user-privilege-set")
        given = {each.tag for each in rights.iter()} if rights is not None else set()
        if given and not given & {f"{_DAV}{name}" for name in ("all", "write", "write-content")}:
            raise _not_allowed()
        return _text(about, "displayname") or unquote(self._address.rstrip("/").rsplit("/", 1)[1])

    def _no_calendar(self) -> Refused:
        """With the calendars that lie under the address: most give the account's own."""
        answer = self._checked("PROPFIND", self._address, _ABOUT, {"Depth": "1"})
        found = [
            urljoin(self._address, each.findtext(f"{_DAV}href", ""))
            for each in _responses(answer)
            if each.find(f".//{_CALDAV}calendar") is not None
        ]
        if not found:
            return Refused(_("There is no calendar at {address}.").format(address=self._address))
        return Refused(
            _("That is the address of several calendars. Write that of one: {addresses}").format(
                addresses=" ".join(found[:_MOST_NAMED])
            )
        )

    def tags(self) -> dict[str, str]:
        """The tag of everything in the calendar, ours or not, by its place."""
        answer = self._checked("PROPFIND", self._address, _TAGS, {"Depth": "1"})
        return {
            place: _text(each, "getetag")
            for each in _responses(answer)
            if (place := self._place(each)) != self._path(self._address)
        }

    def read(self, place: str) -> Stored | None:
        """What lies at *place*; None: nothing does."""
        answer = self._ask("GET", self._at(place))
        if answer.status in _GONE:
            return None
        self._check(answer)
        tag = answer.headers.get("ETag") or self.tags().get(place)
        if not tag:
            raise Refused(
                _(
                    "The server can't tell when somebody else has changed an event, so nothing is "
                    "changed there."
                )
            )
        return Stored(place, tag, answer.body)

    def place_of(self, uid: str) -> str | None:
        """Where the event *uid* lies, if the server can tell."""
        question = _OF_UID.format(uid=escape(uid))
        answer = self._checked("REPORT", self._address, question, {"Depth": "1"})
        return next((self._place(each) for each in _responses(answer)), None)

    def new_place(self, name: str) -> str:
        return f"{self._path(self._address)}{name}"

    # Putting there.

    def put(self, place: str, data: bytes, tag: str | None) -> str:
        """Put *data* where *tag* lies now, or (None) where nothing does; the tag it then has.

        ``Overtaken`` where something else lies there; empty where the server gives no tag.
        """
        condition = {"If-None-Match": "*"} if tag is None else {"If-Match": tag.removeprefix("W/")}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        answer = self._ask("PUT", self._at(place), data, headers)
        gone = answer.status in _GONE
        if answer.status >= HTTPStatus.BAD_REQUEST and _UID_TAKEN.search(answer.body):
            raise UidTaken
        if answer.status == HTTPStatus.PRECONDITION_FAILED or (tag is not None and gone):
            raise Overtaken
        self._check(answer)
        left = answer.headers.get("ETag", "")
        return "" if left.startswith("W/") else left

    # Asking.

    def _path(self, address: str) -> str:
        return unquote(urlsplit(address).path)

    def _at(self, place: str) -> str:
        return urljoin(self._address, quote(place, safe="/~@:!$&'()*+,;="))

    def _place(self, response: Any) -> str:
        """The path as we write it: servers differ in what they put as ``%40``."""
        return self._path(urljoin(self._address, response.findtext(f"{_DAV}href", "")))

    def _checked(self, verb: str, address: str, body: str, headers: dict[str, str]) -> _Answer:
        headers = {"Content-Type": "application/xml; charset=utf-8", **headers}
        answer = self._ask(verb, address, body.encode(), headers)
        self._check(answer)
        return answer

    def _ask(
        self, verb: str, address: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> _Answer:
        import httpx

        answer = self._send(verb, address, body, headers or {})
        offered = answer.headers.get("WWW-Authenticate", "").lower()
        if answer.status == HTTPStatus.UNAUTHORIZED and offered.startswith("digest"):
            self._client.auth = httpx.DigestAuth(self._account, self._password)
            answer = self._send(verb, address, body, headers or {})
        return answer

    def _send(self, verb: str, address: str, body: bytes, headers: dict[str, str]) -> _Answer:
        import httpx

        host = urlsplit(address).hostname or ""
        try:
            with self._client.stream(verb, address, content=body, headers=headers) as answer:
                return _Answer(answer.status_code, answer.headers, b"".join(_limited(answer)))
        except httpx.TimeoutException as error:
            raise _too_slow() from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            if isinstance(_first(error), ssl.SSLError):
                raise Refused(
                    _(
                        "{host} can't show that it is the right server: its certificate is not "
                        "accepted. Nothing was sent. Ask whoever runs the server."
                    ).format(host=host)
                ) from error
            raise Refused(
                _(
                    "The server {host} can't be reached. Look at its address and the network."
                ).format(host=host)
            ) from error

    def _check(self, answer: _Answer) -> None:
        """Refuse whatever is not what was asked for."""
        status = answer.status
        if status in _DONE:
            return
        if status in _ELSEWHERE:
            to = urljoin(self._address, answer.headers.get("Location", ""))
            raise Refused(_("The calendar has moved. Write its new address: {to}").format(to=to))
        if status == HTTPStatus.UNAUTHORIZED:
            raise WrongPassword(
                _("The server does not accept the account or the password. Write them again.")
            )
        if status == HTTPStatus.FORBIDDEN:
            raise _not_allowed()
        if status in _GONE:
            raise Refused(_("There is no calendar at {address}.").format(address=self._address))
        if status in _NOT_UNDERSTOOD:
            raise _no_caldav()
        raise Refused(_told(status))


def _trusted(*, secure: bool) -> ssl.SSLContext:
    """Whose certificates are accepted: of nobody where none is to be shown."""
    import httpx

    if not secure:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = httpx.create_ssl_context()
    context.load_default_certs()  # and whom this computer trusts: regions have their own
    return context


def _told(status: int) -> str:
    sentences = {
        413: _("The server takes no event of that size."),
        423: _("The calendar is locked by another program. Try again in a while."),
        429: _("The server is busy. Try again in a while."),
        503: _("The server is busy. Try again in a while."),
        507: _("The server has no room left for events. Make room there, and try again."),
    }
    return sentences.get(status) or _(
        "The server answered with a fault ({status}). Try again in a while."
    ).format(status=status)


def _not_allowed() -> Refused:
    return Refused(
        _("The account may not write in that calendar. Ask whoever it belongs to for the right.")
    )


def _no_caldav() -> Refused:
    return Refused(_("The server does not know calendars (CalDAV) at that address."))


def _too_slow() -> Refused:
    return Refused(_("The server does not answer. Try again in a while."))


def _first(error: BaseException) -> BaseException:
    """What it all began with."""
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error


def _limited(answer: "httpx.Response") -> Iterator[bytes]:
    """The body, while it keeps within the limits."""
    until, many = time.monotonic() + LONGEST_ANSWER, 0
    for part in answer.iter_bytes():
        many += len(part)
        if many > LARGEST:
            raise Refused(
                _("The calendar is too large: {most} MB at most.").format(most=LARGEST // 1_000_000)
            )
        if time.monotonic() > until:
            raise _too_slow()
        yield part


def _responses(answer: _Answer) -> list[Any]:
    """The parts of a multistatus; refused where it is none."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(answer.body)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise _no_caldav() from error
    if root.tag != f"{_DAV}multistatus":
        raise _no_caldav()
    return list(root.findall(f"{_DAV}response"))


def _property(response: Any, name: str) -> Any:
    return response.find(f".//{_DAV}prop/{_DAV}{name}")


def _text(response: Any, name: str) -> str:
    found = _property(response, name)
    return (found.text or "").strip() if found is not None else ""
