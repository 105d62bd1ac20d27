"""When Wagtail's own background tasks (search index, reference index) run."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.apps import apps
from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend

__all__ = ["AfterCommitBackend"]


_LOOK_BACK = 200


class AfterCommitBackend(ImmediateBackend):
    """Runs a task as soon as the transaction that asked for it has committed.

    Run inside it, an index entry would outlive a rollback (F1), and on PostgreSQL two
    publications at once would deadlock in the index and break each other's transaction.

    A transaction that asks for the same thing several times, as saving a page does, has it done
    once: only what is there after the commit counts.
    """

    def _execute_task(self, task_result: Any) -> None:
        run = _Run(task_result, super()._execute_task)
        # The latest alone: a long transaction has many thousands.
        waiting = transaction.get_connection().run_on_commit[-_LOOK_BACK:]
        if not any(run.is_asked_for_by(entry[1]) for entry in waiting):
            transaction.on_commit(run, robust=True)


class _Run:
    """A task that waits for the commit."""

    def __init__(self, task_result: Any, execute: Any) -> None:
        self._task_result = task_result
        self._execute = execute
        task = task_result.task
        self._asked: Hashable = (task.module_path, repr((task_result.args, task_result.kwargs)))

    def is_asked_for_by(self, other: object) -> bool:
        """Whether something else that waits does the same. It waits at least as surely: whatever
        savepoint may yet take it back takes back this one as well."""
        return isinstance(other, _Run) and other._asked == self._asked

    def __call__(self) -> None:
        if not self._is_about_what_is_gone():
            self._execute(self._task_result)

    def _is_about_what_is_gone(self) -> bool:
        """Rows below a page are often replaced as soon as they are written; Wagtail's task for the
        ones that went would fail, and fill the log."""
        if not self._task_result.task.module_path.endswith(".update_reference_index_task"):
            return False
        app_label, model_name, pk = self._task_result.args
        model = apps.get_model(app_label, model_name)
        return not model._base_manager.filter(pk=pk).exists()
