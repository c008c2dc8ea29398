"""Who is doing it, as the journal and the access log write it down."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the program; *centre_id* is the unit they act for."""

    name: str
    centre_id: UUID | None = None
    staff_id: UUID | None = None
