"""The project leader makes teams, units and desks; the operator lets her in from a shell."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.people.accounts.domain import INVITATION_HOURS, LONGEST_NAME
from gib.people.accounts.models import Appointment, Invitation
from gib.people.partners.models import Partner, PrisonUnit, Team
from gib.portal.cli import main
from gib.portal.tests.town import TODAY, Town, questions, send, text

pytestmark = pytest.mark.django_db(databases="__all__")
OVERVIEW, UNIT = "/organisatie/", "/inrichtingen/NSL/afdeling/"
TEAM, DESK = "/organisatie/team/", "/organisatie/nieuw/"


@pytest.fixture
def leader(town: Town) -> Any:
    return town[Role.PROJECT_LEADER]


def last_names(count: int = 1) -> list[str]:
    rows = Happening.for_house("test", TODAY).filter(dossier_id=None).order_by("-position")
    return list(rows.values_list("name", flat=True)[:count])


def test_a_team_is_made_and_shown_with_who_coordinates_and_stands_in(leader: Any, as_house: Any) -> None:
    answer = send(leader, TEAM, prison="NSL", name="Team Vecht", valid_from="01-02-2011")
    assert (answer.status_code, answer.url) == (302, OVERVIEW)
    row = Team.objects.get(name="Team Vecht")
    assert (row.prison_id, row.valid_from, row.valid_to) == ("NSL", date(2011, 2, 1), None)
    assert last_names() == ["partners.TeamRecorded"]
    shown = text(leader.get(OVERVIEW))
    assert "Team Vecht" in shown
    for row in Appointment.objects.filter(role__in=[Role.COORDINATOR, Role.DEPUTY]).select_related("user"):
        assert row.user.display_name in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "team nieuwersluis"}, "Deze naam is er al"),
        ({"name": " "}, "name"),
        ({"prison": "XXX"}, "prison"),
        ({"valid_from": "31-02-2011"}, "valid_from"),
        ({"name": "x" * 61}, "name"),
    ],
)
def test_a_team_that_cannot_be_is_refused_with_what_was_typed(
    leader: Any, wrong: dict[str, str], told: str
) -> None:
    before = Team.objects.count()
    good = {"prison": "NSL", "name": "Team Vecht", "valid_from": "11-01-2011"}
    answer = send(leader, TEAM, **(good | wrong))
    assert answer.status_code == 422
    assert told in text(answer, 422) or told in answer.context["form"].errors
    assert Team.objects.count() == before


def test_a_team_with_people_or_dossiers_does_not_end(leader: Any, town: Town, as_house: Any) -> None:
    (ours,) = town.ours.team_ids
    url = f"/organisatie/team/{ours}/beeindigen/"
    assert "Bij dit team horen nog mensen" in text(send(leader, url, ends_on="01-03-2011"), 422)
    Appointment.objects.filter(team_id=ours).update(to_on=date(2011, 2, 1))
    assert "Bij dit team horen nog 1 dossiers" in text(send(leader, url, ends_on="01-03-2011"), 422)
    send(leader, TEAM, prison="NSL", name="Team Vecht", valid_from="11-01-2011")
    empty = Team.objects.get(name="Team Vecht")
    url = f"/organisatie/team/{empty.pk}/beeindigen/"
    assert send(leader, url, ends_on="01-03-2011").status_code == 302
    assert send(leader, url, ends_on="01-04-2011").status_code == 422
    assert Team.objects.get(pk=empty.pk).valid_to == date(2011, 3, 1)


@pytest.mark.parametrize(
    ("kind", "place", "name"),
    [
        ("municipality", {"municipality": "0014"}, "Gemeente Groningen"),
        ("prison", {"prison": "ZWO"}, None),
        ("safety_house", {}, None),
    ],
)
def test_a_desk_is_made_once(leader: Any, kind: str, place: dict[str, str], name: str | None) -> None:
    if kind == "safety_house":
        place = {kind: str(leader.get(DESK).context["form"].fields[kind].choices[-1][0])}
    before = Partner.objects.filter(kind=kind).count()
    assert send(leader, DESK, kind=kind, valid_from="11-01-2011", **place).status_code == 302
    row = Partner.objects.filter(kind=kind).latest("pk")
    assert name in (None, row.name)
    assert "Deze organisatie is er al" in text(
        send(leader, DESK, kind=kind, valid_from="12-01-2011", **place), 422
    )
    assert Partner.objects.filter(kind=kind).count() == before + 1
    assert send(leader, f"/organisatie/{row.pk}/beeindigen/", ends_on="01-05-2011").status_code == 302
    assert Partner.objects.get(pk=row.pk).valid_to == date(2011, 5, 1)


def test_a_desk_needs_a_place_and_keeps_its_people(leader: Any) -> None:
    answer = send(leader, DESK, kind="municipality", prison="NSL", valid_from="11-01-2011")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["municipality"])
    held = Appointment.objects.filter(role=Role.MUNICIPALITY).get()
    answer = send(leader, f"/organisatie/{held.partner_id}/beeindigen/", ends_on="01-05-2011")
    assert "heeft nog iemand toegang" in text(answer, 422)


def test_a_unit_is_made_and_ended_at_its_prison(leader: Any) -> None:
    assert send(leader, UNIT, name="C3").status_code == 302
    assert "Deze naam is er al" in text(send(leader, UNIT, name="c3"), 422)
    assert "C3" in text(leader.get("/inrichtingen/NSL/"))
    row = PrisonUnit.objects.get(prison="NSL", name="C3")
    assert send(leader, f"/afdelingen/{row.pk}/beeindigen/", ends_on="11-01-2011").status_code == 422
    assert send(leader, f"/afdelingen/{row.pk}/beeindigen/", ends_on="12-01-2011").status_code == 302
    assert PrisonUnit.objects.get(pk=row.pk).valid_to == date(2011, 1, 12)


def test_only_the_project_leader_organises(town: Town) -> None:
    for url in (OVERVIEW, TEAM, DESK, "/organisatie/team/1/beeindigen/", "/organisatie/1/beeindigen/"):
        for name in ("ours", Role.DEPUTY, Role.VOLUNTEER, Role.TECHNICAL_ADMIN):
            assert town[name].get(url).status_code == 403
    leader = town[Role.PROJECT_LEADER]
    assert leader.get("/organisatie/team/99999/beeindigen/").status_code == 404
    assert leader.post(OVERVIEW).status_code == 405


def test_the_overview_asks_as_much_for_one_as_for_thirty(leader: Any) -> None:
    before = questions(leader, OVERVIEW)
    for number in range(30):
        Team.objects.create(name=f"Team {number}", prison_id="NSL", valid_from=TODAY)
    assert questions(leader, OVERVIEW) == before <= 15


def test_the_project_leader_lets_in_a_deputy(leader: Any, town: Town) -> None:
    given = {"role": Role.DEPUTY, "name": "Truus Verzinsel", "team": str(min(town.ours.team_ids))}
    assert send(leader, reverse("accounts:invite"), **given, to_on="01-03-2011").status_code == 302
    assert Invitation.objects.filter(role=Role.DEPUTY).get().to_on == date(2011, 3, 1)


class TestTheFirstProjectLeader:
    """`gib appoint`, on an empty house."""

    def test_she_comes_in_with_what_the_shell_prints(self, client: Any, capsys: Any) -> None:
        assert main(["appoint", "Rietje Sprookman", "--email", "rietje@voorbeeld.example"]) == 0
        told = capsys.readouterr().out
        assert f"{INVITATION_HOURS} hours" in told
        assert "Sprookman" not in told
        code, spoken = (
            re.search(rf"{name}: +([A-Z0-9 -]+?)(?:  |\n)", told)[1]
            for name in ("letter code", "code to say")
        )
        url = reverse("accounts:welcome")
        assert url in told
        answer = send(
            client,
            url,
            code=code,
            spoken=spoken,
            password="vier losse woorden samen",
            again="vier losse woorden samen",
        )
        assert answer.status_code == 302, text(answer, 422)
        assert Appointment.objects.get().role == Role.PROJECT_LEADER

    @pytest.mark.parametrize("name", ["", " ", "x" * (LONGEST_NAME + 1), "Rietje\nSprookman"])
    def test_a_letter_to_nobody_is_refused(self, name: str, capsys: Any) -> None:
        assert main(["appoint", name]) == 1
        assert "voor- en achternaam" in capsys.readouterr().err
        assert not Invitation.objects.exists()

    def test_a_wrong_address_is_refused(self, capsys: Any) -> None:
        assert main(["appoint", "Rietje Sprookman", "--email", "rietje@"]) == 1
        assert "geen e-mailadres" in capsys.readouterr().err

    def test_a_second_one_is_asked_for_by_name(self, town: Town, capsys: Any) -> None:
        assert main(["appoint", "Rietje Sprookman"]) == 1
        assert "Er is al een projectleider" in capsys.readouterr().err
        assert main(["appoint", "Rietje Sprookman", "--another"]) == 0
