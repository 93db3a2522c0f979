"""Questions asked together have the answers of questions asked alone, and what is read once is read once."""

from contextlib import ExitStack
from typing import Any, ClassVar

import pytest
from django.db import connections
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from gib.core.access import once, rls, together
from gib.core.access.actor import Actor
from gib.core.access.rows import Columns, protected_models
from gib.core.access.tables import Role, Scope
from gib.core.journal.models import Happening
from gib.core.journal.sessions import reading
from gib.people.families.models import Child, Consent, Dossier, Involvement, Participant
from gib.people.families.naming import names_of
from gib.people.partners.models import Municipality, legal_value
from gib.portal.demo.people import TODAY
from tests.world.base import ROLES, seats
from tests.world.more import FurnishedCase


def _facts(row: Any) -> dict[str, Any]:
    """Give what a row holds, sealed as it lies there; of rows beside it too."""
    held = object.__getattribute__(row, "_row") if hasattr(type(row), "_row") else row
    facts = {name: value for name, value in held.__dict__.items() if name != "_state"}
    beside = held._state.fields_cache
    return facts | {name: _facts(other) for name, other in beside.items() if other is not None}


def test_one_row_or_404() -> None:
    assert together.the_one([1, 2]) == together.first([1, 2]) == 1
    assert together.first([]) is None
    with pytest.raises(Http404):
        together.the_one([])


