"""One mother of the year: what the stories about her share, and the acts that they have in common."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from gib.care.handover.domain import NeedKind
from gib.care.intake import actions as intake
from gib.care.intake.domain import LIFE_AREAS, Area, Needs, Said, Wishes
from gib.care.products import actions as products
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.contact import Kind, Theme
from gib.care.products.domain.match import ASKED, EndReason
from gib.care.products.models import Match
from gib.care.referral import actions as referral
from gib.care.referral.domain import Answers, Channel, Children
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.families import actions as families
from gib.people.families.actions import CaregiverFacts, ChildFacts, MotherFacts, NewConsent
from gib.people.families.domain.codes import Party, Place, Purpose, Relation, ResidenceKind, Source
from gib.people.families.domain.consent import Answer
from gib.people.families.models import Participant
from gib.people.partners.domain import Product
from gib.portal.year import names
from gib.portal.year import parameters as known
from gib.portal.year.country import address
from gib.portal.year.dice import Dice
from gib.portal.year.helpers import Pool
from gib.portal.year.play import Play
from gib.portal.year.population import Kid, Life
from gib.portal.year.stage import Side, Stage

WISHES: Final = (
    *("Mijn kinderen zien", "Rust in mijn hoofd", "Een huis voor ons samen", "Mijn post begrijpen"),
    *("Samen ontbijten", "Van mijn schulden af", "Werk vinden", "Weer moeder zijn", "Niet alles alleen doen"),
)
NOTES: Final = (
    "Zij vertelde over de kinderen en liet tekeningen zien.",
    "Wij lazen samen een brief en schreven een antwoord.",
    "Een rustig gesprek over later en over thuis.",
    "Zij had een zware week. Wij dronken thee en praatten.",
    "Wij oefenden wat zij op school wil zeggen.",
    "Zij belde naar huis en was daar blij mee.",
)
_TALKED: Final = "Wij spraken door hoe het gaat en wat er nog moet gebeuren."
#: Days after which her consent to support is asked again, before it lapses.
RENEWS_AFTER: Final = 300
_MARKS: Final = (Area.UPBRINGING, Area.MONEY, Area.HOUSING)
#: Mothers who give a mark for every area at the first talk; the others give two.
_ALL: Final = 0.5


@dataclass(frozen=True)
class Pair:
    """A match of hers that goes on, and the pool from which the volunteer came."""

    match_id: UUID
    volunteer_id: UUID
    pool: Pool

    @property
    def is_there(self) -> bool:
        """Tell whether the volunteer is still there."""
        return self.pool.is_there(self.volunteer_id)


class Mother:
    """A mother and where she stands; the stories about her look here."""

    def __init__(self, stage: Stage, life: Life) -> None:
        """Begin with a mother of whom nobody has heard yet."""
        self.stage, self.life = stage, life
        self.side: Side = stage.sides[life.prison]
        self.is_inside, self.is_open, self.is_moving, self.is_covered = True, False, False, False
        self.dossier_id: UUID
        self.referral_id: UUID
        self.intake_id: UUID
        self.plan_id: UUID
        self.parts: dict[Product, UUID] = {}
        self.pairs: dict[Product, Pair] = {}
        self.running: set[Product] = set()
        self.handed: set[NeedKind] = set()
        self.children: list[tuple[UUID, Kid]] = []
        self.supported_on = life.talk_on
        #: The postcode area of her home, when that is known.
        self.area = ""
        #: What she says of the areas of her life, 0 to 5, and whether she draws who stands around her.
        self.marks: dict[Area, int] = {}
        self.has_drawn: bool | None = None

    @property
    def play(self) -> Play:
        """Give the play that she is in."""
        return self.stage.play

    @property
    def on(self) -> date:
        """Give the day that it is."""
        return self.play.on

    @property
    def now(self) -> Now:
        """Give the moment of the next act."""
        return self.play.now

    @property
    def by(self) -> Actor:
        """Give the coordinator of the team that has her now."""
        return self.side.coordinator

    @property
    def place(self) -> Place:
        """Give where somebody speaks with her."""
        return Place.PRISON if self.is_inside else Place.HOME

    def dice(self, *about: object) -> Dice:
        """Give her dice about something."""
        return self.stage.dice("family", self.life.entered_on, self.life.number, *about)

    def in_days(self, days: int) -> date:
        """Give the day so many days from now."""
        return self.on + timedelta(days=days)


class Heard(Mother):
    """A mother from the referral until the first talk was held."""

    def answers(self, is_told: bool) -> Answers:
        """Give what is written when she is referred."""
        first, last = names.of(names.MOTHERS, names.FAMILIES, self.life.number)
        expected_on = self.life.released_on if is_told else None
        return Answers(
            first_name=first,
            last_name=last,
            born_on=self.life.born_on,
            unit=self.dice("unit").choice(known.UNITS),
            consent_seen_on=self.on,
            children=Children.NUMBER if self.life.kids else Children.YES,
            children_count=len(self.life.kids) or None,
            expected_on=expected_on,
            expected_source=Source.PRISON if expected_on else "",
            language=self.life.language,
            channel=self.life.channel,
            prison=self.side.prison,
        )

    def is_referred(self) -> None:
        """Let somebody of the prison refer her, or write her in when she came by herself."""
        asks = self.life.channel in (Channel.MMD, Channel.TB)
        actor = self.side.referrers[self.life.channel is Channel.TB] if asks else self.by
        is_told = self.life.notice > 0 and self.dice("told").falls(0.5)
        row = referral.refer(actor, self.answers(is_told), self.now)
        self.dossier_id, self.referral_id = row.dossier_id, row.id

    def is_invited(self, on: date) -> None:
        """Plan the first talk."""
        self.intake_id = intake.plan(
            self.by, self.referral_id, on, time(10, 30), "Spreekkamer 2", self.now
        ).id

    def is_heard(self) -> None:
        """Hold the first talk, with her yes, her own marks and her wishes, and write down her children."""
        dice, by, at = self.dice("talk"), self.by, self.intake_id
        intake.hold(by, at, self.on, self.now)
        intake.take_consent(by, at, Answer(place=Place.PRISON), "nl", self.now)
        asked = LIFE_AREAS if dice.falls(_ALL) else dice.sample(_MARKS, 2)
        self.marks = {area: dice.randrange(4) for area in asked}
        said = {area: Said(mark=mark) for area, mark in self.marks.items()}
        intake.save_needs(by, at, Needs(said=said), now=self.now)
        intake.save_wishes(by, at, Wishes(words=tuple(dice.sample(WISHES, dice.randrange(1, 3)))), self.now)
        intake.complete(by, at, self.now)
        self._tells_of_children()

    def _tells_of_children(self) -> None:
        carers: dict[tuple[ResidenceKind, Relation], UUID] = {}
        for place, kid in enumerate(self.life.kids):
            if kid.stays not in carers:
                name = f"{self.dice('carer', place).choice(names.VOLUNTEERS)} Voorleesboek"
                facts = CaregiverFacts(name=name, relation=kid.stays[1])
                carers[kid.stays] = families.add_caregiver(self.by, self.dossier_id, facts, self.now).id
            child = ChildFacts(
                first_name=names.CHILDREN[(3 * self.life.number + place) % len(names.CHILDREN)],
                born_on=self.on - timedelta(days=kid.age_days),
                residence=kid.stays[0],
                caregiver_id=carers[kid.stays],
            )
            row = families.add_child(self.by, self.dossier_id, child, self.now)
            self.children.append((row.id, kid))


class Family(Heard):
    """A mother and her children with whom a plan was made."""

    def is_planned(self) -> None:
        """Make a plan with her, agree on it and begin inside."""
        self.plan_id = trajectory.propose(self.by, self.dossier_id, self.now).id
        trajectory.agree(self.by, self.plan_id, self.now)
        trajectory.start_inside(self.by, self.plan_id, self.now)
        self.is_open = True

    def wants(self, product: Product) -> UUID:
        """Let her want a product, offer it and plan it."""
        part: UUID = products.wish(self.by, self.dossier_id, product, self.now).id
        products.offer(self.by, part, self.now)
        products.plan(self.by, part, self.now)
        self.parts[product] = part
        return part

    def lives_in(self, code: str) -> None:
        """Write down the address to which she goes, in a municipality."""
        dice, country = self.dice("home", code), self.stage.country
        home = country.home_of_mother(code, dice)
        if home.digits == self.area:
            return
        self.area = home.digits
        mother = Participant.for_action(self.by, self.on).get_or_404(dossier_id=self.dossier_id)
        told = {name: getattr(mother, name) for name in MotherFacts.__dataclass_fields__}
        facts = MotherFacts(**told | {"address": address(home, dice)})
        families.correct_participant(self.by, self.dossier_id, facts, self.now)

    def asks(self, product: Product, volunteer_id: UUID) -> Pair:
        """Ask a volunteer for her."""
        row = products.propose_match(self.by, self.parts[product], volunteer_id, self.now)
        pair = self.pairs[product] = Pair(row.id, volunteer_id, self.side.pool)
        return pair

    def starts(self, product: Product) -> None:
        """Begin her part in a product, once."""
        if product not in self.running:
            products.start(self.by, self.parts[product], self.now)
            self.running.add(product)

    def forgets(self, *gone: Product) -> None:
        """Note that parts of hers have ended, and their matches with them."""
        self.running -= set(gone)
        for product in gone:
            self.parts.pop(product, None)
            pair = self.pairs.pop(product, None)
            if pair is not None:
                pair.pool.give_back(pair.volunteer_id)

    def lets_go_of(self, product: Product, reason: EndReason) -> None:
        """End a match of hers, or take back what a volunteer was asked; her part in the product stays."""
        pair = self.pairs.pop(product, None)
        if pair is None:
            return
        pair.pool.give_back(pair.volunteer_id)
        row = Match.for_action(self.by, self.on).get_or_404(pk=pair.match_id)
        if row.state in ASKED:
            products.withdraw_match(self.by, row.id, self.now)
        elif row.is_live:
            products.end_match(self.by, row.id, reason, self.now)

    def supports_again(self) -> None:
        """Ask her once more whether she wants support, before her yes is too old."""
        question = NewConsent(purpose=Purpose.SUPPORT)
        asked = families.ask_consent(self.by, self.dossier_id, question, self.now).id
        answer = Answer(place=self.place, given_by=frozenset({Party.MOTHER}))
        families.give_consent(self.by, asked, answer, self.now)
        self.supported_on = self.on

    def talks(self) -> UUID:
        """Let the coordinator speak with her, and look at the plan with her; gives the review of it."""
        if (self.on - self.supported_on).days > RENEWS_AFTER:
            self.supports_again()
        log = Log(held_on=self.on, minutes=45, note=_TALKED, themes=(Theme.CHILDREN,), kind=Kind.TALK)
        row = products.log_talk(self.by, self.dossier_id, log, self.now)
        products.read_log(self.by, row.id, self.now)
        return self.reviews()

    def reviews(self) -> UUID:
        """Look at the plan with her."""
        row = trajectory.hold_review(self.by, self.plan_id, self.on, _TALKED, self.now)
        return row.id

    def closes(self, reason: CloseReason) -> None:
        """Close her trajectory, with everything in it."""
        trajectory.close(self.by, self.plan_id, reason, None, self.now)
        self.is_done()

    def is_done(self) -> None:
        """Note that her trajectory has closed."""
        self.is_open = False
        self.forgets(*Product)

    def visit_log(self, minutes: int, dice: Dice) -> Log:
        """Write the short account of a visit of today."""
        return Log(
            held_on=self.on,
            minutes=minutes,
            mood=dice.randrange(1, 6),
            themes=(dice.choice(list(Theme)),),
            note=dice.choice(NOTES),
        )
