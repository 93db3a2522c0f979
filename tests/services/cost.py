"""Measures the pages of the figures with a crowd in the database, beside a plain aggregate."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import connection
from django.test import Client

from gib.core.access import rls
from gib.core.access.tables import Role
from gib.people.accounts import builders
from gib.people.accounts.models import Appointment
from tests.services import crowd

CONTACTS, MOTHERS, ROUNDS = 200_000, 4_000, 9
YEAR: Final = 2010
GOAL_MS, GOAL_KB = 300, 60
#: What any report must at least do: go once over the contacts of the year.
PLAIN: Final = f"""
    SELECT team_id, count(*), sum(minutes), count(DISTINCT dossier_id) FROM products_contact {rls.MARK}
    WHERE state IN ('held', 'logged') AND held_on BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-31' GROUP BY team_id
"""


def cpu_ms(work: Callable[[], Any]) -> float:
    """Give the milliseconds of processor time that some work takes, the embedded database included."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def plainly() -> None:
    """Ask the plain question."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        cursor.fetchall()


def visitor(role: Role) -> Client:
    """Sign in the first of a role."""
    client = Client(headers={"host": "localhost", "accept-language": "nl"})
    builders.sign_in(client, Appointment.objects.filter(role=role).order_by("pk")[0].user)
    return client


def main() -> None:
    """Print for each page its processor time, its size and how it compares with the plain aggregate."""
    with rls.system("bench", date(YEAR, 12, 31)):
        crowd.gather(CONTACTS, MOTHERS, date(YEAR, 1, 1), 365)
    works: dict[str, Callable[[], Any]] = {"plain aggregate": plainly}
    for role in (Role.PROJECT_LEADER, Role.COORDINATOR):
        client = visitor(role)
        for path in (f"/cijfers/{YEAR}/", f"/cijfers/{YEAR}/gemeenten/"):
            works[f"{role} {path}"] = partial(client.get, path)
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(ROUNDS):
        for name, work in works.items():
            spent[name].append(cpu_ms(work))
    told = {name: statistics.median(times) for name, times in spent.items()}
    for name, work in works.items():
        answer = work()
        size = f", {len(answer.content) / 1024:.1f} KB (goal {GOAL_KB})" if answer is not None else ""
        ratio = told[name] / told["plain aggregate"]
        sys.stdout.write(f"{name}: {told[name]:.0f} ms CPU (goal {GOAL_MS}), {ratio:.1f}x plain{size}\n")


if __name__ == "__main__":
    main()
