"""Keys are UUIDs, so that a thing keeps its name in calendars, exports and other centres."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_source: ContextVar[random.Random | None] = ContextVar("source of keys", default=None)


def new_id() -> uuid.UUID:
    source = _source.get()
    return uuid.uuid4() if source is None else uuid.UUID(int=source.getrandbits(128), version=4)


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Within this block keys are the same for the same *seed*: for the example, never for work."""
    token = _source.set(random.Random(seed))  # noqa: S311 -- sameness is the point
    try:
        yield
    finally:
        _source.reset(token)
