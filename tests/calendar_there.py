"""A calendar on a real server and the group whose it is, as another program works in it too."""

import re
from dataclasses import dataclass
from datetime import timedelta

import httpx

from painprogram.domain.progress import Progress
from painprogram.domain.sessions import Session
from painprogram.exchange.caldav import CalendarOnServer
from painprogram.exchange.calendar import Event, read
from painprogram.storage.database import Database
from painprogram.usecases import calendar_targets, sessions
from painprogram.usecases.calendar_targets import Keep, Pushed, Target
from tests import make
from tests.caldav_server import ANNA, Server

LATER = make.STAMP + timedelta(hours=1)


@dataclass
class There:
    database: Database
    target: Target
    held: tuple[Session, ...]
    http: httpx.Client
    """Another program's."""

    def push(self, keep: dict[str, Keep] | None = None) -> Pushed:
        return calendar_targets.push(
            self.database, Progress(), self.target.id, ANNA[1], LATER, keep=keep
        )

    def address(self, session: Session) -> str:
        return f"{self.target.address}{session.id}.ics"

    def data(self, session: Session) -> str:
        answer = self.http.get(self.address(session), auth=ANNA)
        assert answer.status_code == 200
        return answer.text

    def event(self, session: Session) -> Event:
        (event,) = read(self.data(session).encode())
        return event

    def edit(self, session: Session, pattern: str, put: str) -> None:
        edited = re.sub(pattern, put, self.data(session))
        assert edited != self.data(session)
        answer = self.http.put(self.address(session), auth=ANNA, content=edited.encode())
        assert answer.is_success

    def move(self, session: Session) -> None:
        """Another moves it to five o'clock."""
        self.edit(session, r"(DT(START|END);.*T)\d\d", r"\g<1>17")

    def everything(self) -> dict[str, str]:
        """The tag of each event on the server, by its name there."""
        with CalendarOnServer(self.target.address, *ANNA) as server:
            return {place.rsplit("/", 1)[1]: tag for place, tag in server.tags().items()}


def prepared(database: Database, server: Server) -> There:
    """A group whose calendar goes to a new one on the server."""
    where = make.furnished(database)
    group = make.group(database, where)
    target = calendar_targets.add(database, where.id, server.calendar(), ANNA[0], "group", group.id)
    return There(database, target, sessions.sessions(database, group.id), server.http)


def uid(session: Session) -> str:
    return f"{session.id}@painprogram"
