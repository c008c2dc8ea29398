"""What every page has at hand: the work lanes, whose centre it is, today, and where to go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from painprogram.domain.people import Centre
from painprogram.gui.work import Work
from painprogram.settings import Settings


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be previewed and printed, and what it was asked from: see ``domain.papers``.

    The window offers what else makes sense for the patient, group, session, colleague or room.
    """

    kind: str
    """The paper that is shown first: a ``Kind``."""
    group_id: UUID | None = None
    enrolment_id: UUID | None = None
    places: tuple[UUID, ...] = ()
    """Just these places, of whatever groups."""
    patient_id: UUID | None = None
    session_id: UUID | None = None
    staff_id: UUID | None = None
    room_id: UUID | None = None
    day: date | None = None
    """Everybody who comes to the centre on that day."""
    letter: str = ""
    """Which letter is shown first: a ``LetterKind``."""
    order: str = "name"
    """In which order several come first: an ``Order``."""


class Desk(QObject):
    """Pages say here what they want to see elsewhere; the main window takes them there."""

    centre_changed = Signal()
    message = Signal(str)
    changed = Signal(frozenset)
    """The tables in which something has changed, by us or by others: for open dialogs."""
    patient_asked = Signal(object)
    """A patient's key."""
    session_asked = Signal(object)
    """A ``Session`` or ``Visit``: shown on the schedule in its week."""
    group_asked = Signal(object)
    """A group's key: shown among the programmes."""
    start_asked = Signal()
    """Start a group."""
    paper_asked = Signal(object)
    """A ``Paper``: previewed, printed, saved."""
    translations_asked = Signal(str)
    """The settings where the texts of papers are translated into a language."""
    calendar_asked = Signal(str, object)
    """What to export a calendar of (``group``, ``patient``, ``staff``, ``room``) and its key."""

    changes_asked = Signal(object)
    """A group's key: what its draft changes since it was published, and the earlier versions."""
    queue_asked = Signal()
    """The sheets that are out of date."""
    absence_asked = Signal(object)
    """Enter an absence, of a colleague whose key it is, or of one still to be chosen (None)."""
    handover_asked = Signal(object)
    """A colleague's key: what they own and lead goes to somebody else."""
    common_time_asked = Signal(object)
    """A ``Session`` to find another time for, or None to find a time for anything."""
    start_like_asked = Signal(object, bool)
    """A group's key: start a new run of it, or (True) one that runs beside it."""
    waiting_asked = Signal(object)
    """The waiting list; with a group's key, who its free places are proposed to."""
    confirming_asked = Signal()
    """Patients whose group has begun or ended: to be confirmed."""
    attendance_asked = Signal(object)
    """A session's or a visit's key: its attendance list."""
    plan_asked = Signal(object)
    """Propose a plan: a ``PlanWanted`` to begin with, or None for what the schedule shows."""
    settings_asked = Signal(str)
    """A section of the settings, by its name."""
    import_asked = Signal(str)
    """Read a list from a file: ``patients`` or ``staff``."""
    export_asked = Signal(str)
    """Save a list as a file: ``patients`` or ``staff``."""

    def __init__(
        self, work: Work, settings: Settings, centre: Centre, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.work = work
        self.settings = settings
        self.today = today
        self._centre = centre

    @property
    def centre(self) -> Centre:
        """The centre the window shows."""
        return self._centre

    def show_centre(self, centre: Centre) -> None:
        self._centre = centre
        self.centre_changed.emit()
