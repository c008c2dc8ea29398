"""The journal read back: what was done last, and is not taken back yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from painprogram.storage.changes import Change, from_json
from painprogram.storage.tables import journal

FARTHEST = 1000
"""So many lines are looked through."""


def newest_done(db: Db, who: str) -> Change | None:
    """What *who* did last of all that is not taken back and may be; None where nothing is left.

    A line that takes back a taking back (redo) counts as what it brings back.
    """
    lines = db.execute(
        select(journal.c.seq, journal.c.who, journal.c.undoable, journal.c.undoes)
        .order_by(journal.c.seq.desc())
        .limit(FARTHEST)
    )
    taken_back = set()
    for line in lines:
        if line.seq in taken_back:
            continue
        if line.undoes is not None:
            taken_back.add(line.undoes)
        elif line.undoable and line.who == who:
            found = db.execute(select(journal).where(journal.c.seq == line.seq)).one()
            return Change.undoable(found.label, from_json(found.changes), found.seq)
    return None
