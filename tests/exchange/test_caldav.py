"""A calendar on a real server, and servers that answer what they should not."""

import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import httpx
import pytest

from painprogram.domain.errors import Refused
from painprogram.exchange import caldav
from painprogram.exchange.caldav import CalendarOnServer, Overtaken, UidTaken, cleaned_address
from painprogram.exchange.calendar import Event, read, resource
from tests.caldav_server import ANNA, ERIK, Server

EVENT = Event(
    uid="6f1c@painprogram",
    sequence=0,
    start=datetime(2027, 1, 12, 10),
    end=datetime(2027, 1, 12, 10, 45),
    summary="Avslappning 1 (H26 A)",
    location="Stora salen",
    description="Anna Berg",
    cancelled=False,
    stamp=datetime(2026, 11, 22, 12, tzinfo=UTC),
)
CERTIFICATE = Path(__file__).parents[1] / "data" / "tls" / "localhost.pem"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("radicale"))
    yield started
    started.stop()


def opened(address: str, who: tuple[str, str] = ANNA) -> CalendarOnServer:
    return CalendarOnServer(address, *who)


def refusal(address: str, who: tuple[str, str] = ANNA) -> str:
    with pytest.raises(Refused) as refused, opened(address, who) as there:
        there.name()
    return str(refused.value)


# The real server.


def test_that_a_calendar_says_its_name(server: Server) -> None:
    with opened(server.calendar("Träffar på Ekbacken")) as there:
        assert there.name() == "Träffar på Ekbacken"
        assert there.tags() == {}


def test_that_an_event_lies_where_it_was_put(server: Server) -> None:
    with opened(server.calendar()) as there:
        place = there.new_place("6f1c.ics")

        tag = there.put(place, resource(EVENT), None)

        stored = there.read(place)
        assert stored is not None
        assert stored.tag == tag
        assert [event.says for event in read(stored.data)] == [EVENT.says]
        assert there.tags() == {place: tag}
        assert there.place_of(EVENT.uid) == place
        assert there.read(there.new_place("another.ics")) is None


def test_that_an_event_is_never_put_over_one_that_lies_there(server: Server) -> None:
    with opened(server.calendar()) as there:
        place = there.new_place("6f1c.ics")
        there.put(place, resource(EVENT), None)

        with pytest.raises(Overtaken):
            there.put(place, resource(replace(EVENT, summary="Ours")), None)


def test_that_an_event_is_never_put_over_what_another_made_of_it(server: Server) -> None:
    with opened(server.calendar()) as there:
        place = there.new_place("6f1c.ics")
        first = there.put(place, resource(EVENT), None)
        second = there.put(place, resource(replace(EVENT, summary="Another's")), first)

        with pytest.raises(Overtaken):
            there.put(place, resource(replace(EVENT, summary="Ours")), first)

        stored = there.read(place)
        assert stored is not None
        assert stored.tag == second
        assert b"Another's" in stored.data


def test_that_an_event_that_another_took_away_does_not_come_back_by_a_change(
    server: Server,
) -> None:
    address = server.calendar()
    with opened(address) as there:
        place = there.new_place("6f1c.ics")
        tag = there.put(place, resource(EVENT), None)
        httpx.delete(f"{address}6f1c.ics", auth=ANNA)

        with pytest.raises(Overtaken):
            there.put(place, resource(EVENT), tag)


def test_that_an_event_that_lies_elsewhere_in_the_calendar_is_not_put_twice(
    server: Server,
) -> None:
    with opened(server.calendar()) as there:
        there.put(there.new_place("by-hand.ics"), resource(EVENT), None)

        with pytest.raises(UidTaken):
            there.put(there.new_place("6f1c.ics"), resource(EVENT), None)


def test_that_a_wrong_password_is_said(server: Server) -> None:
    assert "password" in refusal(server.calendar(), ("anna", "fel"))


def test_that_another_persons_calendar_is_out_of_reach(server: Server) -> None:
    assert "may not write" in refusal(server.calendar(), ERIK)


def test_that_a_calendar_that_may_only_be_read_is_said_to_be_so(server: Server) -> None:
    address = f"{server.address}/anna/locked/"
    folder = server.folder / "collections" / "collection-root" / "anna" / "locked"
    folder.mkdir(parents=True)
    (folder / ".Radicale.props").write_text('{"tag": "VCALENDAR"}', "utf-8")

    assert "may not write" in refusal(address)


def test_that_a_calendar_that_is_not_there_is_said_to_be_missing(server: Server) -> None:
    address = f"{server.address}/anna/none/"

    assert refusal(address) == f"There is no calendar at {address}."


def test_that_the_address_of_an_account_is_answered_with_those_of_its_calendars(
    server: Server,
) -> None:
    address = server.calendar()

    assert address in refusal(f"{server.address}/anna/")


