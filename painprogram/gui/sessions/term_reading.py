"""Reads a stretch of weeks aside: first what stands in it, then what stands against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from painprogram.domain.publications import SessionChange
from painprogram.gui.desk import Desk
from painprogram.usecases import clashes, publications, terms
from painprogram.usecases.clashes import Found
from painprogram.usecases.terms import Term

_What = tuple[UUID, date, date]
"""Centre, first and last day."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What comes after the sessions themselves: clashes, and what was told before."""

    found: tuple[Found, ...] = ()
    told: Mapping[UUID, SessionChange] = field(default_factory=dict)

    def of(self, term: Term) -> Term:
        return term.with_clashes(self.found).with_told(self.told)


class TermReader(QObject):
    """Only the answer to the newest question is told."""

    arrived = Signal(object)
    """``Term``: at once with what was known to stand against it, again where that is not so."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self._what: _What | None = None
        self._rest = _Rest()

    def read(self, first: date, last: date) -> None:
        self._asked += 1
        what: _What = (self._desk.centre.id, first, last)
        if what != self._what:
            self._what, self._rest = what, _Rest()
        self._desk.work.run(self, partial(self._stands, self._asked), terms.term, *what)

    def _stands(self, asked: int, term: Term) -> None:
        if asked != self._asked or self._what is None:
            return
        self.arrived.emit(self._rest.of(term))
        before = self._rest
        centre, first, last = self._what
        run, groups = self._desk.work.run, tuple(group.id for group in term.groups)
        run(self, partial(self._told, asked), publications.differences, groups)
        seen = partial(self._clash, asked, term, before)
        run(self, seen, clashes.found, first, last, centre, today=self._desk.today())

    def _told(self, asked: int, told: Mapping[UUID, SessionChange]) -> None:
        if asked == self._asked:
            self._rest = replace(self._rest, told=told)

    def _clash(self, asked: int, term: Term, before: _Rest, found: tuple[Found, ...]) -> None:
        if asked == self._asked:
            self._rest = replace(self._rest, found=found)
            if self._rest != before:
                self.arrived.emit(self._rest.of(term))
