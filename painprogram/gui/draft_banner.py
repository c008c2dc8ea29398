"""What is planned and not yet told: how much, a look at it, and publish; hidden where all is told.

Whichever page shows a schedule hosts one, and calls ``reload`` when it reloads.
"""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from painprogram import i18n
from painprogram.domain.publications import Publication, State
from painprogram.gui.desk import Desk
from painprogram.gui.widgets.banner import Banner
from painprogram.i18n import _, ngettext
from painprogram.usecases import publications

_MOST_NAMED = 3


class DraftBanner(Banner):
    """Of the centre that is shown, or with ``show_group`` of one group."""

    shows = frozenset({"session", "leader", "link", "patient_group", "publication"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "pen", parent)
        self.setObjectName("draft_banner")
        self._desk = desk
        self._group: UUID | None = None
        self._of_centre = True
        self._drafts: tuple[State, ...] = ()
        self.look = self._button("show_changes", _("Show changes"), self._look)
        self.publish = self._button("publish_draft", _("Publish"), self._publish)

    def _button(self, name: str, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = self.add_button(text, pressed)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def show_group(self, group_id: UUID | None) -> None:
        """Speak of this group alone; of none: be quiet."""
        self._of_centre = False
        if group_id != self._group:
            self._group = group_id
            self._show(())
        self.reload()

    def reload(self) -> None:
        if self._of_centre:
            self._desk.work.run(
                self,
                self._show,
                publications.pending,
                self._desk.centre.id,
                self._desk.today(),
            )
        elif self._group is not None:
            self._desk.work.run(self, self._show_one, publications.state, self._group)

    def _show_one(self, found: State) -> None:
        if found.group_id == self._group:
            self._show((found,) if found.differs else ())

    def _show(self, found: tuple[State, ...]) -> None:
        self._drafts = found
        self.say(_told(found, named=self._of_centre), _("Draft"))
        for button, verb in ((self.look, self._look_at), (self.publish, self._tell)):
            menu = button.menu()
            button.setMenu(None)  # type: ignore[arg-type]  # PySide says it takes one
            if menu:
                menu.deleteLater()
            if len(found) > 1:
                button.setMenu(self._menu(button, verb))

    def _menu(self, button: QPushButton, verb: Callable[[QAction], object]) -> QMenu:
        menu = QMenu(button)
        for one in self._drafts:
            action = menu.addAction(f"{one.group_name.replace('&', '&&')} ({one.words})")
            action.setData(one.group_id)
        menu.triggered.connect(verb)
        return menu

    def _look(self) -> None:
        if len(self._drafts) == 1:
            self._desk.changes_asked.emit(self._drafts[0].group_id)

    def _look_at(self, action: QAction) -> None:
        self._desk.changes_asked.emit(action.data())

    def _publish(self) -> None:
        if len(self._drafts) == 1:
            self._send(self._drafts[0].group_id)

    def _tell(self, action: QAction) -> None:
        self._send(action.data())

    def _send(self, group_id: UUID) -> None:
        self._desk.work.run(self, self._sent, publications.publish, group_id)

    def _sent(self, made: Publication) -> None:
        name = next((x.group_name for x in self._drafts if x.group_id == made.group_id), "")
        self._desk.message.emit(
            _("{group} is published as version {number}.").format(group=name, number=made.number)
        )
        self.reload()


def _told(found: tuple[State, ...], *, named: bool) -> str:
    """``H26 A: 3 changes since version 2``; of many the first few."""
    if not named:
        return found[0].words if found else ""
    told = [_("{group}: {state}").format(group=x.group_name, state=x.words) for x in found]
    more = len(told) - _MOST_NAMED
    if more > 1:
        words = ngettext("{number} more group", "{number} more groups", more)
        told = [*told[:_MOST_NAMED], words.format(number=i18n.number(more))]
    return " · ".join(told)
