"""A real CalDAV server (Radicale) for the tests: three calendars of two people, started once."""

import socket
import subprocess
import sys
from collections import deque
from pathlib import Path
from threading import Thread

import httpx

ANNA, ERIK = ("anna", "hemligt-åäö"), ("erik", "annat")
_CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/collections
[logging]
level = info
"""
_RIGHTS = """\
[principal]
user: .+
collection: {user}
permissions: RW
[read only]
user: .+
collection: {user}/locked
permissions: r
[calendars]
user: .+
collection: {user}/[^/]+
permissions: rw
"""
_NEW = (
    '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
    "<d:displayname>{name}</d:displayname></d:prop></d:set></c:mkcalendar>"
)


class Server:
    """*folder* is the server's own; it listens when this returns."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder = folder
        users = "".join(f"{name}:{password}\n" for name, password in (ANNA, ERIK))
        (folder / "users").write_text(users, "utf-8")
        (folder / "rights").write_text(_RIGHTS, "utf-8")
        config = folder / "config"
        config.write_text(_CONFIG.format(port=port, folder=folder.as_posix()), "utf-8")
        self.address = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        told = []
        for line in self._process.stderr:
            told.append(line)
            if "ready" in line.lower():
                break
        else:
            self._process.wait()
            raise RuntimeError("".join(told))
        self._last: deque[str] = deque(maxlen=50)
        self._listener = Thread(target=self._last.extend, args=[self._process.stderr], daemon=True)
        self._listener.start()  # or the pipe fills, and the server stops
        self._calendars = 0
        self.http = httpx.Client()
        """Another program's."""

    def calendar(self, name: str = "Arbete", owner: tuple[str, str] = ANNA) -> str:
        """The address of a new calendar."""
        self._calendars += 1
        address = f"{self.address}/{owner[0]}/kalender-{self._calendars}/"
        made = self.http.request("MKCALENDAR", address, auth=owner, content=_NEW.format(name=name))
        assert made.status_code == 201, made.text
        return address

    def stop(self) -> None:
        self.http.close()
        self._process.terminate()
        self._process.wait()
        self._listener.join()
        assert self._process.stderr is not None
        self._process.stderr.close()
