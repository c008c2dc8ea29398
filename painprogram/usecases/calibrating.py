"""The sheet on which a centre sees where its printer and its envelopes put things."""

from collections.abc import Sequence
from datetime import date

from painprogram import i18n
from painprogram.documents import calibration as paper
from painprogram.documents.calibration import Calibration
from painprogram.domain.errors import Refused
from painprogram.domain.papers import Wanted
from painprogram.domain.progress import Progress
from painprogram.i18n import _
from painprogram.storage.database import Database
from painprogram.storage.tables import CentreRow
from painprogram.usecases import paper_faces
from painprogram.usecases.paper_batch import Batch, Item


def calibration(database: Database, progress: Progress, wanted: Wanted, today: date) -> Batch:
    """For the envelope of the centre, as it is set now."""
    progress.report(0)
    if wanted.centre is None:
        raise Refused(_("Choose the health centre whose envelopes it is for."))
    language = wanted.language or i18n.language()
    with i18n.using(language), database.read() as db:
        centre = db.get(CentreRow, wanted.centre)
        if centre is None:
            raise Refused(_("The health centre is no longer there."))
        face = paper_faces.of_centre(db, centre.id)
        content = Calibration(
            centre=centre.name,
            envelope=face.envelope,
            window=face.window,
            fold=face.fold,
            dated=today,
            language=language,
        )
        name = wanted.kind.label
    item = Item(content, language, centre.id, name, of_id=centre.id)
    return Batch(name, (item,), _draw)


def _draw(items: Sequence[Item], _progress: Progress) -> bytes:
    return paper.calibrations([item.content for item in items])
