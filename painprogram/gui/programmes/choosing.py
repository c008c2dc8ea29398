"""Colleagues to choose from."""

from collections.abc import Iterable
from uuid import UUID

from painprogram.domain.people import Staff
from painprogram.gui.widgets.choice import Choice


def offer_people(box: Choice, staff: Iterable[Staff], centre_id: UUID, nobody: str) -> None:
    """*nobody*, then those of the centre, then those of others with its name."""
    box.addItem(nobody, None)
    for person in sorted(staff, key=lambda one: one.centre_id != centre_id):
        words = [person.name, person.profession.label]
        if person.centre_id != centre_id:
            words.append(person.centre_name)
        box.addItem(", ".join(words), person.id)
