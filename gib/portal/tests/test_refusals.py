"""Refusals of acts that cross all slices, and of commands: each with its own code."""

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from gib.core.kernel.clock import now_on
from gib.core.kernel.rules import RuleBroken
from gib.core.vault import master
from gib.people.accounts import builders as accounts
from gib.people.accounts import commands as people
from gib.people.accounts.domain import check_operator_lets_in
from gib.people.partners import builders as places
from gib.people.partners.domain import Mark
from gib.people.partners.domain.terms import check_terms
from gib.portal import actions, domain
from gib.portal.commands import demo, stores
from gib.portal.imports import commands as sheets


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, match=f"^{code}$")


@pytest.mark.parametrize(
    ("people_there", "dossiers", "code"), [(1, 0, "team_has_people"), (0, 2, "team_has_dossiers")]
)
def test_a_team_ends_when_nothing_hangs_on_it(people_there: int, dossiers: int, code: str) -> None:
    with refused(code):
        domain.check_team_end(people_there, dossiers)
    domain.check_team_end(0, 0)


@pytest.mark.parametrize("name", ["", "A", " ", "Twee\nregels", "x" * 500])
def test_a_letter_from_the_shell_names_somebody(name: str) -> None:
    with refused("invitee_name"):
        check_operator_lets_in(name, False)


def test_a_second_project_leader_is_no_accident() -> None:
    with refused("leader_there"):
        check_operator_lets_in("Petra Proef", True)
    check_operator_lets_in("Petra Proef", False)


def test_an_address_that_is_none_is_refused() -> None:
    with refused("invitee_email"):
        people._check_email("petra at voorbeeld")
    people._check_email("")


def test_real_people_are_not_served_on_terms_that_nobody_stands_for() -> None:
    known = [("consent_renewal", Mark.KNOWLEDGE)]
    with refused("terms_unconfirmed"):
        check_terms(known, True)
    check_terms(known, False)
    check_terms([], True)


def test_a_master_key_beside_the_data_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(master, "lies_beside_data", lambda: True)
    with override_settings(DEMO=False, TESTING=False, DEBUG=False), refused("key_beside_data"):
        stores.setup(Namespace())


@pytest.mark.django_db(databases="__all__")
def test_a_database_of_real_people_becomes_no_demonstration(monkeypatch: Any) -> None:
    accounts.technical_admin()
    monkeypatch.setattr(stores, "setup", lambda given: None)
    monkeypatch.setenv("GIB_DEMO", "")
    with refused("not_a_demo"):
        demo.run(Namespace(prepare=True, small=True))


@pytest.mark.django_db(databases="__all__")
def test_an_organisation_ends_when_nobody_comes_in_by_it() -> None:
    leader = accounts.project_leader()[1]
    desk = places.a_paying_and_a_refusing_municipality()[0]
    accounts.municipality_desk(desk)
    now = now_on(date(2011, 1, 11))
    with refused("desk_has_people"):
        actions.end_desk(leader, desk.pk, now.on + timedelta(days=1), now)


def test_a_file_that_is_not_there_and_a_mapping_that_says_nothing(tmp_path: Path) -> None:
    with refused("file_unreachable"):
        sheets._wanted(tmp_path / "niets.json")
    for text in ("{", "[1]"):
        (tmp_path / "kolommen.json").write_text(text)
        with refused("mapping_unreadable"):
            sheets._wanted(tmp_path / "kolommen.json")
