"""Stories of needs and other help: noticed, talked over, brought to others, and the reporting code."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from gib.care.handover import actions as handover
from gib.care.handover.actions import NewHandover, NewStep
from gib.care.handover.domain import CodeStep, Conclusion, Decision, NeedKind, Urgency
from gib.care.handover.domain.handovers import Ground, Side
from gib.care.handover.models import SafetyCase
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer
from gib.people.partners.models import CareProvider
from gib.portal.demo.people import Cast
from gib.portal.demo.story import Story

_WORKER: Final = "Mevrouw Spaarpot"
_EXTRACT: Final = {"question": "Hulp bij de post", "contact": "de coördinator"}
_CHECKED_AFTER: Final = 28
_CODE: Final = (
    NewStep(CodeStep.MAP, "Wat wij zagen, dag na dag."),
    NewStep(CodeStep.ADVICE, "Advies gevraagd, zonder namen te noemen."),
    NewStep(CodeStep.TALK, "Met haar gesproken.", talked_with="parent"),
    NewStep(CodeStep.WEIGH, "De vijf vragen zijn beantwoord.", answers=(True, False, True, True, True)),
)


def worries(story: Story, cast: Cast) -> None:
    """Four worries: just told, weighed, talked over, and closed."""
    story.referred(110).accepted().with_children(1, 3).heard("Overzicht in mijn papieren").planned()
    said = (
        (NeedKind.DEBT, Urgency.HELP, "Er komt post van vier schuldeisers."),
        (NeedKind.HOUSING, Urgency.TALK, "Zij weet niet waar zij straks woont."),
        (NeedKind.INCOME, Urgency.HELP, "Haar uitkering is gestopt."),
        (NeedKind.OTHER, Urgency.TALK, "Zij mist haar bril."),
    )
    for depth, (kind, urgency, words) in enumerate(said):
        _worry(story, kind, urgency, words, depth)


def _worry(story: Story, kind: NeedKind, urgency: Urgency, words: str, depth: int) -> UUID:
    """Raise a worry and bring it some steps further: weighed, talked over, closed."""
    by = story.coordinator
    decision = Decision.ADVICE if kind is NeedKind.OTHER else Decision.HANDOVER
    row = handover.raise_signal(by, story.dossier_id, kind, urgency, words, story.now)
    steps: tuple[Callable[[], object], ...] = (
        partial(handover.triage, by, row.id, decision, "Ik bespreek het met haar.", story.now),
        partial(handover.discuss, by, row.id, True, "Zij wil graag hulp.", story.now),
        partial(handover.close_signal, by, row.id, story.now),
    )
    for step in steps[:depth]:
        step()
    return row.id


def on_the_way_to_help(story: Story, cast: Cast) -> None:
    """Handovers that still lie with us, or with her, or wait for an answer."""
    story.referred(95).accepted().with_children(8).heard("Van mijn schulden af").planned()
    _handed(story, "Schuldhulp De Kluis", upto=0)
    _handed(story, "Jeugdzorg De Vlieger", upto=1)
    _handed(story, "Praktijk Rustpunt", upto=2)
    row = _handed(story, "Woonloket De Sleutel", upto=2)
    handover.waiting_list(story.coordinator, row, 12, story.now)


def help_begins(story: Story, cast: Cast) -> None:
    """Handovers of which something came: an appointment, a first talk, help that goes on."""
    story.referred(88).accepted().with_children(4, 12).heard("Hulp die blijft").planned()
    kept = _handed(story, "Schuldhulp De Kluis", upto=4)
    story.after(_CHECKED_AFTER + 1)
    handover.confirm(story.coordinator, kept, "Er is een regeling met alle schuldeisers.", story.now)
    _handed(story, "Jeugdzorg De Vlieger", upto=3)
    _handed(story, "Praktijk Rustpunt", upto=4)


def help_did_not_begin(story: Story, cast: Cast) -> None:
    """She changed her mind about one organisation, and another sent the question back."""
    story.referred(77).accepted().with_children(10).heard("Praten met iemand die het snapt").planned()
    row = _handed(story, "Praktijk Rustpunt", upto=2)
    handover.decline(story.coordinator, row, Side.MOTHER, Ground.NOT_WANTED, story.now)
    row = _handed(story, "Jeugdzorg De Vlieger", upto=2)
    handover.return_(story.coordinator, row, Ground.NOT_FITTING, story.now)


def _handed(story: Story, name: str, upto: int) -> UUID:
    """Prepare a handover, and bring it some steps further: her yes, sent, an appointment, a first talk."""
    by, now = story.coordinator, story.now
    provider = CareProvider.objects.get(name=name)
    signal = _worry(story, NeedKind.DEBT, Urgency.HELP, "Zij vroeg hier zelf om.", 2)
    new = NewHandover(provider.pk, "Samen de post doen en een regeling maken.", _WORKER, signal)
    row = handover.prepare_handover(by, story.dossier_id, new, now).id
    steps: tuple[Callable[[], object], ...] = (
        partial(handover.consent_handover, by, row, Answer(place=Place.PRISON), now),
        partial(handover.send, by, row, _EXTRACT, _WORKER, now),
        partial(handover.accept, by, row, now.on + timedelta(days=7), _WORKER, now),
        partial(handover.first_contact, by, row, now.on, now),
    )
    for step in steps[:upto]:
        step()
    return row


def a_child_may_be_unsafe(story: Story, cast: Cast, depth: int) -> None:
    """A case of the reporting code: its steps, a conclusion, a second person, and its end."""
    story.referred(65).accepted().with_children(3).heard("Dat het goed gaat met mijn kind").planned()
    by, now = story.coordinator, story.now
    signal = _worry(story, NeedKind.CHILD_SAFETY, Urgency.UNSAFE, "Zij maakt zich zorgen over thuis.", 0)
    handover.triage(by, signal, Decision.SAFETY, "", now)
    case = SafetyCase.for_action(by, now.on).get_or_404(signal_id=signal).id
    for step in _CODE:
        handover.take_step(by, case, step, now)
    steps: tuple[Callable[[], object], ...] = (
        partial(handover.propose_conclusion, by, case, Conclusion.OTHER_HELP, "", now),
        partial(handover.confirm_conclusion, cast.deputy, case, True, now),
        partial(handover.close_case, by, case, "Er is hulp in het gezin.", now),
    )
    for take in steps[:depth]:
        take()
