"""The centres, their closed days, and starting a new one."""

from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload

from painprogram.domain.closures import Closure, ClosureKind
from painprogram.domain.errors import Refused
from painprogram.domain.names import folded
from painprogram.domain.people import Centre, CentreKind
from painprogram.domain.ways import NextStep, due
from painprogram.exchange.red_days import red_days
from painprogram.i18n import _
from painprogram.storage.changes import changed_by_another, expect
from painprogram.storage.database import Database
from painprogram.storage.tables import CareProviderRow, CentreRow, ClosureRow, ReferralRow

LONGEST_NAME = 200
LONGEST_CLOSURE = timedelta(days=366)
LONGEST_WAIT = 730
LONGEST_NOTICE = 30
"""Days, as a centre may set them."""
LONGEST_ALARM = 14 * 24 * 60
"""Minutes before a session."""


def centres(database: Database) -> tuple[Centre, ...]:
    """Every centre of the database, in order of name."""
    with database.read() as db:
        rows = db.scalars(select(CentreRow).options(joinedload(CentreRow.provider)))
        return tuple(sorted((as_centre(row) for row in rows), key=lambda c: folded(c.name)))


def centre(database: Database, centre_id: UUID) -> Centre:
    with database.read() as db:
        return as_centre(db.get_one(CentreRow, centre_id))


def add(
    database: Database,
    name: str,
    provider: str,
    *,
    kind: CentreKind = CentreKind.VARDCENTRAL,
    phone: str = "",
    phone_hours: str = "",
    address: str = "",
    directions: str = "",
    cancelling: str = "",
) -> Centre:
    """Add a centre; its care provider is found by name, or added too."""
    wanted = named(name, _("the health centre"))
    with database.change(_("Add health centre {name}").format(name=wanted)) as db:
        check_free(db, wanted)
        row = CentreRow(
            name=wanted,
            kind=kind,
            provider=provider_named(db, provider.strip() or wanted),
            phone=phone.strip(),
            phone_hours=phone_hours.strip(),
            address=address.strip(),
            directions=directions.strip(),
            cancelling=cancelling.strip(),
        )
        db.add(row)
        db.flush()
        return as_centre(row)


def update(database: Database, centre: Centre) -> Centre:
    """Change what is known of a centre; its care provider stays."""
    wanted = named(centre.name, _("the health centre"))
    title = _calendar_title(centre)
    with database.change(_("Change health centre {name}").format(name=wanted)) as db:
        row = db.get(CentreRow, centre.id)
        if row is None:
            raise changed_by_another()
        expect(row, centre.version)
        if wanted.casefold() != row.name.casefold():
            check_free(db, wanted)
        row.name = wanted
        row.kind = centre.kind
        row.phone = centre.phone.strip()
        row.phone_hours = centre.phone_hours.strip()
        row.address = centre.address.strip()
        row.directions = centre.directions.strip()
        row.cancelling = centre.cancelling.strip()
        row.half_day_until = centre.half_day_until
        row.calendar_title = title
        row.calendar_alarm = centre.calendar_alarm
        _set_days(db, row, centre)
        db.flush()
        return as_centre(row)


def _set_days(db: Db, row: CentreRow, centre: Centre) -> None:
    """With another limit, the day by which a place is to be offered moves on each way."""
    for days, most in (
        (centre.waiting_limit, LONGEST_WAIT),
        (centre.short_notice, LONGEST_NOTICE),
    ):
        if not 0 <= days <= most:
            raise Refused(_("Write days from 0 to {most}.").format(most=most))
    if centre.waiting_limit != row.waiting_limit:
        waiting = select(ReferralRow).where(
            ReferralRow.centre_id == row.id, ReferralRow.next_step == NextStep.OFFER
        )
        for way in db.scalars(waiting).all():
            usual = due(NextStep.OFFER, way.status_on, way.received_on, row.waiting_limit)
            if way.next_on == usual:  # nobody has chosen another day
                way.next_on = due(
                    NextStep.OFFER, way.status_on, way.received_on, centre.waiting_limit
                )
    row.waiting_limit, row.short_notice = centre.waiting_limit, centre.short_notice


def rename_provider(database: Database, centre_id: UUID, name: str) -> Centre:
    """Correct the name of the centre's care provider, for all its centres.

    Refused where another care provider is called so: two are never made one by their name.
    """
    wanted = named(name, _("the care provider"))
    with database.change(_("Rename care provider to {name}").format(name=wanted)) as db:
        row = db.get_one(CentreRow, centre_id)
        found = _provider_called(db, wanted)
        if found is not None and found.id != row.provider_id:
            raise Refused(
                _(
                    "There is already a care provider called {name}, with centres of its own. "
                    "A centre stays with its care provider."
                ).format(name=wanted)
            )
        row.provider.name = wanted
        db.flush()
        return as_centre(row)


