"""Writes what is left in a field, one after the other, each onto the newest version."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from painprogram.domain.commitments import Commitment
from painprogram.domain.patients import Patient
from painprogram.gui.work import Work
from painprogram.usecases import Database, commitments, patients

T = TypeVar("T")


class Saver(QObject, Generic[T]):
    """Holds the newest *value* known; ``put`` writes one part of it.

    Leaving two fields quickly would else write the second onto a version that is already old.
    """

    saved = Signal(str, object)
    """The part, and the whole value as it is now."""
    refused = Signal(str, str)
    """The part, and why."""

    def __init__(
        self,
        work: Work,
        value: T,
        write: Callable[[Database, T, str, Any], T],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._write = write
        self._waiting: dict[str, Any] = {}
        self._under_way: str | None = None
        self.value = value

    @property
    def busy(self) -> bool:
        return self._under_way is not None

    def refresh(self, value: T) -> None:
        """What has been read anew; what is being written is newer still."""
        if not self.busy:
            self.value = value

    def put(self, part: str, what: Any) -> None:
        self._waiting[part] = what
        if not self.busy:
            self._next()

    def _next(self) -> None:
        if self._waiting:
            part = next(iter(self._waiting))
            what = self._waiting.pop(part)
            self._under_way = part
            self._work.run(self, self._done, self._write, self.value, part, what).or_else(
                self._refused
            )

    def _done(self, value: T) -> None:
        part, self._under_way = self._under_way or "", None
        self.value = value
        self.saved.emit(part, value)
        self._next()

    def _refused(self, sentence: str) -> None:
        part, self._under_way = self._under_way or "", None
        self.refused.emit(part, sentence)
        self._next()


def write_patient(database: Database, patient: Patient, part: str, what: Any) -> Patient:
    return patients.update(database, replace(patient, **{part: what}))


def write_commitment(
    database: Database, commitment: Commitment, part: str, lines: tuple[Any, ...]
) -> Commitment:
    parts: dict[str, Any] = {
        "sentences": commitment.sentences,
        "goals": commitment.scored,
        "home": commitment.home,
        part: lines,
    }
    goals = parts.pop("goals")
    return commitments.write(
        database,
        commitment,
        goals=[goal for goal, _score in goals],
        scores=[score for _goal, score in goals],
        **parts,
    )
