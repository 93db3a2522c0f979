"""Searching: by POST, within one's own scope, and with one line in the log for the search and one per hit."""

from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Reading
from gib.people.families import builders as families
from gib.people.families.models import number_of
from gib.people.volunteers import builders as volunteers
from gib.portal.search import MOST, dossiers, folded, matches
from gib.portal.tests.town import Town, page, send, text

SEARCH = "/zoeken/"
WORDS = st.text(st.characters(categories=("Lu", "Ll", "Mn", "Nd")), min_size=1, max_size=8)


# The words of a name.


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", []),
        ("   ", []),
        ("Madelief", ["madelief"]),
        ("MADELIEF  Sprookstra", ["madelief", "sprookstra"]),
        ("van der Fabel", ["fabel"]),
        ("Van", ["van"]),
        ("de", ["de"]),
        ("'t Hooft", ["t", "hooft"]),
        ("Zoë-Noëlle", ["zoe", "noelle"]),
        ("Ünal", ["unal"]),
        ("Straße", ["strasse"]),
        ("O'Fabel", ["o", "fabel"]),
        ("Đặng", ["dang"]),
        ("Łucja KAYI-Kayı", ["lucja", "kayi", "kayi"]),
        ("𝑨da", ["ada"]),
        ("Ай-Пери", ["аи", "пери"]),
        ("İpek", ["ipek"]),
        ("%_*", []),
    ],
)
def test_a_name_becomes_plain_words(name: str, words: list[str]) -> None:
    assert folded(name) == words


@given(WORDS)
def test_folding_twice_changes_nothing(word: str) -> None:
    once = folded(word)
    assert folded(" ".join(once)) == once


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_somebody_is_found_by_her_whole_name_in_any_order(words: list[str]) -> None:
    name = " ".join(words)
    if folded(name):
        assert matches(folded(" ".join(reversed(words))), [name])
        assert matches(folded(name.upper()), [name])


@given(st.lists(WORDS, min_size=1, max_size=3), st.data())
def test_the_beginnings_of_some_words_are_enough(words: list[str], data: st.DataObject) -> None:
    held = folded(" ".join(words))
    if not held:
        return
    some = data.draw(st.lists(st.sampled_from(held), min_size=1, max_size=3))
    parts = [word[: data.draw(st.integers(1, len(word)))] for word in some]
    assert matches(parts, [" ".join(words)])


@given(st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=3))
def test_it_equals_a_slow_search(wanted: list[str], names: list[str]) -> None:
    parts, words = folded(" ".join(wanted)), folded(" ".join(names))
    slow = bool(parts)
    for part in parts:
        slow = slow and any(word[: len(part)] == part for word in words)
    assert matches(parts, [" ".join(names)]) is slow


# The page.