class TestTogether(FurnishedCase):
    """One statement for many questions."""

    actor: ClassVar[Actor]

    @classmethod
    def setUpTestData(cls) -> None:
        """Name who asks."""
        super().setUpTestData()
        cls.actor = seats(Role.COORDINATOR)[0].actor()

    def asked(self, *stores: str) -> Any:
        """Count what is asked of the stores."""
        stack = ExitStack()
        counts = [stack.enter_context(CaptureQueriesContext(connections[store])) for store in stores]
        return stack, counts

    def test_every_table_gives_every_role_the_same_rows_as_alone(self) -> None:
        shown = set()
        for role in ROLES:
            actor = seats(role)[0].actor()
            questions = [model.visible_to(actor, TODAY).order_by("pk") for model in protected_models()]
            with rls.acting_as(actor, TODAY):
                alone = [[_facts(row) for row in rows.all()] for rows in questions]
                found = [[_facts(row) for row in rows] for rows in together.ask(questions)]
            assert found == alone
            shown |= {rows.model for rows, given in zip(questions, found, strict=True) if given}
        assert len(shown) > 30

    def test_order_limit_and_neighbours_are_kept(self) -> None:
        rows = Participant.visible_to(self.actor, TODAY).select_related("dossier", "origin")
        rows = rows.order_by("-dossier__opened_on", "id")[2:9]
        with rls.acting_as(self.actor, TODAY):
            alone = [_facts(row) for row in rows.all()]
            found, _ = together.ask([rows, Consent.visible_to(self.actor, TODAY)])
        assert [_facts(row) for row in found] == alone
        assert len(alone) == 7

    def test_values_come_as_values(self) -> None:
        rows = Consent.visible_to(self.actor, TODAY).order_by("id")
        flat, pairs = rows.values_list("given_on", flat=True), rows.values_list("id", "expires_on")
        with rls.acting_as(self.actor, TODAY):
            assert together.ask([flat, pairs]) == [list(flat), list(pairs)]

    def test_rounds_of_all_parts_are_one_statement_each(self) -> None:
        @together.in_steps
        def part(model: Any) -> together.Steps[int]:
            first = yield model.visible_to(self.actor, TODAY)[:3]
            ids = [row.dossier_id for row in first]
            names = yield from together.begin(names_of, self.actor, TODAY, ids)
            return len(names)

        parts = [together.begin(part, model) for model in (Child, Consent, Participant)]
        stack, (main, keys) = self.asked("default", "keys")
        with rls.acting_as(self.actor, TODAY), reading(self.actor, "test"), stack:
            found = together.gather([*parts, together.begin(lambda: "at once")])
            asked = [row["sql"] for row in main.captured_queries if "FROM" in row["sql"]]
            assert (len(asked), len(keys)) == (2, 1)
        assert found[-1] == "at once"
        assert all(found[:3])

    def test_names_are_asked_once_for_all_parts_when_nothing_else_is_asked(self) -> None:
        @together.in_steps
        def part(rounds: int) -> together.Steps[dict[Any, str]]:
            for _round in range(rounds):
                found = yield Participant.visible_to(self.actor, TODAY).order_by("id")[rounds : rounds + 2]
            ids = [row.dossier_id for row in found]
            names: dict[Any, str] = yield from together.begin(names_of, self.actor, TODAY, ids)
            assert names.keys() == set(ids)
            return names

        stack, (main, keys) = self.asked("default", "keys")
        with rls.acting_as(self.actor, TODAY), reading(self.actor, "test"), stack:
            found = together.gather([together.begin(part, rounds) for rounds in (1, 2, 3)], patient=True)
            asked = [row["sql"] for row in main.captured_queries if "FROM" in row["sql"]]
            assert (len(asked), len(keys)) == (4, 1)
        assert [len(names) for names in found] == [2, 2, 2]
        assert len(set().union(*found)) == 4

    def test_parts_inside_a_part_and_tuples_of_questions_are_one_statement(self) -> None:
        def count(model: Any) -> together.Steps[int]:
            return len((yield model.visible_to(self.actor, TODAY)))

        @together.in_steps
        def part() -> together.Steps[Any]:
            rows = Child.visible_to(self.actor, TODAY).order_by("id")
            return (yield from together.abreast([count(Consent), together.asking((rows[:1], (rows[1:3],)))]))

        stack, (main,) = self.asked("default")
        with rls.acting_as(self.actor, TODAY), stack:
            number, ((one,), ((*others,),)) = part()
            assert len([row for row in main.captured_queries if "FROM" in row["sql"]]) == 1
        assert number > 1 and len({one.id, *(row.id for row in others)}) == 3

    def test_two_readers_without_a_context_each_read_their_own(self) -> None:
        one, other = (seat.actor() for seat in seats(Role.COORDINATOR)[:2])
        rows = [Dossier.visible_to(actor, TODAY).order_by("id") for actor in (one, other, one)]
        first, second, again = together.ask(rows)
        assert first == again != second
        assert [list(each) for each in rows] == [first, second, again]

    def test_the_same_question_of_two_parts_is_asked_once(self) -> None:
        rows = Child.visible_to(self.actor, TODAY).order_by("id")
        stack, (main,) = self.asked("default")
        with rls.acting_as(self.actor, TODAY), stack:
            one, two = together.ask([rows, rows.all()])
            (statement,) = [row["sql"] for row in main.captured_queries if "families_child" in row["sql"]]
        assert statement.count(rls.MARK) == 1
        assert one == two != []

    def test_a_question_without_possible_rows_is_not_asked(self) -> None:
        stack, (main,) = self.asked("default")
        with stack:
            nothing = Child.visible_to(self.actor, TODAY).filter(pk__in=[])
            assert together.ask([nothing, nothing.all()]) == [[], []]
            assert together.ask([nothing]) == [[]]
            assert together.ask([]) == []
        assert len(main) == 0

    def test_one_question_is_asked_as_it_is_with_its_keys_and_its_scope(self) -> None:
        rows = Participant.visible_to(self.actor, TODAY).order_by("id")
        with rls.acting_as(self.actor, TODAY), reading(self.actor, "test") as seen:
            (found,) = together.ask([rows.opening()])
            assert seen.keys.keys() == {row.dossier_id for row in found}
            assert found == list(rows) != []
            with pytest.raises(rls.UnscopedRead):
                together.ask([Child.objects.all()])

    def test_a_scope_beside_it_does_not_cover_an_unscoped_question(self) -> None:
        with rls.acting_as(self.actor, TODAY), pytest.raises(rls.UnscopedRead):
            together.ask([Dossier.visible_to(self.actor, TODAY), Child.objects.all()])

    def test_without_a_context_the_reader_of_the_question_holds(self) -> None:
        rows = Dossier.visible_to(self.actor, TODAY).order_by("id")
        (alone,), (found, again) = together.ask([rows]), together.ask([rows, rows[:2]])
        assert [row.id for row in alone] == [row.id for row in found] == [row.id for row in rows] != []
        assert found[:2] == again

    def test_tables_without_owner_may_be_asked_too(self) -> None:
        rows = Municipality.objects.order_by("code")
        assert together.ask([rows[:5], rows[5:7]]) == [list(rows[:5]), list(rows[5:7])]

    def test_terms_are_one_query_of_a_page(self) -> None:
        with self.assertNumQueries(1), once.holding():
            assert legal_value("triage", TODAY) > 0
            assert legal_value("dossier_retention", TODAY) > 0
        with self.assertNumQueries(2):
            legal_value("triage", TODAY)
            legal_value("triage", TODAY)


