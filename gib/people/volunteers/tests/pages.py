"""How a test reads a page about volunteers, and fills in and sends its form."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def sent(client: Client, url: str, status: int = 302, **values: Any) -> Any:
    """Fill in the form of a page and send it."""
    form = page(client.get(url)).find("main").find("form")
    hidden = {field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")}
    answer = client.post(url, hidden | values)
    assert answer.status_code == status
    return answer
