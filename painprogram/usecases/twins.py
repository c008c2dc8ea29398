"""The Swedish behind a sheet in another language, so that staff can read what was handed out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session as Db

from painprogram.documents.sheet import Sheet
from painprogram.usecases import approvals, sheets
from painprogram.usecases.sheets import Filled


def of_sheets(
    db: Db,
    found: Sequence[Filled],
    papers: Sequence[tuple[Sheet, Any]],
    today: date,
    *,
    wanted: bool,
) -> list[Sheet | None]:
    """Of each of *papers*, made of *found*, the same in Swedish and in the same version.

    Those in another language have it where it is *wanted*, and where the centre of the patient has
    not approved the language; the others have None.
    """
    foreign = [one for one in found if one.sheet.language != "sv"]
    if not wanted and foreign:
        centres = {one.centre_id for one in foreign if one.centre_id is not None}
        unreviewed = approvals.unreviewed(db, centres)
        foreign = [one for one in foreign if (one.centre_id, one.sheet.language) in unreviewed]
    chosen = [one.enrolment.id for one in foreign]
    swedish = sheets.contents(db, chosen, today, "sv") if chosen else {}
    return [
        _same_version(swedish[one.enrolment.id].sheet, content)
        if one.enrolment.id in swedish
        else None
        for one, (content, _printout) in zip(found, papers, strict=True)
    ]


def _same_version(twin: Sheet, content: Sheet) -> Sheet:
    return replace(
        twin,
        version=content.version,
        dated=content.dated,
        replaces=content.replaces,
        replaces_dated=content.replaces_dated,
    )
