"""Detention: expected day of release, place, release, re-detention, and where she goes."""

from datetime import date
from typing import Any
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.families import domain
from gib.people.families.actions.changes import own, periods, successors
from gib.people.families.domain.codes import Confidence, ReleaseKind, ReturnKind, Source
from gib.people.families.domain.consent import State
from gib.people.families.domain.detention import Expectation, check_expected, check_release, check_return
from gib.people.families.domain.episodes import check_end, check_not_future, last_day_before
from gib.people.families.models import (
    Consent,
    DetentionEpisode,
    Domicile,
    ExpectedRelease,
    Participant,
    Placement,
    latest_expectation,
)
from gib.people.partners.domain import Regime
from gib.people.partners.models import Municipality, Prison


def _open(actor: Actor, dossier_id: UUID, now: Now) -> DetentionEpisode:
    episodes = DetentionEpisode.for_action(actor, now.on).filter(dossier_id=dossier_id)
    found: DetentionEpisode | None = episodes.filter(to_on__isnull=True).first()
    if found is None:
        _mother(actor, dossier_id, now)
        raise RuleBroken("not_detained")
    return found


def _mother(actor: Actor, dossier_id: UUID, now: Now) -> Participant:
    found: Participant = Participant.for_action(actor, now.on).get_or_404(dossier_id=dossier_id)
    return found


@act(P.MOVE_DETENTION)
def expect_release(
    actor: Actor,
    dossier_id: UUID,
    expected_on: date | None,
    source: Source | str,
    confidence: Confidence | str,
    now: Now,
) -> ExpectedRelease:
    """Add an answer to when she will be free; without a day it is unknown again.

    Raises:
        RuleBroken: 'not_detained', 'expected_in_past', 'no_change' when it was said last.
    """
    episode = _open(actor, dossier_id, now)
    last = latest_expectation(dossier_id)
    new = Expectation(expected_on, Source(source), Confidence(confidence))
    said = Expectation(last.expected_on, last.source, last.confidence) if last else None
    check_expected(new, said, now.on)
    row = ExpectedRelease(
        **own(episode),
        episode_id=episode.id,
        **vars(new),
        entered_at=now.at,
        entered_on=now.on,
        position=last.position + 1 if last else 1,
    )
    old_on = last.expected_on if last else None
    told = domain.ReleaseExpected(
        dossier_id=dossier_id, old_on=old_on, new_on=expected_on, source=str(source)
    )
    carry_out(actor, now, rows=[row], events=[told])
    return row


@act(P.MOVE_DETENTION)
def place(
    actor: Actor,
    dossier_id: UUID,
    prison_code: str,
    unit: str,
    regime: Regime | str,
    from_on: date,
    now: Now,
) -> Placement:
    """Record where she is held from a day on; the place before ends on the day before.

    A second answer for the same first day corrects the first.

    Raises:
        RuleBroken: 'not_detained', 'day_in_future', 'place_unknown', 'before_detention',
        'episode_overlaps', 'no_change'.
    """
    _check_place(prison_code, from_on, now)
    episode = _open(actor, dossier_id, now)
    if from_on < episode.from_on:
        raise RuleBroken("before_detention", from_on=f"{episode.from_on:%d-%m-%Y}")
    places = Placement.for_action(actor, now.on).filter(episode_id=episode.id)
    current = places.filter(to_on__isnull=True).first()
    where = {"prison_id": prison_code, "unit": unit, "regime": str(Regime(regime))}
    if current and where.items() <= vars(current).items():
        raise RuleBroken("no_change")
    from_prison = current.prison_id if current else ""
    new = Placement(**own(episode), episode_id=episode.id, from_on=from_on, **where)
    rows = successors(places, new, *where)
    told = domain.Placed(
        dossier_id=dossier_id,
        from_on=from_on,
        prison=prison_code,
        from_prison=from_prison,
        regime=str(regime),
        moved=from_prison not in ("", prison_code),
    )
    carry_out(actor, now, rows=rows, events=[told])
    placed: Placement = rows[-1]
    return placed


def _check_place(code: str, from_on: date, now: Now) -> None:
    check_not_future(from_on, now.on)
    if not Prison.objects.valid(now.on).filter(pk=code).exists():
        raise RuleBroken("place_unknown")


def _check_return(kind: ReturnKind | str, municipality_code: str | None, now: Now) -> None:
    check_return(kind, municipality_code)
    if municipality_code and not Municipality.objects.valid(now.on).filter(pk=municipality_code).exists():
        raise RuleBroken("municipality_unknown", on=f"{now.on:%d-%m-%Y}")


