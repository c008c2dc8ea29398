from datetime import date, timedelta

import pytest

from painprogram.domain.errors import Refused
from painprogram.domain.ways import (
    ENDED,
    OPEN,
    NextStep,
    ReferralKind,
    Standing,
    WayStatus,
    check_following,
    due,
    first_step,
    following,
    standing_of,
    step_after,
    steps_in,
)

DAY = date(2026, 11, 22)
REFERRED, OWN = ReferralKind.REFERRAL, ReferralKind.OWN


@pytest.mark.parametrize("status", OPEN)
def test_that_every_open_status_has_a_next_step_with_a_day_and_leads_on(status: WayStatus) -> None:
    for kind in ReferralKind:
        step = first_step(status, kind)
        assert step is not None
        assert due(step, DAY, DAY, 60) is not None
    assert following(status)


@pytest.mark.parametrize("status", ENDED)
def test_that_an_ended_way_leads_nowhere_and_its_steps_come_to_an_end(status: WayStatus) -> None:
    assert following(status) == ()
    for kind in ReferralKind:
        steps = steps_in(status, kind)
        assert not steps or step_after(status, kind, steps[-1]) is None


def test_that_every_end_can_be_come_to() -> None:
    reached, new = set[WayStatus](), {WayStatus.RECEIVED}
    while new:
        reached |= new
        new = {after for one in new for after in following(one)} - reached

    assert reached == set(WayStatus)


def test_that_only_the_one_who_referred_is_answered() -> None:
    assert first_step(WayStatus.DECLINED, REFERRED) is NextStep.REPORT
    assert first_step(WayStatus.DECLINED, OWN) is None
    assert steps_in(WayStatus.COMPLETED, REFERRED) == (NextStep.REPORT, NextStep.YEAR)
    assert steps_in(WayStatus.COMPLETED, OWN) == (NextStep.YEAR,)


def test_that_the_group_gives_the_day_of_what_it_decides() -> None:
    first, last = DAY + timedelta(days=50), DAY + timedelta(days=100)

    assert due(NextStep.BEFORE, DAY, DAY, 60, first, last) == first
    assert due(NextStep.AFTER, DAY, DAY, 60, first, last) == last
    assert due(NextStep.OFFER, DAY, DAY - timedelta(days=59), 60) == DAY + timedelta(days=1)
    assert due(None, DAY, DAY, 60) is None


def test_that_going_back_in_line_needs_a_reason_and_going_on_none() -> None:
    with pytest.raises(Refused, match="Write the reason"):
        check_following(WayStatus.OFFERED, WayStatus.WAITING)
    assert check_following(WayStatus.OFFERED, WayStatus.WAITING, " Spring \n") == "Spring"
    assert check_following(WayStatus.ASSESSED, WayStatus.WAITING) == ""
    with pytest.raises(Refused, match="too long: 500"):
        check_following(WayStatus.ASSESSED, WayStatus.WAITING, "x" * 501)


def test_that_everybody_stands_somewhere() -> None:
    found = {status: standing_of(status, "report", placed=False) for status in WayStatus}

    assert found[WayStatus.STOPPED] is Standing.FOLLOW_UP
    assert standing_of(WayStatus.STOPPED, "", placed=False) is Standing.DONE
    assert standing_of(None, None, placed=True) is Standing.IN_GROUP
    assert standing_of(None, None, placed=False) is Standing.NOWHERE
    assert {*found.values()} == {*Standing} - {Standing.DONE, Standing.NOWHERE}
