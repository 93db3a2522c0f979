"""A form is done once, or shown again with what is wrong."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.core.ui import posting
from gib.core.ui.forms import HouseForm, LineField
from gib.core.ui.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.urls("gib.core.ui.urls")]
TOKEN = uuid4()
TEMPLATE = "ui/form_page.html"
EVA, TESS = (Actor(UUID(int=number), Role.COORDINATOR) for number in (1, 2))


class NameForm(HouseForm):
    rule_fields = {"date_unreadable": "name"}
    name = LineField(label="Naam")

    def to_command(self) -> str:
        return str(self.cleaned_data["name"])


class Acts:
    """Counts what was done; may refuse."""

    def __init__(self, error: Exception | None = None, url: str = "/vandaag/") -> None:
        self.done: list[str] = []
        self.error, self.url = error, url

    def __call__(self, command: str) -> str:
        self.done.append(command)
        if self.error:
            raise self.error
        return self.url


@pytest.fixture
def post(make_request: Callable[..., HttpRequest]) -> Callable[..., HttpResponse]:
    def sent(
        acts: Acts, actor: Actor | None = EVA, htmx: str = "", kept: Any = None, **data: Any
    ) -> HttpResponse:
        headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": htmx} if htmx else {}
        request = make_request("post", "/namen/", {"token": str(TOKEN), "name": "Eva"} | data, **headers)
        request.htmx = HtmxDetails(request)
        if actor:
            request.actor = actor
        form = NameForm(request.POST, request.FILES, initial=kept)
        return posting.answer(request, form, TEMPLATE, acts, {"title": "Naam"})

    return sent


def test_a_get_shows_the_form(make_request: Callable[..., HttpRequest]) -> None:
    acts = Acts()
    response = posting.answer(make_request(), NameForm(), TEMPLATE, acts, {"title": "Naam"})
    assert response.status_code == 200
    assert acts.done == []
    assert b'name="token"' in response.content
    assert b"<h1>Naam</h1>" in response.content


def test_a_good_post_is_done_and_goes_on(post: Callable[..., HttpResponse]) -> None:
    acts = Acts()
    response = post(acts)
    assert (response.status_code, response.url, acts.done) == (302, "/vandaag/", ["Eva"])


def test_a_wrong_post_is_shown_again(post: Callable[..., HttpResponse]) -> None:
    acts = Acts()
    response = post(acts, name="")
    assert (response.status_code, acts.done) == (422, [])
    assert "Vul dit nog in" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_post_without_token_is_not_done(post: Callable[..., HttpResponse]) -> None:
    acts = Acts()
    assert post(acts, token="").status_code == 422
    assert acts.done == []


def test_sending_twice_has_one_effect_and_one_address(post: Callable[..., HttpResponse]) -> None:
    acts = Acts()
    first, second = post(acts), post(acts)
    assert acts.done == ["Eva"]
    assert (second.status_code, second.url) == (302, first.url)
    assert Submission.objects.get().url == "/vandaag/"


def again(
    make_request: Callable[..., HttpRequest],
    answers: Callable[[], HttpResponse],
    actor: Actor | None = EVA,
    method: str = "post",
    **data: Any,
) -> HttpResponse:
    """Give what becomes of a page that is sent, whatever the page itself would answer."""
    request = make_request(method, "/namen/", {"token": str(TOKEN), "name": "Eva"} | data)
    request.actor = actor
    return posting.again(lambda _request: answers())(request)


def gone() -> HttpResponse:
    return HttpResponse(status=404)


def test_a_second_sending_goes_on_without_asking_the_page(
    post: Callable[..., HttpResponse], make_request: Callable[..., HttpRequest]
) -> None:
    assert again(make_request, gone).status_code == 404
    post(Acts())
    led = again(make_request, lambda: pytest.fail("the page is asked"))
    assert (led.status_code, led.headers["Location"]) == (302, "/vandaag/")


@pytest.mark.parametrize("status", [403, 404, 422])
def test_a_page_that_says_no_because_it_was_done_meanwhile_goes_on(
    post: Callable[..., HttpResponse], make_request: Callable[..., HttpRequest], status: int
) -> None:
    def overtaken() -> HttpResponse:
        post(Acts())
        return HttpResponse(status=status)

    assert again(make_request, overtaken).status_code == 302


@pytest.mark.parametrize(
    "other",
    [
        *({"name": "Tess"}, {"token": "zomaar"}, {"token": ""}, {"token": str(UUID(int=9))}),
        *({"actor": TESS}, {"method": "get"}),
    ],
)
def test_what_was_not_done_before_is_asked_of_the_page(
    post: Callable[..., HttpResponse], make_request: Callable[..., HttpRequest], other: dict[str, Any]
) -> None:
    post(Acts())
    assert again(make_request, gone, **other).status_code == 404


def test_what_was_not_touched_is_not_kept_again(make_request: Callable[..., HttpRequest]) -> None:
    saved = Acts()

    def keep(name: str, error: Exception | None = None) -> int:
        saved.error = error
        form = NameForm({"token": str(TOKEN), "name": name}, initial={"name": "Eva"})
        return posting.kept(form, saved).status_code

    assert [keep("Eva"), keep("Tess"), keep("Eva"), keep("Tess")] == [204] * 4
    assert saved.done == ["Tess", "Tess"]
    assert (keep(""), keep("Sofie", RuleBroken("newer_version"))) == (422, 409)


def test_going_back_and_changing_a_word_is_a_second_act(post: Callable[..., HttpResponse]) -> None:
    acts = Acts()
    post(acts)
    post(acts, name="Eva de Groot")
    assert acts.done == ["Eva", "Eva de Groot"]


def test_somebody_else_with_the_same_token_does_not_learn_the_address(
    post: Callable[..., HttpResponse],
) -> None:
    post(Acts(url="/dossier/geheim/"))
    acts = Acts()
    response = post(acts, actor=TESS)
    assert (response.status_code, acts.done) == (422, [])
    assert "geheim" not in response.content.decode()


def test_a_visitor_may_send_a_form_too(post: Callable[..., HttpResponse]) -> None:
    assert post(Acts(), actor=None).status_code == 302
    assert Submission.objects.get().user_id is None


@pytest.mark.parametrize(
    ("error", "place"), [("illegal_move", "<li>"), ("date_unreadable", 'id="id_name_error"')]
)
def test_a_broken_rule_is_an_error_and_can_be_sent_again(
    post: Callable[..., HttpResponse], error: str, place: str
) -> None:
    response = post(Acts(RuleBroken(error)))
    html = response.content.decode()
    assert response.status_code == 422
    assert CATALOGUE[error] in html
    assert place in html
    assert not Submission.objects.exists()
    assert post(Acts()).status_code == 302


def test_a_newer_version_shows_both(post: Callable[..., HttpResponse]) -> None:
    response = post(Acts(RuleBroken("newer_version")), kept={"name": "Eva G.", "version": 2})
    html = response.content.decode()
    assert "Twee versies" in html
    assert "Eva G." in html
    assert 'name="version" value="2"' in html


def test_a_constraint_of_the_database_is_one_sentence(post: Callable[..., HttpResponse]) -> None:
    response = post(Acts(IntegrityError("unique constraint failed: people.secret")))
    assert response.status_code == 422
    assert "Dit is net al gewijzigd" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_another_fault_is_not_hidden_and_leaves_nothing(post: Callable[..., HttpResponse]) -> None:
    with pytest.raises(ZeroDivisionError):
        post(Acts(ZeroDivisionError()))
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://elders.example/", "//elders.example/", "vandaag", "", "/\\elders.example"]
)
def test_an_act_never_leads_elsewhere(post: Callable[..., HttpResponse], url: str) -> None:
    with pytest.raises(ValueError, match="address of this house"):
        post(Acts(url=url))
    assert not Submission.objects.exists()


def test_the_act_and_its_token_are_one_transaction(post: Callable[..., HttpResponse]) -> None:
    class Looks(Acts):
        def __call__(self, command: str) -> str:
            assert transaction.get_connection().in_atomic_block
            assert Submission.objects.get().url == ""
            return super().__call__(command)

    assert post(Looks()).status_code == 302


@pytest.mark.parametrize(
    ("here", "status", "header"),
    [("http://testserver/vandaag/?stand=open", 302, None), ("http://testserver/namen/", 200, "/vandaag/")],
)
def test_a_fragment_stays_on_its_page_or_is_sent_on(
    post: Callable[..., HttpResponse], here: str, status: int, header: str | None
) -> None:
    response = post(Acts(), htmx=here)
    assert response.status_code == status
    assert response.headers.get("HX-Redirect") == header


def test_files_count_as_content(make_request: Callable[..., HttpRequest]) -> None:
    def key(name: str) -> UUID:
        data = {"file": SimpleUploadedFile(name, b"x")}
        return posting.fingerprint(make_request("post", "/", data), TOKEN)

    assert key("a.csv") == key("a.csv") != key("b.csv")


def test_the_key_does_not_tell_the_token(make_request: Callable[..., HttpRequest]) -> None:
    key = posting.fingerprint(make_request("post", "/namen/", {"name": "Eva"}), TOKEN)
    assert key != TOKEN
    assert key != posting.fingerprint(make_request("post", "/andere/", {"name": "Eva"}), TOKEN)


def test_when_two_arrive_together_the_constraint_decides(
    post: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    post(Acts())
    real, looks = QuerySet.get, iter([True])

    def too_early(rows: QuerySet, *args: Any, **kwargs: Any) -> Submission:
        if next(looks, False):
            raise Submission.DoesNotExist
        return real(rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "get", too_early)
    late = Acts()
    response = post(late)
    assert (response.status_code, response.url, late.done) == (302, "/vandaag/", [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time on SQLite")
def test_two_threads_have_one_effect(post: Callable[..., HttpResponse]) -> None:
    acts = Acts()

    def send(_number: int) -> str:
        try:
            return str(post(acts).url)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(8))) == {"/vandaag/"}
    assert acts.done == ["Eva"]
