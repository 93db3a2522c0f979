"""The flyer that hangs in the prison, and the invitation for each woman on the list."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.contact import Theme
from gib.care.products.domain.meeting import EXPECTED, Speaker
from gib.care.products.models import GroupMeeting, MeetingSpeaker
from gib.core.papers.pdf import pdf, printable

_LAYOUTS: Final = Path(__file__).parent / "layouts"


def flyer(row: GroupMeeting, speakers: Iterable[MeetingSpeaker], at: datetime) -> bytes:
    """Print the flyer of a meeting."""
    return pdf(_LAYOUTS / "flyer.typ", flyer_words(row, speakers), at)


def flyer_words(row: GroupMeeting, speakers: Iterable[MeetingSpeaker]) -> dict[str, Any]:
    """Give the words of the flyer: when, where and about what; the name of nobody."""
    return {
        "title": row.brand,
        "lead": _("Een bijeenkomst voor moeders. Met koffie, en met mensen aan wie u alles kunt vragen."),
        "facts": _facts(row),
        "themes": [_("Waar het over gaat"), themes_of(row)],
        "speakers": [_("Wie er komen"), speakers_of(speakers)],
        "closing": _("U mag altijd komen. U hoeft niets over uzelf te vertellen."),
    }


def letters(row: GroupMeeting, names: Iterable[str], at: datetime) -> bytes:
    """Print one invitation a page for the women on a list."""
    return pdf(_LAYOUTS / "invitations.typ", letter_words(row, names), at)


def letter_words(row: GroupMeeting, names: Iterable[str]) -> dict[str, Any]:
    """Give the words of the invitations; each page names one woman and nobody else."""
    lead = _("Wij nodigen u uit voor een bijeenkomst over uw kinderen, uw thuis en wie u kan helpen.")
    return {
        "title": _("Uitnodiging"),
        "letters": [_("Beste %(name)s,") % {"name": printable(name)} for name in names],
        "lead": lead,
        "facts": _facts(row),
        "words": [
            _("Er komen mensen die veel weten. U mag alles vragen. U hoeft niets te vertellen."),
            _("Komt u liever niet? Dat is goed. Zeg het tegen het personeel of tegen ons."),
        ],
        "greeting": _("Met een warme groet,"),
        "sender": "Gezin in Balans",
    }


def _facts(row: GroupMeeting) -> list[list[str]]:
    ends = row.planned_time.hour * 60 + row.planned_time.minute + row.minutes
    hours = f"{row.planned_time:%H:%M} - {ends // 60 % 24:02}:{ends % 60:02}"
    where = f"{row.prison}, {row.room}" if row.room else str(row.prison)
    return [
        [_("Dag"), date_format(row.planned_on, "l j F Y")],
        [_("Tijd"), hours],
        [_("Waar"), printable(where)],
    ]


def themes_of(row: GroupMeeting) -> list[str]:
    """Give the subjects of a meeting in words."""
    return [str(words.THEMES[Theme(each)]) for each in row.themes.split(",") if each]


def speakers_of(speakers: Iterable[MeetingSpeaker]) -> list[str]:
    """Give the organisations that are expected, each once."""
    found = [speaker_of(each) for each in speakers if each.state in EXPECTED]
    return list(dict.fromkeys(found))


def speaker_of(row: MeetingSpeaker) -> str:
    """Give an organisation in words: its name when we know it, else its kind."""
    return printable(row.provider.name) if row.provider else str(words.SPEAKERS[Speaker(row.kind)])
