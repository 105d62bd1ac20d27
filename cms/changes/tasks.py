"""When Wagtail's own background tasks (search index, reference index) run."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend

__all__ = ["AfterCommitBackend"]


class AfterCommitBackend(ImmediateBackend):
    """Runs a task as soon as the transaction that asked for it has committed.

    Run inside it, an index entry would outlive a rollback (F1), and on PostgreSQL two
    publications at once would deadlock in the index and break each other's transaction.
    """

    def _execute_task(self, task_result: Any) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)
