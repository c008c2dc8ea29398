"""How far each in the group has come, those first who must make something up."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from painprogram.domain.groups import Group
from painprogram.gui.desk import Desk
from painprogram.gui.programmes.seats_list import PeopleList, Told
from painprogram.gui.widgets.empty import Empty
from painprogram.i18n import _
from painprogram.usecases import completion
from painprogram.usecases.completion import Standing


class CompletionTab(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group: Group | None = None
        self.people = PeopleList("group_completion", _("How far each has come"))
        self.people.person_asked.connect(desk.patient_asked)
        self._nobody = Empty("people", _("Nobody has a place in the group yet."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.people)
        self._stack.addWidget(self._nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def show_group(self, group: Group) -> None:
        """Each reading is logged: only asked for while the tab is looked at."""
        if self._group is None or self._group.id != group.id:
            self.people.show_people(())
        self._group = group
        done = partial(self._show, group)
        self._desk.work.run(self, done, completion.of_group, group.id, self._desk.today())

    def _show(self, group: Group, found: tuple[Standing, ...]) -> None:
        if group is not self._group:
            return
        self.people.show_people(_told(one) for one in found)
        self._stack.setCurrentIndex(0 if found else 1)


def _told(one: Standing) -> Told:
    sign, colour = "clock", "text2"
    if one.completion.complete:
        sign, colour = "check", "ok"
    elif one.completion.lacking:
        sign, colour = "warning", "warn"
    text = f"{one.name}: {one.completion.told}"
    return Told(one.enrolment_id, one.patient_id, text, sign, colour)
