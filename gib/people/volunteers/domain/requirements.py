"""What must be in order before a volunteer may work: which policy holds for her, and until when it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import INSIDE, Product

declare(
    {
        "volunteer_papers_missing": "Zij kan nog niet aan de slag: {missing} ontbreekt of is verlopen.",
        "completion_in_future": "Deze dag ligt in de toekomst. Leg alleen vast wat u al hebt gezien.",
        "completion_expired": "Dit was al verlopen op de dag dat u het zag.",
        "identity_end_missing": "Vul in tot en met welke dag haar identiteitsbewijs geldig is.",
        "permit_overlaps": "Voor deze inrichting loopt al een toegang in deze periode.",
        "permit_needs_vog": "Zonder geldige VOG vraagt de inrichting geen toegang aan.",
        "never_exempted": "Hiervan kan niemand vrijstelling krijgen. Het is nodig voor haar veiligheid.",
        "exemption_too_long": "Een vrijstelling duurt hoogstens {months} maanden. Kies een eerdere dag.",
        "exemption_over": "Deze laatste dag is al voorbij.",
    }
)


class Requirement(StrEnum):
    """What must be in order: each with a day it was seen and a day until which it holds.

    No policy asks for `IDENTITY`: a prison does, at its gate. Of it only days are kept, no copy or number.
    """

    VOG_84 = "vog_84"
    VOG_85 = "vog_85"
    AGREEMENT = "agreement"
    CODE_OF_CONDUCT = "code_of_conduct"
    BASIC_TRAINING = "basic_training"
    REPORTING_CODE = "reporting_code"
    TRAINING_MOEDER_DE_GANS = "training_moeder_de_gans"
    TRAINING_BEZOEKMOEDERS = "training_bezoekmoeders"
    TRAINING_MOEDER_KIND_BEZOEKEN = "training_moeder_kind_bezoeken"
    TRAINING_IK_JIJ_WIJ = "training_ik_jij_wij"
    TRAINING_MOEDERMAATJES = "training_moedermaatjes"
    COACHING = "coaching"
    PEER_SUPERVISION = "peer_supervision"
    IDENTITY = "identity"


WORDS: Final[Mapping[Requirement, str]] = {
    Requirement.VOG_84: "VOG (zorg voor minderjarigen)",
    Requirement.VOG_85: "VOG (zorg voor mensen die hulp nodig hebben)",
    Requirement.AGREEMENT: "overeenkomst",
    Requirement.CODE_OF_CONDUCT: "gedragscode",
    Requirement.BASIC_TRAINING: "basistraining",
    Requirement.REPORTING_CODE: "module meldcode",
    Requirement.TRAINING_MOEDER_DE_GANS: "training Moeder de Gans",
    Requirement.TRAINING_BEZOEKMOEDERS: "training Bezoekmoeders",
    Requirement.TRAINING_MOEDER_KIND_BEZOEKEN: "training Moeder-Kind Bezoeken",
    Requirement.TRAINING_IK_JIJ_WIJ: "training Ik-Jij-Wij",
    Requirement.TRAINING_MOEDERMAATJES: "training Moedermaatjes",
    Requirement.COACHING: "coachgesprek",
    Requirement.PEER_SUPERVISION: "intervisie",
    Requirement.IDENTITY: "identiteitsbewijs",
}

#: What may stop her on a day, in words: what is required, her own standing, and the gate.
LACKS: Final[Mapping[str, str]] = {
    **{str(one): word for one, word in WORDS.items()},
    "state": "haar inzetbaarheid",
    "permit": "toegang tot de inrichting",
}

TRAINING_FOR: Final[Mapping[Product, Requirement]] = {
    product: Requirement(f"training_{product}") for product in Product
}
#: The product that a training opens.
OPENS: Final = {training: product for product, training in TRAINING_FOR.items()}
#: An exemption bridges a gap; it does not take the place of what is required.
EXEMPT_MONTHS: Final = 12


class Party(StrEnum):
    """Who must act so that something comes in order."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    TRAINER = "trainer"


@dataclass(frozen=True)
class Rule:
    """What one policy says about one requirement.

    Args:
        months: how long it holds when nobody wrote another end; without, it holds on.
        within_days: counted from the first day, when it need not be there before she starts.
        blocks: whether nobody is planned without it.
        may_wait: whether somebody may be exempted from it for a while.
    """

    requirement: Requirement
    party: Party
    months: int | None = None
    within_days: int | None = None
    blocks: bool = True
    may_wait: bool = False


@dataclass(frozen=True)
class Policy:
    """The rules for who began between two days; who began before keeps the older ones.

    Args:
        from_on: the first day of the first volunteers who fall under it.
        binds_on: from this day also for who began before; without, an old cohort keeps its rules.
    """

    number: str
    from_on: date
    source: str
    rules: tuple[Rule, ...]
    binds_on: date | None = None

    def binds(self, on: date) -> bool:
        """Tell whether on a day everybody falls under it, whenever she began."""
        return self.binds_on is not None and self.binds_on <= on

    def rule(self, requirement: Requirement) -> Rule | None:
        """Give what this policy says about a requirement, when it says something."""
        return next((rule for rule in self.rules if rule.requirement is requirement), None)