# Servers that fail.


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """The address of a server that answers everything in one way, or by a function."""
    running = []

    def start(
        status: int,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        certificate: Path | None = None,
        asked: Callable[[BaseHTTPRequestHandler], int] | None = None,
    ) -> str:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(asked(self) if asked else status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_PROPFIND = do_PUT = do_GET = do_REPORT = answer  # noqa: N815

            def log_message(self, *_args: object) -> None: ...

        made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        made.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            made.socket = context.wrap_socket(made.socket, server_side=True)
            made.handle_error = lambda *_args: None  # type: ignore[method-assign]
        thread = Thread(target=made.serve_forever, args=[0.01])
        thread.start()
        running.append((made, thread))
        scheme = "https" if certificate else "http"
        return f"{scheme}://localhost:{made.server_port}/kalender/"

    yield start
    for made, thread in running:
        made.shutdown()
        thread.join()
        made.server_close()


@pytest.mark.parametrize(
    ("status", "part"),
    [
        (400, "does not know calendars"),
        (403, "may not write"),
        (405, "does not know calendars"),
        (413, "of that size"),
        (423, "locked"),
        (429, "busy"),
        (500, "a fault (500)"),
        (503, "busy"),
        (507, "no room left"),
        (418, "a fault (418)"),
    ],
)
def test_that_each_answer_has_its_sentence(
    answering: Callable[..., str], status: int, part: str
) -> None:
    with opened(answering(status)) as there, pytest.raises(Refused, match=re.escape(part)):
        there.put(there.new_place("6f1c.ics"), resource(EVENT), None)


def test_that_the_password_does_not_follow_to_another_address(
    answering: Callable[..., str],
) -> None:
    elsewhere = "http://elsewhere.test/kalender/"

    assert elsewhere in refusal(answering(302, headers={"Location": elsewhere}))


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Log in</html>",
        b"<d:multistatus xmlns:d='DAV:'>",
        b"",
        b"\xff\xfe\x00",
        b'<!DOCTYPE m [<!ENTITY a "aaaa">]><d:multistatus xmlns:d="DAV:">&a;</d:multistatus>',
        b"<d:multistatus xmlns:d='DAV:'/>",
    ],
)
def test_that_what_is_no_calendar_server_is_said_to_be_none(
    answering: Callable[..., str], body: bytes
) -> None:
    assert "does not know calendars" in refusal(answering(207, body))


def test_that_a_server_that_is_down_is_said_to_be_out_of_reach(
    answering: Callable[..., str],
) -> None:
    assert "can't be reached" in refusal("http://localhost:1/kalender/")
    assert "can't be reached" in refusal("https://no-such-server.invalid/kalender/")


def test_that_a_silent_server_is_not_waited_for(answering: Callable[..., str]) -> None:
    over = Flag()

    def wait(_request: BaseHTTPRequestHandler) -> int:
        over.wait(10)
        return 200

    address = answering(200, asked=wait)
    with CalendarOnServer(address, *ANNA, patience=0.1) as there:
        with pytest.raises(Refused, match="does not answer"):
            there.name()
        over.set()


def test_that_an_endless_answer_is_cut_off(
    answering: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caldav, "LARGEST", 1_000_000)

    assert "too large" in refusal(answering(207, b" " * 1_100_000))


def test_that_a_server_that_can_not_show_who_it_is_gets_no_password(
    answering: Callable[..., str],
) -> None:
    seen: list[str] = []

    def note(request: BaseHTTPRequestHandler) -> int:
        seen.append(str(request.headers))
        return 200

    assert "certificate" in refusal(answering(200, certificate=CERTIFICATE, asked=note))
    assert seen == []


def test_that_a_server_may_ask_for_a_digest_in_place_of_the_password(
    answering: Callable[..., str],
) -> None:
    seen = []

    def digest(request: BaseHTTPRequestHandler) -> int:
        seen.append(request.headers.get("Authorization", "nothing").split()[0])
        return 207 if seen[-1] == "Digest" else 401

    body = b"<d:multistatus xmlns:d='DAV:'/>"
    address = answering(
        207,
        body,
        {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'},
        asked=digest,
    )
    with opened(address) as there:
        assert there.tags() == {}
    assert seen == ["Basic", "nothing", "Digest"]


def test_that_a_tag_that_others_weakened_is_still_a_condition(
    answering: Callable[..., str],
) -> None:
    asked = []

    def note(request: BaseHTTPRequestHandler) -> int:
        asked.append(request.headers["If-Match"])
        return 204

    with opened(answering(204, headers={"ETag": 'W/"2"'}, asked=note)) as there:
        assert there.put(there.new_place("6f1c.ics"), resource(EVENT), 'W/"1"') == ""
    assert asked == ['"1"']


def test_that_a_server_without_tags_is_not_written_to(answering: Callable[..., str]) -> None:
    body = b"<d:multistatus xmlns:d='DAV:'/>"

    with opened(answering(207, body)) as there, pytest.raises(Refused, match="nothing is changed"):
        there.read(there.new_place("6f1c.ics"))


# Addresses.


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" https://Server.se/kalender ", "https://server.se/kalender/"),
        ("https://server.se:8443/å b/?x=1#y", "https://server.se:8443/%C3%A5%20b/"),
        ("https://server.se/%C3%A5%20b/", "https://server.se/%C3%A5%20b/"),
        ("http://localhost:5232/anna/", "http://localhost:5232/anna/"),
        ("http://[::1]:5232/anna", "http://[::1]:5232/anna/"),
    ],
)
def test_that_an_address_is_kept_in_one_way(written: str, kept: str) -> None:
    assert cleaned_address(written) == kept


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("", "whole address"),
        ("server.se/kalender", "whole address"),
        ("webcal://server.se/kalender", "whole address"),
        ("https://", "whole address"),
        ("https://[x/", "whole address"),
        ("https://server.se:999999/", "whole address"),
        ("http://server.se/kalender", "overheard"),
        ("http://localhost.server.se/", "overheard"),
        ("https://anna:hemligt@server.se/kalender", "fields of their own"),
    ],
)
def test_that_an_address_that_would_not_do_is_refused(written: str, part: str) -> None:
    with pytest.raises(Refused, match=part):
        cleaned_address(written)
