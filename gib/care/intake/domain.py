"""The rules of an intake: talks, sections saved one by one, her own marks and words, and completing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from gib.core.kernel.events import Event
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.kernel.stamps import NO_STAMP, Stamp
from gib.people.partners.domain import Product


class State(StrEnum):
    """Where an intake stands."""

    PLANNED = "planned"
    HELD = "held"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


#: After the first talk a release does not overtake an intake: it goes on outside.
FLOW: Final = Flow(
    State.PLANNED,
    steps(
        {
            State.PLANNED: (State.HELD, State.CANCELLED, State.REFUSED, State.OVERTAKEN),
            State.HELD: (State.COMPLETED, State.CANCELLED, State.REFUSED),
        }
    ),
)


class Section(StrEnum):
    """The parts of an intake, in the order of the task list; each is saved by itself."""

    WHO = "who"
    CHILDREN = "children"
    NEEDS = "needs"
    BASELINE = "baseline"
    WISHES = "wishes"
    HELPERS = "helpers"
    AGREEMENTS = "agreements"
    PRODUCTS = "products"


class Area(StrEnum):
    """Seven areas of life and five basic conditions on which she gives her own mark.

    Source: domain page 4.1: the areas of Humanitas' monitor, and the five of the return to society.
    """

    UPBRINGING = "upbringing"
    RELATIONS = "relations"
    HEALTH = "health"
    MONEY = "money"
    DAY_ACTIVITIES = "day_activities"
    HOUSING = "housing"
    LANGUAGE = "language"
    PAPERS = "papers"
    INCOME = "income"
    SHELTER = "shelter"
    DEBTS = "debts"
    CARE = "care"


CONDITIONS: Final = (Area.PAPERS, Area.INCOME, Area.SHELTER, Area.DEBTS, Area.CARE)
LIFE_AREAS: Final = tuple(area for area in Area if area not in CONDITIONS)
#: The areas of each section that asks for marks.
MARKED: Final = {Section.NEEDS: LIFE_AREAS, Section.BASELINE: CONDITIONS}
HIGHEST_MARK: Final = 5
MOST_WISHES: Final = 3


class Choice(StrEnum):
    """What she says to a product that is offered."""

    WANTED = "wanted"
    LATER = "later"
    DECLINED = "declined"


class Why(StrEnum):
    """Why she declines a product; she need not say."""

    NO_NEED = "no_need"
    OWN_HELP = "own_help"
    TOO_MUCH = "too_much"
    NOT_FOR_ME = "not_for_me"
    NOT_SAID = "not_said"


class Cause(StrEnum):
    """Why a talk or an intake did not go on."""

    PRISON = "prison"
    MOTHER_UNWELL = "mother_unwell"
    COURT = "court"
    COORDINATOR = "coordinator"
    INTERPRETER = "interpreter"
    OTHER = "other"


declare(
    {
        "intake_closed": "Deze intake is al afgesloten.",
        "intake_running": "Er loopt al een intake voor deze moeder.",
        "mark_not_hers": "Een cijfer loopt van 0 tot en met 5, en zij geeft het zelf.",
        "wishes_too_many": "Schrijf ten hoogste drie wensen op. Vraag haar wat het belangrijkst is.",
        "decline_needs_reason": "Zij wil dit niet. Kies waarom, of kies dat zij het niet zegt.",
        "talk_not_today": "Dit gesprek moet nog komen. U kunt het pas daarna als gehouden melden.",
        "no_talk_planned": "Er is geen gesprek gepland. Plan eerst een gesprek.",
        "no_talk_held": "Er is nog geen gesprek gehouden. Meld eerst het gesprek.",
        "support_consent_missing": "Zij gaf nog geen toestemming voor hulp door ons. Vraag die eerst.",
        "wish_or_need_missing": "Er staat nog geen wens en geen cijfer van haar. Vul één van de twee in.",
        "not_before_in_past": "De dag tot wanneer zij rust wil, is al voorbij.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One area: her own mark from 0 to 5, empty when it was not spoken about, and her words."""

    mark: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What she says about each area of one section."""

    said: Mapping[Area, Said] = field(default_factory=dict)
    stamp: Stamp = NO_STAMP


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Her wishes in her own words, the most important first."""

    words: Sequence[str] = ()
    stamp: Stamp = NO_STAMP


@dataclass(frozen=True, kw_only=True)
class Talked:
    """What she says to one product."""

    choice: Choice
    why: Why | None = None


@dataclass(frozen=True, kw_only=True)
class Products:
    """What was offered and what she said; what is absent was not offered."""

    talked: Mapping[Product, Talked] = field(default_factory=dict)
    stamp: Stamp = NO_STAMP


@dataclass(frozen=True, kw_only=True)
class Note:
    """The text of a section, such as who helps her already."""

    text: str = ""
    stamp: Stamp = NO_STAMP


