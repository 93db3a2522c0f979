"""One address, two answers: the whole page, or the part of it that the reader's page asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *parts: str, status: int = 200
) -> HttpResponse:
    """Render a page, or one of its parts when htmx asks for that.

    A part is a `partialdef` that is named after the id of the element it replaces, so what is swapped in
    equals a reload.
    """
    htmx = getattr(request, "htmx", None)
    target = (htmx.target or "").rpartition("#")[2] if htmx else ""
    name = f"{template}#{target}" if target in parts else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
