"""Signals, cases of the reporting code and handovers for stories, made by performing the acts."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.care.handover import actions
from gib.care.handover.actions import NewHandover, NewStep
from gib.care.handover.domain import CodeStep, Conclusion, Decision, NeedKind, Urgency
from gib.care.handover.models import Handover, NeedSignal, SafetyCase
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import CareKind
from gib.people.partners.models import CareProvider

WORDS: Final = "Er ligt een stapel enveloppen die zij niet open durft te maken."
WORKER: Final = "Mevrouw Toverstaf"
EXTRACT: Final = {"who": "M.S., 1980", "question": "Hulp bij schulden", "contact": "coördinator Nieuwersluis"}
STEPS: Final = (
    NewStep(CodeStep.MAP, "Wat wij zagen, in de volgorde van de dagen."),
    NewStep(CodeStep.ADVICE, "Veilig Thuis adviseerde zonder namen."),
    NewStep(CodeStep.TALK, "Met haar gesproken.", talked_with="parent"),
    NewStep(CodeStep.WEIGH, "De vijf vragen beantwoord.", answers=(True, False, True, True, True)),
)


def later(now: Now, days: int) -> Now:
    """Give the same hour some days later."""
    return Now(now.at + timedelta(days=days), now.on + timedelta(days=days))


def provider(
    name: str = "Schuldhulp Spaarvarken", kind: CareKind = CareKind.DEBT_COUNSELLING
) -> CareProvider:
    """Give an organisation that helps in the whole country."""
    facts = {"kind": kind, "valid_from": date(2007, 1, 1)}
    return CareProvider.objects.get_or_create(name=name, defaults=facts)[0]


def raised(
    actor: Actor,
    dossier_id: UUID,
    now: Now,
    kind: NeedKind = NeedKind.DEBT,
    urgency: Urgency = Urgency.HELP,
) -> NeedSignal:
    """Give a signal that was raised."""
    return actions.raise_signal(actor, dossier_id, kind, urgency, WORDS, now)


def triaged(actor: Actor, dossier_id: UUID, now: Now, decision: Decision = Decision.HANDOVER) -> NeedSignal:
    """Give a signal that was weighed."""
    row = raised(actor, dossier_id, now)
    return actions.triage(actor, row.id, decision, "Dank je, ik bespreek het met haar.", now)


def discussed(actor: Actor, dossier_id: UUID, now: Now, wants_help: bool = True) -> NeedSignal:
    """Give a signal that was talked over with her."""
    row = triaged(actor, dossier_id, now)
    return actions.discuss(actor, row.id, wants_help, "Zij wil graag hulp met de enveloppen.", now)


def prepared(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Give a handover that was prepared with her."""
    signal = discussed(actor, dossier_id, now)
    new = NewHandover(provider().pk, "Orde in de papieren en een regeling.", WORKER, signal.id)
    return actions.prepare_handover(actor, dossier_id, new, now)


def consented(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Give a handover that she allows."""
    row = prepared(actor, dossier_id, now)
    return actions.consent_handover(actor, row.id, Answer(place=Place.PRISON), now)


def sent(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Give a handover that was sent."""
    return actions.send(actor, consented(actor, dossier_id, now).id, EXTRACT, WORKER, now)


def accepted(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Give a handover with a first appointment a week from today."""
    row = sent(actor, dossier_id, now)
    return actions.accept(actor, row.id, now.on + timedelta(days=7), WORKER, now)


def begun(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Give a handover whose first talk was held today."""
    return actions.first_contact(actor, accepted(actor, dossier_id, now).id, now.on, now)


def confirmed(actor: Actor, dossier_id: UUID, now: Now) -> Handover:
    """Give a handover of which somebody saw, four weeks after today, that help goes on."""
    row = begun(actor, dossier_id, now)
    return actions.confirm(actor, row.id, "Er is een regeling.", later(now, 28))


def unsafe(actor: Actor, dossier_id: UUID, now: Now) -> SafetyCase:
    """Give an open case of the reporting code."""
    signal = raised(actor, dossier_id, now, NeedKind.CHILD_SAFETY, Urgency.UNSAFE)
    actions.triage(actor, signal.id, Decision.SAFETY, "", now)
    found: SafetyCase = SafetyCase.for_action(actor, now.on).get_or_404(signal_id=signal.id)
    return found


def weighed(actor: Actor, dossier_id: UUID, now: Now) -> SafetyCase:
    """Give a case in which all steps were taken."""
    row = unsafe(actor, dossier_id, now)
    for step in STEPS:
        actions.take_step(actor, row.id, step, now)
    return row


def proposed(
    actor: Actor, dossier_id: UUID, now: Now, conclusion: Conclusion = Conclusion.OTHER_HELP
) -> SafetyCase:
    """Give a case that waits for a second person."""
    return actions.propose_conclusion(actor, weighed(actor, dossier_id, now).id, conclusion, "", now)
