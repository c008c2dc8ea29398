"""Every table, one class each. Rows never leave the use cases.

``journal``, ``access_entry`` and ``access_patient`` are lists of what happened: written by this
layer alone, never changed, and so no rows of the ORM.
"""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from painprogram.storage.ids import new_id


class Row(DeclarativeBase):
    """A row has a key and a version: a stale write is refused."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[str]: JSON, dict[str, Any]: JSON}

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805
        return {"version_id_col": cls.version}


class CareProviderRow(Row):
    __tablename__ = "care_provider"

    name: Mapped[str]


class CentreRow(Row):
    __tablename__ = "centre"

    name: Mapped[str]
    kind: Mapped[str]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("care_provider.id"))
    phone: Mapped[str] = mapped_column(default="")
    phone_hours: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    directions: Mapped[str] = mapped_column(default="")
    cancelling: Mapped[str] = mapped_column(default="")
    half_day_until: Mapped[dt.time | None]
    provider: Mapped[CareProviderRow] = relationship()


class ClosureRow(Row):
    """A centre's own closed day or week; red days are computed."""

    __tablename__ = "closure"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    reason: Mapped[str]


class StaffRow(Row):
    __tablename__ = "staff"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    name: Mapped[str]
    profession: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    centre: Mapped[CentreRow] = relationship()


class RoomRow(Row):
    __tablename__ = "room"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    name: Mapped[str]
    seats: Mapped[int]
    equipment: Mapped[list[str]]
    directions: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    centre: Mapped[CentreRow] = relationship()


class ProgrammeRow(Row):
    __tablename__ = "programme"

    key: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[UUID | None] = mapped_column(ForeignKey("centre.id"))
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
    activity: Mapped[bool] = mapped_column(default=False)
    centre: Mapped[CentreRow] = relationship()
    owner: Mapped[StaffRow | None] = relationship()
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


class PatientRow(Row):
    """Read through the door only (see ``access.py``)."""

    __tablename__ = "patient"
    __table_args__ = (UniqueConstraint("centre_id", "identity_number"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    identity_kind: Mapped[str]
    identity_number: Mapped[str]
    search: Mapped[str] = mapped_column(
        String().with_variant(String(collation="C"), "postgresql"), index=True
    )
    """Names as ``domain.names.folded`` writes them, family name first: no engine folds Å."""
    language: Mapped[str] = mapped_column(default="sv")
    interpreter: Mapped[bool] = mapped_column(default=False)
    access: Mapped[list[str]]
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    protected: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[StaffRow | None] = relationship()


class EnrolmentRow(Row):
    """A patient's place in a group; kept after it is given up."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index(
            "uq_enrolment_held",
            "patient_id",
            "group_id",
            unique=True,
            sqlite_where=text("last IS NULL"),
        ),
    )

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("patient_group.id"), index=True)
    first: Mapped[dt.date]
    last: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(default="")
    group: Mapped[GroupRow] = relationship()


class DeviationRow(Row):
    """A difference from the base schedule: opt-out, swap or addition."""

    __tablename__ = "deviation"
    __table_args__ = (UniqueConstraint("enrolment_id", "session_id"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    kind: Mapped[str]
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"), index=True)
    to_session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"), index=True)
    reason: Mapped[str]


class VisitRow(Row):
    """One patient's individual visit."""

    __tablename__ = "visit"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"))
    strand: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    start: Mapped[dt.datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("room.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    enrolment: Mapped[EnrolmentRow] = relationship()
    room: Mapped[RoomRow | None] = relationship()
    staff: Mapped[StaffRow | None] = relationship()


class CommitmentRow(Row):
    """A version of a patient's commitment; an agreed one is never changed, only followed."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("enrolment_id", "number"),)

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    number: Mapped[int]
    sentences: Mapped[list[str]]
    goals: Mapped[list[str]]
    home: Mapped[list[str]]
    agreed_on: Mapped[dt.date | None]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    agreed_staff: Mapped[StaffRow | None] = relationship()


class PrintRow(Row):
    """What was printed, in which version; the digest is of the content, never the content."""

    __tablename__ = "print"
    __table_args__ = (Index("ix_print_what", "kind", "group_id", "patient_id"),)

    kind: Mapped[str]
    group_id: Mapped[UUID] = mapped_column(ForeignKey("patient_group.id"))
    patient_id: Mapped[UUID | None] = mapped_column(ForeignKey("patient.id"))
    language: Mapped[str]
    number: Mapped[int]
    digest: Mapped[str]
    printed_on: Mapped[dt.date]
    printed_by: Mapped[str]


journal = Table(
    "journal",
    Row.metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("program", String, nullable=False),  # the running copy that wrote it
    Column("who", String, nullable=False),
    Column("centre_id", Uuid),
    Column("label", String, nullable=False),
    Column("tables", JSON, nullable=False),
    Column("changes", JSON, nullable=False),  # [table, key, before, after] of each row
)
access_entry = Table(
    "access_entry",
    Row.metadata,
    Column("id", Uuid, primary_key=True, default=new_id),
    Column("at", DateTime, nullable=False),  # UTC
    Column("who", String, nullable=False),
    Column("centre_id", Uuid),
    Column("action", String, nullable=False),
)
access_patient = Table(
    "access_patient",
    Row.metadata,
    Column("entry_id", ForeignKey("access_entry.id"), primary_key=True),
    Column("patient_id", Uuid, primary_key=True, index=True),
)


def ready_for_postgresql() -> None:
    """What only PostgreSQL is told. Saying it above would import its dialect at every start."""
    for index in EnrolmentRow.__table__.indexes:  # type: ignore[attr-defined]
        if index.name == "uq_enrolment_held":
            index.dialect_options["postgresql"]["where"] = text("last IS NULL")