_TRAININGS: Final = tuple(Rule(training, Party.TRAINER, may_wait=True) for training in TRAINING_FOR.values())
#: Talks that return: they are missed and asked for, and do not shut anybody out. Source: domain page 1.8.
_GUIDANCE: Final = (
    Rule(Requirement.COACHING, Party.COORDINATOR, months=2, within_days=60, blocks=False, may_wait=True),
    Rule(
        Requirement.PEER_SUPERVISION, Party.COORDINATOR, months=2, within_days=90, blocks=False, may_wait=True
    ),
)
_SCREENING: Final = (
    Rule(Requirement.VOG_84, Party.VOLUNTEER, months=36),
    Rule(Requirement.VOG_85, Party.VOLUNTEER, months=36),
    Rule(Requirement.AGREEMENT, Party.VOLUNTEER),
    Rule(Requirement.CODE_OF_CONDUCT, Party.VOLUNTEER),
    Rule(Requirement.BASIC_TRAINING, Party.TRAINER, may_wait=True),
)

#: Every policy, oldest first; changing one is a change of the house, in review like the tables of access.
POLICIES: Final = (
    Policy(
        "2007",
        date.min,
        "domain page 3 and 1.8; VOG-01, VOL-01, VOL-02",
        (*_SCREENING, Rule(Requirement.REPORTING_CODE, Party.TRAINER), *_TRAININGS, *_GUIDANCE),
    ),
    Policy(
        "2013",
        date(2013, 7, 1),
        "the reporting code is law since 1 July 2013; that it is repeated is an assumption of the programme",
        (*_SCREENING, Rule(Requirement.REPORTING_CODE, Party.TRAINER, months=36), *_TRAININGS, *_GUIDANCE),
    ),
)
#: Without these nobody works, whatever the product, under every policy.
BASE: Final = tuple(
    rule.requirement for rule in POLICIES[0].rules if rule.blocks and rule.requirement not in OPENS
)


@dataclass(frozen=True)
class Completed:
    """One requirement that was seen to be in order, or may wait, up to and including `to_on`."""

    requirement: Requirement
    from_on: date
    to_on: date | None = None
    is_exempt: bool = False

    def holds_on(self, on: date) -> bool:
        """Tell whether it is in order on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Permit:
    """Access to one prison, from `from_on` up to and including `to_on`."""

    prison: str
    from_on: date
    to_on: date | None = None

    def holds_on(self, on: date) -> bool:
        """Tell whether the gate opens on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Papers:
    """What is known of what one volunteer must have in order.

    Args:
        since_on: her first day here, which decides under which policy she falls.
    """

    since_on: date
    completed: list[Completed] = field(default_factory=list)
    permits: list[Permit] = field(default_factory=list)

    def of(self, requirement: Requirement) -> list[Completed]:
        """Give each time that one requirement came in order, or may wait."""
        return [row for row in self.completed if row.requirement is requirement]

    def last(self, requirement: Requirement, on: date) -> Completed | None:
        """Give what had begun by a day and holds longest."""
        begun = [row for row in self.of(requirement) if row.from_on <= on]
        return max(begun, key=lambda row: row.to_on or date.max, default=None)


def policy_for(since_on: date, on: date, policies: Iterable[Policy] = POLICIES) -> Policy:
    """Give the policy of who began on a day, as it is on another day.

    An old cohort keeps its rules, until a newer policy binds everybody.
    """
    binding = (one for one in policies if one.from_on <= since_on or one.binds(on))
    return max(binding, key=lambda one: one.from_on)


def missing(papers: Papers, on: date, *products: Product, blocking: bool = True) -> tuple[Requirement, ...]:
    """List what is not in order on a day: for everybody, and for some products.

    Args:
        blocking: only what shuts her out; else everything that the policy asks.
    """
    held = {row.requirement for row in papers.completed if row.holds_on(on)}
    rules = _asked(policy_for(papers.since_on, on), products)
    return tuple(
        rule.requirement for rule in rules if rule.requirement not in held and (rule.blocks or not blocking)
    )


def _asked(policy: Policy, products: Iterable[Product]) -> list[Rule]:
    """Give the rules for everybody and for some products."""
    wanted = {TRAINING_FOR[product] for product in products}
    return [rule for rule in policy.rules if rule.requirement not in OPENS or rule.requirement in wanted]


def reasons_not_to_work(
    is_available: bool, papers: Papers, product: Product, prison: str, on: date
) -> tuple[str, ...]:
    """List why a volunteer may not work for a product on a day; empty when she may.

    Returns codes: 'state', the names of missing requirements, and 'permit' for a product inside a
    prison whose gate is not open to her. Source: invariant 3, VOG-01, VOG-05.
    """
    reasons = [] if is_available else ["state"]
    reasons += [str(requirement) for requirement in missing(papers, on, product)]
    if product in INSIDE and not has_permit(papers, prison, on):
        reasons.append("permit")
    return tuple(reasons)


