"""How this screen says hours, professions, weeks and what state a group is in."""

from collections.abc import Iterable
from datetime import date

from painprogram import i18n
from painprogram.domain.groups import Group, GroupStatus
from painprogram.domain.people import Profession
from painprogram.domain.programmes import Content, Need, Placement, Strand
from painprogram.gui.widgets.chips import Tone
from painprogram.i18n import N_, _, ngettext
from painprogram.usecases.programmes import Offered

_SHORT = {
    Profession.PHYSIOTHERAPIST: N_("PT"),
    Profession.PSYCHOLOGIST: N_("Psy"),
    Profession.PHYSICIAN: N_("Dr"),
    Profession.PHARMACIST: N_("Ph"),
    Profession.OCCUPATIONAL_THERAPIST: N_("OT"),
    Profession.NURSE: N_("Nurse"),
    Profession.COUNSELLOR: N_("Couns"),
    Profession.REHAB_COORDINATOR: N_("Rehab"),
    Profession.DIETITIAN: N_("Diet"),
    Profession.ASSISTANT_NURSE: N_("Asst"),
}
STATUS: dict[GroupStatus, tuple[Tone, str]] = {
    GroupStatus.DRAFT: ("warn", "pen"),
    GroupStatus.OPEN: ("ok", "check"),
    GroupStatus.CLOSED: ("neutral", "lock"),
    GroupStatus.CANCELLED: ("block", "cancel"),
}


def hours(minutes: float, most: int = 2) -> str:
    """``59,5``: as many decimals as it takes, *most* at most."""
    rounded = round(minutes / 60, most)
    decimals = next(n for n in range(most + 1) if round(rounded, n) == rounded)
    return i18n.number(rounded, decimals)


def sentence(text: str) -> str:
    """With a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def who(need: Need) -> str:
    """``Fysioterapeut eller psykolog``."""
    return sentence(str(need)) if need.professions else _("Any profession")


def needed(needs: Iterable[Need]) -> str:
    """``Läkare och apotekare``."""
    return sentence(i18n.joined([str(need) for need in needs])) or _("Any profession")


def initials(needs: Iterable[Need]) -> str:
    """``L + Ap``; one of several professions is ``Ft/Ps``."""
    return " + ".join("/".join(_(_SHORT[p]) for p in need.professions) for need in needs)


def strand_title(content: Content, strand: Strand) -> str:
    """``A Smärtfysiologi och läkemedel``."""
    return " ".join(
        part for part in (strand.letter, str(content.module(strand.module).name)) if part
    )


def before(content: Content, strand: Strand) -> str:
    """``A före B, C och D``; empty when nothing comes after it."""
    later = [_short(content, other) for other in content.strands if strand.key in other.after]
    lectures = [name for name in later if len(name) <= 2]  # noqa: PLR2004 -- letters
    if not strand.letter or not lectures:
        return ""
    return _("{letter} before {others}").format(letter=strand.letter, others=i18n.joined(lectures))


def weeks_of_programme(first: int, last: int, weeks: int) -> str:
    """``vecka 3`` of the programme, ``någon gång vecka 1–8``, ``före start``."""
    if last < 1:
        return _("before the start")
    if first > weeks:
        return _("about week {week}").format(week=first)
    if first == last:
        return _("week {number}").format(number=first)
    return _("some time in weeks {first}–{last}").format(first=first, last=last)


def when(content: Content, strand: Strand) -> str:
    """``vecka 2``, ``8 gånger, minst 6``, ``någon gång vecka 1–8``."""
    if strand.placement is Placement.LINKED:
        return weeks_of_programme(strand.week, strand.latest_week or content.weeks, content.weeks)
    if strand.placement is Placement.SERIES:
        return times(strand)
    return weeks_of_programme(strand.week, strand.week, content.weeks)


def times(strand: Strand) -> str:
    """``8 gånger, minst 6``."""
    text = ngettext("{number} time", "{number} times", strand.occurrences)
    text = text.format(number=strand.occurrences)
    if strand.at_least:
        text = _("{times}, at least {number}").format(times=text, number=strand.at_least)
    return text


def order(content: Content, strand: Strand) -> str:
    """What must come before it and what comes after it, in words; empty when nothing must."""
    lines = []
    if strand.after:
        earlier = [_short(content, content.strand(key)) for key in strand.after]
        lines.append(_("After {others}.").format(others=i18n.joined(earlier)))
    later = [_short(content, other) for other in content.strands if strand.key in other.after]
    if later:
        lines.append(_("Before {others}.").format(others=i18n.joined(later)))
    if strand.apart_from:
        apart = [_short(content, content.strand(key)) for key in strand.apart_from]
        lines.append(_("Not on the same day as {others}.").format(others=i18n.joined(apart)))
    if strand.latest_week is not None and strand.latest_week != strand.week:
        lines.append(_("In week {week} at the latest.").format(week=strand.latest_week))
    return "\n".join(lines)


def _short(content: Content, strand: Strand) -> str:
    return strand.letter or str(content.module(strand.module).name)


def version(offered: Offered) -> str:
    if offered.number is None:
        return _("Template")
    return _("Version {number}").format(number=offered.number)


def running(many: int) -> str:
    if not many:
        return _("no group yet")
    return ngettext("{number} group", "{number} groups", many).format(number=many)


def span(group: Group) -> str:
    """``12 jan – 8 mar 2027``; only the start while nothing is planned."""
    if group.first is None or group.last is None:
        return i18n.week(group.start)
    first = (
        i18n.day_month(group.first)
        if group.first.year == group.last.year
        else i18n.date_short(group.first)
    )
    return f"{first} – {i18n.date_short(group.last)}"


def paused(group: Group, today: date) -> str:
    """``Pausad sedan 1 feb 2027``; empty for a group that goes on."""
    if group.paused is None:
        return ""
    wording = _("Paused since {day}") if group.paused <= today else _("Paused from {day}")
    return wording.format(day=i18n.date_short(group.paused))


def owners(owner: str, deputy: str) -> str:
    """``ägare Anna Berg (ersättare Erik Lund)``; empty where nobody owns it."""
    if not owner:
        return ""
    if not deputy:
        return _("owner {name}").format(name=owner)
    return _("owner {name} (deputy {other})").format(name=owner, other=deputy)


def weeks(first: date, last: date) -> str:
    """``v. 2–10``."""
    if first.isocalendar()[:2] == last.isocalendar()[:2]:
        return i18n.week(first)
    return _("weeks {first}–{last}").format(
        first=first.isocalendar().week, last=last.isocalendar().week
    )
