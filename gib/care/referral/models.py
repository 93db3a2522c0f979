"""Referrals as they were written, and the questions that pages and later stages ask about them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from gib.care.referral import domain
from gib.care.referral.domain import Answers, Channel, Children, DeclineReason, EndReason, Overtaking, State
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedQuerySet
from gib.core.access.tables import Kind, Role
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.fields import SealedDate, SealedText
from gib.people.families.domain.codes import Source
from gib.people.families.models import CaseRow, Dossier, DuplicateMark, ExpectedRelease, number_of, rows_of
from gib.people.families.models.checks import one_of
from gib.people.families.models.marks import mark_of
from gib.people.partners.models import Partner, Prison, PrisonUnit, Team, legal_values

_ANSWERS: Final = (
    *("first_name", "last_name", "born_on", "birth_year", "unit", "consent_seen_on"),
    *("children_count", "expected_on", "expected_source", "language", "wish", "call_back", "words_reason"),
    "referrer_name",
)


#: Roles that refer from outside.
_WRITERS: Final = (Role.REFERRER, Role.SAFETY_HOUSE)


class Referrals(ScopedQuerySet):
    """Referrals of one reader; who refers sees what she wrote herself (invariant 12)."""

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor; for who refers only her own, also of a mother she knows."""
        return self.filter(referrer_id=actor.user_id) if actor.role in _WRITERS else self

    def sent(self) -> Self:
        """Leave out what was never sent: a draft is nobody's business but its writer's."""
        return self.exclude(state=State.DRAFT)

    def written_by(self, actor: Actor) -> Self:
        """Keep what this person wrote, drafts included, newest first."""
        return self.filter(referrer_id=actor.user_id).order_by("-begun_at")

    def waiting(self) -> Self:
        """Keep those for which the coordinator has something to do now."""
        return self.filter(state__in=domain.WAITING)

    def before_talk(self) -> Self:
        """Keep those in which nobody spoke with the mother yet."""
        return self.filter(state__in=sorted(domain.BEFORE_TALK), talked_on__isnull=True)

    def with_release(self) -> Self:
        """Add `leaves_on`: the newest answer on when she will be free."""
        answers = ExpectedRelease.for_house("referral", date(2000, 1, 1)).filter(
            dossier_id=OuterRef("dossier_id"), episode__to_on__isnull=True
        )
        newest = answers.order_by("-entered_at", "-entered_on").values("expected_on")[:1]
        return self.annotate(leaves_on=Subquery(newest))


