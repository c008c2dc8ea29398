"""When somebody is busy by a calendar file: what counts, until when, and on which clock."""

from datetime import date, datetime

import pytest

from painprogram.domain.availability import Span
from painprogram.exchange.busy import BusyTimes, merged, read
from painprogram.exchange.foreign_events import SkipReason

FIRST, LAST = date(2026, 10, 25), date(2028, 5, 22)
HERE = ";TZID=Europe/Stockholm:"


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))
    return text.replace("\n", "\r\n").encode()


def found(*parts: str) -> BusyTimes:
    return read(calendar(*parts), FIRST, LAST)


def spans(*parts: str) -> list[str]:
    """``2026-11-24 09:00/10:30``, with the day of the end where it is another."""
    return [
        f"{span.start:%Y-%m-%d %H:%M}/"
        + f"{span.end:%H:%M}" * (span.start.date() == span.end.date())
        + f"{span.end:%d %H:%M}" * (span.start.date() != span.end.date())
        for span in found(*parts).spans
    ]


def of(*lines: str) -> list[str]:
    return spans(event(*lines))


def reasons(*lines: str) -> list[SkipReason]:
    told = found(event(*lines, uid="bad"), event("DTSTART:20261124T090000", "DURATION:PT1H"))
    assert len(told.spans) == 1  # the others are read all the same
    return [each.reason for each in told.skipped]


NINE = f"DTSTART{HERE}20261124T090000"
TEN = f"DTEND{HERE}20261124T100000"
DAY = "DTSTART;VALUE=DATE:20261124"


# What makes busy.


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        ([], True),
        (["TRANSP:OPAQUE"], True),
        (["TRANSP:TRANSPARENT"], False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:TRANSPARENT"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"], False),
        (["STATUS:TENTATIVE"], True),
        (["STATUS:CANCELLED"], False),
        (["status:cancelled", "x-microsoft-cdo-busystatus:busy"], False),
    ],
)
def test_that_the_time_is_taken_where_the_calendar_says_so(lines: list[str], *, busy: bool) -> None:
    told = found(event(NINE, TEN, *lines))

    assert bool(told.spans) is busy
    assert told.free == (not busy)


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        ([], False),
        (["TRANSP:OPAQUE"], True),
        (["TRANSP:TRANSPARENT"], False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"], False),
    ],
)
def test_that_a_whole_day_is_taken_only_where_the_calendar_says_so(
    lines: list[str], *, busy: bool
) -> None:
    assert of(DAY, *lines) == (["2026-11-24 00:00/25 00:00"] if busy else [])


def test_that_a_whole_day_may_be_told_by_hours() -> None:
    midnights = (f"DTSTART{HERE}20261124T000000", f"DTEND{HERE}20261125T000000")

    assert of(*midnights, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE") == []
    assert len(of(*midnights)) == 1


@pytest.mark.parametrize("method", ["CANCEL", "CANCELLED", "cancel"])
def test_that_a_cancelling_calendar_makes_nobody_busy(method: str) -> None:
    told = found(f"METHOD:{method}", event(NINE, TEN), event(NINE, TEN, uid="2"))

    assert (told.spans, told.events, told.free) == ((), 2, 2)


def test_that_our_own_sessions_do_not_make_busy() -> None:
    data = calendar(event(NINE, TEN, uid="4711@painprogram"))

    assert read(data, FIRST, LAST, ours="@painprogram") == BusyTimes((), events=1, free=1)
    assert len(read(data, FIRST, LAST).spans) == 1


def test_that_a_list_of_busy_times_is_read() -> None:
    told = spans(
        "BEGIN:VFREEBUSY",
        "FREEBUSY:20261124T080000Z/20261124T090000Z,20261125T080000Z/PT30M",
        "FREEBUSY;FBTYPE=FREE:20261126T080000Z/PT1H",
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261127T080000Z/PT1H",
        "END:VFREEBUSY",
    )

    assert told == [
        "2026-11-24 09:00/10:00",
        "2026-11-25 09:00/09:30",
        "2026-11-27 09:00/10:00",
    ]


def test_that_reminders_and_tasks_take_no_time() -> None:
    assert spans(event(NINE, "BEGIN:VALARM", "DURATION:PT1H", "END:VALARM")) == []
    assert spans("BEGIN:VTODO", NINE, TEN, "END:VTODO") == []


# How long.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([NINE, TEN], "2026-11-24 09:00/10:00"),
        ([NINE, "DURATION:PT1H30M"], "2026-11-24 09:00/10:30"),
        ([NINE, "DURATION:P1DT2H"], "2026-11-24 09:00/25 11:00"),
        ([NINE, "DURATION:P1W"], "2026-11-24 09:00/01 09:00"),
        ([DAY, "TRANSP:OPAQUE"], "2026-11-24 00:00/25 00:00"),
        ([DAY, "TRANSP:OPAQUE", "DTEND;VALUE=DATE:20261124"], "2026-11-24 00:00/25 00:00"),
        ([DAY, "TRANSP:OPAQUE", "DURATION:P2D"], "2026-11-24 00:00/26 00:00"),
        ([NINE, "DTEND:20261124T100000Z"], "2026-11-24 09:00/11:00"),
    ],
)
def test_that_an_event_lasts_as_it_says(lines: list[str], expected: str) -> None:
    assert of(*lines) == [expected]


