"""What a centre wishes of a plan, in words."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.domain.plans import Importance, PlanWish, as_usual
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow, PlanningWishRow


def wishes(database: Database, centre_id: UUID) -> dict[PlanWish, Importance]:
    """Every wish, with how much the centre wishes it."""
    with database.read() as db:
        return of_centre(db, centre_id)


def set_wish(
    database: Database, centre_id: UUID, wish: PlanWish, importance: Importance
) -> dict[PlanWish, Importance]:
    words = _("Change the wish {wish}").format(wish=wish.label)
    with database.change(words) as db:
        row = db.scalar(
            select(PlanningWishRow).where(
                PlanningWishRow.centre_id == centre_id, PlanningWishRow.wish == wish.value
            )
        )
        if row is None:
            centre = db.get_one(CentreRow, centre_id)
            row = PlanningWishRow(centre_id=centre.id, wish=wish.value, importance=0)
            db.add(row)
        row.importance = Importance(importance).value
        db.flush()
        return of_centre(db, centre_id)


def wishes_as_usual(database: Database, centre_id: UUID) -> dict[PlanWish, Importance]:
    """Take back everything that the centre has said."""
    with database.change(_("Set all wishes as usual")) as db:
        mine = select(PlanningWishRow).where(PlanningWishRow.centre_id == centre_id)
        for row in db.scalars(mine):
            db.delete(row)
        db.flush()
        return of_centre(db, centre_id)


# For the other use cases


def of_centre(db: Db, centre_id: UUID) -> dict[PlanWish, Importance]:
    return of_centres(db, (centre_id,))


def of_centres(db: Db, centre_ids: Iterable[UUID]) -> dict[PlanWish, Importance]:
    """Of several centres that plan together: as much as the one that wishes it most."""
    centres = tuple(dict.fromkeys(centre_ids))
    said = {
        (row.centre_id, row.wish): Importance(row.importance)
        for row in db.execute(
            select(
                PlanningWishRow.centre_id, PlanningWishRow.wish, PlanningWishRow.importance
            ).where(PlanningWishRow.centre_id.in_(centres))
        )
    }
    return {
        wish: max((said.get((centre, wish.value), usual) for centre in centres), default=usual)
        for wish, usual in as_usual().items()
    }