@dataclass(frozen=True, kw_only=True)
class Who:
    """How to speak with her: languages as ISO codes, and whether an interpreter is needed."""

    languages: tuple[str, ...] = ("nl",)
    needs_interpreter: bool = False
    text: str = ""
    stamp: Stamp = NO_STAMP


@dataclass(frozen=True, kw_only=True)
class NewTalk:
    """A talk to plan."""

    planned_on: date
    planned_time: time | None = None
    place: str = ""


def check_open(state: State | str) -> None:
    """Allow writing while the intake goes on.

    Raises:
        RuleBroken: 'intake_closed'.
    """
    if FLOW.is_final(State(state)):
        raise RuleBroken("intake_closed")


def check_needs(needs: Needs) -> None:
    """Allow marks from 0 to 5 and nothing else: the mark is hers, we make no score.

    Raises:
        RuleBroken: 'mark_not_hers'.
    """
    if any(said.mark is not None and not 0 <= said.mark <= HIGHEST_MARK for said in needs.said.values()):
        raise RuleBroken("mark_not_hers")


def cleaned_wishes(wishes: Wishes) -> list[str]:
    """Give her wishes in their order, without empty lines.

    Raises:
        RuleBroken: 'wishes_too_many'.
    """
    words = [text.strip() for text in wishes.words if text.strip()]
    if len(words) > MOST_WISHES:
        raise RuleBroken("wishes_too_many")
    return words


def check_products(products: Products) -> None:
    """Ask why she declines a product, so that nobody offers it again next week.

    Raises:
        RuleBroken: 'decline_needs_reason'.
    """
    if any(said.choice is Choice.DECLINED and said.why is None for said in products.talked.values()):
        raise RuleBroken("decline_needs_reason")


def check_hold(held_on: date, on: date) -> None:
    """Allow noting a talk on the day itself or later.

    Raises:
        RuleBroken: 'talk_not_today'.
    """
    if held_on > on:
        raise RuleBroken("talk_not_today")


def check_refuse(not_before_on: date | None, on: date) -> None:
    """Allow noting that she does not want this, until a day of her choice.

    Raises:
        RuleBroken: 'not_before_in_past'.
    """
    if not_before_on is not None and not_before_on < on:
        raise RuleBroken("not_before_in_past")


def check_complete(has_talk: bool, has_consent: bool, has_content: bool) -> None:
    """Allow completing: a talk was held, she consents to support, and something of hers is written down.

    Raises:
        RuleBroken: 'no_talk_held', 'support_consent_missing' (CON-01), 'wish_or_need_missing'.
    """
    if not has_talk:
        raise RuleBroken("no_talk_held")
    if not has_consent:
        raise RuleBroken("support_consent_missing")
    if not has_content:
        raise RuleBroken("wish_or_need_missing")


@dataclass(frozen=True, kw_only=True)
class IntakeEvent(Event):
    """What all these events carry: the intake that they are about."""

    intake_id: UUID


@dataclass(frozen=True, kw_only=True)
class Begun(IntakeEvent):
    """An intake was planned."""

    sentence: ClassVar[str] = "Wij gaan samen praten over wat u wilt."
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class TalkPlanned(IntakeEvent):
    """A talk has a (new) day."""

    sentence: ClassVar[str] = "Er is een dag afgesproken voor een gesprek."
    planned_on: date


@dataclass(frozen=True, kw_only=True)
class TalkHeld(IntakeEvent):
    """A talk was held."""

    sentence: ClassVar[str] = "Wij hebben met elkaar gepraat."
    held_on: date
    referral_id: UUID


@dataclass(frozen=True, kw_only=True)
class TalkDropped(IntakeEvent):
    """A talk did not go on."""

    sentence: ClassVar[str] = "Een gesprek ging niet door."
    cause: Cause


@dataclass(frozen=True, kw_only=True)
class SectionSaved(IntakeEvent):
    """A section was written, once for each day."""

    sentence: ClassVar[str] = "Wij schreven op wat u vertelde."
    section: Section


@dataclass(frozen=True, kw_only=True)
class Completed(IntakeEvent):
    """The intake is complete."""

    sentence: ClassVar[str] = "De gesprekken om te beginnen zijn klaar."


@dataclass(frozen=True, kw_only=True)
class Cancelled(IntakeEvent):
    """The intake did not go on."""

    sentence: ClassVar[str] = "De gesprekken om te beginnen gingen niet door."
    cause: Cause


@dataclass(frozen=True, kw_only=True)
class Refused(IntakeEvent):
    """She does not want this now; that is no drop-out."""

    sentence: ClassVar[str] = "U wilde nu niet verder. Dat is goed."
    not_before_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Overtaken(IntakeEvent):
    """She was released before the first talk."""

    sentence: ClassVar[str] = "U was al vrij voordat wij elkaar spraken."
