"""Care providers, centres and what each has: staff, rooms, closed days, levels of its rules."""

import datetime as dt
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from painprogram.storage.tables.row import Row


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
    calendar_title: Mapped[str] = mapped_column(default="", server_default="")
    """What calendars of patients call a session; empty: the programme's public name."""
    calendar_alarm: Mapped[int | None]
    """Minutes before the start."""
    waiting_limit: Mapped[int] = mapped_column(default=60, server_default="60")
    """Days from referral to place that the centre holds itself to."""
    short_notice: Mapped[int] = mapped_column(default=2, server_default="2")
    """A change so many days before, or fewer, is one at short notice."""
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
    competences: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
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


class RuleSettingRow(Row):
    """How hard a centre takes a rule; without a row the rule's own level holds."""

    __tablename__ = "rule_setting"
    __table_args__ = (UniqueConstraint("centre_id", "rule"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    rule: Mapped[str]
    level: Mapped[str]
    most: Mapped[int | None]
    """The limit, for rules that have one."""


class PlanningWishRow(Row):
    """How much a centre wishes something of a plan; without a row the wish's own measure holds."""

    __tablename__ = "planning_wish"
    __table_args__ = (UniqueConstraint("centre_id", "wish"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    wish: Mapped[str]
    importance: Mapped[int]
    """0 not at all … 4 very important."""


class PaperFaceRow(Row):
    """A centre's own face on its papers, and where its envelopes have their window."""

    __tablename__ = "paper_face"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), unique=True)
    logo: Mapped[bytes | None]
    """A picture as it is drawn: PNG."""
    colour: Mapped[str] = mapped_column(default="")
    """Six hexadecimal digits; empty: the program's own."""
    sender: Mapped[str] = mapped_column(default="")
    footer: Mapped[str] = mapped_column(default="")
    envelope: Mapped[str] = mapped_column(default="h2")
    """``h2``, ``v2`` or ``own``."""
    window_start: Mapped[int | None]
    window_top: Mapped[int | None]
    window_width: Mapped[int | None]
    window_height: Mapped[int | None]
    """Tenths of a millimetre on the page, for an envelope of ``own`` measures."""
    fold: Mapped[str] = mapped_column(default="half")
    """``half``, ``thirds`` or ``none``."""
    forwarding: Mapped[str] = mapped_column(default="")
    """Where letters to somebody with protected identity are sent on from."""


class PaperTextRow(Row):
    """A centre's own words in place of the program's, in one language."""

    __tablename__ = "paper_text"
    __table_args__ = (UniqueConstraint("centre_id", "key", "language"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    key: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]


class TranslationRow(Row):
    """What a Swedish text of programmes, rooms or the centre is in another language.

    It belongs to the words: where they change, the translation is missing until it is written.
    """

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("centre_id", "language", "digest"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    language: Mapped[str]
    digest: Mapped[str]
    """SHA-256 of the Swedish, which may be too long for an index."""
    source: Mapped[str]
    text: Mapped[str]
    written_by: Mapped[str]


class LanguageApprovalRow(Row):
    """The centre has read the program's own texts of papers in a language, and stands for them."""

    __tablename__ = "language_approval"
    __table_args__ = (UniqueConstraint("centre_id", "language"),)

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    language: Mapped[str]
    digest: Mapped[str]
    """Of the texts that were approved: other texts are unreviewed again."""
    approved_by: Mapped[str]
    approved_on: Mapped[dt.date]


class WorkingTimeRow(Row):
    """A stretch of a colleague's base working week."""

    __tablename__ = "working_time"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    weeks: Mapped[str]
    """``every``, ``odd`` or ``even`` ISO weeks."""
    weekday: Mapped[int]
    """Monday = 0."""
    start: Mapped[dt.time]
    end: Mapped[dt.time]


class AbsenceRow(Row):
    """A colleague is away; why in medical terms is nobody's business, and not kept."""

    __tablename__ = "absence"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    start: Mapped[dt.datetime] = mapped_column(index=True)
    end: Mapped[dt.datetime]
    kind: Mapped[str]


class ExtraTimeRow(Row):
    """A colleague works outside the base week, this once."""

    __tablename__ = "extra_time"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    start: Mapped[dt.datetime] = mapped_column(index=True)
    end: Mapped[dt.datetime]


class BusySourceRow(Row):
    """A calendar file (or a folder of them) whose events make a colleague busy."""

    __tablename__ = "busy_source"
    __table_args__ = (UniqueConstraint("staff_id", "place"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    place: Mapped[str]
    """Path of the file or folder."""
    read_at: Mapped[dt.datetime]
    """UTC."""
    digest: Mapped[str]
    """Of the content that was read: the same again is not written again."""
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    """The days it was read for."""
    skipped: Mapped[int] = mapped_column(default=0)
    """Events that could not be read."""


class BusyRow(Row):
    """When a colleague is busy elsewhere. What with stays in their own calendar."""

    __tablename__ = "busy"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("busy_source.id"), index=True)
    start: Mapped[dt.datetime] = mapped_column(index=True)
    end: Mapped[dt.datetime]


class AcknowledgementRow(Row):
    """A broken rule that somebody took upon them, and why; asked again when the facts change."""

    __tablename__ = "acknowledgement"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    rule: Mapped[str]
    occasion_id: Mapped[UUID] = mapped_column(index=True)
    """A session's or a visit's key."""
    other_id: Mapped[UUID | None]
    facts: Mapped[str]
    """What the rule looked at: times, keys and counts, as text that can be compared."""
    reason: Mapped[str]
    acknowledged_by: Mapped[str]
    acknowledged_at: Mapped[dt.datetime]
    """UTC."""


class CalendarTargetRow(Row):
    """A calendar on a CalDAV server that is kept up to date; its password is not kept here."""

    __tablename__ = "calendar_target"

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    address: Mapped[str]
    account: Mapped[str]
    of_kind: Mapped[str]
    """``staff``, ``room`` or ``group``."""
    of_id: Mapped[UUID]
    pushed_at: Mapped[dt.datetime | None]
    """UTC."""


class PushedEventRow(Row):
    """An event as we last left it on the server: another's edit shows as another tag."""

    __tablename__ = "pushed_event"
    __table_args__ = (UniqueConstraint("target_id", "uid"),)

    target_id: Mapped[UUID] = mapped_column(ForeignKey("calendar_target.id"), index=True)
    uid: Mapped[str]
    address: Mapped[str]
    tag: Mapped[str]
    digest: Mapped[str]
