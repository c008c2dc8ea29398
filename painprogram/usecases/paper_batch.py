"""A batch of papers of one kind: what stands on each, ready to be drawn one by one or as one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from painprogram.domain.progress import Progress
from painprogram.storage.database import Database


@dataclass(frozen=True, slots=True)
class Item:
    """One paper for one receiver. Its content was read; no transaction is open any more."""

    content: Any = field(repr=False)
    """Frozen; equal content is the same paper."""
    language: str
    centre_id: UUID
    name: str
    """For files and queues: "Kallelse H26 A"; never a patient's name or number."""
    by_name: tuple[str, ...] = field(default=(), repr=False)
    """Where it comes in order of name."""
    by_time: datetime | None = None
    patient_id: UUID | None = None
    of_id: UUID | None = None
    """The group, session, colleague or room that it is about."""
    missing: tuple[str, ...] = ()
    """Swedish words on it that have no translation into its language."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers of one kind and what draws them, in the order given, as one PDF."""

    name: str
    """Of the whole, for windows and files."""
    items: tuple[Item, ...]
    draw: Callable[[Sequence[Item], Progress], bytes] = field(repr=False)
    remember: Callable[[Database, Sequence[Item]], None] | None = field(default=None, repr=False)
    """Notes that they were printed, where that is more than a line (see ``papers.remember``)."""
