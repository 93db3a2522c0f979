"""Emergency access on the screen: asking, reading with a banner, stopping, and judging."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from gib.core.access import rls
from gib.core.journal.models import Message, Reading
from gib.core.kernel.clock import real_now
from gib.people.accounts import builders as accounts
from gib.people.accounts import middleware as readers
from gib.people.families.domain.emergency import EmergencyCategory, Finding
from gib.people.families.models import Emergency, number_of
from gib.portal.tests.town import TODAY, Town, page, send, text

pytestmark = pytest.mark.django_db(databases="__all__")
ASK, RUNNING, STOP = "/noodtoegang/", "/noodtoegang/loopt/", "/noodtoegang/stoppen/"
QUEUE = "/noodtoegang/beoordelen/"
REASON = "De school belt: niemand haalt het kind op."


def _filled(town: Town, **values: Any) -> dict[str, Any]:
    told = {
        "number": number_of(town.dossier_id),
        "category": EmergencyCategory.CHILD_SAFETY,
        "reason": REASON,
        "is_sure": "on",
    }
    return told | values


@pytest.fixture
def theirs(town: Town) -> Client:
    """The coordinator of the other team, just after her second factor."""
    accounts.step_up(town["theirs"])
    return town["theirs"]


@pytest.fixture
def inside(town: Town, theirs: Client) -> Client:
    """The same, with the dossier of the first team open."""
    assert send(theirs, ASK, **_filled(town)).url == RUNNING
    return theirs


def _move(seconds: int) -> None:
    """Let the hour of every look end so many seconds from now."""
    until = real_now().at + timedelta(seconds=seconds)
    with rls.system("test"):
        rows = Emergency.for_house("test", TODAY)
        rows.update(until_at=until, began_at=until - timedelta(hours=1))


@pytest.mark.requirement("SEC-03")
class TestAsking:
    """The form, and what it takes."""

    def test_without_a_fresh_second_factor_it_asks_for_one(self, town: Town) -> None:
        answer = town["theirs"].get(ASK)
        assert answer.status_code == 302
        assert answer.url.startswith("/inloggen/opnieuw/")
        assert answer.url.endswith("next=%2Fnoodtoegang%2F")

    def test_an_old_second_factor_does_not_count(self, town: Town, theirs: Client) -> None:
        with patch("gib.people.accounts.stepup.time.time", return_value=real_now().at.timestamp() + 301):
            assert theirs.get(ASK).status_code == 302

    def test_nothing_typed_is_lost_when_it_grows_old_on_the_page(self, town: Town, theirs: Client) -> None:
        token = page(theirs.get(ASK)).find("input", {"name": "token"})["value"]
        with patch("gib.people.accounts.stepup.time.time", return_value=real_now().at.timestamp() + 800):
            assert theirs.post(ASK, _filled(town, token=token)).url == RUNNING

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"reason": "Nood"}, "minstens 20 tekens"),
            ({"number": "2222-2222"}, "Dit nummer kennen wij niet"),
            ({"is_sure": ""}, "Zet hier een vinkje"),
            ({"category": "zin"}, "Madelief"),
            ({"number": ""}, "Vul dit nog in"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_opens(
        self, town: Town, theirs: Client, values: dict[str, str], says: str
    ) -> None:
        words = text(send(theirs, ASK, **_filled(town, **values)), 422)
        assert (says in words) is (says != "Madelief")
        assert "Madelief" not in words
        with rls.system("test"):
            assert not Emergency.for_house("test", TODAY).exists()

    def test_the_own_team_is_told_to_open_it_as_always(self, town: Town) -> None:
        accounts.step_up(town["ours"])
        assert "van uw eigen team" in text(send(town["ours"], ASK, **_filled(town)), 422)

    @pytest.mark.parametrize(
        "who", ["volunteer", "referrer", "municipality", "safety_house", "technical_admin", "privacy_officer"]
    )
    def test_who_may_not_gets_403(self, town: Town, who: str) -> None:
        assert town[who].get(ASK).status_code == town[who].post(ASK).status_code == 403

    def test_before_it_opens_no_name_is_said(self, town: Town, theirs: Client) -> None:
        assert "Madelief" not in theirs.get(ASK).content.decode()
        assert theirs.get(town.url("dossier")).status_code == 404

    def test_the_project_leader_may(self, town: Town) -> None:
        accounts.step_up(town["project_leader"])
        assert send(town["project_leader"], ASK, **_filled(town)).url == RUNNING
        assert "Madelief" in text(town["project_leader"].get(town.url("dossier")))
        assert Message.objects.filter(occasion="emergency").count() == 3


@pytest.mark.requirement("SEC-03")
class TestInside:
    """While it goes on."""

    def test_the_dossier_is_open_on_every_tab_and_each_look_is_marked(
        self, town: Town, inside: Client
    ) -> None:
        for tab in ("plan", "kinderen", "mensen", "afspraken", "signalen", "financiering", "papieren"):
            assert inside.get(town.url("dossier_tab", tab)).status_code == 200, tab
        assert "Madelief" in text(inside.get(town.url("dossier")))
        marked = Reading.objects.filter(emergency_id__isnull=False)
        assert {look.role for look in marked} == {"emergency"}
        assert "portal:dossier_tab plan" in {look.purpose for look in marked}

    def test_every_page_says_how_long_and_lets_one_stop(self, town: Town, inside: Client) -> None:
        for address in (RUNNING, town.url("dossier"), "/sessies/", "/hulp/"):
            answer = inside.get(address)
            banner = page(answer).select_one("aside.banner form")
            assert banner is not None, address
            assert banner["action"] == STOP
            assert number_of(town.dossier_id) in banner.text
            assert "nog 60 minuten" in " ".join(banner.text.split())

    def test_the_last_minute_is_one(self, town: Town, inside: Client) -> None:
        _move(30)
        assert "nog 1 minuut." in " ".join(page(inside.get(RUNNING)).text.split())

    def test_she_begins_here_and_her_own_work_waits(self, town: Town, inside: Client) -> None:
        assert inside.get("/").url == RUNNING
        for address in ("/vandaag/", "/moeders/", "/zoeken/", ASK, "/vrijwilligers/"):
            assert inside.get(address).status_code == 403, address

    def test_nothing_can_be_written(self, town: Town, inside: Client) -> None:
        for name in ("families:mother", "families:child_add", "families:expect", "portal:transfer"):
            answer = inside.post(reverse(name, args=[town.dossier_id]), {"first_name": "Anders"})
            assert answer.status_code == 403, name

    def test_no_button_leads_to_a_change(self, town: Town, inside: Client) -> None:
        for tab in ("kinderen", "mensen", "papieren", "afspraken"):
            main = page(inside.get(town.url("dossier_tab", tab))).main
            forms = [form for form in main.find_all("form") if form.get("action") != STOP]
            assert not forms, tab

    def test_another_browser_of_hers_is_not_inside(self, town: Town, inside: Client) -> None:
        other = Client(headers={"accept-language": "nl"})
        user = readers.User.objects.get(pk=town.theirs.user_id)
        accounts.sign_in(other, user)
        assert other.get(town.url("dossier")).status_code == 404
        assert other.get("/vandaag/").status_code == 200

    def test_stopping_closes_it_and_gives_her_work_back(self, town: Town, inside: Client) -> None:
        pressed = {"token": page(inside.get(RUNNING)).select_one("aside.banner input[name=token]")["value"]}
        assert inside.get(STOP).status_code == 405
        assert [inside.post(STOP, pressed).url for _time in range(2)] == ["/", "/"]
        assert "weer dicht" in " ".join(page(inside.get("/vandaag/")).text.split())
        assert inside.get(town.url("dossier")).status_code == 404
        assert inside.post(STOP).status_code == 403

    def test_after_the_hour_it_is_over_by_itself(self, town: Town, inside: Client) -> None:
        _move(0)
        answer = inside.get(town.url("dossier"))
        assert answer.status_code == 404
        assert "Madelief" not in answer.content.decode()
        assert inside.get("/vandaag/").status_code == 200

    def test_the_team_and_the_mother_see_who_looked_and_why(self, town: Town, inside: Client) -> None:
        inside.get(town.url("dossier"))
        words = text(town["ours"].get(town.url("dossier_seen")))
        assert "In een noodgeval" in words
        assert "Veiligheid van een kind" in words
        assert "noodtoegang gelezen Dossier, tijdlijn" in words
        assert "In een noodgeval mocht iemand buiten uw team" in text(town["ours"].get(town.url("dossier")))
        assert "In een noodgeval" not in text(town["ours"].get(reverse("families:mothers")))


@pytest.mark.requirement("SEC-03")
class TestJudging:
    """The queue of the privacy officer."""

    def _review(self) -> str:
        with rls.system("test"):
            look = Emergency.for_house("test", TODAY).get()
        return reverse("portal:emergency_review", args=[look.id])

    def test_without_a_look_it_says_so(self, town: Town) -> None:
        assert "Niets te beoordelen" in text(town["privacy_officer"].get(QUEUE))

    def test_a_look_waits_with_its_reason_and_without_content(self, town: Town, inside: Client) -> None:
        inside.get(town.url("dossier"))
        officer = town["privacy_officer"]
        assert "loopt nog" in text(officer.get(QUEUE))
        words = text(officer.get(self._review()))
        assert REASON in words
        assert "Dossier, tijdlijn" in words
        assert "Madelief" not in words
        assert officer.get(town.url("dossier")).status_code == 403

    def test_a_finding_is_kept_and_leaves_the_queue(self, town: Town, inside: Client) -> None:
        inside.post(STOP)
        officer = town["privacy_officer"]
        assert "wacht op een oordeel" in text(officer.get(QUEUE))
        assert send(officer, self._review(), finding=Finding.NEEDED, remark="Goed gedaan.").url == QUEUE
        assert "Het was nodig" in text(officer.get(QUEUE))
        again = send(officer, self._review(), finding=Finding.NOT_NEEDED)
        assert "al beoordeeld" in text(again, 422)

    def test_while_it_runs_there_is_no_finding(self, town: Town, inside: Client) -> None:
        answer = send(town["privacy_officer"], self._review(), finding=Finding.NEEDED)
        assert "loopt nog" in text(answer, 422)

    def test_late_is_said(self, town: Town, inside: Client) -> None:
        _move(-72 * 3600)
        assert "te laat" in text(town["privacy_officer"].get(QUEUE))

    @pytest.mark.parametrize("who", ["ours", "deputy", "project_leader", "volunteer", "technical_admin"])
    def test_nobody_else_judges(self, town: Town, inside: Client, who: str) -> None:
        assert town[who].get(QUEUE).status_code == 403
        address = self._review()
        assert town[who].get(address).status_code == town[who].post(address).status_code == 403

    def test_the_queue_is_only_read_and_a_stranger_to_it_is_404(self, town: Town) -> None:
        officer = town["privacy_officer"]
        assert officer.post(QUEUE).status_code == 405
        unknown = reverse("portal:emergency_review", args=[replace(town.ours).user_id])
        assert officer.get(unknown).status_code == 404