def test_that_what_overlaps_is_one_busy_time() -> None:
    day = datetime(2026, 11, 24)
    at = [day.replace(hour=hour) for hour in range(24)]

    assert merged([Span(at[10], at[11]), Span(at[8], at[9]), Span(at[9], at[10])]) == (
        Span(at[8], at[11]),
    )
    assert merged([Span(at[8], at[12]), Span(at[9], at[10]), Span(at[13], at[14])]) == (
        Span(at[8], at[12]),
        Span(at[13], at[14]),
    )


def test_that_only_the_days_asked_for_are_told() -> None:
    data = calendar(
        event("DTSTART:20261120T090000", "DTEND:20261124T090000"),
        event("DTSTART:20261125T200000", "RRULE:FREQ=DAILY", "DURATION:PT8H", uid="2"),
    )
    told = read(data, date(2026, 11, 23), date(2026, 11, 26)).spans

    assert told == (
        Span(datetime(2026, 11, 23), datetime(2026, 11, 24, 9)),
        Span(datetime(2026, 11, 25, 20), datetime(2026, 11, 26, 4)),
        Span(datetime(2026, 11, 26, 20), datetime(2026, 11, 27)),
    )


# Clocks.


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Stockholm", "09:00"),
        ("America/New_York", "15:00"),
        ("Asia/Kolkata", "04:30"),
        ("W. Europe Standard Time", "09:00"),
        ('"Eastern Standard Time"', "15:00"),
        ("/mozilla.org/20070129_1/Europe/Helsinki", "08:00"),
        ("/freeassociation.sourceforge.net/America/Argentina/Ushuaia", "13:00"),
        ("UTC", "10:00"),
        ("tzone://Microsoft/Utc", "10:00"),
    ],
)
def test_that_every_zone_is_shown_on_the_clock_here(zone: str, expected: str) -> None:
    told = of(f"DTSTART;TZID={zone}:20261124T090000", "DURATION:PT15M")

    assert told[0].startswith(f"2026-11-24 {expected}/")


def test_that_a_time_without_a_zone_is_meant_here() -> None:
    assert of("DTSTART:20261124T090000", "DTEND:20261124T100000") == ["2026-11-24 09:00/10:00"]


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:(UTC+02:00) Helsinki; Kyiv: Riga
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    "start", ["20261124T090000", "20270327T090000", "20270328T090000", "20271031T090000"]
)
def test_that_a_zone_may_be_defined_in_the_file(start: str) -> None:
    at = f'DTSTART;TZID="(UTC+02:00) Helsinki; Kyiv: Riga":{start}'

    day = f"{start[:4]}-{start[4:6]}-{start[6:8]}"
    assert spans(OWN_ZONE, event(at, "DURATION:PT1H")) == [f"{day} 08:00/09:00"]


def test_that_a_definition_may_name_its_city() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Hemma\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE"

    told = spans(zone, event("DTSTART;TZID=Hemma:20261124T170000", "DURATION:PT1H"))
    assert told == ["2026-11-24 09:00/10:00"]