def has_permit(papers: Papers, prison: str, on: date) -> bool:
    """Tell whether the gate of a prison opens to her on a day."""
    return any(permit.prison == prison and permit.holds_on(on) for permit in papers.permits)


class Standing(StrEnum):
    """How one requirement stands on a day."""

    IN_ORDER = "in_order"
    EXEMPT = "exempt"
    DUE = "due"
    PAST_DUE = "past_due"


@dataclass(frozen=True)
class Need:
    """One requirement of one volunteer on one day.

    Args:
        due_on: the last day on which it may (again) come in order; nothing when it holds on, or comes first.
        past_since: the first day on which it should have been in order and was not.
    """

    rule: Rule
    standing: Standing
    due_on: date | None = None
    past_since: date | None = None


def needs(papers: Papers, on: date, at_work_since: date | None = None) -> tuple[Need, ...]:
    """Work out everything that a volunteer must have in order, for all she is trained for.

    Args:
        at_work_since: the first day on which she was called available; nothing before that.
    """
    products = [OPENS[row.requirement] for row in papers.completed if row.requirement in OPENS]
    rules = _asked(policy_for(papers.since_on, on), products)
    return tuple(_need(rule, papers, on, at_work_since) for rule in rules)


def _need(rule: Rule, papers: Papers, on: date, at_work_since: date | None) -> Need:
    last = papers.last(rule.requirement, on)
    if last is None:
        return _absent(rule, _first_due(rule, papers.since_on, at_work_since), on)
    if not last.holds_on(on):
        return _absent(rule, last.to_on, on)
    return Need(rule, Standing.EXEMPT if last.is_exempt else Standing.IN_ORDER, last.to_on)


def _absent(rule: Rule, due_on: date | None, on: date) -> Need:
    if due_on is None or on <= due_on:
        return Need(rule, Standing.DUE, due_on)
    return Need(rule, Standing.PAST_DUE, due_on, due_on + timedelta(days=1))


def _first_due(rule: Rule, since_on: date, at_work_since: date | None) -> date | None:
    """Give the last day on which what never came may be absent; nothing when it comes before she starts."""
    if rule.within_days is not None:
        return since_on + timedelta(days=rule.within_days)
    return at_work_since and at_work_since - timedelta(days=1)


def check_ready(papers: Papers, on: date) -> None:
    """Refuse to call a volunteer available before what everybody needs is in order.

    Raises:
        RuleBroken: 'volunteer_papers_missing' with what is missing.
    """
    if lacks := missing(papers, on):
        raise RuleBroken("volunteer_papers_missing", missing=", ".join(WORDS[lack] for lack in lacks))


def valid_until(requirement: Requirement, seen_on: date, given: date | None, policy: Policy) -> date | None:
    """Say until when a requirement holds: as written, else by the term of her policy, else without end.

    Raises:
        RuleBroken: 'completion_expired' when that lies before the day it was seen, 'identity_end_missing'.
    """
    if requirement is Requirement.IDENTITY and given is None:
        raise RuleBroken("identity_end_missing")
    if given is not None:
        if given < seen_on:
            raise RuleBroken("completion_expired")
        return given
    rule = policy.rule(requirement)
    return add_months(seen_on, rule.months) - timedelta(days=1) if rule and rule.months else None


def check_seen(seen_on: date, on: date) -> None:
    """Refuse what somebody cannot have seen yet.

    Raises:
        RuleBroken: 'completion_in_future'.
    """
    if seen_on > on:
        raise RuleBroken("completion_in_future")


def check_exemption(requirement: Requirement, policy: Policy, to_on: date, on: date) -> None:
    """Refuse an exemption from what nobody may do without, that is over, or that lasts too long.

    Raises:
        RuleBroken: 'never_exempted', 'exemption_over', 'exemption_too_long'.
    """
    rule = policy.rule(requirement)
    if rule is None or not rule.may_wait:
        raise RuleBroken("never_exempted")
    if to_on < on:
        raise RuleBroken("exemption_over")
    if to_on > add_months(on, EXEMPT_MONTHS):
        raise RuleBroken("exemption_too_long", months=EXEMPT_MONTHS)


def check_permit(permits: Iterable[Permit], wanted: Permit) -> None:
    """Refuse a second permit for one prison in the same days.

    Raises:
        RuleBroken: 'permit_overlaps'.
    """
    for permit in permits:
        apart = (permit.to_on is not None and permit.to_on < wanted.from_on) or (
            wanted.to_on is not None and wanted.to_on < permit.from_on
        )
        if permit.prison == wanted.prison and not apart:
            raise RuleBroken("permit_overlaps")


def lapsing(papers: Papers, on: date, days: int) -> tuple[tuple[Requirement, date], ...]:
    """List what shuts her out within a number of days and is not already renewed, soonest first.

    Source: VOG-02.
    """
    rules = [rule for rule in policy_for(papers.since_on, on).rules if rule.blocks]
    held = filter(None, (papers.last(rule.requirement, on) for rule in rules))
    until = on + timedelta(days=days)
    soon = [(row.requirement, row.to_on) for row in held if row.to_on and on <= row.to_on <= until]
    return tuple(sorted(soon, key=lambda pair: pair[1]))
