"""What stands on one patient's sheet, in whatever type it is printed."""

from dataclasses import dataclass, field
from datetime import date

from painprogram.documents.face import NO_FACE, Face
from painprogram.documents.schedule import SheetRow


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on one patient's sheet."""

    centre: str
    patient: str
    masked_number: str
    """Never the whole number: "19670312-••••"; empty for somebody without one."""
    programme: str
    """The name the patient may show others (public name, else the name)."""
    rows: tuple[SheetRow, ...]
    """In order of time; opted-out sessions are not rows but sentences in *not_attending*."""
    version: int
    dated: date
    """The day the content is from."""
    printed: date
    contact: str = ""
    contact_title: str = ""
    """Profession of the contact person, as after a name."""
    phone: str = ""
    phone_hours: str = ""
    """"måndag–fredag kl. 8.00–9.30"."""
    not_attending: tuple[str, ...] = ()
    """One sentence each, with its reason: "Du går inte på … 13 maj, eftersom …"."""
    bring: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    cancelling: tuple[str, ...] = ()
    """Lines under "Ta med", "Hitta hit", "Om du inte kan komma"; empty leaves the heading out."""
    sentences: tuple[str, ...] = ()
    """The commitment, one short sentence each."""
    goals: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    """Home practice. No goals, or no practice: three lines to write on are printed."""
    review: str = ""
    """When the goals are gone through together, one sentence."""
    signatures: tuple[str, ...] = ()
    """Who signs: the patient, and the contact person with profession. At most two."""
    replaces: int | None = None
    replaces_dated: date | None = None
    """The version this one replaces, and the day of its content."""
    language: str = ""
    """Of headings and dates, one of ``i18n.PAPER_LANGUAGES``; empty: the language in use."""
    face: Face = field(default=NO_FACE, repr=False)
    """Not what the paper says: a new colour makes no sheet out of date."""
