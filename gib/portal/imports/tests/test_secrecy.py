"""No name, date or note of a sheet lies readable anywhere, whatever becomes of it."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from gib.core.access import rls
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.models import Upload
from gib.portal.imports import actions
from gib.portal.imports.tests.shelf import COORDINATOR, NOW, SHELF, table
from gib.portal.imports.tests.test_views import page, sheet, visit

pytestmark = pytest.mark.django_db(databases="__all__")
SECRETS = ("Geheimenaam", "1981-03-27", "27-3-1981", "stillewens", "0612345679", "612345679")
TEXT = "Naam;Geboren;Tel;Opmerking;Kolom X\nGeheimenaam;27-3-1981;0612345679;stillewens;geheimevulling\n"


def everything() -> str:
    """All that lies in the stores, as one text; names on the shelf of the tests do not count."""
    found = []
    with rls.system("test", NOW.on):
        for alias in ("default", "log", "keys"):
            connection = connections[alias]
            with connection.cursor() as cursor:
                for name in connection.introspection.table_names(cursor):
                    if name.startswith(("ui_submission", "auth_", "gib_", "django_migrations", "partners_")):
                        continue
                    cursor.execute(f'SELECT * FROM "{name}" /*gib:scope*/')
                    found += [
                        bytes(value) if isinstance(value, memoryview) else value
                        for row in cursor
                        for value in row
                    ]
    return " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in found)


def brought() -> UUID:
    return actions.bring(COORDINATOR, SHELF, table(TEXT), NOW)


def checked() -> UUID:
    upload_id = brought()
    actions.choose_columns(COORDINATOR, upload_id, {0: "name", 1: "born_on", 2: "phone", 3: "remark"}, NOW)
    return upload_id


def applied() -> UUID:
    upload_id = checked()
    actions.apply(COORDINATOR, upload_id, NOW)
    return upload_id


def undone() -> UUID:
    upload_id = applied()
    actions.undo(COORDINATOR, upload_id, NOW)
    return upload_id


@pytest.mark.parametrize("reach", [brought, checked, applied, undone])
def test_nothing_readable_lies_in_the_stores(reach: Callable[[], UUID]) -> None:
    upload_id = reach()
    text = everything()
    assert str(upload_id) in text or upload_id.hex in text
    for secret in (*SECRETS, "geheimevulling"):
        assert secret not in text


def test_nothing_readable_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        checked()
        visit("/lijsten-inlezen/", sheet(TEXT.replace("27-3-1981", "nooit").encode(), "Geheimenaam.csv"))
        visit("/lijsten-inlezen/", sheet(b"%PDF Geheimenaam", "Geheimenaam.pdf"))
    for secret in SECRETS:
        assert secret not in caplog.text


def test_the_name_of_the_file_is_not_kept() -> None:
    visit("/lijsten-inlezen/", sheet(b"Naam\nAnkie\n", "Geheimenaam.csv"))
    upload = Upload.visible_to(COORDINATOR, NOW.on).get_or_404()
    assert "Geheimenaam" not in str(upload.content)
    assert "Geheimenaam" not in everything()


def test_addresses_and_titles_hold_no_name() -> None:
    upload_id = checked()
    for name in ("columns", "check", "result"):
        html = visit(page(name, upload_id)).content.decode()
        title = html[html.index("<title>") : html.index("</title>")]
        assert "Geheimenaam" not in title
        assert "Geheimenaam" not in page(name, upload_id)


def test_a_refusal_carries_no_value() -> None:
    upload_id = actions.bring(COORDINATOR, SHELF, table(TEXT.replace("27-3-1981", "nooit")), NOW)
    actions.choose_columns(COORDINATOR, upload_id, {0: "name", 1: "born_on"}, NOW)
    with pytest.raises(RuleBroken) as refused:
        actions.apply(COORDINATOR, upload_id, NOW)
    assert refused.value.facts == {"faults": 1}
    facts: Any = refused.value.args
    assert "Geheimenaam" not in str(facts)
