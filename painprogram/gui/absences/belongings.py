"""What somebody hands over, line by line, each with whom it goes to."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from painprogram import i18n
from painprogram.domain.people import Staff
from painprogram.gui import theme
from painprogram.gui.absences.rule import rule
from painprogram.gui.tokens import SPACE
from painprogram.gui.widgets.choice import Choice
from painprogram.gui.widgets.elided import Elided
from painprogram.i18n import _, ngettext
from painprogram.usecases.handovers import Belonging, Part, Passed


class Belongings(QScrollArea):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("belongings")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines: list[_Line] = []
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def show_belongings(
        self, found: Sequence[Belonging], colleagues: Sequence[Staff], leaving: Staff
    ) -> None:
        """Who was chosen for a thing stays chosen when the last day changes."""
        before = {line.belonging.key: line.to for line in self._lines if line.own}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lines = []
        for one in found:
            line = _Line(one, colleagues, leaving)
            if one.key in before:
                line.give(before[one.key])
            if self._lines:
                column.addWidget(rule())
            column.addWidget(line)
            self._lines.append(line)
        column.addStretch(1)
        self.setWidget(inside)

    @property
    def passed(self) -> tuple[Passed, ...]:
        return tuple(Passed(line.belonging, line.to) for line in self._lines)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        return tuple(line.box for line in self._lines)

    def give_all(self, to: UUID | None) -> None:
        """All of it to one; None: to the one who is proposed for each."""
        for line in self._lines:
            line.give(to or line.belonging.proposed)

    def _dress(self) -> None:
        palette = theme.palette(theme.tokens())
        palette.setColor(QPalette.ColorRole.Window, theme.tokens().base)
        self.viewport().setPalette(palette)
        self.viewport().setAutoFillBackground(True)


class _Line(QWidget):
    def __init__(self, one: Belonging, colleagues: Sequence[Staff], leaving: Staff) -> None:
        super().__init__()
        self.belonging = one
        self.setObjectName("belonging")
        self.box = Choice(22)
        self.box.setObjectName("to")
        self.box.setAccessibleName(f"{_title(one)}, {_facts(one)}")
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for person in sorted(colleagues, key=lambda person: _order(person, one, leaving)):
            words = [person.name, person.profession.label]
            if person.centre_id != leaving.centre_id:
                words.append(person.centre_name)
            self.box.offer(", ".join(words), person.id)
        self.box.offer(_nobody(one), None)
        self.give(one.proposed)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[0])
        grid.addWidget(Elided(_title(one), "strong"), 0, 0)
        grid.addWidget(Elided(_facts(one), "small", "text2"), 1, 0)
        grid.addWidget(self.box, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    @property
    def to(self) -> UUID | None:
        found = self.box.currentData()
        return found if isinstance(found, UUID) else None

    @property
    def own(self) -> bool:
        """Whether somebody else than the proposed is chosen."""
        return self.to != self.belonging.proposed

    def give(self, to: UUID | None) -> None:
        self.box.choose(to)


def _order(person: Staff, one: Belonging, leaving: Staff) -> tuple[bool, bool, bool]:
    """The proposed, then those with the profession, then the own centre's."""
    wanted = one.profession or leaving.profession
    return (
        person.id != one.proposed,
        person.profession is not wanted,
        person.centre_id != leaving.centre_id,
    )


def _title(one: Belonging) -> str:
    return one.title or one.part.label


def _facts(one: Belonging) -> str:
    """``Leder · 6 träffar · 12 jan – 23 feb``."""
    parts = [one.part.label] if one.title else []
    if one.part is Part.LEADS:
        told = ngettext("{number} session", "{number} sessions", one.many)
    elif one.part is Part.CONTACT:
        told = ngettext("{number} patient", "{number} patients", one.many)
    else:
        told = ngettext("{number} visit", "{number} visits", one.many)
    if one.part in (Part.LEADS, Part.CONTACT, Part.VISITS):
        parts.append(told.format(number=one.many))
    if one.first and one.last:
        parts.append(
            i18n.date_short(one.first)
            if one.first == one.last
            else f"{i18n.day_month(one.first)} – {i18n.date_short(one.last)}"
        )
    return " · ".join(parts)


def _nobody(one: Belonging) -> str:
    if one.part in (Part.LEADS, Part.VISITS):
        return _("Nobody yet: a clash until it is solved")
    return _("Nobody yet")