def close(database: Database, centre_id: UUID, first: date, last: date, reason: str) -> Closure:
    """Add a closed day or week of the centre's own."""
    wanted = " ".join(reason.split())[:LONGEST_NAME]
    if not wanted:
        raise Refused(_("Write why it is closed: it stands in the schedule and on the papers."))
    if last < first:
        raise Refused(_("The last closed day is before the first. Choose a later last day."))
    if last - first > LONGEST_CLOSURE:
        raise Refused(_("The closed days last for more than a year. Look at the year of each day."))
    with database.change(_("Add closed days: {reason}").format(reason=wanted)) as db:
        row = ClosureRow(centre_id=centre_id, first=first, last=last, reason=wanted)
        db.add(row)
        db.flush()
        return _as_closure(row)


def reopen(database: Database, closure_id: UUID) -> None:
    """Take away a closed day or week of the centre's own."""
    with database.change(_("Remove closed days")) as db:
        row = db.get(ClosureRow, closure_id)
        if row is None:
            raise changed_by_another()
        db.delete(row)


def closures(database: Database, centre_id: UUID, first: date, last: date) -> tuple[Closure, ...]:
    """All that is closed at the centre from *first* to *last*: red days, eves and its own days."""
    with database.read() as db:
        return closures_of(db, centre_id, first, last)


def closures_of(db: Db, centre_id: UUID, first: date, last: date) -> tuple[Closure, ...]:
    half: time | None = db.scalar(select(CentreRow.half_day_until).where(CentreRow.id == centre_id))
    own = db.scalars(
        select(ClosureRow)
        .where(
            ClosureRow.centre_id == centre_id, ClosureRow.last >= first, ClosureRow.first <= last
        )
        .order_by(ClosureRow.first)
    )
    return (*red_days(first, last, half), *(_as_closure(row) for row in own))


def named(text: str, what: str) -> str:
    """*text* without the white space around it; refused when nothing is left."""
    cleaned = " ".join(text.split())
    if not cleaned:
        raise Refused(_("Write a name for {what}.").format(what=what))
    if len(cleaned) > LONGEST_NAME:
        raise Refused(
            _("The name of {what} is too long: {most} characters at most.").format(
                what=what, most=LONGEST_NAME
            )
        )
    return cleaned


def _calendar_title(centre: Centre) -> str:
    """What calendars say in place of the programme's name, with a reminder that makes sense."""
    if centre.calendar_alarm is not None and not 0 <= centre.calendar_alarm <= LONGEST_ALARM:
        raise Refused(_("A reminder comes at most two weeks before the session."))
    cleaned = " ".join(centre.calendar_title.split())
    return named(cleaned, _("sessions in calendars")) if cleaned else ""


def as_centre(row: CentreRow) -> Centre:
    return Centre(
        id=row.id,
        name=row.name,
        provider_id=row.provider_id,
        kind=CentreKind(row.kind),
        provider_name=row.provider.name,
        phone=row.phone,
        phone_hours=row.phone_hours,
        address=row.address,
        directions=row.directions,
        cancelling=row.cancelling,
        half_day_until=row.half_day_until,
        calendar_title=row.calendar_title,
        calendar_alarm=row.calendar_alarm,
        waiting_limit=row.waiting_limit,
        short_notice=row.short_notice,
        version=row.version,
    )


def _as_closure(row: ClosureRow) -> Closure:
    return Closure(ClosureKind.OWN, row.first, row.last, row.reason, None, row.id)


def provider_named(db: Db, name: str) -> CareProviderRow:
    """The care provider called *name*, or a new one."""
    wanted = named(name, _("the care provider"))
    return _provider_called(db, wanted) or CareProviderRow(name=wanted)


def _provider_called(db: Db, name: str) -> CareProviderRow | None:
    """Told apart as people read: not by capitals, which engines fold differently."""
    rows = db.scalars(select(CareProviderRow))
    return next((row for row in rows if row.name.casefold() == name.casefold()), None)


def check_free(db: Db, name: str) -> None:
    """Refuse a centre of a name that another has."""
    if any(taken.casefold() == name.casefold() for taken in db.scalars(select(CentreRow.name))):
        raise Refused(_("There is already a health centre called {name}.").format(name=name))