class TestKnown(FurnishedCase):
    """What is looked up by something that is known."""

    def test_what_is_known_of_a_name_is_the_name_alone(self) -> None:
        """What was not asked for is not there, and nobody reads it unseen: no part can forget to ask."""
        actor = seats(Role.COORDINATOR)[0].actor()
        ids = frozenset(Dossier.visible_to(actor, TODAY).values_list("pk", flat=True))
        fields = ("dossier", "team", "phone")
        asked = together.Known(Participant, actor, TODAY, "dossier_id", ids, fields)
        whole = together.Known(Participant, actor, TODAY, "dossier_id", ids)
        with rls.acting_as(actor, TODAY):
            few, every = together.gather([together.asking(asked), together.asking(whole)])
            assert {row.id for row in few} == {row.id for row in every}
            assert len(few) > 3
            assert {len(_facts(row)) for row in few} == {4}
            assert "phone" in _facts(few[0])
            with pytest.raises(rls.UnscopedRead):
                _ = few[0].last_name

    def test_whose_dossiers_are_asked_for_changes_no_answer(self) -> None:
        """Also of a case that another team asks hers to take over, which no team of hers answers for."""
        with rls.system("test"):
            received = Involvement.objects.filter(kind=Scope.RECEIVING, to_on=None).first()
            other = Participant.for_house("test", TODAY).exclude(dossier_id=received.dossier_id).first()
        taker = next(
            actor
            for seat in seats(Role.COORDINATOR)
            if (actor := seat.actor()).party(Scope.RECEIVING) == received.party
        )
        ids, shown = [received.dossier_id, other.dossier_id], set()
        for role in ROLES:
            for actor in (seats(role)[0].actor(), taker):
                with rls.acting_as(actor, TODAY):
                    for model in _of_dossiers():
                        for rows in (*model.walks(actor, TODAY), model.visible_to(actor, TODAY)):
                            plain = rows.filter(dossier_id__in=ids).order_by("pk")
                            found = rows.among("dossier_id", ids).order_by("pk")
                            assert [row.id for row in found] == [row.id for row in plain], model
                            shown |= {(actor, model) for row in plain if row.dossier_id == ids[0]}
        assert {(taker, Participant), (taker, Happening)} <= shown


def _of_dossiers() -> list[Any]:
    found = (model for model in protected_models() if Columns(model.Access).dossier == "dossier_id")
    return [model for model in found if any(field.attname == "dossier_id" for field in model._meta.fields)]


class TestOnce:
    """What a page holds, and for how long."""

    def test_a_page_reads_once_and_the_next_one_again(self) -> None:
        calls: list[int] = []

        def reader(number: int) -> int:
            calls.append(number)
            return number + 1

        for _ in range(2):
            with once.holding():
                assert [once.once(reader, number) for number in (5, 5, 6)] == [6, 6, 7]
        assert calls == [5, 6, 5, 6]

    def test_outside_a_page_everything_is_read_again(self) -> None:
        calls: list[int] = []
        once.once(calls.append, 1)
        with once.holding():
            once.once(calls.append, 1)
        once.once(calls.append, 1)
        assert calls == [1, 1, 1]
