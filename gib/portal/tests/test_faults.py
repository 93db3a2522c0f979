"""What a visitor gets when something is not there, or fails: a page, and nothing of anybody."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from gib.core.access.guard import RULE
from gib.core.kernel.rules import RuleBroken
from gib.portal import cli, errors, health
from gib.portal.cli import COMMANDS, parser
from gib.portal.tests.town import Town, text

SECRET = "Madelief Sprookstra woont in de Dorpsstraat"


def _broken(error: Exception) -> HttpResponse:
    request = RequestFactory().get(f"/dossier/?naam={SECRET}")
    request.resolver_match = None
    try:
        raise error
    except type(error):
        return errors.broken(request)


class TestAFault:
    """A page failed."""

    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (ZeroDivisionError(SECRET), 500),
            (KeyError(SECRET), 500),
            (DatabaseError(SECRET), 500),
            (OperationalError(SECRET), 503),
            (InterfaceError(SECRET), 503),
        ],
    )
    def test_the_page_has_a_number_and_no_words_of_the_fault(self, error: Exception, status: int) -> None:
        answer = _broken(error)
        words = answer.content.decode()
        assert answer.status_code == status
        assert re.search(r"F-[0-9A-F]{6}", words)
        assert "Madelief" not in words
        assert type(error).__name__ not in words
        assert (answer.get("Retry-After") == "30") is (status == 503)

    def test_two_faults_have_two_numbers(self) -> None:
        pages = [_broken(ZeroDivisionError()).content.decode() for _ in range(20)]
        assert len({number for page in pages for number in re.findall(r"F-[0-9A-F]{6}", page)}) == 20

    def test_the_server_log_has_the_number_and_the_kind(self, capsys: Any) -> None:
        number = re.search(r"F-[0-9A-F]{6}", _broken(KeyError(SECRET)).content.decode())
        told = capsys.readouterr()
        written = told.out + told.err
        assert number is not None
        assert number.group() in written
        assert "KeyError" in written
        assert "Madelief" not in written

    def test_the_page_is_whole_without_a_database(self, settings: Any) -> None:
        page = BeautifulSoup(_broken(OperationalError()).content, "html.parser")
        assert len(page.find_all("h1")) == 1
        assert page.html["lang"] == "nl"

    def test_every_page_of_a_fault_is_open_to_everybody(self) -> None:
        for view in (errors.forbidden, errors.missing, errors.broken):
            assert getattr(view, RULE) == frozenset()


@pytest.mark.django_db(databases="__all__")
class TestAPageThatFails:
    """Through the whole house: middleware, log and all."""

    @pytest.fixture
    def _failing(self, monkeypatch: Any) -> Iterator[None]:
        def fail(*told: Any) -> None:
            raise OperationalError(SECRET)

        monkeypatch.setattr("gib.portal.views.board.make", fail)
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)

    @pytest.mark.usefixtures("_failing")
    def test_a_database_that_is_away_is_told_and_comes_back_by_itself(
        self, town: Town, monkeypatch: Any
    ) -> None:
        answer = town["technical_admin"].get("/bedrading/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert b"Madelief" not in answer.content
        monkeypatch.undo()
        assert town["technical_admin"].get("/bedrading/").status_code == 200

    def test_a_page_that_does_not_exist_says_so_to_everybody(self, town: Town) -> None:
        for who in ("ours", "volunteer", "privacy_officer"):
            assert text(town[who].get("/nergens/"), 404)
        assert Client().get("/nergens/").status_code == 404

    def test_what_was_typed_in_the_address_is_not_repeated(self, town: Town) -> None:
        answer = town["ours"].get("/nergens/<script>alert(1)</script>/")
        assert answer.status_code == 404
        assert b"alert(1)" not in answer.content


@pytest.mark.django_db(databases="__all__")
class TestHealth:
    """Two answers for the machine that watches."""

    def test_a_living_house_says_so_without_data(self) -> None:
        for name, words in (("live", b"leeft"), ("ready", b"gereed")):
            answer = Client().get(f"/gezond/{name}")
            assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, words, "text/plain")
            assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("alias", ["default", "keys", "log"])
    def test_a_store_that_is_away_means_not_ready_and_still_alive(self, alias: str, monkeypatch: Any) -> None:
        def away(*told: Any, **more: Any) -> None:
            raise OperationalError("away")

        monkeypatch.setattr(connections[alias], "cursor", away)
        answer = _direct("ready")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert _direct("live").status_code == 200


def _direct(name: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().get(f"/gezond/{name}")
    answer: HttpResponse = getattr(health, name)(request)
    return answer


class TestTheCommand:
    """`gib`: one table of what can be done from a shell."""

    def test_every_command_is_parsed_and_leads_to_a_function(self) -> None:
        assert len({command.words for command in COMMANDS}) == len(COMMANDS)
        for command in COMMANDS:
            module, _, function = command.target.partition(":")
            assert callable(getattr(__import__(module, fromlist=[function]), function)), command.words

    @pytest.mark.parametrize("words", [[], ["niets"], ["keys"], ["import"], ["import", "gekken", "x"]])
    def test_words_it_does_not_know_end_with_two(self, words: list[str], capsys: Any) -> None:
        with pytest.raises(SystemExit) as ended:
            parser().parse_args(words)
        assert ended.value.code == 2
        assert "usage: gib" in capsys.readouterr().err

    def test_each_command_tells_what_it_does(self, capsys: Any) -> None:
        for command in COMMANDS:
            with pytest.raises(SystemExit) as ended:
                parser().parse_args([*command.words.split(), "--help"])
            assert ended.value.code == 0
            assert " ".join(command.help.split())[:30] in " ".join(capsys.readouterr().out.split())

    @pytest.mark.parametrize(("given", "status"), [(None, 0), (0, 0), (1, 1), (3, 3)])
    def test_the_answer_of_a_command_is_the_status(
        self, given: int | None, status: int, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("gib.portal.commands.verify.run", lambda told: given)
        assert cli.main(["verify"]) == status

    def test_a_rule_that_is_broken_is_a_sentence_and_one(self, monkeypatch: Any, capsys: Any) -> None:
        def refuse(told: Any) -> None:
            raise RuleBroken("date_impossible", nearest="28-02-2011")

        monkeypatch.setattr("gib.portal.commands.verify.run", refuse)
        assert cli.main(["verify"]) == 1
        assert "28-02-2011" in capsys.readouterr().err
