"""Patients and what belongs to one of them: places, differences, visits, commitments, papers."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from painprogram.storage.tables.centres import RoomRow, StaffRow
from painprogram.storage.tables.groups import GroupRow
from painprogram.storage.tables.row import Row


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
    times_not: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """Times that do not work, as ``domain.unsuitable`` writes them."""
    most_visits: Mapped[int | None]
    most_minutes: Mapped[int | None]
    most_trips: Mapped[int | None]
    """What a week may ask of the patient."""
    contact: Mapped[StaffRow | None] = relationship()


class ReferralRow(Row):
    """A patient's way from a referral, or an own wish, to the last follow-up."""

    __tablename__ = "referral"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    received_on: Mapped[dt.date]
    kind: Mapped[str]
    """``referral``, ``request`` (vårdbegäran) or ``own`` (egen vårdbegäran)."""
    from_whom: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    needs: Mapped[list[str]]
    priority: Mapped[int] = mapped_column(default=0)
    """0 as usual, 1 before others, 2 at once."""
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programme.id"))
    preferred_centre_id: Mapped[UUID | None] = mapped_column(ForeignKey("centre.id"))
    status: Mapped[str] = mapped_column(index=True)
    status_on: Mapped[dt.date]
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[dt.date | None]
    offered_group_id: Mapped[UUID | None] = mapped_column(ForeignKey("patient_group.id"))
    end_reason: Mapped[str] = mapped_column(default="")


class ReferralStepRow(Row):
    """A status that a referral came to; only ever added to."""

    __tablename__ = "referral_step"
    only_added: ClassVar[bool] = True

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    status: Mapped[str]
    status_on: Mapped[dt.date]
    noted_at: Mapped[dt.datetime]
    """UTC."""
    noted_by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


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
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referral.id"), index=True)
    first: Mapped[dt.date]
    last: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(default="")
    ended_as: Mapped[str] = mapped_column(default="", server_default="")
    """How it ended: as the way did (``completed``, ``stopped`` …), ``moved`` or ``withdrawn``."""
    lap_end: Mapped[dt.date | None]
    """In an open group: the last day of the patient's own lap."""
    group: Mapped[GroupRow] = relationship()


class EnrolmentPauseRow(Row):
    """The patient rests from the group for some days, and keeps the place."""

    __tablename__ = "enrolment_pause"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    reason: Mapped[str]


class AttendanceRow(Row):
    """Whether somebody came; only ever added to, a mistake is corrected by another row."""

    __tablename__ = "attendance"
    only_added: ClassVar[bool] = True

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    occasion_id: Mapped[UUID] = mapped_column(index=True)
    """A session's or a visit's key."""
    state: Mapped[str]
    minutes: Mapped[int | None]
    """Late by so many, or there for so many where it was partly."""
    note: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[dt.datetime] = mapped_column(index=True)
    """UTC."""
    noted_by: Mapped[str]
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("attendance.id"))


class RosterRow(Row):
    """Who was expected at a session, as it was when it was held; only ever added to."""

    __tablename__ = "roster"
    only_added: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("session_id", "patient_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    how: Mapped[str]
    """``base``, ``swap`` or ``addition``."""
    kept_at: Mapped[dt.datetime]
    """UTC."""


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
    scores: Mapped[list[int | None]] = mapped_column(JSON, default=list, server_default="[]")
    """Of each goal that is an activity of the PSFS: 0 to 10 when it was agreed."""
    agreed_on: Mapped[dt.date | None]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    signed_on: Mapped[dt.date | None]
    signed_number: Mapped[int | None]
    """The version of the sheet that was signed."""
    translations: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """By language: its goals and home practice in the words of that language."""
    agreed_staff: Mapped[StaffRow | None] = relationship()


class CommitmentReviewRow(Row):
    """How it went with a commitment, half-way or at the end."""

    __tablename__ = "commitment_review"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    number: Mapped[int]
    """The version of the commitment that was looked at."""
    kind: Mapped[str]
    """``mid`` or ``end``."""
    reviewed_on: Mapped[dt.date]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    goals: Mapped[list[str]]
    """How each goal went, in its order."""
    scores: Mapped[list[int | None]] = mapped_column(JSON, default=list, server_default="[]")
    """0 to 10 for each goal that is an activity of the PSFS."""
    note: Mapped[str] = mapped_column(default="")


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
    content: Mapped[dict[str, Any] | None]
    """Times and places as printed, by key and without a name: what has changed since, is told."""


class PaperPrintRow(Row):
    """A letter, list or report that was printed: papers that have no versions to follow."""

    __tablename__ = "paper_print"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    kind: Mapped[str]
    of_id: Mapped[UUID | None] = mapped_column(index=True)
    """The group, session, colleague or room that it is about, where it is about one."""
    patient_id: Mapped[UUID | None] = mapped_column(ForeignKey("patient.id"), index=True)
    language: Mapped[str]
    digest: Mapped[str]
    """Of the content, never the content."""
    printed_at: Mapped[dt.datetime] = mapped_column(index=True)
    """UTC."""
    printed_by: Mapped[str]
    told: Mapped[dict[str, Any] | None]
    """What a letter told of the patient's times, by key and without a name."""


def ready_for_postgresql() -> None:
    """What only PostgreSQL is told. Saying it above would import its dialect at every start."""
    for index in EnrolmentRow.__table__.indexes:  # type: ignore[attr-defined]
        if index.name == "uq_enrolment_held":
            index.dialect_options["postgresql"]["where"] = text("last IS NULL")