def test_that_a_weekly_time_stays_on_the_clock_over_both_switches() -> None:
    told = of(f"DTSTART{HERE}20261018T093000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=30")

    assert {each[11:] for each in told} == {"09:30/10:30"}
    assert len(told) == 29
    assert {"2026-10-25 09:30/10:30", "2027-03-28 09:30/10:30"} <= set(told)


def test_that_a_weekly_time_elsewhere_moves_when_only_one_clock_is_changed() -> None:
    told = of(
        "DTSTART;TZID=America/New_York:20270308T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=4",
    )

    assert [each[:16] for each in told] == [
        "2027-03-08 15:00",
        "2027-03-15 14:00",
        "2027-03-22 14:00",
        "2027-03-29 15:00",
    ]


def test_that_the_hour_that_comes_twice_and_the_one_that_never_comes_are_told() -> None:
    assert of("DTSTART:20261025T003000Z", "DTEND:20261025T013000Z") == ["2026-10-25 02:30/03:30"]
    assert of(f"DTSTART{HERE}20270328T013000", "DURATION:PT2H") == ["2027-03-28 01:30/04:30"]
    assert of(f"DTSTART{HERE}20270328T023000", "DURATION:PT1H") == ["2027-03-28 03:30/04:30"]


# Series.

WEEKLY = (f"DTSTART{HERE}20261102T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4")


def days(*parts: str) -> list[str]:
    return [each[:10] for each in spans(*parts)]


def test_that_exceptions_are_left_out_however_they_are_written() -> None:
    for exceptions in (
        [f"EXDATE{HERE}20261109T090000,20261116T090000"],
        ["EXDATE:20261109T080000Z", "EXDATE:20261116T080000Z"],
        ["EXDATE;VALUE=DATE:20261109,20261116"],
        ["EXDATE;TZID=W. Europe Standard Time:20261109T090000,20261116T090000,"],
        ["EXRULE:FREQ=WEEKLY;COUNT=3", f"RDATE{HERE}20261102T090000"],
    ):
        told = days(event(*WEEKLY, *exceptions))
        assert told[0] == "2026-11-02"
        assert told[-1] == "2026-11-23"
        assert len(told) == 2


