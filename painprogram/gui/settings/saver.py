"""Saves edits one after another, each onto the newest version of its thing."""

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from painprogram.gui.work import Work
from painprogram.usecases import Database


class _Kept(Protocol):
    @property
    def id(self) -> UUID: ...


V = TypeVar("V", bound=_Kept)
Edit = Callable[[V], V]


class Saver(QObject, Generic[V]):
    """Two quick edits of one line would else meet as if they were two people's."""

    saved = Signal(object)
    """The value as it is now."""
    refused = Signal(str, str)
    """Why, and the part it was about."""

    def __init__(
        self, work: Work, update: Callable[[Database, V], V], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._update = update
        self._newest: dict[UUID, V] = {}
        self._waiting: list[tuple[UUID, Edit[V], str]] = []
        self._part = ""
        self._busy = False

    @property
    def busy(self) -> bool:
        return self._busy

    def know(self, values: Iterable[V]) -> None:
        """What has just been read; while something is being saved that is newer."""
        if not self._busy:
            self._newest = {value.id: value for value in values}

    def change(self, key: UUID, edit: Edit[V], part: str = "") -> None:
        self._waiting.append((key, edit, part))
        if not self._busy:
            self._next()

    def _next(self) -> None:
        while self._waiting:
            key, edit, self._part = self._waiting.pop(0)
            value = self._newest.get(key)
            if value is not None and edit(value) != value:
                self._busy = True
                task = self._work.run(self, self._done, self._update, edit(value))
                task.or_else(self._failed)
                return

    def _done(self, value: V) -> None:
        self._busy = False
        self._newest[value.id] = value
        self._next()
        self.saved.emit(value)

    def _failed(self, sentence: str) -> None:
        self._busy = False
        self._waiting.clear()  # they were made without knowing of the refusal
        self.refused.emit(sentence, self._part)
