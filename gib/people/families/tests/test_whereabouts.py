"""In, moved, out and in again: episodes of detention, the history of expected days, and where she goes."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions, builders
from gib.people.families.domain.codes import ReleaseKind, ReturnKind, Source
from gib.people.families.models import (
    DetentionEpisode,
    Domicile,
    Dossier,
    ExpectedRelease,
    Placement,
    current_place,
    domicile_of,
    last_episode,
    latest_expectation,
    open_episode,
    participant_of,
    rows_of,
)
from gib.people.families.tests.conftest import TODAY, broken, last_payload, later, names_of

DAY = timedelta(days=1)
NOWHERE = [ReturnKind.UNKNOWN, ReturnKind.ABROAD, ReturnKind.NO_FIXED_ADDRESS]
END = ReleaseKind.END_OF_SENTENCE


def move(actor: Actor, dossier_id: UUID, prison: str, days: int, unit: str = "") -> Placement:
    now = later(days)
    return actions.place(actor, dossier_id, prison, unit, "remand", now.on, now)


def free(actor: Actor, dossier_id: UUID, days: int, kind: str = "known", town: str | None = "0363") -> Any:
    now = later(days)
    return actions.release(actor, dossier_id, now.on, END, kind, town, now)


def again(actor: Actor, dossier_id: UUID, days: int, prison: str = "ZWO") -> Any:
    now = later(days)
    return actions.detain_again(actor, dossier_id, now.on, prison, "", "remand", now)


def days_of(model: Any, dossier_id: UUID) -> list[tuple[int, int | None]]:
    """Give the episodes of a dossier in days since the story began."""
    rows = rows_of(model, dossier_id).order_by("from_on")
    return [((row.from_on - TODAY).days, row.to_on and (row.to_on - TODAY).days) for row in rows]


# In, moved, out, in again


def test_three_detentions_are_one_dossier_without_a_day_twice(coordinator: Actor, dossier: Dossier) -> None:
    move(coordinator, dossier.id, "TPL", 10)
    free(coordinator, dossier.id, 30)
    again(coordinator, dossier.id, 60)
    free(coordinator, dossier.id, 70, "no_fixed_address", None)
    again(coordinator, dossier.id, 100)
    assert days_of(DetentionEpisode, dossier.id) == [(0, 30), (60, 70), (100, None)]
    assert days_of(Placement, dossier.id) == [(0, 9), (10, 30), (60, 70), (100, None)]
    assert days_of(Domicile, dossier.id) == [(30, 59), (70, 99)]
    assert names_of(dossier.id)[1:] == ["Placed", "Released", "DetainedAgain", "Released", "DetainedAgain"]


@pytest.mark.parametrize(("day", "prison"), [(0, "NSL"), (9, "NSL"), (10, "TPL"), (30, "TPL"), (31, None)])
def test_where_she_was_can_be_asked_for_any_day(
    coordinator: Actor, dossier: Dossier, day: int, prison: str | None
) -> None:
    move(coordinator, dossier.id, "TPL", 10)
    free(coordinator, dossier.id, 30)
    spot = current_place(dossier.id, later(day).on)
    assert (spot.prison_id if spot else None) == prison
    home = domicile_of(dossier.id, later(day).on)
    assert (home is not None) is (day >= 30)


def test_the_last_detention_is_the_open_one_or_the_latest(coordinator: Actor, dossier: Dossier) -> None:
    first = open_episode(dossier.id)
    free(coordinator, dossier.id, 5)
    assert (open_episode(dossier.id), last_episode(dossier.id)) == (None, first)
    second = again(coordinator, dossier.id, 9)
    assert last_episode(dossier.id) == open_episode(dossier.id) == second


def test_who_is_freed_and_detained_on_one_day_begins_the_day_after(
    coordinator: Actor, dossier: Dossier
) -> None:
    free(coordinator, dossier.id, 5)
    with broken("episode_overlaps"):
        again(coordinator, dossier.id, 5)
    again(coordinator, dossier.id, 6)
    assert days_of(Domicile, dossier.id) == [(5, 5)]


def test_a_release_on_the_day_of_entry_is_a_detention_of_one_day(
    coordinator: Actor, dossier: Dossier
) -> None:
    free(coordinator, dossier.id, 0)
    assert days_of(DetentionEpisode, dossier.id) == days_of(Placement, dossier.id) == [(0, 0)]


@pytest.mark.parametrize(("prison", "moved"), [("TPL", True), ("NSL", False)])
def test_only_another_prison_is_a_move(
    coordinator: Actor, dossier: Dossier, prison: str, moved: bool
) -> None:
    move(coordinator, dossier.id, prison, 3, "C4")
    told = last_payload(dossier.id)
    assert (told["prison"], told["from_prison"], told["moved"]) == (prison, "NSL", moved)


def test_back_to_the_first_prison_is_a_third_place(coordinator: Actor, dossier: Dossier) -> None:
    for day, prison in ((3, "TPL"), (6, "NSL")):
        move(coordinator, dossier.id, prison, day)
    assert days_of(Placement, dossier.id) == [(0, 2), (3, 5), (6, None)]
    assert last_payload(dossier.id)["moved"] is True


def test_a_release_without_a_known_place_still_ends_the_detention(coordinator: Actor) -> None:
    dossier = builders.a_dossier(coordinator, later(0), prison_code=None, detained_from=TODAY)
    free(coordinator, dossier.id, 2)
    assert days_of(DetentionEpisode, dossier.id) == [(0, 2)]
    assert days_of(Placement, dossier.id) == []


# Where she goes


@pytest.mark.parametrize("kind", NOWHERE)
def test_nowhere_to_go_is_an_answer_of_its_own(coordinator: Actor, dossier: Dossier, kind: str) -> None:
    free(coordinator, dossier.id, 4, kind, None)
    home, mother = domicile_of(dossier.id, later(4).on), participant_of(dossier.id)
    assert home is not None
    assert (home.kind, home.municipality_id) == (kind, None)
    assert (mother.return_kind, mother.return_municipality_id) == (kind, None)
    assert last_payload(dossier.id)["return_kind"] == kind


@pytest.mark.parametrize("kind", NOWHERE)
def test_nowhere_to_go_takes_no_municipality(coordinator: Actor, dossier: Dossier, kind: str) -> None:
    with broken("municipality_not_asked"):
        actions.set_return(coordinator, dossier.id, kind, "0363", later(1))


def test_from_no_address_to_a_home_is_an_episode_each(coordinator: Actor, dossier: Dossier) -> None:
    free(coordinator, dossier.id, 4, "no_fixed_address", None)
    actions.set_return(coordinator, dossier.id, "known", "0917", later(20))
    actions.set_return(coordinator, dossier.id, "known", "0363", later(20))
    actions.set_return(coordinator, dossier.id, "abroad", None, later(50))
    assert days_of(Domicile, dossier.id) == [(4, 19), (20, 49), (50, None)]
    homes = [row.municipality_id for row in rows_of(Domicile, dossier.id).order_by("from_on")]
    assert homes == [None, "0363", None]
    told = last_payload(dossier.id)
    assert (told["old_municipality"], told["kind"], told["municipality"]) == ("0363", "abroad", None)


def test_release_keeps_where_she_was_expected_beside_where_she_went(
    coordinator: Actor, dossier: Dossier
) -> None:
    actions.set_return(coordinator, dossier.id, "known", "0917", later(1))
    episode = free(coordinator, dossier.id, 4)
    assert (episode.expected_return_kind, episode.expected_municipality_id) == ("known", "0917")
    assert participant_of(dossier.id).return_municipality_id == "0363"


# The history of expected days is never rewritten

SAID = st.tuples(st.none() | st.integers(0, 90), st.sampled_from(Source), st.integers(0, 3))


def history(dossier_id: UUID) -> list[tuple[Any, ...]]:
    rows = rows_of(ExpectedRelease, dossier_id).order_by("entered_at", "position")
    return [(row.id, row.position, row.expected_on, row.source, row.entered_on) for row in rows]


@pytest.mark.requirement("DJI-04")
@settings(
    max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(SAID, min_size=1, max_size=8))
def test_what_was_once_expected_stays_as_it_was_told(
    coordinator: Actor, said: list[tuple[int | None, Source, int]]
) -> None:
    with transaction.atomic():
        dossier, day, before = builders.a_dossier(coordinator, later(0)), 0, list[Any]()
        for ahead, source, passed in said:
            day += passed
            now = later(day)
            expected_on = None if ahead is None else now.on + ahead * DAY
            try:
                actions.expect_release(coordinator, dossier.id, expected_on, source, "guess", now)
            except RuleBroken as refused:
                assert refused.code == "no_change"
                assert history(dossier.id) == before
                continue
            kept = history(dossier.id)
            assert kept[:-1] == before
            assert kept[-1][1:] == (len(kept), expected_on, str(source), now.on)
            before = kept
        assert all(one[2:4] != other[2:4] for one, other in pairwise(before))
        transaction.set_rollback(True)


def test_each_shift_tells_the_day_before_it_and_the_day_after(coordinator: Actor, dossier: Dossier) -> None:
    days = [TODAY + 30 * DAY, None, TODAY + 12 * DAY]
    told = []
    for day in days:
        actions.expect_release(coordinator, dossier.id, day, "court", "certain", later(0))
        told.append(last_payload(dossier.id))
    written = [day and day.isoformat() for day in days]
    assert [(each["old_on"], each["new_on"]) for each in told] == [
        (None, written[0]),
        (written[0], None),
        (None, written[2]),
    ]


def test_a_new_detention_begins_a_history_of_its_own(coordinator: Actor, dossier: Dossier) -> None:
    actions.expect_release(coordinator, dossier.id, later(9).on, "prison", "likely", later(0))
    free(coordinator, dossier.id, 5)
    kept = history(dossier.id)
    again(coordinator, dossier.id, 8)
    assert latest_expectation(dossier.id) is None
    actions.expect_release(coordinator, dossier.id, later(40).on, "prison", "likely", later(8))
    assert history(dossier.id)[: len(kept)] == kept
    assert [row[1] for row in history(dossier.id)] == [1, 1]


def test_the_same_day_from_another_source_is_news(coordinator: Actor, dossier: Dossier) -> None:
    day = later(20).on
    for source in ("prison", "court"):
        actions.expect_release(coordinator, dossier.id, day, source, "likely", later(0))
    actions.expect_release(coordinator, dossier.id, day, "court", "certain", later(0))
    assert len(history(dossier.id)) == 3


# What the database itself refuses


@pytest.mark.parametrize("model", [DetentionEpisode, Placement])
def test_the_database_keeps_one_open_episode(coordinator: Actor, dossier: Dossier, model: Any) -> None:
    row = rows_of(model, dossier.id).get()
    copy = model(**{field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields})
    copy.pk = UUID(int=5)
    with pytest.raises(IntegrityError), transaction.atomic(), rls.system("test"):
        copy.save(force_insert=True)


def test_the_database_refuses_an_end_before_a_beginning(coordinator: Actor, dossier: Dossier) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), rls.system("test"):
        rows_of(DetentionEpisode, dossier.id).update(to_on=TODAY - DAY)


def test_no_event_of_detention_holds_more_than_days_and_codes(coordinator: Actor, dossier: Dossier) -> None:
    move(coordinator, dossier.id, "TPL", 3, "Geheime gang")
    free(coordinator, dossier.id, 5)
    told = " ".join(str(row.payload) for row in rows_of(Happening, dossier.id))
    assert "Geheime" not in told and "Madelief" not in told
