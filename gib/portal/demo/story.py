"""One family's story, told by performing the actions on the days on which they happened."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Self
from uuid import UUID

from gib.care.intake import actions as intake
from gib.care.intake.domain import Area, Needs, Said, Wishes
from gib.care.products import actions as products
from gib.care.products.actions import NewSeries
from gib.care.products.actions.contacts import Log
from gib.care.products.domain.asking import Asked
from gib.care.products.domain.contact import Theme
from gib.care.products.domain.series import Change, Gap
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.referral import actions as referral
from gib.care.referral.domain import Answers, Channel, Children
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.models import open_trajectory
from gib.core.access import rls
from gib.core.journal import outbox
from gib.core.kernel.clock import Now
from gib.people.families import actions as families
from gib.people.families import builders
from gib.people.families.actions import ChildFacts
from gib.people.families.domain.codes import Place, Purpose, ReleaseKind, ReturnKind, Source
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import Product
from gib.portal.demo.days import TODAY, days_ago
from gib.portal.demo.people import Side


def place_of(product: Product) -> str:
    """Tell where a visit is: a room inside, or her home."""
    return "Bij haar thuis" if product is Product.MOEDERMAATJES else "Spreekkamer 1"


@dataclass
class Opening:
    """The first half of a story: from referral to plan; each step may move the day of the next one."""

    side: Side
    number: int
    at: int
    dossier_id: UUID = field(init=False)
    referral_id: UUID = field(init=False)
    intake_id: UUID = field(init=False)
    request_id: UUID = field(init=False)
    parts: dict[Product, UUID] = field(default_factory=dict)
    matches: dict[Product, UUID] = field(default_factory=dict)

    @property
    def now(self) -> Now:
        """The moment of the next act."""
        return days_ago(self.at)

    @property
    def coordinator(self) -> Any:
        """Who coordinates her."""
        return self.side.coordinator

    def after(self, days: int) -> Self:
        """Let some days go by; what an act woke has happened by then."""
        outbox.catch_up(self.now)
        self.at -= days
        return self

    def _told(self, leaves_in: int | None, children: int) -> Answers:
        return Answers(
            first_name=builders.MOTHERS[self.number % len(builders.MOTHERS)],
            last_name=builders.LAST_NAMES[self.number % len(builders.LAST_NAMES)],
            born_on=date(1972 + self.number % 17, 1 + self.number % 12, 3 + self.number % 25),
            unit=("A1", "B2", "C3")[self.number % 3],
            consent_seen_on=self.now.on,
            children=Children.NUMBER if children else Children.UNKNOWN,
            children_count=children or None,
            expected_on=TODAY + timedelta(days=leaves_in) if leaves_in is not None else None,
            expected_source=Source.PRISON if leaves_in is not None else "",
            language=("nl", "nl", "pap", "nl", "es", "nl", "ar")[self.number % 7],
            channel=Channel.MMD,
        )

    def referred(self, leaves_in: int | None = None, children: int = 2) -> Self:
        """Let the MMD refer her; `leaves_in` counts days from the business day."""
        row = referral.refer(self.side.mmd, self._told(leaves_in, children), self.now)
        self.dossier_id, self.referral_id = row.dossier_id, row.id
        return self

    def begun(self, leaves_in: int | None = None) -> Self:
        """Let the MMD begin to refer her, and leave it there."""
        row = referral.draft(self.side.mmd, self._told(leaves_in, 1), now=self.now)
        self.dossier_id, self.referral_id = row.dossier_id, row.id
        return self

    def accepted(self) -> Self:
        """Let the coordinator take her on."""
        referral.accept(self.coordinator, self.referral_id, self.now)
        return self

    def with_children(self, *ages: int) -> Self:
        """Write down her children, in whole years."""
        for place, age in enumerate(ages):
            born_on = date(TODAY.year - age - 1, 3 + place, 4 + self.number % 20)
            name = builders.CHILDREN[(2 * self.number + place) % len(builders.CHILDREN)]
            families.add_child(
                self.coordinator, self.dossier_id, ChildFacts(first_name=name, born_on=born_on), self.now
            )
        return self

    def talk_planned(self, in_days: int = 2) -> Self:
        """Plan the first talk."""
        planned_on = self.now.on + timedelta(days=in_days)
        self.intake_id = intake.plan(
            self.coordinator, self.referral_id, planned_on, time(10, 30), "Spreekkamer 2", self.now
        ).id
        return self

    def heard(self, *wishes: str) -> Self:
        """Hold the talk two days later, with her consent, her marks and her wishes, and finish it."""
        self.talk_planned(2).after(2)
        by, at = self.coordinator, self.intake_id
        intake.hold(by, at, self.now.on, self.now)
        intake.take_consent(by, at, Answer(place=Place.PRISON), "nl", self.now)
        said = {Area.UPBRINGING: Said(mark=2), Area.MONEY: Said(mark=1), Area.HOUSING: Said(mark=0)}
        intake.save_needs(by, at, Needs(said=said), now=self.now)
        intake.save_wishes(by, at, Wishes(words=wishes or ("Mijn kinderen zien",)), self.now)
        intake.complete(by, at, self.now)
        return self

    def planned(self) -> Self:
        """Make a plan with her, agree on it and start inside."""
        plan = trajectory.propose(self.coordinator, self.dossier_id, self.now)
        trajectory.agree(self.coordinator, plan.id, self.now)
        trajectory.start_inside(self.coordinator, plan.id, self.now)
        return self

    def proposed(self) -> Self:
        """Propose a plan that she has not agreed to yet."""
        trajectory.propose(self.coordinator, self.dossier_id, self.now)
        return self


class Story(Opening):
    """A whole story: what she takes part in, who visits her, who pays, and how she goes home."""

    def wants(self, product: Product, upto: str = "planned") -> Self:
        """Take a product up to a state: wished, offered or planned."""
        part = products.wish(self.coordinator, self.dossier_id, product, self.now)
        self.parts[product] = part.id
        for state, step in (("offered", products.offer), ("planned", products.plan)):
            if upto == "wished":
                break
            step(self.coordinator, part.id, self.now)
            if upto == state:
                break
        return self

    def asks(self, product: Product, asked: Asked) -> Self:
        """Let her say what she asks of a volunteer."""
        products.note_asked(self.coordinator, self.parts[product], asked, self.now)
        return self

    def asked(self, product: Product, helper: str) -> Self:
        """Ask a volunteer for her."""
        volunteer = self.side.helpers[helper]
        row = products.propose_match(self.coordinator, self.parts[product], volunteer, self.now)
        self.matches[product] = row.id
        return self

    def matched(self, product: Product, helper: str) -> Self:
        """Let both say yes, meet and try each other out, and begin."""
        self.asked(product, helper)
        by, match = self.coordinator, self.matches[product]
        products.volunteer_answers(by, match, True, self.now)
        products.mother_answers(by, match, True, self.now)
        products.introduce(by, match, self.now)
        products.start(by, self.parts[product], self.now)
        products.start_trial(by, match, self.now)
        return self

    def visited(self, product: Product, times: int, every: int = 14) -> Self:
        """Let visits take place, with a short account of each."""
        for turn in range(times):
            self.after(every)
            log = Log(
                held_on=self.now.on,
                minutes=90,
                mood=2 + turn % 4,
                themes=(Theme.CHILDREN,),
                note=_NOTES[(self.number + turn) % len(_NOTES)],
            )
            products.log_visit(self.coordinator, self.matches[product], log, self.now)
        return self

    def settled(self, product: Product) -> Self:
        """Let the match run after its trial."""
        products.run(self.coordinator, self.matches[product], self.now)
        return self

    def enrolled(self, course: int | None = None) -> Self:
        """Let her join a course: by default the one that runs in her prison."""
        chosen = self.side.agenda.course if course is None else course
        courses.enrol(self.coordinator, chosen, self.parts[Product.IK_JIJ_WIJ], self.now)
        return self

    def visit_planned(self, product: Product, in_days: int, at: time = time(14)) -> Self:
        """Plan the next visit, counted from the business day."""
        planned_on = TODAY + timedelta(days=in_days)
        products.plan_visit(
            self.coordinator, self.matches[product], planned_on, at, place_of(product), self.now
        )
        return self

    def in_series(self, product: Product, in_days: int, at: time = time(14)) -> Self:
        """Let visits fall every two weeks, from a day counted from the business day; the fourth is moved."""
        first = TODAY + timedelta(days=in_days)
        new = NewSeries(from_on=first, at=at, minutes=90, every_days=14, place=place_of(product))
        row = products.start_series(self.coordinator, self.matches[product], new, self.now)
        fourth = first + timedelta(days=42)
        change = Change(fourth, Gap.MOVED, fourth + timedelta(days=1), time(15))
        products.change_day(self.coordinator, row.id, change, self.now)
        return self

    def returns_to(self, code: str) -> Self:
        """Say to which municipality she goes."""
        families.set_return(self.coordinator, self.dossier_id, ReturnKind.KNOWN, code, self.now)
        return self

    def consents(self, purpose: Purpose, recipient: str = "") -> Self:
        """Let her consent to sharing."""
        builders.with_consent(self.coordinator, self.dossier_id, purpose, self.now, recipient)
        return self

    def released(self, code: str | None) -> Self:
        """Release her today, to a municipality or without a fixed address."""
        kind = ReturnKind.KNOWN if code else ReturnKind.NO_FIXED_ADDRESS
        families.release(
            self.coordinator, self.dossier_id, self.now.on, ReleaseKind.END_OF_SENTENCE, kind, code, self.now
        )
        return self

    def at_home(self) -> Self:
        """Let the trajectory go on outside."""
        trajectory.start_outside(self.coordinator, self.plan_id, self.now)
        return self

    @property
    def plan_id(self) -> UUID:
        """Her open trajectory."""
        with rls.system("story", self.now.on):
            found = open_trajectory(self.dossier_id)
        assert found is not None, "no open trajectory"
        return found.id


_NOTES = (
    "Zij vertelde over de kinderen en liet tekeningen zien.",
    "Wij lazen samen een brief en schreven een antwoord.",
    "Een rustig gesprek over later en over thuis.",
    "Zij had een zware week. Wij dronken thee en praatten.",
)
