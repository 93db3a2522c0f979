"""What happens in an installation between two commands of its operator; answers in JSON."""

import json
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal import outbox
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import real_now
from gib.core.vault import boxes, master, rotation, tombstones
from gib.core.vault.models import BoxKind, Tombstone, WrappedKey
from gib.people.accounts import builders as accounts
from gib.people.families import builders
from gib.people.families.models import Dossier, Participant
from gib.people.partners.builders import two_teams
from gib.portal import actions
from gib.portal.commands import tick, verify
from gib.portal.domain import ErasureGround, ErasureState

NOW = real_now()
WORDS = {
    "first_name": "Zilvermeeuw",
    "last_name": "Duinroosje",
    "phone": "0612349988",
    "address": "Kwelderpad 7",
}


def open_case() -> str:
    """Open a dossier with a child; gives its id."""
    coordinator = Actor(uuid4(), Role.COORDINATOR, frozenset({two_teams()[0].pk}))
    with reading(coordinator, "test"):
        dossier = builders.a_dossier(coordinator, NOW, **WORDS)
        builders.with_child(coordinator, dossier.id, NOW, first_name="Strandlopertje")
    return str(dossier.id)


def erase(dossier: str) -> str:
    """Erase a dossier with two persons."""
    with rls.system("test"):
        team = Dossier.for_house("test", NOW.on).get(pk=dossier).team_id
    asks, decides = (Actor(uuid4(), role, frozenset({team})) for role in (Role.COORDINATOR, Role.DEPUTY))
    row = actions.ask_erasure(asks, UUID(dossier), ErasureGround.HER_WISH, NOW)
    return str(actions.answer_erasure(decides, row.id, ErasureState.CARRIED_OUT, "", NOW).state)


def name(dossier: str) -> str:
    """Open her key and read her name, as a page would: the first thing this process does."""
    with reading(house("test"), "test"), rls.system("test"):
        boxes.unlock([UUID(dossier)])
        mother = Participant.for_house("test", NOW.on).get(dossier_id=dossier)
        try:
            return str(mother.first_name)
        except boxes.Erased:
            return "erased"


def held(dossier: str) -> dict[str, Any]:
    """Tell where her tombstone lies and whether her key does, without opening anything."""
    places = {alias: Tombstone.objects.using(alias).filter(box_id=dossier).exists() for alias in connections}
    return {
        **places,
        "file": UUID(dossier) in tombstones.read(),
        "key": WrappedKey.objects.filter(box_id=dossier).exists(),
    }


def look(dossier: str) -> list[Any]:
    """Tell what lies there, what her name reads as, and what lies there then."""
    return [held(dossier), name(dossier), held(dossier)]


def fill(count: str) -> int:
    """Make boxes, and leave work for the next tick; gives the number of keys."""
    ids = [uuid4() for _ in range(int(count))]
    boxes.make_many(ids, BoxKind.DOSSIER)
    return WrappedKey.objects.count()


def leave_work() -> dict[str, str]:
    """Leave what a crash leaves: a tombstone whose key still lives, and a notice that was never sent."""
    box = uuid4()
    boxes.make(box, BoxKind.DOSSIER)
    Tombstone.objects.using("default").create(box_id=box, at=NOW.at)
    with reading(house("test"), "test"):
        user, _actor = accounts.coordinator(two_teams()[0])
        user.email = "kust@voorbeeld.example"
        user.save()
    outbox.notify(user.id, "asked", f"once:{user.id}", NOW)
    return {"box": str(box), "notice": f"once:{user.id}"}


def opens_all() -> list[int]:
    """Open every key; gives how many there are and the versions that wrap them."""
    tombstones.Gate.pass_through()
    ids = list(WrappedKey.objects.values_list("box_id", flat=True))
    with reading(house("test"), "test"):
        opened = boxes.unlock(ids)
    versions = sorted(set(WrappedKey.objects.values_list("master_version", flat=True)))
    return [len(opened), len(ids), *versions]


class Deadly:
    """Kills the process at one statement, counted over all stores, as a power cut would."""

    def __init__(self, at: int) -> None:
        """Die at the statement with this number."""
        self.left = at

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, facts: Any) -> Any:
        """Count a statement, and die or carry it out."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, facts)


def dies(what: str) -> int:
    """Do something in processes that die at one statement after another, until one comes to its end.

    After each death every key must open. Gives how many died.
    """
    for died in range(_MOST):
        if _of_own_process(partial(_deadly, what, _STEPS[min(died, len(_STEPS) - 1)])):
            return died
        if not _of_own_process(_all_open):
            raise RuntimeError("a key was lost")
    raise RuntimeError("it comes no further")


def _of_own_process(do: Callable[[], Any]) -> bool:
    """Tell whether something came to its end in a process of its own, which shares no connection."""
    connections.close_all()
    if not (child := os.fork()):
        do()
        connections.close_all()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _deadly(what: str, at: int) -> None:
    deadly = Deadly(at)
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(deadly))
        _COMMANDS[what]()


def _all_open() -> None:
    opened, there, *_versions = opens_all()
    if opened != there:
        os._exit(1)


def _rotate() -> None:
    # As the command does, in small steps, so that there are many places to die.
    if not rotation.is_unfinished():
        master.add_version(Path(settings.MASTER_KEY_FILE))
    rotation.rewrap(batch=5)


#: Statements at which to die: each of the first ones, then with growing steps.
_STEPS: Final = (1, 2, 3, 5, 8, 12, 17, 23, 30, 38, 47, 57, 68, 80, 100, 150, 300)
_MOST: Final = 40
_COMMANDS: Final[dict[str, Callable[[], Any]]] = {
    "rotate": _rotate,
    "tick": lambda: tick.run(Namespace()),
    "verify": lambda: verify.run(Namespace()),
}
ACTS: Final = {act.__name__: act for act in (open_case, erase, look, fill, leave_work, opens_all, dies, held)}

if __name__ == "__main__":
    answer = ACTS[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(f"{json.dumps(answer)}\n")
