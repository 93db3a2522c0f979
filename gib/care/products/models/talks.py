"""The talks of a coordinator about a match inside, halfway and at the end."""

from datetime import date
from typing import Any, ClassVar

from django.db import models

from gib.care.products.domain.talks import Going, MatchTalkKind, NextStep, TalkedWith, Wish
from gib.care.products.models.match import Match
from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.core.vault.fields import SealedText
from gib.people.families.models import CaseRow
from gib.people.families.models.checks import one_of


class MatchTalk(CaseRow):
    """One talk: how it goes in codes, and a note. The volunteer does not see it: it may be about her."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    held_on = models.DateField()
    talked_with = models.CharField(max_length=9)
    going = models.CharField(max_length=5)
    next_step = models.CharField(max_length=12, blank=True)
    her_wish = models.CharField(max_length=5, blank=True)
    volunteer_wish = models.CharField(max_length=5, blank=True)
    note = SealedText(max_length=2000)
    held_by = models.UUIDField()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            one_of("kind", MatchTalkKind),
            one_of("talked_with", TalkedWith),
            one_of("going", Going),
            one_of("next_step", NextStep, empty=True),
            one_of("her_wish", Wish, empty=True),
            one_of("volunteer_wish", Wish, empty=True),
        ]

    class Access:
        kind = Kind.PARTICIPATION
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "talk": (
                *("match_id", "kind", "held_on", "talked_with", "going", "next_step"),
                *("her_wish", "volunteer_wish", "note", "held_by"),
            )
        }


def closings(actor: Actor, on: date) -> Any:
    """Ask for the closing talks, oldest first: dossier, volunteer, her wish and that of the volunteer."""
    rows = MatchTalk.visible_to(actor, on).filter(kind=MatchTalkKind.CLOSING)
    return rows.values_list("dossier_id", "match__volunteer_id", "her_wish", "volunteer_wish")
