"""The ways of the example's patients: who was referred, who waits, who came, who has signed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from painprogram.domain.actors import Actor
from painprogram.domain.attendance import AttendanceState
from painprogram.domain.groups import Group
from painprogram.domain.people import Staff
from painprogram.domain.planning import monday
from painprogram.domain.referrals import Priority, ReferralValues
from painprogram.domain.ways import ReferralKind, WayStatus
from painprogram.storage.database import Database
from painprogram.usecases import attendance, commitments, sessions, signing, ways

Data = dict[str, Any]
_FROM = (
    "Dr Eva Lind",
    "Dr Mikael Öberg",
    "Sjuksköterska på mottagningen",
    "Region Västervikens ortopedi",
)
_NEEDS = (("sömn",), ("oro inför rörelse",), ("återgång i arbete",), ())
_BEFORE_PLACE = timedelta(days=40)
_RECEIVED = (16, 67, 34, 84, 27, 55, 9, 48)
"""Days since the referral of those who wait, in turn."""
_AWAY = (
    (AttendanceState.EXCUSED, None, "Läkarbesök"),
    (AttendanceState.LATE, 10, ""),
    (AttendanceState.NO_SHOW, None, ""),
    (AttendanceState.PARTLY, 25, "Gick tidigare"),
)
_SIGNED, _TO_CONFIRM = 7, 2


class Ways:
    def __init__(self, database: Database, today: date, staff: Mapping[str, Staff]) -> None:
        self._database, self._today, self._staff = database, today, staff
        self._referrals: dict[str, UUID] = {}

    def _as(self, name: str) -> None:
        person = self._staff[name]
        self._database.actor = Actor(name, person.centre_id, person.id)

    def refer(
        self, patients: Mapping[str, Data], keys: Mapping[str, UUID], placed: Mapping[str, date]
    ) -> None:
        """Everybody has a referral or a wish of their own; who has no place waits, or soon does."""
        waiting = 0
        for number, (name, data) in enumerate(patients.items()):
            self._as(data["contact"])
            if name in placed:
                day = placed[name] - _BEFORE_PLACE
                self._referrals[name] = self._receive(keys[name], number, day)
                continue
            received = self._today - timedelta(days=_RECEIVED[waiting % len(_RECEIVED)])
            referral = self._receive(keys[name], number, received)
            waiting += 1
            for status, days in ((WayStatus.ASSESSED, 5), (WayStatus.WAITING, 8)):
                if received + timedelta(days=days) <= self._today:
                    ways.step(
                        self._database,
                        referral,
                        status,
                        received + timedelta(days=days),
                        today=self._today,
                    )

    def _receive(self, patient_id: UUID, number: int, received: date) -> UUID:
        own = number % 5 == 4  # noqa: PLR2004 -- every fifth asks for it without a referral
        values = ReferralValues(
            received,
            ReferralKind.OWN if own else ReferralKind.REFERRAL,
            "" if own else _FROM[number % len(_FROM)],
            "Långvarig smärta, vill lära sig hantera den",
            _NEEDS[number % len(_NEEDS)],
            Priority.BEFORE_OTHERS if number % 9 == 8 else Priority.USUAL,  # noqa: PLR2004
        )
        found = ways.receive(self._database, patient_id, values, today=self._today)
        return found.id

    def begin(self, names: list[str], day: date) -> None:
        """Most of those whose group has begun are under way; the last few are to be confirmed."""
        for name in names[:-_TO_CONFIRM]:
            ways.step(
                self._database, self._referrals[name], WayStatus.UNDER_WAY, day, today=self._today
            )

    def attend(self, group: Group) -> None:
        """Everybody came but one, who differs; what was held this week is still to be noted."""
        self._as(group.owner_name)
        this_week = monday(self._today)
        held = [
            one
            for one in sessions.sessions(self._database, group.id)
            if one.start.date() < this_week and not one.cancelled and not one.linked
        ]
        for number, session in enumerate(held):
            roster = attendance.sheet_of(self._database, session.id).attendees
            if number % 2 and roster:
                state, minutes, note = _AWAY[number // 2 % len(_AWAY)]
                who = roster[number % len(roster)].patient_id
                day = session.start.date()
                attendance.note(self._database, session.id, who, state, minutes, note, today=day)
            attendance.note_rest(
                self._database, session.id, AttendanceState.PRESENT, session.start.date()
            )

    def sign(self, places: Mapping[str, UUID], group_patients: list[str], owner: str) -> None:
        """Most of those who have agreed on a commitment have also signed it."""
        self._as(owner)
        signed = 0
        for name in group_patients:
            found = commitments.commitment(self._database, places[name])
            if found.agreed_on and signed < _SIGNED:
                day = min(self._today, found.agreed_on + timedelta(days=7))
                signing.sign(self._database, found, day)
                signed += 1
