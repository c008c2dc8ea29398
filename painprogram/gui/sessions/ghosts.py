"""Where sessions stand by the schedule that was published, when the draft has moved them."""

from collections.abc import Iterator

from painprogram.domain.sessions import Session
from painprogram.gui.sessions.cards import full_title, key_of, when
from painprogram.gui.sessions.lanes import keys_of
from painprogram.gui.sessions.shown import LaneKind, Shown
from painprogram.gui.widgets.weekgrid import Ghost
from painprogram.i18n import _


def ghosts(shown: Shown, kind: LaneKind) -> tuple[Ghost, ...]:
    """One in each lane a session has left; what only changed its length leaves none."""
    return tuple(ghost for before, after in _moved(shown) for ghost in _left(before, after, kind))


def _moved(shown: Shown) -> Iterator[tuple[Session, Session | None]]:
    for change in shown.told.values():
        before = change.before
        if (
            before is not None
            and not before.cancelled
            and before.centre_id == shown.centre_id
            and before.start.date() in shown.days
            and shown.filters.lets(before)
        ):
            now = shown.one(before.id)
            yield before, now if isinstance(now, Session) else change.after


def _left(before: Session, after: Session | None, kind: LaneKind) -> Iterator[Ghost]:
    now = keys_of(after, kind) if after is not None and after.start == before.start else ()
    start = before.start.hour * 60 + before.start.minute
    for nth, lane in enumerate(keys_of(before, kind)):
        if lane not in now:
            yield Ghost(
                key_of(before.id, nth, lane),
                before.start.date(),
                lane,
                start,
                start + before.minutes,
                before.card_title,
                _("As published: {title}, {time}").format(
                    title=full_title(before), time=when(before)
                ),
            )
