"""Programmes and the groups that run them: sessions, leaders, links, pauses, publications."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from painprogram.storage.tables.centres import CentreRow, RoomRow, StaffRow
from painprogram.storage.tables.row import Row


class ProgrammeRow(Row):
    __tablename__ = "programme"

    key: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[UUID | None] = mapped_column(ForeignKey("centre.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    versions: Mapped[list["ProgrammeVersionRow"]] = relationship(
        back_populates="programme", order_by="ProgrammeVersionRow.number"
    )


class ProgrammeVersionRow(Row):
    """What a programme said from then on; never changed once a group runs it."""

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    programme: Mapped[ProgrammeRow] = relationship(back_populates="versions")


class GroupRow(Row):
    __tablename__ = "patient_group"
    __table_args__ = (UniqueConstraint("centre_id", "name"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"))
    programme_version_id: Mapped[UUID] = mapped_column(ForeignKey("programme_version.id"))
    name: Mapped[str]
    letter: Mapped[str] = mapped_column(default="")
    status: Mapped[str]
    start: Mapped[dt.date]
    minimum: Mapped[int]
    maximum: Mapped[int]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decide_on: Mapped[dt.date | None]
    """The day on which it is decided whether the group starts."""
    decision: Mapped[str] = mapped_column(default="", server_default="")
    """``go`` or ``no_go`` once it is decided."""
    activity: Mapped[bool] = mapped_column(default=False)
    rolling: Mapped[bool] = mapped_column(default=False, server_default=false())
    """An open group: patients come along the way, and each has days of their own."""
    centre: Mapped[CentreRow] = relationship()
    owner: Mapped[StaffRow | None] = relationship(foreign_keys=[owner_id])
    deputy: Mapped[StaffRow | None] = relationship(foreign_keys=[deputy_id])
    programme_version: Mapped[ProgrammeVersionRow] = relationship()


class SessionRow(Row):
    """One meeting; *start* is the centre's wall-clock time, without a zone."""

    __tablename__ = "session"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("patient_group.id"), index=True)
    strand: Mapped[str]
    module: Mapped[str]
    number: Mapped[int]
    start: Mapped[dt.datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("room.id"), index=True)
    cancelled: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    """Of its calendar event: rises when what the event says changes."""
    locked: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """What the planner may not change: ``time``, ``room``, ``leaders``."""
    group: Mapped[GroupRow] = relationship()
    room: Mapped[RoomRow | None] = relationship()
    leaders: Mapped[list["LeaderRow"]] = relationship(
        order_by="LeaderRow.position", back_populates="session", passive_deletes="all"
    )


class LeaderRow(Row):
    __tablename__ = "leader"
    __table_args__ = (UniqueConstraint("session_id", "staff_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    profession: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    session: Mapped[SessionRow] = relationship(back_populates="leaders")
    staff: Mapped[StaffRow] = relationship()


class LinkRow(Row):
    """A session of another activity in this group's base schedule, with seats of its own."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("group_id", "session_id"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("patient_group.id"), index=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    strand: Mapped[str]
    number: Mapped[int]
    quota: Mapped[int]
    session: Mapped[SessionRow] = relationship()


class PauseRow(Row):
    """A group rests from *first* until it is resumed on *last*; its sessions wait in order."""

    __tablename__ = "group_pause"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("patient_group.id"), index=True)
    first: Mapped[dt.date]
    last: Mapped[dt.date | None]
    reason: Mapped[str]
    sessions: Mapped[list[str]]
    """Keys of the sessions that wait for new dates."""


class PublicationRow(Row):
    """A group's schedule as it was told to those who go by it; never changed."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("patient_group.id"), index=True)
    number: Mapped[int]
    published_at: Mapped[dt.datetime]
    """UTC."""
    published_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]


class SessionEventRow(Row):
    """That a session was held, cancelled or moved; only ever added to."""

    __tablename__ = "session_event"
    only_added: ClassVar[bool] = True

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    kind: Mapped[str]
    """``held``, ``cancelled`` or ``moved``."""
    start: Mapped[dt.datetime | None]
    """When it was to be from then on; what is moved again, or back, no longer says this."""
    short_notice: Mapped[bool]
    noted_at: Mapped[dt.datetime]
    """UTC."""
    noted_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
