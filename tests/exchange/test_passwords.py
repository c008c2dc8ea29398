"""Passwords in the computer's keyring, where there is one."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from painprogram.exchange import passwords
from tests.memory_keyring import MemoryKeyring

PLACE = ("https://server.se/kalender/", "anna")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_that_a_password_is_kept_until_it_is_forgotten() -> None:
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    assert passwords.available()
    assert passwords.remembered(*PLACE) == ""

    assert passwords.remember(*PLACE, "hemligt")
    assert passwords.remembered(*PLACE) == "hemligt"
    assert passwords.remembered("https://server.se/annan/", "anna") == ""

    assert passwords.remember(*PLACE, "")
    assert passwords.remembered(*PLACE) == ""
    assert passwords.remember(*PLACE, "")
    assert ring.kept == {}


def test_that_without_a_keyring_nothing_is_kept() -> None:
    keyring.set_keyring(NoKeyring())

    assert not passwords.available()
    assert not passwords.remember(*PLACE, "hemligt")
    assert passwords.remembered(*PLACE) == ""


def test_that_a_keyring_that_stays_locked_gives_nothing() -> None:
    class Locked(MemoryKeyring):
        def get_password(self, *_args: str) -> str | None:
            raise KeyringLocked

        def set_password(self, *_args: str) -> None:
            raise KeyringLocked

    keyring.set_keyring(Locked())

    assert not passwords.remember(*PLACE, "hemligt")
    assert passwords.remembered(*PLACE) == ""


def test_that_a_keyring_in_a_plain_file_counts_as_none() -> None:
    plain: type[KeyringBackend] = type(
        "PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"}
    )
    keyring.set_keyring(plain())
    assert not passwords.available()

    class Chain(ChainerBackend):
        backends = [plain(), MemoryKeyring()]  # noqa: RUF012

    keyring.set_keyring(Chain())
    assert not passwords.available()
