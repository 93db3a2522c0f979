"""The pages of reference data: who may open them, what they show, and what a form does."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gib.core.access import rls
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.people.partners.actions.load import DATA
from gib.people.partners.domain import CareKind
from gib.people.partners.models import (
    CareProvider,
    LegalParameter,
    Municipality,
    PlannedChange,
    Prison,
    RegisterProposal,
    SafetyRegion,
    VisitingRule,
)
from gib.people.partners.tests.conftest import ROLES, TUESDAY, Visit, actor_of

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])

READ = [
    "/gemeenten/",
    "/gemeenten/0363/",
    "/inrichtingen/",
    "/inrichtingen/NSL/",
    "/zorgaanbieders/",
    "/termijnen/",
]
EDIT = [
    "/gemeenten/bijwerken/",
    "/inrichtingen/NSL/bezoekregel/",
    "/zorgaanbieders/nieuw/",
    "/termijnen/triage/wijzigen/",
    "/bevestigen/inrichting/HHW/",
]
READERS = (Role.PROJECT_LEADER, Role.COORDINATOR, Role.DEPUTY)
OUTSIDERS = tuple(role for role in ROLES if role not in READERS)
REGISTER = (DATA / "municipalities.csv").read_text("utf-8")


def text_of(response: Any) -> str:
    """Give a page as one line; a page has one heading, a title and no undefined variable."""
    html = " ".join(response.content.decode().split())
    assert "!!undefined" not in html, html[html.index("!!undefined") - 200 :][:400]
    assert html.count("<h1") == 1 and "<title> ·" not in html
    return html


def filled(browser: Client, url: str, **values: Any) -> dict[str, Any]:
    """Give what a browser would send from the form of a page, with some fields filled in."""
    form = browser.get(url).context["form"]
    return {field.html_name: "" if field.value() is None else field.value() for field in form} | values


def send(browser: Client, url: str, **values: Any) -> Any:
    return browser.post(url, filled(browser, url, **values))


def send_again(browser: Client, url: str, response: Any) -> Any:
    """Send the form of a page that was refused, as it stands there."""
    form = response.context["form"]
    return browser.post(
        url, {field.html_name: "" if field.value() is None else field.value() for field in form}
    )


@pytest.mark.parametrize("url", [*READ, *EDIT, "/bronnen/"])
def test_pages_open_for_who_may_edit(visit: Visit, url: str) -> None:
    text_of(visit(Role.PROJECT_LEADER).get(url))
    assert visit(Role.COORDINATOR).get(url).status_code == 200


@pytest.mark.parametrize("url", READ)
def test_reading_is_for_those_who_care(visit: Visit, url: str) -> None:
    assert {role: visit(role).get(url).status_code for role in READERS} == dict.fromkeys(READERS, 200)
    assert {role: visit(role).get(url).status_code for role in OUTSIDERS} == dict.fromkeys(OUTSIDERS, 403)


@pytest.mark.parametrize("url", EDIT)
def test_a_deputy_and_outsiders_may_not_edit(visit: Visit, url: str) -> None:
    closed = (Role.DEPUTY, *OUTSIDERS)
    assert {role: visit(role).get(url).status_code for role in closed} == dict.fromkeys(closed, 403)
    assert visit(Role.DEPUTY).post(url).status_code == 403


@pytest.mark.parametrize("url", [*READ, "/bronnen/"])
def test_a_page_that_only_shows_takes_no_post(visit: Visit, url: str) -> None:
    assert visit(Role.PROJECT_LEADER).post(url).status_code == 405


@pytest.mark.parametrize("url", EDIT)
def test_a_form_takes_no_delete(visit: Visit, url: str) -> None:
    assert visit(Role.PROJECT_LEADER).delete(url).status_code == 405


@pytest.mark.parametrize("url", [*READ, *EDIT])
def test_who_is_not_signed_in_goes_to_the_door(visit: Visit, url: str) -> None:
    response = visit(None).get(url)
    assert response.status_code == 302 and response.url.startswith("/inloggen/")


@pytest.mark.parametrize(
    "url",
    [
        "/gemeenten/9999/",
        "/gemeenten/bijwerken/99/",
        "/inrichtingen/XXX/",
        "/inrichtingen/XXX/bezoekregel/",
        "/bezoekregels/9999/beeindigen/",
        "/zorgaanbieders/99/wijzigen/",
        "/zorgaanbieders/99/beeindigen/",
        "/termijnen/niets/wijzigen/",
        "/bevestigen/niets/1/",
        "/bevestigen/inrichting/XXX/",
    ],
)
def test_what_does_not_exist_is_404(visit: Visit, url: str) -> None:
    assert visit(Role.PROJECT_LEADER).get(url).status_code == 404


@pytest.mark.requirement("REF-06")
def test_the_list_is_filtered_by_name_province_and_day(visit: Visit) -> None:
    browser = visit(Role.COORDINATOR)
    both = text_of(browser.get("/gemeenten/?naam=bergen"))
    assert "/gemeenten/0373/" in both and "/gemeenten/0893/" in both
    one = text_of(browser.get("/gemeenten/?naam=bergen&provincie=Limburg"))
    assert "/gemeenten/0373/" not in one and "/gemeenten/0893/" in one
    assert "431 gemeenten" in text_of(browser.get("/gemeenten/?op=01-01-2010"))
    assert "418 gemeenten" in text_of(browser.get("/gemeenten/"))


def test_the_list_goes_by_letter_and_keeps_the_day(visit: Visit) -> None:
    browser = visit(Role.COORDINATOR)
    page = text_of(browser.get("/gemeenten/?letter=z&op=01-01-2010"))
    assert "Zwolle" in page and "/gemeenten/0363/" not in page
    assert "?letter=Z&amp;op=01-01-2010" in page
    assert "Alphen" in text_of(browser.get("/gemeenten/"))


def test_a_list_that_is_too_long_says_so_and_an_empty_one_too(visit: Visit) -> None:
    browser = visit(Role.COORDINATOR)
    assert "Dit zijn de eerste 100 van" in text_of(browser.get("/gemeenten/?naam=e"))
    assert "Geen gemeente gevonden" in text_of(browser.get("/gemeenten/?naam=nergens"))


@pytest.mark.parametrize("query", ["?op=onzin", "?provincie=Nergens", "?letter="])
def test_a_filter_that_cannot_be_read_does_not_count(visit: Visit, query: str) -> None:
    assert "418 gemeenten" in text_of(visit(Role.COORDINATOR).get(f"/gemeenten/{query}"))


def test_a_municipality_shows_who_came_before_and_after(visit: Visit) -> None:
    browser = visit(Role.COORDINATOR)
    middle = text_of(browser.get("/gemeenten/1908/"))
    assert "/gemeenten/0083/" in middle and "/gemeenten/1949/" in middle
    split = text_of(browser.get("/gemeenten/0788/"))
    assert "Deze gemeente is gesplitst" in split
    assert "Voorbij" in text_of(browser.get("/gemeenten/0600/"))
    assert "Komt nog" in text_of(browser.get("/gemeenten/1949/"))


@pytest.mark.requirement("ZVH-06")
def test_the_safety_house_is_shown_as_not_confirmed(visit: Visit) -> None:
    page = text_of(visit(Role.DEPUTY).get("/gemeenten/0363/"))
    assert "Amsterdam-Amstelland" in page and "Niet bevestigd" in page
    assert "/bevestigen/" not in page


def test_help_for_a_municipality_is_local_regional_or_for_all(visit: Visit) -> None:
    house = SafetyRegion.objects.get(municipality_id="0363").house
    for name, place, region in (("Hier", "0363", None), ("Regio", None, house), ("Overal", None, None)):
        CareProvider.objects.create(name=name, kind="housing", municipality_id=place, safety_house=region)
    CareProvider.objects.create(name="Elders", kind="housing", municipality_id="0917")
    page = text_of(visit(Role.COORDINATOR).get("/gemeenten/0363/"))
    assert all(f">{name}<" in page for name in ("Hier", "Regio", "Overal"))
    assert "Elders" not in page
    listed = text_of(visit(Role.COORDINATOR).get("/zorgaanbieders/?gemeente=0917&soort=housing"))
    assert "Elders" in listed and "Overal" in listed and ">Hier<" not in listed
    assert "Geen zorgaanbieder gevonden" in text_of(
        visit(Role.PROJECT_LEADER).get("/zorgaanbieders/?soort=youth_care")
    )


@pytest.mark.requirement("REF-04")
@pytest.mark.django_db(databases=["default", "keys", "log"])
def test_an_announced_merger_is_shown_and_confirmed_by_a_person(visit: Visit) -> None:
    browser, planned = visit(Role.PROJECT_LEADER), PlannedChange.objects.get()
    url = f"/bevestigen/wijziging/{planned.pk}/"
    assert url in text_of(browser.get("/gemeenten/")) and url in text_of(browser.get("/gemeenten/1696/"))
    assert url not in text_of(visit(Role.DEPUTY).get("/gemeenten/"))
    assert "Aangekondigd" not in text_of(browser.get("/gemeenten/0402/"))
    text_of(browser.get(url))
    assert send(browser, url).url == "/gemeenten/1696/"
    assert "Aangekondigd" not in text_of(browser.get("/gemeenten/1696/"))
    assert Municipality.objects.get(pk="1696").valid_to == date(2027, 1, 1)


@pytest.mark.parametrize("kind", ["regio", "inrichting", "bezoekregel", "termijn"])
def test_each_kind_of_fact_can_be_confirmed_once(visit: Visit, kind: str) -> None:
    models = {
        "regio": SafetyRegion,
        "inrichting": Prison,
        "bezoekregel": VisitingRule,
        "termijn": LegalParameter,
    }
    row = models[kind].objects.unconfirmed().first()
    browser, url = visit(Role.PROJECT_LEADER), f"/bevestigen/{kind}/{row.pk}/"
    text_of(browser.get(url))
    assert "Bevestigd" in text_of(browser.get(send(browser, url).url))
    again = send(browser, url)
    assert again.status_code == 422 and "Dit is al bevestigd" in text_of(again)


@pytest.mark.requirement("REF-08")
def test_a_new_register_is_looked_at_and_approved(visit: Visit) -> None:
    browser = visit(Role.PROJECT_LEADER)
    url = "/gemeenten/bijwerken/"
    file = SimpleUploadedFile("r.csv", REGISTER.replace("0003,Appingedam", "0003,Appingedam-Stad").encode())
    seen = send(browser, url, file=file).url
    page = text_of(browser.get(seen))
    assert "Appingedam-Stad" in page and "Krijgt een andere naam" in page
    assert Municipality.objects.get(pk="0003").name == "Appingedam"
    assert send(browser, seen).url == seen
    assert Municipality.objects.get(pk="0003").name == "Appingedam-Stad"
    assert "Goedgekeurd op" in text_of(browser.get(seen)) and "Bestand" in text_of(browser.get(url))
    again = browser.post(seen, {"token": "7d444840-9dc0-11d1-b245-5ffdce74fad2"})
    assert again.status_code == 422 and "al goedgekeurd" in text_of(again)


def test_a_proposal_that_was_overtaken_cannot_be_approved(visit: Visit) -> None:
    browser, url = visit(Role.PROJECT_LEADER), "/gemeenten/bijwerken/"
    file = SimpleUploadedFile("r.csv", REGISTER.replace("0003,Appingedam", "0003,Appingedam-Stad").encode())
    seen = send(browser, url, file=file).url
    Municipality.objects.filter(pk="0005").update(name="Bedum-Dorp")
    assert "intussen veranderd" in text_of(browser.get(seen))
    late = send(browser, seen)
    assert late.status_code == 422 and RegisterProposal.objects.get().approved_on is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n1,2\n", "Regel 1 kunnen wij niet lezen"),
        (b"\xff\xfe\xff", "Dit bestand is geen tekst"),
        (b"x" * (1024 * 1024 + 1), "Dit bestand is te groot"),
        (REGISTER.encode(), "Dit bestand verandert niets"),
    ],
)
def test_a_file_that_is_no_new_register_is_refused(visit: Visit, content: bytes, sentence: str) -> None:
    answer = send(
        visit(Role.PROJECT_LEADER), "/gemeenten/bijwerken/", file=SimpleUploadedFile("r.csv", content)
    )
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert not RegisterProposal.objects.exists()


@pytest.mark.requirement("DJI-03")
def test_prisons_show_their_years_and_what_is_not_confirmed(visit: Visit) -> None:
    page = text_of(visit(Role.DEPUTY).get("/inrichtingen/"))
    assert "P.I. Amerswiel" in page and "Niet bevestigd" in page and "tot di 1 jan 2013" in page
    own = text_of(visit(Role.DEPUTY).get("/inrichtingen/HHW/"))
    assert "onder 12 jaar" in own and "/bevestigen/" not in own and "bezoekregel/" not in own
    assert "/bevestigen/inrichting/HHW/" in text_of(visit(Role.PROJECT_LEADER).get("/inrichtingen/HHW/"))


def test_a_visiting_rule_is_added_and_ended(visit: Visit) -> None:
    browser, url = visit(Role.COORDINATOR), "/inrichtingen/NSL/bezoekregel/"
    facts = {"kind": "regular", "regime": "open", "weekday": "5", "start": "13:00", "end": "14:30"}
    done = send(browser, url, **facts, max_children="4", valid_from="01-01-2011", source="Huisregels 2011")
    assert done.url == "/inrichtingen/NSL/"
    page = text_of(browser.get(done.url))
    assert (
        "Zaterdag 13:00-14:30" in page
        and "3 volwassenen, 4 kinderen" in page
        and "Gewoon bezoek, Open" in page
    )
    rule = VisitingRule.objects.get(source="Huisregels 2011")
    assert rule.is_confirmed and f"/bezoekregels/{rule.pk}/beeindigen/" in page
    ended = send(browser, f"/bezoekregels/{rule.pk}/beeindigen/", ends_on="01-02-2011")
    assert ended.url == "/inrichtingen/NSL/"
    assert VisitingRule.objects.get(pk=rule.pk).valid_to == date(2011, 2, 1)


def test_a_visiting_rule_that_cannot_be_is_refused(visit: Visit) -> None:
    browser, url = visit(Role.COORDINATOR), "/inrichtingen/NSL/bezoekregel/"
    wrong = send(browser, url, start="14:00", end="13:00", valid_from="01-01-2011", source="x")
    assert wrong.status_code == 422 and "Het einde ligt niet na het begin" in text_of(wrong)
    early = send(
        browser,
        f"/bezoekregels/{VisitingRule.objects.filter(valid_from__isnull=False).first().pk}/beeindigen/",
        ends_on="01-01-2000",
    )
    assert early.status_code == 422 and "niet na de begindatum" in text_of(early)


def test_a_care_provider_is_added_corrected_and_ended(visit: Visit) -> None:
    browser = visit(Role.COORDINATOR)
    facts = {"name": "Schuldhulp Voorbeeld", "kind": "debt_counselling", "municipality": "0363"}
    assert send(browser, "/zorgaanbieders/nieuw/", **facts).url == "/zorgaanbieders/"
    row = CareProvider.objects.get()
    assert (row.area, row.valid_from, row.is_confirmed) == ("Amsterdam", date(2011, 1, 11), True)
    url = f"/zorgaanbieders/{row.pk}/wijzigen/"
    assert "Schuldhulp Voorbeeld" in text_of(browser.get(url))
    assert send(browser, url, phone="020 1234567", website="voorbeeld.example").url == "/zorgaanbieders/"
    row.refresh_from_db()
    assert (row.phone, row.website, row.version) == ("020 1234567", "https://voorbeeld.example", 1)
    assert (
        send(browser, f"/zorgaanbieders/{row.pk}/beeindigen/", ends_on="12-01-2011").url == "/zorgaanbieders/"
    )
    assert "Schuldhulp Voorbeeld" in text_of(browser.get("/zorgaanbieders/"))
    assert "Schuldhulp Voorbeeld" not in text_of(browser.get("/zorgaanbieders/?op=12-01-2011"))


def test_a_care_provider_works_in_a_place_or_a_region(visit: Visit) -> None:
    browser, house = visit(Role.COORDINATOR), SafetyRegion.objects.get(municipality_id="0363").house_id
    facts = {"name": "Voorbeeld", "kind": CareKind.HOUSING, "municipality": "0363", "safety_house": house}
    both = send(browser, "/zorgaanbieders/nieuw/", **facts)
    assert both.status_code == 422 and "niet allebei" in text_of(both)
    assert send(browser, "/zorgaanbieders/nieuw/", **(facts | {"municipality": ""})).status_code == 302
    assert CareProvider.objects.get().area == "Amsterdam-Amstelland"
    assert "Heel Nederland" not in text_of(browser.get("/zorgaanbieders/"))


def test_two_people_who_correct_one_provider_do_not_overwrite_each_other(visit: Visit) -> None:
    row = CareProvider.objects.create(name="Voorbeeld", kind=CareKind.OTHER)
    url = f"/zorgaanbieders/{row.pk}/wijzigen/"
    mine, theirs = (
        filled(visit(Role.PROJECT_LEADER), url, phone="1"),
        filled(visit(Role.COORDINATOR), url, phone="2"),
    )
    assert visit(Role.COORDINATOR).post(url, theirs).status_code == 302
    late = visit(Role.PROJECT_LEADER).post(url, mine)
    assert late.status_code == 422 and "Iemand anders heeft dit net gewijzigd" in text_of(late)
    assert "Twee versies" in text_of(late) and late.context["form"].theirs == {"Telefoon": "2"}
    assert CareProvider.objects.get().phone == "2"
    assert send_again(visit(Role.PROJECT_LEADER), url, late).status_code == 302
    assert CareProvider.objects.get().phone == "1"


@pytest.mark.requirement("CMP-02")
def test_terms_nobody_stands_for_come_first(visit: Visit) -> None:
    browser = visit(Role.PROJECT_LEADER)
    page = text_of(browser.get("/termijnen/"))
    assert page.index("Nog niet bevestigd") < page.index("Antwoord op een signaal")
    assert "Bevestigd of uit bron" not in page
    url = "/termijnen/triage/wijzigen/"
    assert send(browser, url, value="3", valid_from="01-02-2011", source="Besluit 2011").url == "/termijnen/"
    assert "3 werkdagen" in text_of(browser.get(url))
    early = send(browser, url, value="4", valid_from="01-01-2011", source="Besluit 2011")
    assert early.status_code == 422 and "na de vorige" in text_of(early)


@pytest.mark.requirement("REF-07")
def test_the_page_of_sources_is_for_everybody_who_signs_in(visit: Visit) -> None:
    page = text_of(visit(Role.MUNICIPALITY).get("/bronnen/"))
    for path in DATA.iterdir():
        assert path.name in page
    assert "open feiten" in page and "facts" not in page
    assert "GeoNames, CC BY 4.0" in page and "CBS / Kadaster" in page


@pytest.mark.parametrize("url", [*READ, "/bronnen/"])
def test_a_page_asks_the_same_number_of_times_however_much_it_shows(visit: Visit, url: str) -> None:
    browser = visit(Role.COORDINATOR)
    browser.get(url)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        return len(queries)

    few = asked()
    CareProvider.objects.bulk_create(
        CareProvider(name=f"Voorbeeld {n}", kind=CareKind.OTHER, municipality_id="0363") for n in range(30)
    )
    VisitingRule.objects.bulk_create(VisitingRule(prison_id="NSL", kind="regular") for _ in range(30))
    assert asked() == few <= 15


def test_every_act_is_in_the_journal_under_a_name(visit: Visit) -> None:
    browser = visit(Role.PROJECT_LEADER)
    send(browser, "/bevestigen/inrichting/HHW/")
    send(browser, "/termijnen/triage/wijzigen/", value="3", valid_from="01-02-2011", source="Besluit 2011")
    with rls.system("test"):
        own = Happening.for_house("test", TUESDAY.on).filter(name__startswith="partners.")
        rows = set(own.values_list("name", "actor_id"))
    who = actor_of(Role.PROJECT_LEADER).user_id
    assert rows == {("partners.FactConfirmed", who), ("partners.TermSet", who)}
