"""Detention as people record it: the history of expected days, places, release, re-detention, return."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from gib.core.access.actor import Actor
from gib.core.kernel.ids import new_id
from gib.people.families import actions, builders
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import (
    Consent,
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
from gib.people.families.tests.conftest import NOW, TODAY, broken, last_payload, later, names_of
from gib.people.partners.models import Team

DAY = timedelta(days=1)


def history(dossier_id: object) -> list[date | None]:
    return list(
        rows_of(ExpectedRelease, dossier_id).order_by("position").values_list("expected_on", flat=True)
    )


# Expected day of release


def test_each_new_expectation_is_added_and_the_last_counts(coordinator: Actor, dossier: Dossier) -> None:
    days = [TODAY + 30 * DAY, None, TODAY + 60 * DAY]
    for each in days:
        actions.expect_release(coordinator, dossier.id, each, "prison", "likely", NOW)
    assert history(dossier.id) == days
    assert latest_expectation(dossier.id).expected_on == TODAY + 60 * DAY
    assert last_payload(dossier.id) == {
        "old_on": None,
        "new_on": str(TODAY + 60 * DAY),
        "source": "prison",
    }


@pytest.mark.parametrize(
    ("expected_on", "code"), [(TODAY + DAY, "no_change"), (TODAY - DAY, "expected_in_past")]
)
def test_an_expectation_that_is_old_or_over_is_refused(
    coordinator: Actor, dossier: Dossier, expected_on: date, code: str
) -> None:
    actions.expect_release(coordinator, dossier.id, TODAY + DAY, "mother", "guess", NOW)
    with broken(code):
        actions.expect_release(coordinator, dossier.id, expected_on, "mother", "guess", NOW)
    assert history(dossier.id) == [TODAY + DAY]


def test_what_was_expected_cannot_be_rewritten(coordinator: Actor, dossier: Dossier) -> None:
    row = actions.expect_release(coordinator, dossier.id, TODAY + DAY, "mother", "guess", NOW)
    row.expected_on = TODAY + 2 * DAY
    with pytest.raises(TypeError):
        row.save()


def test_nobody_expects_the_release_of_who_is_free(coordinator: Actor, dossier: Dossier) -> None:
    builders.released(coordinator, dossier.id, NOW)
    with broken("not_detained"):
        actions.expect_release(coordinator, dossier.id, TODAY + DAY, "mother", "guess", NOW)
    assert latest_expectation(dossier.id) is None


# Places


def test_a_transfer_closes_the_place_before_it(coordinator: Actor, dossier: Dossier) -> None:
    now = later(20)
    actions.place(coordinator, dossier.id, "TPL", "B1", "sentence", now.on, now)
    assert current_place(dossier.id, now.on - DAY).prison_id == "NSL"
    assert current_place(dossier.id, now.on).prison_id == "TPL"
    assert last_payload(dossier.id) == {
        "from_on": str(now.on),
        "prison": "TPL",
        "from_prison": "NSL",
        "regime": "sentence",
        "moved": True,
    }


def test_another_unit_is_no_move(coordinator: Actor, dossier: Dossier) -> None:
    now = later(20)
    actions.place(coordinator, dossier.id, "NSL", "D4", "remand", now.on, now)
    assert last_payload(dossier.id)["moved"] is False
    assert rows_of(Placement, dossier.id).count() == 2


def test_a_second_answer_for_the_same_day_corrects_the_first(coordinator: Actor, dossier: Dossier) -> None:
    actions.place(coordinator, dossier.id, "TPL", "", "electronic", TODAY, NOW)
    assert rows_of(Placement, dossier.id).get().prison_id == "TPL"


def test_impossible_places_are_refused(coordinator: Actor, dossier: Dossier) -> None:
    now = later(20)
    for args, code in (
        (("NSL", "", "remand", TODAY), "no_change"),
        (("XXX", "", "remand", now.on), "place_unknown"),
        (("TPL", "", "remand", now.on + DAY), "day_in_future"),
        (("TPL", "", "remand", TODAY - DAY), "before_detention"),
    ):
        with broken(code):
            actions.place(coordinator, dossier.id, *args, now)
    actions.place(coordinator, dossier.id, "TPL", "", "remand", now.on, now)
    with broken("episode_overlaps"):
        actions.place(coordinator, dossier.id, "ZWO", "", "remand", TODAY + DAY, now)


def test_a_closed_prison_takes_nobody(coordinator: Actor, dossier: Dossier) -> None:
    now = later(900)
    with broken("place_unknown"):
        actions.place(coordinator, dossier.id, "BRE", "", "remand", now.on, now)


# Release


def test_release_closes_place_and_detention_and_opens_where_she_lives(
    coordinator: Actor, dossier: Dossier
) -> None:
    actions.set_return(coordinator, dossier.id, "known", "0917", NOW)
    now = later(30)
    builders.released(coordinator, dossier.id, now, "0363")
    episode = last_episode(dossier.id)
    assert (episode.to_on, episode.release_kind) == (now.on, "end_of_sentence")
    assert (episode.expected_return_kind, episode.expected_municipality_id) == ("known", "0917")
    assert open_episode(dossier.id) is None
    assert current_place(dossier.id, now.on + DAY) is None
    home = domicile_of(dossier.id, now.on)
    assert (home.kind, home.municipality_id, home.from_on) == ("known", "0363", now.on)
    assert participant_of(dossier.id).return_municipality_id == "0363"
    assert last_payload(dossier.id) == {
        "kind": "end_of_sentence",
        "released_on": str(now.on),
        "return_kind": "known",
        "municipality": "0363",
    }


def test_any_coordinator_of_the_team_records_a_release_afterwards(
    teams: tuple[Team, Team], dossier: Dossier
) -> None:
    colleague = builders.a_coordinator(teams[0])
    actions.release(colleague, dossier.id, TODAY, "immediate", "no_fixed_address", None, later(3))
    assert domicile_of(dossier.id, TODAY).kind == "no_fixed_address"


def test_impossible_releases_are_refused(coordinator: Actor, dossier: Dossier) -> None:
    for day, kind, code, refused in (
        (TODAY + DAY, "abroad", None, "day_in_future"),
        (TODAY - DAY, "abroad", None, "before_detention"),
        (TODAY, "known", None, "municipality_missing"),
        (TODAY, "abroad", "0363", "municipality_not_asked"),
        (TODAY, "known", "9999", "municipality_unknown"),
    ):
        with broken(refused):
            actions.release(coordinator, dossier.id, day, "deported", kind, code, NOW)
    assert open_episode(dossier.id) is not None
    builders.released(coordinator, dossier.id, NOW)
    with broken("not_detained"):
        builders.released(coordinator, dossier.id, NOW)


def test_a_release_before_the_last_transfer_is_refused(coordinator: Actor, dossier: Dossier) -> None:
    now = later(20)
    actions.place(coordinator, dossier.id, "TPL", "", "remand", now.on, now)
    with broken("period_backwards"):
        actions.release(coordinator, dossier.id, now.on - DAY, "immediate", "unknown", None, now)


@pytest.mark.requirement("CON-04")
def test_release_asks_for_a_new_consent(coordinator: Actor, dossier: Dossier) -> None:
    builders.with_consent(coordinator, dossier.id, Purpose.SUPPORT, NOW)
    now = later(30)
    builders.released(coordinator, dossier.id, now)
    assert rows_of(Consent, dossier.id).get().expires_on == now.on


# Detained again


def test_detention_again_goes_on_in_the_same_dossier(coordinator: Actor, dossier: Dossier) -> None:
    builders.released(coordinator, dossier.id, NOW)
    now = later(60)
    actions.detain_again(coordinator, dossier.id, now.on, "ZWO", "", "remand", now)
    assert rows_of(DetentionEpisode, dossier.id).count() == 2
    assert open_episode(dossier.id).from_on == now.on
    assert current_place(dossier.id, now.on).prison_id == "ZWO"
    assert domicile_of(dossier.id, now.on - DAY).municipality_id == "0363"
    assert domicile_of(dossier.id, now.on) is None
    assert latest_expectation(dossier.id) is None
    assert names_of(dossier.id)[-1] == "DetainedAgain"


def test_impossible_new_detentions_are_refused(coordinator: Actor, dossier: Dossier) -> None:
    with broken("already_detained"):
        actions.detain_again(coordinator, dossier.id, TODAY, "NSL", "", "remand", NOW)
    builders.released(coordinator, dossier.id, NOW)
    for day, prison, code in (
        (TODAY, "NSL", "episode_overlaps"),
        (TODAY + DAY, "NSL", "day_in_future"),
        (TODAY, "XXX", "place_unknown"),
    ):
        with broken(code):
            actions.detain_again(coordinator, dossier.id, day, prison, "", "remand", NOW)


# Return


@pytest.mark.requirement("FIN-05")
def test_a_move_after_release_begins_another_episode(coordinator: Actor, dossier: Dossier) -> None:
    builders.released(coordinator, dossier.id, NOW, "0363")
    now = later(90)
    actions.set_return(coordinator, dossier.id, "known", "0917", now)
    assert domicile_of(dossier.id, now.on - DAY).municipality_id == "0363"
    assert domicile_of(dossier.id, now.on).municipality_id == "0917"
    assert last_payload(dossier.id) == {
        "old_kind": "known",
        "old_municipality": "0363",
        "kind": "known",
        "municipality": "0917",
    }


def test_an_expected_return_is_no_home_yet(coordinator: Actor, dossier: Dossier) -> None:
    actions.set_return(coordinator, dossier.id, "abroad", None, NOW)
    assert participant_of(dossier.id).return_kind == "abroad"
    assert not rows_of(Domicile, dossier.id).exists()
    with broken("no_change"):
        actions.set_return(coordinator, dossier.id, "abroad", None, NOW)
    with broken("municipality_missing"):
        actions.set_return(coordinator, dossier.id, "known", None, NOW)


def test_a_stranger_moves_nobody(stranger: Actor, dossier: Dossier) -> None:
    for attempt in (
        lambda: actions.expect_release(stranger, dossier.id, None, "prison", "guess", NOW),
        lambda: actions.place(stranger, dossier.id, "TPL", "", "remand", TODAY, NOW),
        lambda: builders.released(stranger, dossier.id, NOW),
        lambda: actions.detain_again(stranger, dossier.id, TODAY, "TPL", "", "remand", NOW),
        lambda: actions.set_return(stranger, dossier.id, "abroad", None, NOW),
        lambda: actions.expect_release(stranger, new_id(), None, "prison", "guess", NOW),
    ):
        with pytest.raises(Http404):
            attempt()