class Referral(CaseRow):
    """One referral, kept as the referrer wrote it. The dossier begins with its first draft."""

    state = models.CharField(max_length=16, default=str(domain.FLOW.start))
    channel = models.CharField(max_length=16)
    referrer_id = models.UUIDField(db_index=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    first_name = SealedText(max_length=60)
    last_name = SealedText(max_length=80)
    born_on = SealedDate()
    birth_year = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    consent_seen_on = models.DateField(null=True)
    children = models.CharField(max_length=8, blank=True)
    children_count = models.PositiveSmallIntegerField(null=True)
    expected_on = models.DateField(null=True)
    expected_source = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=8, blank=True)
    wish = SealedText(max_length=1000)
    call_back = SealedText(max_length=120)
    words_reason = SealedText(max_length=300)
    referrer_name = SealedText(max_length=120)
    question = SealedText(max_length=500)
    begun_at = models.DateTimeField()
    token = models.UUIDField(null=True)
    submitted_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_on = models.DateField(null=True)
    intake_on = models.DateField(null=True)
    intake_time = models.TimeField(null=True)
    talked_on = models.DateField(null=True)
    intake_done_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    not_before_on = models.DateField(null=True)
    attached_to = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = Referrals.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["team", "state"]),
            models.Index(
                fields=["team", "submitted_on"],
                condition=Q(state__in=sorted(domain.BEFORE_TALK), talked_on__isnull=True),
                name="referral_before_talk",
            ),
        ]
        constraints = [
            one_of("state", State),
            one_of("channel", Channel),
            one_of("children", Children, empty=True),
            one_of("expected_source", Source, empty=True),
            one_of("end_reason", {*DeclineReason, *EndReason, *Overtaking}, empty=True),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | Q(submitted_on__isnull=False, submitted_at__isnull=False, consent_seen_on__isnull=False),
                name="referral_sent",
            ),
        ]

    class Access:
        kind = Kind.REFERRAL
        own = "referrer_id"
        narrow: ClassVar[dict[Role, str]] = dict.fromkeys(_WRITERS, "referrer_id = {user}")
        annotated = ("leaves_on",)
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "identity": ("first_name", "last_name", "name", "born_on", "birth_year", "unit"),
            "status": ("state", "status", "code", "begun_at", "submitted_on", "intake_on", "question"),
            "content": (
                *("channel", "referrer_id", "partner_id", "consent_seen_on", "children", "children_count"),
                *("expected_on", "expected_source", "language", "wish", "call_back", "words_reason"),
                *("submitted_at", "accepted_on", "intake_time", "talked_on", "intake_done_on", "ended_on"),
                *("referrer_name", "answers", "end_reason", "not_before_on", "attached_to_id", "leaves_on"),
            ),
        }

        erased: ClassVar[dict[str, object]] = {"unit": "", "language": ""}

    @property
    def code(self) -> str:
        """The number that the referrer writes down; it follows from the id and reveals no order."""
        return number_of(self.id)

    @property
    def name(self) -> str:
        """Her full name as it was written."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def status(self) -> domain.StatusWord:
        """How far it is, in the words that a referrer may hear."""
        return status_word(self)

    def answers(self) -> Answers:
        """Give what was written, for the rules and the form."""
        kept = {name: getattr(self, name) for name in _ANSWERS}
        children = Children(self.children) if self.children else None
        return Answers(**kept, children=children, channel=Channel(self.channel), prison=self.team.prison_id)

    def fill(self, answers: Answers) -> None:
        """Take over what was written; the institution and the channel stay as they were."""
        for name in _ANSWERS:
            setattr(self, name, getattr(answers, name))
        self.children = str(answers.children or "")
        if answers.born_on:
            self.birth_year = answers.born_on.year


def status_word(referral: Any) -> domain.StatusWord:
    """Give the status word of a referral, for its referrer."""
    return domain.status_word(referral.state, referral.attached_to_id is not None)


def own_writing(actor: Actor, on: date, referral_id: UUID) -> Referral:
    """Give a writer her own draft, or the referral that came back to her with a question.

    Raises:
        Http404: it is of somebody else, or was sent and is no longer hers to read.
    """
    rows = Referral.objects.for_reader(actor, on).select_related("team")
    mine = {"referrer_id": actor.user_id, "state__in": domain.WRITABLE}
    found: Referral = rows.get_or_404(pk=referral_id, **mine)
    return found


def latest_referral(dossier_id: UUID) -> Referral | None:
    """Give the newest referral of a dossier that was sent, for a later stage."""
    rows = rows_of(Referral, dossier_id).exclude(state=State.DRAFT)
    found: Referral | None = rows.order_by("-submitted_at", "-begun_at").first()
    return found


def queue(rows: Iterable[Any], on: date, terms: Mapping[str, int]) -> list[Any]:
    """Put referrals with their `leaves_on` in the order in which they need somebody."""
    return sorted(rows, key=lambda row: domain.queue_place(row.leaves_on, row.submitted_on, on, terms))


def not_before(dossier_id: UUID) -> date | None:
    """Give the day before which she does not want to be approached, by her latest refusal."""
    rows = rows_of(Referral, dossier_id).filter(not_before_on__isnull=False)
    found: date | None = rows.order_by("-not_before_on").values_list("not_before_on", flat=True).first()
    return found


def known_here(actor: Actor, on: date, row: Any) -> list[UUID]:
    """Give the other dossiers of this reader's teams that may be of the same mother; she decides."""
    if row.born_on is None:
        return []
    drafts = Referral.objects.for_reader(actor, on).filter(state=State.DRAFT).values("dossier_id")
    marks = DuplicateMark.objects.for_reader(actor, on).exclude(dossier_id=row.dossier_id)
    marks = marks.exclude(dossier_id__in=drafts)
    return list(marks.filter(mark=mark_of(row.last_name, row.born_on)).values_list("dossier_id", flat=True))


def is_late(row: Any, on: date, terms: Mapping[str, int]) -> bool:
    """Tell whether the first talk should have been held by now and was not."""
    late = domain.is_overdue(row.state, row.submitted_on, on, terms["first_talk_days"])
    return late and row.talked_on is None


def terms_on(on: date) -> dict[str, int]:
    """Give the terms of this slice in days: the dated values of the house over the defaults."""
    return {key: legal_values(on).get(key, days) for key, days in domain.NORMS.items()}


def prison_of(actor: Actor) -> Prison | None:
    """Give the institution that a referrer works for; a safety house has none and must choose."""
    return Prison.objects.filter(
        pk__in=Partner.objects.filter(pk=actor.partner_id or 0).values("prison_id")
    ).first()


def teams_for(actor: Actor, on: date) -> Any:
    """Give the teams to which somebody may refer: of her institution, her own, or all for a safety house."""
    teams = Team.objects.valid(on).select_related("prison")
    if actor.team_ids:
        return teams.filter(pk__in=actor.team_ids)
    prison = prison_of(actor)
    return teams.filter(prison=prison) if prison else teams


def team_for(actor: Actor, prison: str, on: date) -> Team:
    """Give the team that takes a referral: the one at her institution on that day.

    Raises:
        RuleBroken: 'team_missing'.
    """
    teams: list[Team] = list(teams_for(actor, on).filter(**({"prison_id": prison} if prison else {}))[:2])
    if not teams or (len(teams) > 1 and not prison):
        raise RuleBroken("team_missing")
    return teams[0]


def units_of(prison: str, on: date) -> list[str]:
    """Give the names of the units of an institution on a day."""
    units = PrisonUnit.objects.valid(on).filter(prison_id=prison) if prison else PrisonUnit.objects.none()
    return list(units.order_by("name").values_list("name", flat=True))
