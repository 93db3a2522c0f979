"""Truths about who sees what: asked of the doors of the house, compared with the plain rows."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, Final

from gib.care.handover.models import NeedSignal, SafetyCase
from gib.care.products.models import Contact, Match
from gib.care.referral.domain import StatusWord
from gib.care.referral.models import Referral
from gib.care.trajectory.models import Trajectory
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.people.families.models import Participant
from tests.chain.rows import Row, tables
from tests.chain.truths.ledger import SIGHT
from tests.chain.truths.step import Step

_OFFENCE: Final = ("offence", "crime", "delict", "conviction", "suspicion")
#: What a referrer may not learn, however she asks.
_HIDDEN: Final = ("end_reason", "talked_on", "accepted_on", "intake_done_on", "wish", "not_before_on")


@cache
def _columns() -> frozenset[str]:
    return frozenset(name for _key, columns in tables().values() for name in columns)


def no_offence(step: Step) -> None:
    """Invariant 10: nothing stores what she did."""
    found = [name for name in _columns() if any(word in name for word in _OFFENCE)]
    assert not found, f"columns about an offence: {found}"


def _turn(step: Step, actors: list[Actor]) -> Actor:
    """Give one of the actors, another after each event, so that a walk asks them all."""
    return actors[len(step.after["journal_happening"]) % len(actors)]


def volunteer_sees_hers(step: Step) -> None:
    """Invariant 11: her running matches and what they brought; after the end two weeks, then nothing."""
    actor = _turn(step, step.town.visitors)
    hers = [row for row in step.rows("products_match") if row["volunteer_id"] == actor.volunteer_id]
    seen = {row["id"] for row in hers if _is_in_sight(step, row)}
    assert _ids(Match, actor, step) == seen, "other matches than hers"
    met = {row["id"]: row for row in hers if row["from_on"] and row["id"] in seen}
    visits = {
        row["id"]
        for row in step.rows("products_contact")
        if row["volunteer_id"] == actor.volunteer_id and row["match_id"] in met
    }
    assert _ids(Contact, actor, step) == visits, "other visits than hers"
    mothers = {row["dossier_id"] for row in met.values()}
    assert _dossiers(Participant, actor, step) == mothers, "another mother than hers"


def _is_in_sight(step: Step, row: Row) -> bool:
    return row["to_on"] is None or bool(row["to_on"] >= step.on - timedelta(days=SIGHT))


def _ids(model: Any, actor: Actor, step: Step) -> set[Any]:
    return set(model.visible_to(actor, step.on).values_list("pk", flat=True))


def _dossiers(model: Any, actor: Actor, step: Step) -> set[Any]:
    return set(model.visible_to(actor, step.on).values_list("dossier_id", flat=True))


def referrer_sees_words(step: Step) -> None:
    """Invariant 12: who referred sees her own referrals, of each a word, and nothing else of anybody."""
    actor = _turn(step, [side.mmd for side in step.town.cast.sides])
    own = {row["id"] for row in step.rows("referral_referral") if row["referrer_id"] == actor.user_id}
    rows = list(Referral.visible_to(actor, step.on).written_by(actor))
    assert {row.id for row in rows} == own, "other referrals than hers"
    for row in rows:
        assert row.status in set(StatusWord), f"{row.status} is no status word"
    for name in _HIDDEN if rows else ():
        assert _is_hidden(lambda name=name: getattr(rows[0], name)), f"she reads {name}"
    for model in (Participant, Trajectory, Match, Contact, NeedSignal, SafetyCase):
        assert not _ids(model, actor, step), f"she sees {model.__name__}"


def _is_hidden(look: Callable[[], object]) -> bool:
    try:
        look()
    except NotShown:
        return True
    return False


def safety_is_quiet(step: Step) -> None:
    """Invariant 19: a worry about safety is told in no sentence, and shown to nobody outside the team."""
    quiet = {str(row["id"]) for row in step.rows("handover_needsignal") if _is_quiet(row)}
    for row in step.news:
        speaks = row["name"] in _SPEAKS and row["payload"]["signal_id"] in quiet
        assert not speaks, f"{row['name']} speaks of safety"
    helper = _turn(step, step.town.visitors)
    for actor in (helper, _turn(step, [side.mmd for side in step.town.cast.sides])):
        assert not _ids(SafetyCase, actor, step), f"a {actor.role} sees a case of the reporting code"
    raised = {
        row["id"]
        for row in step.rows("handover_needsignal")
        if row["raised_by_volunteer_id"] == helper.volunteer_id
    }
    assert _ids(NeedSignal, helper, step) <= raised, "she sees what another told"
    told = set(NeedSignal.for_house("chain", step.on).told_to_her().values_list("pk", flat=True))
    assert not {str(key) for key in told} & quiet, "the mother would read of safety"


def _is_quiet(row: Row) -> bool:
    return row["kind"] == "child_safety" or row["urgency"] == "unsafe" or row["decision"] == "safety"


_SPEAKS: Final = tuple(f"handover.Signal{word}" for word in ("Raised", "Triaged", "Discussed", "Closed"))
