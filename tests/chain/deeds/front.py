"""Referral, intake and the hand-over of a case to another team."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from gib.care.intake import actions as intake
from gib.care.intake.domain import (
    Area,
    Cause,
    Choice,
    NewTalk,
    Note,
    Products,
    Said,
    Section,
    Talked,
    Who,
    Wishes,
)
from gib.care.intake.domain import Needs as Marks
from gib.care.referral import actions as referral
from gib.care.referral.domain import Answers, Channel, Children, DeclineReason, EndReason, Overtaking
from gib.core.access.actor import Actor
from gib.people.families import builders
from gib.people.families.domain.codes import Place, Source
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import Product
from gib.portal import actions as portal
from gib.portal.domain import TransferState
from tests.chain.walk import Nothing, Row, Walk, deed

REFERRAL, INTAKE = "referral_referral", "intake_intake"
OPEN = ("submitted", "returned", "accepted", "intake_planned")


def told(walk: Walk, number: int) -> Answers:
    """Give what a referrer writes of the next invented mother."""
    return Answers(
        first_name=builders.MOTHERS[number % len(builders.MOTHERS)],
        last_name=builders.LAST_NAMES[number % len(builders.LAST_NAMES)],
        born_on=date(1970 + number % 20, 1 + number % 12, 1 + number % 28),
        unit=walk.pick(["A1", "B2"]),
        consent_seen_on=walk.on,
        children=walk.pick([Children.UNKNOWN, Children.YES]),
        expected_on=walk.pick([None, walk.day(5, 90)]),
        expected_source=Source.PRISON,
        channel=Channel.MMD,
    )


def _referrer(walk: Walk) -> Actor:
    return walk.pick([side.mmd for side in walk.town.cast.sides])


def _own(walk: Walk, row: Row) -> Actor:
    """Give who wrote a referral."""
    sides = walk.town.cast.sides
    team = walk.team_of(row)
    people = [*(side.mmd for side in sides), walk.town.coordinators[team], walk.town.deputies[team]]
    return walk.one([each for each in people if each.user_id == row["referrer_id"]])


@deed("refer")
def refer(walk: Walk, row: Row) -> Any:
    return referral.refer(_referrer(walk), told(walk, len(walk.all("families_dossier"))), walk.now)


@deed("refer")
def draft(walk: Walk, row: Row) -> Any:
    return referral.draft(_referrer(walk), told(walk, len(walk.all("families_dossier"))), now=walk.now)


@deed("refer", REFERRAL, "draft", "returned")
def submit(walk: Walk, row: Row) -> Any:
    return referral.submit(_own(walk, row), row["id"], now=walk.now)


@deed("refer", REFERRAL, "draft", "returned")
def write_on(walk: Walk, row: Row) -> Any:
    answers = replace(told(walk, 7), unit=walk.pick(["", "C3"]))
    return referral.draft(_own(walk, row), answers, row["id"], now=walk.now)


@deed("refer", "families_dossier")
def refer_again(walk: Walk, row: Row) -> Any:
    return referral.refer_again(walk.by(row), row["id"], told(walk, 3), walk.now)


@deed("refer", REFERRAL, "submitted")
def accept(walk: Walk, row: Row) -> Any:
    return referral.accept(walk.by(row), row["id"], walk.now)


@deed("refer", REFERRAL, "submitted")
def ask_referrer(walk: Walk, row: Row) -> Any:
    return referral.return_to_referrer(walk.by(row), row["id"], walk.pick(["Welke afdeling?", " "]), walk.now)


@deed("refer", REFERRAL, "submitted", "returned", "accepted")
def decline(walk: Walk, row: Row) -> Any:
    return referral.decline(walk.by(row), row["id"], walk.pick(list(DeclineReason)), walk.now)


@deed("refer", REFERRAL, "submitted")
def attach(walk: Walk, row: Row) -> Any:
    team = walk.team_of(row)
    others = [each for each in walk.all("families_dossier", team_id=team) if each["id"] != row["dossier_id"]]
    return referral.attach(walk.by(row), row["id"], walk.one(others)["id"], walk.now)


@deed("refer", REFERRAL, *OPEN)
def overtake(walk: Walk, row: Row) -> Any:
    return referral.overtake(walk.by(row), row["id"], walk.pick(list(Overtaking)), walk.now)


@deed("refer", REFERRAL, "accepted", "intake_planned", "intake_done")
def end_referral(walk: Walk, row: Row) -> Any:
    later = walk.pick([None, walk.day(1, 40)])
    return referral.close_without_trajectory(
        walk.by(row), row["id"], walk.pick(list(EndReason)), later, now=walk.now
    )


# ---- the talks


@deed("hear", REFERRAL, "submitted", "accepted")
def plan_intake(walk: Walk, row: Row) -> Any:
    day = walk.day(-1, 6)
    return intake.plan(walk.by(row), row["id"], day, time(10), "Spreekkamer 1", walk.now)


@deed("hear", INTAKE, "planned", "held")
def plan_talk(walk: Walk, row: Row) -> Any:
    new = NewTalk(planned_on=walk.day(0, 6), planned_time=time(11), place="Spreekkamer 2")
    return intake.plan_talk(walk.by(row), row["id"], new, walk.now)


@deed("hear", INTAKE, "planned")
def hold_talk(walk: Walk, row: Row) -> Any:
    return intake.hold(walk.by(row), row["id"], walk.day(-1, 1), walk.now)


@deed("hear", INTAKE, "planned", "held")
def drop_talk(walk: Walk, row: Row) -> Any:
    return intake.drop_talk(walk.by(row), row["id"], walk.pick(list(Cause)), walk.now)


@deed("hear", INTAKE, "planned", "held")
def save_marks(walk: Walk, row: Row) -> Any:
    mark = walk.pick([0, 3, 5, 6])
    save, area = walk.pick([(intake.save_needs, Area.MONEY), (intake.save_baseline, Area.DEBTS)])
    return save(walk.by(row), row["id"], Marks(said={area: Said(mark=mark)}), walk.now)


@deed("hear", INTAKE, "planned", "held")
def save_wishes(walk: Walk, row: Row) -> Any:
    wishes = Wishes(words=walk.pick([("Mijn kinderen zien", "Rust"), ("Werk",), ("a", "b", "c", "d")]))
    return intake.save_wishes(walk.by(row), row["id"], wishes, walk.now)


@deed("hear", INTAKE, "planned", "held")
def save_pages(walk: Walk, row: Row) -> Any:
    talked = Products(talked={walk.pick(list(Product)): Talked(choice=walk.pick(list(Choice)))})
    save = walk.pick(
        [
            lambda by: intake.save_products(by, row["id"], talked, walk.now),
            lambda by: intake.save_note(by, row["id"], Section.HELPERS, Note(text="Haar zus"), walk.now),
            lambda by: intake.save_who(by, row["id"], Who(languages=("nl", "es")), walk.now),
        ]
    )
    return save(walk.by(row))


@deed("hear", INTAKE, "planned", "held")
def take_consent(walk: Walk, row: Row) -> Any:
    answer = walk.pick([Answer(place=Place.PRISON), Answer(place=Place.PRISON), None])
    return intake.take_consent(walk.by(row), row["id"], answer, "nl", walk.now)


@deed("hear", INTAKE, "held")
def complete_intake(walk: Walk, row: Row) -> Any:
    return intake.complete(walk.by(row), row["id"], walk.now)


@deed("hear", INTAKE, "planned", "held")
def cancel_intake(walk: Walk, row: Row) -> Any:
    return intake.cancel(walk.by(row), row["id"], walk.pick(list(Cause)), walk.now)


@deed("hear", INTAKE, "planned", "held")
def refuse_intake(walk: Walk, row: Row) -> Any:
    return intake.refuse(walk.by(row), row["id"], walk.pick([None, walk.day(-1, 30)]), walk.now)


@deed("hear", INTAKE, "planned")
def overtake_intake(walk: Walk, row: Row) -> Any:
    return intake.overtake(walk.by(row), row["id"], walk.now)


# ---- to another team


@deed("transfer", "families_dossier")
def propose_transfer(walk: Walk, row: Row) -> Any:
    team = walk.pick(sorted(walk.town.coordinators))
    return portal.propose_transfer(walk.by(row), row["id"], team, walk.now)


@deed("transfer", "portal_transfer", "proposed")
def answer_transfer(walk: Walk, row: Row) -> Any:
    team = walk.pick([row["to_team_id"], row["to_team_id"], row["from_team_id"]])
    if row["state"] != "proposed" and team != walk.team_of(row):
        raise Nothing
    to = walk.pick([TransferState.ACCEPTED, TransferState.DECLINED, TransferState.WITHDRAWN])
    return portal.answer_transfer(walk.town.coordinators[team], row["id"], to, walk.now)
