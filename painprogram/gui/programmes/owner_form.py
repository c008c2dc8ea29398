"""Who answers for a group or a programme, and who stands in for them."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from painprogram.domain.groups import Group
from painprogram.domain.people import Staff
from painprogram.gui.desk import Desk
from painprogram.gui.programmes.choosing import offer_people
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.form import Form
from painprogram.i18n import _
from painprogram.usecases import groups, programmes, staff
from painprogram.usecases.programmes import Offered


class OwnerForm(Form):
    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        key: UUID | str,
        chosen: tuple[UUID | None, UUID | None],
        usecase: Callable[..., object],
    ) -> None:
        super().__init__(parent, _("Owner and deputy"), _("Change owner"), self._save)
        self._desk, self._key, self._chosen, self._usecase = desk, key, chosen, usecase
        self.setObjectName("owner_form")
        self.owner, self.deputy = Choice(28), Choice(28)
        self.add(_("Owner"), self.owner, "owner")
        self.add(_("Deputy"), self.deputy, "deputy")
        self.button.setEnabled(False)
        desk.work.run(self, self._offer, staff.staff).or_else(self.fail)

    def _offer(self, people: tuple[Staff, ...]) -> None:
        for box, nobody, chosen in zip(
            (self.owner, self.deputy), (_("Nobody yet"), _("Nobody")), self._chosen, strict=True
        ):
            offer_people(box, people, self._desk.centre.id, nobody)
            box.choose(chosen)
        self.button.setEnabled(True)

    def _save(self) -> None:
        self._desk.work.run(
            self,
            self._done,
            self._usecase,
            self._key,
            self.owner.currentData(),
            self.deputy.currentData(),
        ).or_else(self.fail)

    def _done(self, _result: object) -> None:
        self.accept()


def of_group(desk: Desk, group: Group, parent: QWidget) -> OwnerForm:
    return OwnerForm(desk, parent, group.id, (group.owner_id, group.deputy_id), groups.set_owner)


def of_programme(desk: Desk, offered: Offered, parent: QWidget) -> OwnerForm:
    return OwnerForm(
        desk,
        parent,
        offered.content.key,
        (offered.owner_id, offered.deputy_id),
        programmes.set_owner,
    )