def test_that_a_series_of_whole_days_may_have_exceptions_with_a_time() -> None:
    told = days(event(DAY, "TRANSP:OPAQUE", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261201T000000"))
    assert told == ["2026-11-24", "2026-12-08"]


def test_that_an_additional_day_may_have_a_length_of_its_own() -> None:
    told = of(NINE, TEN, "RDATE;VALUE=PERIOD;TZID=Europe/Stockholm:20261125T090000/PT2H")
    assert told == ["2026-11-24 09:00/10:00", "2026-11-25 09:00/11:00"]


def test_that_a_moved_a_freed_and_a_cancelled_occurrence_are_not_where_they_were() -> None:
    told = spans(
        event(*WEEKLY),
        event("RECURRENCE-ID:20261109T080000Z", f"DTSTART{HERE}20261110T140000", "DURATION:PT2H"),
        event(f"RECURRENCE-ID{HERE}20261116T090000", NINE, TEN, "STATUS:CANCELLED"),
        event(f"RECURRENCE-ID{HERE}20261123T090000", NINE, TEN, "TRANSP:TRANSPARENT"),
    )

    assert told == ["2026-11-02 09:00/10:00", "2026-11-10 14:00/16:00"]


def test_that_an_occurrence_may_be_moved_for_all_that_follow() -> None:
    told = spans(
        event(*WEEKLY),
        event(
            f"RECURRENCE-ID;RANGE=THISANDFUTURE{HERE}20261116T090000",
            f"DTSTART{HERE}20261117T130000",
            "DURATION:PT2H",
        ),
    )

    assert told == [
        "2026-11-02 09:00/10:00",
        "2026-11-09 09:00/10:00",
        "2026-11-17 13:00/15:00",
        "2026-11-24 13:00/15:00",
    ]


def test_that_an_occurrence_without_its_series_stands_alone() -> None:
    alone = event(f"RECURRENCE-ID{HERE}20261116T090000", NINE, TEN)

    assert spans(alone) == ["2026-11-24 09:00/10:00"]


def test_that_the_newest_of_two_versions_holds() -> None:
    old = event(NINE, TEN, "SEQUENCE:1")
    new = event(f"DTSTART{HERE}20261125T090000", "DURATION:PT1H", "SEQUENCE:2")

    assert days(old, new) == days(new, old) == ["2026-11-25"]


@pytest.mark.parametrize(
    "until", ["20261116", "20261116T080000Z", "20261116T090000", "20261122T225959Z"]
)
def test_that_the_last_day_of_a_series_is_in_it(until: str) -> None:
    told = days(event(*WEEKLY[:2], f"RRULE:FREQ=WEEKLY;UNTIL={until}"))
    assert told == ["2026-11-02", "2026-11-09", "2026-11-16"]


def test_that_a_series_for_ever_is_read_to_the_end_of_the_days() -> None:
    assert len(days(event(*WEEKLY[:2], "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"))) == 568


def test_that_a_birthday_before_1970_comes_every_year() -> None:
    told = days(event("DTSTART;VALUE=DATE:19310430", "TRANSP:OPAQUE", "RRULE:FREQ=YEARLY"))
    assert told == ["2027-04-30", "2028-04-30"]


# What can't be read.


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["DTSTART;TZID=Ingenstans:20261124T090000"], SkipReason.ZONE),
        (["DTSTART;TZID=../../etc/passwd:20261124T090000"], SkipReason.ZONE),
        (["DTSTART;TZID=Europe:20261124T090000"], SkipReason.ZONE),
        ([NINE, "DTEND;TZID=Ingenstans:20261124T100000"], SkipReason.ZONE),
        ([], SkipReason.TIMES),
        (["DTSTART:"], SkipReason.TIMES),
        (["DTSTART:tomorrow"], SkipReason.TIMES),
        (["DTSTART:20261324T090000"], SkipReason.TIMES),
        (["DTSTART:99991124T090000"], SkipReason.TIMES),
        (["DTSTART:00011124T090000"], SkipReason.TIMES),
        ([NINE, "DTEND:20261120T090000Z"], SkipReason.TIMES),
        ([NINE, "DTEND;VALUE=DATE:20261125"], SkipReason.TIMES),
        ([NINE, "DURATION:-PT1H"], SkipReason.TIMES),
        ([NINE, "DURATION:P"], SkipReason.TIMES),
        ([NINE, "DURATION:P99999W"], SkipReason.TIMES),
        ([NINE, TEN, "EXDATE:never"], SkipReason.TIMES),
        ([NINE, TEN, "RRULE:FREQ=WEEKLY;BYDAY=XX"], SkipReason.RULE),
        ([NINE, TEN, "RRULE:FREQ=WEEKLY;UNTIL=soon"], SkipReason.RULE),
        ([NINE, TEN, "RRULE:FREQ=SECONDLY"], SkipReason.OFTEN),
        ([NINE, TEN, "RRULE:FREQ=HOURLY;COUNT=2"], SkipReason.OFTEN),
        ([NINE, TEN, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"], SkipReason.NEVER),
    ],
)
def test_that_an_event_that_cannot_be_read_is_skipped_with_its_reason(
    lines: list[str], reason: SkipReason
) -> None:
    assert reasons(*lines) == [reason]


def test_that_what_was_skipped_is_told_by_reason_and_count() -> None:
    told = found(
        event(NINE, "RRULE:FREQ=SECONDLY"),
        event(NINE, "RRULE:FREQ=MINUTELY", uid="2"),
        event("DTSTART;TZID=Ingenstans:20261124T090000", uid="3"),
    )

    assert [each.told for each in told.skipped] == [
        "1 event is in a time zone that is not known.",
        "2 events repeat many times a day.",
    ]


def test_that_every_reason_has_words() -> None:
    from painprogram.exchange.busy import Skipped

    assert len({Skipped(each, 1).told for each in SkipReason}) == len(SkipReason)
    assert len({Skipped(each, 2).told for each in SkipReason}) == len(SkipReason)
