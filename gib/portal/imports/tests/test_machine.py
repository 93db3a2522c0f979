"""Thousands of steps in any order: what is on the shelf is exactly what was read in and not taken back."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.domain import KEPT, UPLOAD_FLOW, UploadState
from gib.core.sheets.models import Upload, expire
from gib.core.vault.models import Tombstone
from gib.portal.imports import actions
from gib.portal.imports.tests.shelf import COORDINATOR, NOW, SHELF, table, there

NAMES = st.lists(st.sampled_from(["Ankie", "Bo", "Cor", "Dia", "Eva"]), min_size=1, max_size=4, unique=True)


class Shelf(RuleBasedStateMachine):
    """Keeps its own idea of the shelf beside the real one."""

    uploads = Bundle("uploads")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.on_shelf: set[str] = set()
        self.made: dict[UUID, set[str]] = {}
        self.names: dict[UUID, set[str]] = {}
        self.now = NOW

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    def state(self, upload_id: UUID) -> Any:
        return Upload.visible_to(COORDINATOR, self.now.on).get_or_404(pk=upload_id)

    @rule(target=uploads, names=NAMES)
    def bring(self, names: list[str]) -> UUID:
        upload_id = actions.bring(COORDINATOR, SHELF, table("Naam\n" + "\n".join(names)), self.now)
        self.names[upload_id] = set(names)
        return upload_id

    @rule(upload_id=uploads)
    def choose(self, upload_id: UUID) -> None:
        self.attempt(lambda: actions.choose_columns(COORDINATOR, upload_id, {0: "name"}, self.now))

    @rule(upload_id=uploads)
    def apply(self, upload_id: UUID) -> None:
        wanted = self.names[upload_id] - self.on_shelf
        if self.attempt(lambda: actions.apply(COORDINATOR, upload_id, self.now)):
            self.made[upload_id] = wanted
            self.on_shelf |= wanted

    @rule(upload_id=uploads)
    def undo(self, upload_id: UUID) -> None:
        if self.attempt(lambda: actions.undo(COORDINATOR, upload_id, self.now)):
            self.on_shelf -= self.made.pop(upload_id)

    @rule(target=uploads, upload_id=consumes(uploads))
    def discard(self, upload_id: UUID) -> Any:
        done = self.attempt(lambda: actions.discard(COORDINATOR, upload_id, self.now))
        return multiple() if done else upload_id

    @rule(hours=st.sampled_from([1, 12, 24]))
    def wait(self, hours: int) -> None:
        self.now = Now(self.now.at + timedelta(hours=hours), self.now.on)
        expire(self.now)

    def attempt(self, perform: Any) -> bool:
        try:
            perform()
        except RuleBroken as refused:
            assert refused.code in {"illegal_move", "sheet_expired", "sheet_nothing_new", "undo_too_late"}
            return False
        return True

    @invariant()
    def the_shelf_is_what_came_in(self) -> None:
        assert there() == sorted(f"shelf:{name}" for name in self.on_shelf)

    @invariant()
    def content_lives_no_longer_than_a_day(self) -> None:
        for upload_id in self.names:
            upload = self.state(upload_id)
            if self.now.at >= upload.made_at + 2 * KEPT:
                assert upload.content is None and upload.made is None
                assert Tombstone.objects.filter(box_id=upload_id).exists()
            if UPLOAD_FLOW.is_final(upload.state) or upload.state == UploadState.APPLIED:
                assert upload.content is None


@pytest.mark.django_db(databases="__all__")
def test_any_order_of_steps() -> None:
    run_state_machine_as_test(
        Shelf,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
