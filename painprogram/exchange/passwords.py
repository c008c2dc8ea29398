"""The computer's own keyring, where there is one: passwords of calendar servers, and nothing else.

It is an optional library. Where it or a keyring is missing, the password is asked for each time;
one that would write to a plain file counts as missing.
"""

from typing import Any

_SERVICE = "painprogram {address}"


def available() -> bool:
    return _ring() is not None


def remembered(address: str, account: str) -> str:
    """The password; empty where none is kept, or the keyring stays locked."""
    ring = _ring()
    if ring is None:
        return ""
    from keyring.errors import KeyringError

    try:
        return ring.get_password(_SERVICE.format(address=address), account) or ""
    except KeyringError:
        return ""


def remember(address: str, account: str, password: str) -> bool:
    """Keep it, or with an empty *password* forget it; whether that was done."""
    ring = _ring()
    if ring is None:
        return False
    from keyring.errors import KeyringError

    service = _SERVICE.format(address=address)
    try:
        if password:
            ring.set_password(service, account, password)
        elif ring.get_password(service, account) is not None:
            ring.delete_password(service, account)
    except KeyringError:
        return False
    return True


def _ring() -> Any:
    """The keyring that would be written to."""
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return None
    ring = keyring.get_keyring()
    first = next(iter(getattr(ring, "backends", ())), ring)  # of a chain, the one that is written
    if isinstance(first, fail.Keyring | null.Keyring):
        return None
    return None if type(first).__module__.startswith("keyrings.alt") else ring
