"""Who waits, who is placed where, and who came, from the command line."""

from argparse import Namespace
from datetime import date
from uuid import UUID

from painprogram.cli import finding
from painprogram.cli.listing import Entry, put, put_json
from painprogram.cli.output import say
from painprogram.cli.planning import key_of, reason_wanted
from painprogram.domain.attendance import AttendanceState
from painprogram.domain.errors import Refused
from painprogram.domain.filling import Waiting
from painprogram.domain.patients import Enrolment
from painprogram.i18n import _
from painprogram.usecases import (
    Database,
    attendance,
    enrolments,
    patients,
    schedules,
    seats,
    sessions,
    waiting,
)


def show_waiting(database: Database, wanted: Namespace, today: date) -> None:
    centre = finding.centre(database, wanted.centre).id if wanted.centre else None
    found = waiting.waiting(database, centre, today=today)
    if not found and not wanted.json:
        say(_("Nobody waits."))
        return
    head = (_("Name"), _("Health centre"), _("Programme"), _("Status"), _("Days"), _("Group"))
    lines = [
        (
            one.name,
            one.centre_name,
            one.programme_name,
            one.referral.status.label,
            f"{one.days}{' !' if one.over_limit else ''}",
            one.offered_group_name,
        )
        for one in found
    ]
    put([_waiting(one) for one in found], (head, lines), as_json=wanted.json)


def _waiting(one: Waiting) -> Entry:
    return {
        "order": one.order,
        "referral_id": one.referral.id,
        "patient_id": one.referral.patient_id,
        "name": one.name,
        "status": one.referral.status.value,
        "received": one.referral.values.received_on,
        "days": one.days,
        "limit": one.limit,
        "priority": int(one.referral.values.priority),
        "needs": list(one.referral.values.needs),
        "language": one.language,
        "interpreter": one.interpreter,
        "access_needs": [need.value for need in one.access],
        "times_not": [str(time) for time in one.times_not],
        "centre_id": one.referral.centre_id,
        "preferred_centre_id": one.referral.values.preferred_centre_id,
        "programme_id": one.referral.values.programme_id,
        "programme": one.programme_name,
        "offered_group": one.offered_group_name,
    }


def enrol(database: Database, wanted: Namespace, today: date) -> None:
    patient = finding.patient(database, wanted.patient)
    group = finding.group(database, wanted.group)
    first = wanted.on_day or today
    with reason_wanted():
        place = enrolments.enrol(
            database, patient, group.id, first, because=wanted.reason, today=today
        )
    if wanted.json:
        put_json(
            {"id": place.id, "patient_id": patient, "group_id": group.id, "first": place.first}
        )
    else:
        say(_("The patient has a place in {group}.").format(group=group.name))


def deviate(database: Database, wanted: Namespace, today: date) -> None:
    patient = finding.patient(database, wanted.patient)
    session = sessions.session(database, key_of(wanted.session))
    if (wanted.how == "swap") is not bool(wanted.to):
        raise Refused(_("A swap needs --to, and nothing else does."))
    place = _place(database, patient, wanted)
    answer = {"because": wanted.because, "today": today}
    with reason_wanted("--because"):
        if wanted.how == "swap":
            to = key_of(wanted.to)
            schedules.swap(database, place.id, session.id, to, wanted.reason, **answer)
        elif wanted.how == "add":
            schedules.add(database, place.id, session.id, wanted.reason, **answer)
        else:
            schedules.opt_out(database, place.id, session.id, wanted.reason)
    if wanted.json:
        put_json(
            {"enrolment_id": place.id, "session_id": session.id, "as": wanted.how, "to": wanted.to}
        )
    else:
        say(_("The own schedule differs at {title}.").format(title=session.numbered_title))


def _place(database: Database, patient: UUID, wanted: Namespace) -> Enrolment:
    """The patient's place in the group that is named, or the one whose schedule has the session."""
    held = [place for place in patients.enrolments(database, patient) if place.last is None]
    if wanted.group:
        group = finding.group(database, wanted.group).id
        held = [place for place in held if place.group_id == group]
    elif wanted.how != "add" and len(held) > 1:
        key = key_of(wanted.session)
        held = [
            place
            for place in held
            if any(one.id == key for one in sessions.sessions(database, place.group_id))
        ]
    if not held:
        raise Refused(_("The patient has no place in a group with this session."))
    if len(held) > 1:
        raise Refused(_("The patient is in several groups: say which with --group."))
    return held[0]


def note(database: Database, wanted: Namespace, today: date) -> None:
    patient = finding.patient(database, wanted.patient)
    state = AttendanceState(wanted.state.replace("-", "_"))
    key = key_of(wanted.session)
    done = attendance.note(database, key, patient, state, wanted.minutes, wanted.note, today=today)
    if wanted.json:
        put_json(
            {
                "session_id": key,
                "patient_id": patient,
                "state": state.value,
                "minutes": wanted.minutes,
                "corrected": len(done.marks) > 1,
            }
        )
    else:
        say(_("Noted: {state}").format(state=state.label.lower()))


def show_forecast(database: Database, wanted: Namespace, today: date) -> None:
    group = finding.group(database, wanted.group)
    found = seats.forecast(database, group.id, today)
    if wanted.json:
        put_json(
            {
                "group_id": group.id,
                "group": group.name,
                "decide_on": found.decide_on,
                "taken": found.group.taken,
                "minimum": found.group.minimum,
                "maximum": found.group.maximum,
                "offered": found.offered,
                "fitting": found.fitting,
                "passed": found.passed,
                "expected": found.expected,
                "enough": found.enough,
                "why": list(found.sentences),
            }
        )
        return
    say(f"{group.name}: {found.verdict}")
    for sentence in found.sentences:
        if sentence != found.verdict:
            say(f"  {sentence}")
    say(f"  {found.when}")
