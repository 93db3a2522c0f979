"""More than the demonstration shows: a mother in each team of whom every table holds a row."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.crypto import get_random_string

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare import builders as conferences
from gib.care.aftercare.actions import NewPoint
from gib.care.aftercare.sheet import AGREEMENTS
from gib.care.handover import actions as handover
from gib.care.handover import builders as needs
from gib.care.handover.domain import NeedKind, Urgency
from gib.care.intake import actions as intake
from gib.care.intake.domain import Area, Choice, Needs, Note, Products, Said, Section, Talked, Wishes
from gib.care.products import actions as products
from gib.care.products import builders as helped
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.domain.match import Why
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.talks import Going, MatchTalkKind, NewTalk, TalkedWith, Wish
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.models import Attendance, Match
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import NewRide
from gib.care.products.moeder_kind_bezoeken.domain.rides import Car
from gib.care.products.moedermaatjes import actions as homes
from gib.care.products.moedermaatjes.domain import Faring
from gib.care.referral import actions as referral
from gib.care.referral.domain import Answers, Channel, Children
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import Scores
from gib.care.trajectory.domain.network import Person, Ring, Tie
from gib.care.trajectory.domain.outreach import Attempt, Outcome, Rung
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import now_on
from gib.core.kernel.dates import Period
from gib.core.sheets.models import Upload
from gib.core.sheets.reading import read
from gib.core.sheets.tables import find_table
from gib.people.accounts.models import Appointment, User
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Confidence, Place, Purpose, ResidenceKind, Source
from gib.people.families.domain.consent import Answer
from gib.people.families.domain.emergency import EmergencyCategory, NewEmergency
from gib.people.families.models import Child, Dossier, number_of
from gib.people.partners.actions import propose_update
from gib.people.partners.actions.load import DATA
from gib.people.partners.domain import Product
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.sheet import TEMPLATE
from gib.portal import actions as portal
from gib.portal.demo import groups
from gib.portal.demo.people import TODAY, Cast, days_ago
from gib.portal.demo.story import Story
from gib.portal.domain import ErasureGround, HoldKind
from gib.portal.imports import actions as sheets
from tests.world.base import SMALL, WorldCase, seats
from tests.world.standing import Standing

#: The number of the first mother here; the world itself uses those below.
FIRST: Final = 70
VISITS, COURSE, GOOSE = Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ, Product.MOEDER_DE_GANS
MORNING, HOME = Product.MOEDER_KIND_BEZOEKEN, Product.MOEDERMAATJES
REGISTER: Final = (DATA / "municipalities.csv").read_text("utf-8")
SHEET: Final = "Voornaam;Achternaam;Telefoon;Opmerking\nZilvermeeuw;Duinroos;0612349988;houdt van haken\n"
TERMS: Final = "Gemeente;Vorm;Vanaf;Plaatsen\nAmsterdam;plaatsen;1-1-2011;4\n"


def furnish(people: Cast) -> list[UUID]:
    """Add the two mothers, and give their dossiers in the order of the teams."""
    found = []
    for number, side in enumerate(people.sides):
        with reading(side.coordinator, "test"):
            story = Story(side, FIRST + number, 90)
            _inside(story)
            _family(story)
            _groups(story)
            _money(story)
            _worries(story)
            _desk(story)
            _handed(people, number)
            _leaving(story)
            _parted(story, number)
            found.append(story.dossier_id)
    _beside(people)
    _emergencies(people, found)
    return found


class FurnishedCase(WorldCase):
    """A test that stands on the world with a row in every table."""

    standing = Standing("furnished", furnish, SMALL)
    first: list[UUID]

    @classmethod
    def setUpTestData(cls) -> None:
        """Name the people of the world, and the dossiers of the two mothers."""
        super().setUpTestData()
        cls.first = cls.given[1]


def _emergencies(people: Cast, dossiers: list[UUID]) -> None:
    """Let the coordinator of the other team look into each of the two in an emergency."""
    for side, dossier_id in zip(reversed(people.sides), dossiers, strict=True):
        look = NewEmergency(
            number=number_of(dossier_id),
            category=EmergencyCategory.CHILD_SAFETY,
            reason="Een kind staat alleen op de stoep.",
        )
        families.open_emergency(side.coordinator, look, now_on(TODAY))


def _inside(story: Story) -> None:
    """Bring her to a running match with visits told and planned."""
    by = story.coordinator
    helper = volunteers.available(
        by, days_ago(200), VISITS, HOME, prison=story.side.team.prison.code, given_name="Proefneus"
    )
    story.side.helpers["Proefneus"] = helper.id
    story.referred(100).accepted().with_children(5, 9).talk_planned(0)
    _heard(story)
    story.planned()
    for product in (VISITS, COURSE, GOOSE, MORNING, HOME):
        story.wants(product)
    story.matched(VISITS, "Proefneus").visited(VISITS, 3).settled(VISITS)
    talk = NewTalk(MatchTalkKind.CLOSING, story.now.on, TalkedWith.BOTH, Going.WELL, her_wish=Wish.SAME)
    products.hold_match_talk(by, story.matches[VISITS], talk, story.now)
    _stands_in(story)
    story.visit_planned(VISITS, 0).in_series(VISITS, 14).after(story.at)
    goal = trajectory.add_goal(by, story.plan_id, "Iedere dag bellen", story.now)
    trajectory.mark_goal(by, goal.id, 3, story.now)
    held = trajectory.hold_review(by, story.plan_id, story.now.on, "Zij is tevreden.", story.now)
    trajectory.give_scores(by, held.id, Scores(given={Area.HOUSING: 2, Area.HEALTH: 4}), story.now)
    drawing = trajectory.draw_network(by, story.plan_id, story.now)
    sister = Person(role=Tie.FAMILY, ring=Ring.HEART, name="Zeester")
    trajectory.place_person(by, drawing.id, sister, story.now)
    silence = Attempt(Rung.MESSAGE, Outcome.NO_ANSWER, story.now.on, "Een bericht zonder antwoord.")
    trajectory.try_to_reach(by, story.plan_id, silence, story.now)


def _stands_in(story: Story) -> None:
    """Ask the volunteer who has an account, or somebody like her, to visit some days; nobody answered yet."""
    by, prison = story.coordinator, story.side.team.prison.code
    seat = Appointment.objects.filter(team_id=story.side.team.pk, volunteer_id__isnull=False).first()
    other = seat and seat.volunteer_id
    if other is None:
        other = volunteers.available(by, days_ago(200), VISITS, prison=prison, given_name="Proefval").id
    days = Period(TODAY + timedelta(days=17), TODAY + timedelta(days=19))
    products.ask_stand_in(by, story.matches[VISITS], other, days, story.now)


def _heard(story: Story) -> None:
    """Hold the talk and fill in every part of the intake."""
    by, at, now = story.coordinator, story.intake_id, story.now
    intake.hold(by, at, now.on, now)
    intake.take_consent(by, at, Answer(place=Place.PRISON), "nl", now)
    said = {Area.MONEY: Said(mark=1, note="Er liggen brieven die zij niet opent.")}
    intake.save_needs(by, at, Needs(said=said), now)
    intake.save_note(by, at, Section.HELPERS, Note(text="Haar zus belt elke zondag."), now)
    intake.save_products(by, at, Products(talked={VISITS: Talked(choice=Choice.WANTED)}), now)
    intake.save_wishes(by, at, Wishes(words=("Mijn kinderen zien", "Rust")), now)
    intake.complete(by, at, now)


def _family(story: Story) -> None:
    """Write down who is around her, and let the gate of one child be open and of the other be shut."""
    by, now, dossier = story.coordinator, story.now, story.dossier_id
    carer = families.add_caregiver(
        by, dossier, families.CaregiverFacts(name="Oma Bloemenwei", phone="+31612340001"), now
    )
    first, second = (row.id for row in _children(story))
    families.record_residence(
        by, first, ResidenceKind.WITH_FAMILY, carer.id, now.on - timedelta(days=30), now
    )
    mothers.with_open_gate(by, _children(story)[0], now)
    mothers.with_ban(by, second, now)
    families.expect_release(by, dossier, TODAY + timedelta(days=50), Source.MOTHER, Confidence.GUESS, now)
    families.set_return(by, dossier, "known", "0363", now)
    mothers.with_consent(by, dossier, Purpose.HOME_VISIT, now)
    others = Dossier.for_action(by, TODAY).filter(team_id=story.side.team.pk, erased_on__isnull=True)
    other = others.exclude(pk=dossier).order_by("-opened_on", "id")[0]
    families.keep_apart(by, dossier, other.pk, now)
    helper = next(key for name, key in sorted(story.side.helpers.items()) if name != "Proefneus")
    products.exclude(by, dossier, helper, Why.SAME_STREET, now)


def _children(story: Story) -> list[Child]:
    rows = Child.for_action(story.coordinator, TODAY).filter(dossier_id=story.dossier_id)
    return list(rows.order_by("birth_year"))


def _groups(story: Story) -> None:
    """Put her and a child on the lists of a meeting, a morning and a course."""
    by, now, team = story.coordinator, story.now, story.side.team.pk

    def planned(product: Product) -> int:
        new = NewMeeting(product=product, planned_on=TODAY, planned_time=time(14), room=f"Zaal {product}")
        return int(products.plan_meeting(by, team, new, now).pk)

    products.invite(by, planned(GOOSE), story.dossier_id, now)
    mornings.begin(by, story.parts[MORNING], now)
    morning = planned(MORNING)
    mornings.apply(by, morning, story.parts[MORNING], _children(story)[0].id, time(17), now)
    mornings.plan_ride(by, morning, NewRide(volunteer_id=groups.driver(story), car=Car(seats=4)), now)
    new = courses.NewCourse(first_on=TODAY, at=time(9), room="Zaal 2", pass_at=1)
    course = courses.plan_course(by, team, new, now)
    courses.enrol(by, course.pk, story.parts[COURSE], now)
    lessons = Attendance.for_action(by, TODAY).filter(participation_id=story.parts[COURSE])
    first = lessons.earliest("meeting__planned_on")
    courses.note_session(by, first.id, Presence.PRESENT, False, now)
    courses.write_plan(by, story.parts[COURSE], courses.Words(me="Ik kan goed luisteren."), now)
    prison = story.side.team.prison.code
    trainer = volunteers.available(by, days_ago(200), COURSE, prison=prison, given_name="Proefles")
    courses.add_trainer(by, course.pk, trainer.id, now)


def _money(story: Story) -> None:
    """Ask her municipality, and share her case at a conference."""
    by, now = story.coordinator, story.now
    mothers.with_consent(by, story.dossier_id, Purpose.MUNICIPALITY, now, recipient="0363")
    row = aftercare.draft_request(by, story.dossier_id, now)
    story.request_id = aftercare.submit_request(by, row.id, conferences.EXTRACT, "", now).id
    item = conferences.shared(by, now, story.dossier_id)
    aftercare.note_decision(by, item.id, "De gemeente belt haar op.", now)
    aftercare.add_point(
        by, item.id, NewPoint("consulent nazorg", "Een plek zoeken", TODAY + timedelta(days=9)), now
    )


def _worries(story: Story) -> None:
    """Raise two worries: one that becomes a handover, one about the safety of a child."""
    needs.accepted(story.coordinator, story.dossier_id, story.now)
    needs.weighed(story.coordinator, story.dossier_id, story.now)


def _desk(story: Story) -> None:
    """Bring in a sheet."""
    table = find_table(read(SHEET.encode()), TEMPLATE)
    sheets.bring(story.coordinator, TEMPLATE, table, story.now)


def _handed(people: Cast, number: int) -> None:
    """Let a team ask the other to take a mother over."""
    side, other = people.sides[number], people.sides[1 - number]
    story = Story(side, FIRST + 2 + number, 5).referred(70).accepted().after(5)
    portal.propose_transfer(side.coordinator, story.dossier_id, other.team.pk, story.now)


def _parted(story: Story, number: int) -> None:
    """Let help at home of another mother be rounded off, and let her be called once."""
    by = story.coordinator
    with reading(by, "test"):
        part, _match = helped.at_home(by, days_ago(160), 61 + number)
        homes.finish(by, part.id, days_ago(120).on, "Zij bakte een taart.", days_ago(120))
        homes.note_call(by, part.id, days_ago(20).on, Faring.NOT_REACHED, "Zij nam niet op.", days_ago(20))


def _leaving(story: Story) -> None:
    """Ask to erase another case of hers, and let it stay for now."""
    with reading(story.coordinator, "test"):
        case = mothers.a_dossier(story.coordinator, days_ago(2), 60)
    portal.hold(story.coordinator, case.id, HoldKind.COURT, "zitting", TODAY + timedelta(90), days_ago(1))
    portal.ask_erasure(story.coordinator, case.id, ErasureGround.HER_WISH, days_ago(1))


def _beside(people: Cast) -> None:
    """Let a volunteer raise a worry, others than the desk of a prison refer, and the leader bring a sheet."""
    now = days_ago(0)
    with reading(people.volunteer, "test"):
        match = Match.visible_to(people.volunteer, now.on).first()
        handover.raise_signal(
            people.volunteer, match.dossier_id, NeedKind.DEBT, Urgency.HELP, "Er is geen geld voor eten.", now
        )
    deputy, leader = (seats(role)[0].actor() for role in (Role.DEPUTY, Role.PROJECT_LEADER))
    for actor in (people.safety_house, *(side.coordinator for side in people.sides), deputy):
        _refers(actor)
    with reading(leader, "test"):
        sheets.bring(leader, AGREEMENTS, find_table(read(TERMS.encode()), AGREEMENTS), now)
        _checked(leader)
        propose_update(leader, REGISTER.replace("0003,Appingedam", "0003,Appingedam-Proef"), now)
    with reading(deputy, "test"):
        sheets.bring(deputy, TEMPLATE, find_table(read(SHEET.encode()), TEMPLATE), now)


def _checked(leader: Actor) -> None:
    """Bring two sheets that can still come in, and choose the columns of one."""
    table, now = find_table(read(TERMS.encode()), AGREEMENTS), now_on(TODAY)
    sheets.bring(leader, AGREEMENTS, table, now)
    upload_id = sheets.bring(leader, AGREEMENTS, table, now)
    upload = Upload.visible_to(leader, now.on).get(pk=upload_id)
    sheets.choose_columns(leader, upload_id, upload.positions, now)


def give_keys(user: User) -> None:
    """Give somebody a password and two keys, so that she may take one away."""
    user.set_password(get_random_string(20))
    user.save()
    kept = {
        Authenticator.Type.TOTP: {"secret": ""},
        Authenticator.Type.WEBAUTHN: {"name": "Sleutel 1", "credential": {}},
    }
    for kind, data in kept.items():
        Authenticator.objects.create(user=user, type=kind, data=data)


def _refers(actor: Actor) -> None:
    """Let somebody refer a mother, and begin with another."""
    prison = "TPL" if actor.role is Role.DEPUTY else ""
    told = Answers(
        first_name="Vlinderstruik",
        last_name="Verzonnen",
        born_on=date(1983, 4, 9),
        prison=prison or ("NSL" if actor.role is Role.SAFETY_HOUSE else ""),
        unit="A1",
        consent_seen_on=TODAY,
        children=Children.UNKNOWN,
        wish="Mijn dochter schrijven",
        channel=Channel.OTHER,
    )
    with reading(actor, "test"):
        referral.refer(actor, told, days_ago(0))
        referral.draft(actor, replace(told, first_name="Kamperfoelie"), now=days_ago(0))
