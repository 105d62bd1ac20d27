"""What goes wrong in files and in the library becomes the contract's error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from search.contract import EngineError

__all__ = ["engine_errors"]


@contextmanager
def engine_errors(doing: str) -> Iterator[None]:
    """Raises EngineError, which says what was being done, in place of what the index raises."""
    try:
        yield
    except EngineError:
        raise
    except (OSError, ValueError, TypeError, OverflowError, RuntimeError) as error:
        raise EngineError(f"The embedded index failed at {doing}: {error}") from error
    except BaseException as error:
        # How Rust's panics arrive (a damaged segment): a class that can't be imported, and no
        # Exception, since it would otherwise be swallowed by who didn't expect it.
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise EngineError(f"The embedded index is damaged ({doing}): {error}") from error
