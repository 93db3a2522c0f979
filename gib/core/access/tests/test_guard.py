"""A view without a rule is refused; a rule lets in whom it names."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.guard import RULE, Request, public, requires
from gib.core.access.middleware import Refuse
from gib.core.access.tables import P, Role
from gib.core.kernel.clock import now_on


@requires(P.REFER)
def refer(request: Request, number: int) -> HttpResponse:
    return HttpResponse(f"{request.actor.role} {number}")


def _request(role: Role | None, method: str = "get") -> HttpRequest:
    request = getattr(RequestFactory(), method)("/aanmelden/?next=x")
    request.actor = Actor(uuid4(), role) if role else None
    request.now = now_on(date(2011, 1, 11))
    return request


def test_a_role_with_the_permission_enters() -> None:
    assert refer(_request(Role.REFERRER), 3).content == b"referrer 3"


def test_a_role_without_it_gets_403() -> None:
    with pytest.raises(PermissionDenied):
        refer(_request(Role.VOLUNTEER), 3)


def test_a_visitor_goes_to_the_sign_in_page_without_the_query() -> None:
    answer = refer(_request(None), 3)
    assert (answer.status_code, answer["Location"]) == (302, "/inloggen/?next=/aanmelden/")


def test_the_rule_can_be_read_from_the_view() -> None:
    assert getattr(refer, RULE) == {P.REFER}
    assert getattr(public(lambda request: HttpResponse()), RULE) == frozenset()


def test_a_view_without_a_rule_is_refused() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("leak")

    guard = Refuse(bare)
    with pytest.raises(PermissionDenied, match="no rule"):
        guard.process_view(_request(Role.COORDINATOR), bare, (), {})
    assert guard.process_view(_request(Role.COORDINATOR), refer, (), {}) is None


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("method", "role", "held"),
    [("get", Role.REFERRER, True), ("post", Role.REFERRER, False), ("get", None, False)],
)
def test_only_a_safe_request_of_somebody_holds_the_row_context(
    method: str, role: Role | None, held: bool
) -> None:
    during = []

    def view(request: HttpRequest) -> HttpResponse:
        during.append(rls.is_active())
        return HttpResponse()

    Refuse(view)(_request(role, method))
    assert during == [held]
    assert not rls.is_active()