@pytest.mark.django_db(databases="__all__")
class TestThePage:
    """What one types, and what comes back."""

    def _found(self, town: Town, who: str, wanted: str) -> list[str]:
        shown = page(send(town[who], SEARCH, text=wanted))
        return [row.get_text(" ", strip=True) for row in shown.select("tbody tr")]

    def test_an_empty_page_asks(self, town: Town) -> None:
        words = text(town["ours"].get(SEARCH))
        assert "Naam of dossiernummer" in words
        assert "Gevonden" not in words

    def test_a_name_in_the_address_is_not_searched(self, town: Town) -> None:
        words = text(town["ours"].get(SEARCH, {"text": "Madelief"}))
        assert "Gevonden" not in words

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ("madel", ["Madelief S. Moeder"]),
            ("SPROOK", ["Madelief S. Moeder"]),
            ("truus", ["Truus V. Vrijwilliger"]),
            ("t", ["Truus V. Vrijwilliger"]),
            ("niemand", []),
            ("!!!", []),
        ],
    )
    def test_the_team_finds_its_own_under_a_short_name(
        self, town: Town, wanted: str, found: list[str]
    ) -> None:
        assert self._found(town, "ours", wanted) == found
        assert self._found(town, "deputy", wanted) == found

    def test_another_team_finds_nobody_and_hears_where_to_ask(self, town: Town) -> None:
        shown = text(send(town["theirs"], SEARCH, text="madelief"))
        assert "Niemand gevonden" in shown
        assert "Vraag het de coördinator daar" in shown

    def test_a_child_leads_to_the_case_of_her_mother(self, town: Town) -> None:
        families.with_child(town.ours, town.dossier_id, town.now, number=3)
        shown = page(send(town["ours"], SEARCH, text="zwaluw"))
        assert [link["href"] for link in shown.select("tbody a")] == [town.url("dossier")]

    def test_the_number_of_a_case_finds_it_whole_only(self, town: Town) -> None:
        number = number_of(town.dossier_id)
        assert self._found(town, "ours", f" {number.lower()} ") == ["Madelief S. Moeder"]
        assert self._found(town, "ours", number[:-1]) == []

    @pytest.mark.parametrize(("wanted", "said"), [("", "Naam of dossiernummer"), ("x" * 61, "60")])
    def test_a_wrong_question_is_kept_and_explained(self, town: Town, wanted: str, said: str) -> None:
        shown = page(send(town["ours"], SEARCH, text=wanted), 422)
        assert said in shown.main.get_text()
        assert (shown.find("input", {"name": "text"}).get("value") or "") == wanted
        assert not shown.select("tbody")

    def test_the_longest_question_is_answered(self, town: Town) -> None:
        assert self._found(town, "ours", "x" * 60) == []

    def test_what_was_typed_is_printed_and_not_obeyed(self, town: Town) -> None:
        answer = send(town["ours"], SEARCH, text="<b>madelief")
        assert b"<b>madelief" not in answer.content

    @pytest.mark.parametrize(
        "who", ["project_leader", "volunteer", "referrer", "municipality", "safety_house"]
    )
    def test_another_role_cannot_search(self, town: Town, who: str) -> None:
        assert town[who].post(SEARCH, {"text": "madelief"}).status_code == 403

    def test_the_search_is_logged_and_so_is_who_was_shown_and_nobody_else(self, town: Town) -> None:
        other = families.a_dossier(town.ours, town.now, number=2)
        before = Reading.objects.count()
        send(town["ours"], SEARCH, text="madelief")
        look = Reading.newest()[0]
        assert Reading.objects.count() == before + 1
        assert "search" in look.purpose
        assert look.scanned >= 3, "two mothers and a volunteer were compared"
        assert {row.box_id for row in look.subjects.all()} == {town.dossier_id}
        assert other.id not in {row.box_id for row in look.subjects.all()}

    def test_a_search_that_finds_nobody_is_logged_without_the_name(self, town: Town) -> None:
        send(town["ours"], SEARCH, text="onvindbaar")
        look = Reading.newest()[0]
        assert look.scanned >= 2
        assert not look.subjects.all()
        assert "onvindbaar" not in f"{look.purpose}{look.action}{look.session}"

    def test_at_most_fifty_are_given_in_a_fixed_order(self, town: Town) -> None:
        for _number in range(MOST + 5):
            families.a_dossier(town.ours, town.now, 24)
        once, again = (dossiers(town.ours, "madelief", town.now) for _ in range(2))
        assert once == again == sorted(once)
        assert len(once) == MOST

    def test_who_was_corrected_is_found_by_her_new_name_only(self, town: Town) -> None:
        helper = volunteers.interested(town.ours, town.now, "Loes", "Vulpen")
        assert self._found(town, "ours", "vulpen") == ["Loes V. Vrijwilliger"]
        changed = volunteers.actions.NewVolunteer("Loes", "Inktpot")
        volunteers.actions.correct(town.ours, helper.id, changed, town.now)
        assert self._found(town, "ours", "vulpen") == []
        assert self._found(town, "ours", "inkt") == ["Loes I. Vrijwilliger"]

    def test_a_volunteer_finds_nobody_even_behind_the_page(self, town: Town) -> None:
        actor = Actor(town.ours.user_id, Role.VOLUNTEER, volunteer_id=town.volunteer_id)
        assert dossiers(actor, "madelief", town.now) == []

    def test_it_asks_as_much_for_one_as_for_thirty(self, town: Town) -> None:
        counts = []
        for number in (1, 30):
            while len(dossiers(town.ours, "madelief", town.now)) < number:
                families.a_dossier(town.ours, town.now, 24)
            counts.append(self._asked(town))
        assert counts[0] == counts[1] <= 15

    def _asked(self, town: Town) -> int:
        token = str(uuid4())
        counts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "keys")]
        with counts[0], counts[1]:
            assert town["ours"].post(SEARCH, {"text": "madelief", "token": token}).status_code == 200
        found = [query["sql"] for count in counts for query in count.captured_queries]
        return len([sql for sql in found if "SAVEPOINT" not in sql and "set_config" not in sql])


def test_the_page_has_one_address() -> None:
    assert reverse("portal:search") == SEARCH