@act(P.MOVE_DETENTION)
def release(
    actor: Actor,
    dossier_id: UUID,
    released_on: date,
    kind: ReleaseKind | str,
    return_kind: ReturnKind | str,
    municipality_code: str | None,
    now: Now,
) -> DetentionEpisode:
    """Record that she is free: place and detention end, where she lives begins, consents ask for renewal.

    Raises:
        RuleBroken: 'not_detained', 'day_in_future', 'before_detention', 'period_backwards',
        'municipality_missing', 'municipality_not_asked', 'municipality_unknown'.

    Source: domain page 1.9; CON-04 for the renewal of consent at release.
    """
    _check_return(return_kind, municipality_code, now)
    episode = _open(actor, dossier_id, now)
    check_release(Period(episode.from_on, episode.to_on), released_on, now.on)
    mother = _mother(actor, dossier_id, now)
    episode.to_on, episode.release_kind = released_on, str(ReleaseKind(kind))
    episode.expected_return_kind = mother.return_kind
    episode.expected_municipality_id = mother.return_municipality_id
    rows = [*_ended_places(actor, episode, released_on, now), episode]
    mother.return_kind, mother.return_municipality_id = str(ReturnKind(return_kind)), municipality_code
    rows += [
        mother,
        *_homes(actor, mother, released_on, now),
        *_renewals(actor, dossier_id, released_on, now),
    ]
    told = domain.Released(
        dossier_id=dossier_id,
        kind=str(kind),
        released_on=released_on,
        return_kind=str(return_kind),
        municipality=municipality_code,
    )
    carry_out(actor, now, rows=rows, events=[told])
    return episode


def _ended_places(actor: Actor, episode: DetentionEpisode, to_on: date, now: Now) -> list[Any]:
    places = Placement.for_action(actor, now.on).filter(episode_id=episode.id, to_on__isnull=True)
    rows = list(places)
    for row in rows:
        check_end(Period(row.from_on, row.to_on), to_on)
        row.to_on = to_on
    return rows


def _renewals(actor: Actor, dossier_id: UUID, released_on: date, now: Now) -> list[Any]:
    given = Consent.for_action(actor, now.on).filter(dossier_id=dossier_id, state=State.GIVEN)
    rows = list(given.filter(given_on__lt=released_on, expires_on__gt=released_on))
    for row in rows:
        row.expires_on = released_on
    return rows


def _homes(actor: Actor, mother: Participant, from_on: date, now: Now) -> list[Any]:
    homes = Domicile.for_action(actor, now.on).filter(dossier_id=mother.dossier_id)
    where = {"kind": mother.return_kind, "municipality_id": mother.return_municipality_id}
    return successors(homes, Domicile(**own(mother), from_on=from_on, **where), *where)


@act(P.MOVE_DETENTION)
def set_return(
    actor: Actor, dossier_id: UUID, return_kind: ReturnKind | str, municipality_code: str | None, now: Now
) -> Participant:
    """Record where she is expected to go; once she is free, where she lives from today.

    Raises:
        RuleBroken: 'no_change', 'municipality_missing', 'municipality_not_asked', 'municipality_unknown'.
    """
    _check_return(return_kind, municipality_code, now)
    mother = _mother(actor, dossier_id, now)
    old = (mother.return_kind, mother.return_municipality_id)
    new = (str(ReturnKind(return_kind)), municipality_code or None)
    if old == new:
        raise RuleBroken("no_change")
    mother.return_kind, mother.return_municipality_id = new
    rows: list[Any] = [mother]
    if Domicile.for_action(actor, now.on).filter(dossier_id=dossier_id, to_on__isnull=True).exists():
        rows += _homes(actor, mother, now.on, now)
    told = domain.ReturnChanged(
        dossier_id=dossier_id, old_kind=old[0], old_municipality=old[1], kind=new[0], municipality=new[1]
    )
    carry_out(actor, now, rows=rows, events=[told])
    return mother


@act(P.MOVE_DETENTION)
def detain_again(
    actor: Actor,
    dossier_id: UUID,
    from_on: date,
    prison_code: str,
    unit: str,
    regime: Regime | str,
    now: Now,
) -> DetentionEpisode:
    """Open a new detention in the same dossier; where she lived ends on the day before.

    Raises:
        RuleBroken: 'day_in_future', 'already_detained', 'episode_overlaps', 'place_unknown'.
    """
    _check_place(prison_code, from_on, now)
    mother = _mother(actor, dossier_id, now)
    earlier = list(DetentionEpisode.for_action(actor, now.on).filter(dossier_id=dossier_id))
    if any(row.to_on is None for row in earlier):
        raise RuleBroken("already_detained")
    homes = list(Domicile.for_action(actor, now.on).filter(dossier_id=dossier_id, to_on__isnull=True))
    last_day_before(from_on, periods(earlier))
    for home in homes:
        home.to_on = last_day_before(from_on, [Period(home.from_on)])
    episode = DetentionEpisode(**own(mother), from_on=from_on)
    where = {"prison_id": prison_code, "unit": unit, "regime": str(Regime(regime))}
    spot = Placement(**own(mother), episode_id=episode.id, from_on=from_on, **where)
    told = domain.DetainedAgain(dossier_id=dossier_id, prison=prison_code)
    carry_out(actor, now, rows=[*homes, episode, spot], events=[told])
    return episode
