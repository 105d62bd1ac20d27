"""Whether a document is in force on a day, derived from its events.

The six states are those of the national database of legal documents (vbpl.vn).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Event", "EventAction", "Validity", "ValidityStatus", "validity_on"]


class ValidityStatus(models.TextChoices):
    """The states of a document."""

    NOT_YET = "not_yet", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    PARTLY_EXPIRED = "partly_expired", _("Partly out of force")
    EXPIRED = "expired", _("Out of force")
    SUSPENDED = "suspended", _("Suspended")
    PARTLY_SUSPENDED = "partly_suspended", _("Partly suspended")


class EventAction(models.TextChoices):
    """What can happen to a document."""

    TAKES_EFFECT = "takes_effect", _("takes effect")
    EXPIRES = "expires", _("expires")
    REPLACED = "replaced", _("is replaced")
    REPEALED = "repealed", _("is repealed")
    PARTLY_REPEALED = "partly_repealed", _("is repealed in part")
    AMENDED = "amended", _("is amended")
    SUPPLEMENTED = "supplemented", _("is supplemented")
    CORRECTED = "corrected", _("is corrected")
    EXTENDED = "extended", _("is extended")
    SUSPENDED = "suspended", _("is suspended")
    PARTLY_SUSPENDED = "partly_suspended", _("is suspended in part")
    RESUMED = "resumed", _("is resumed")
    RECALLED = "recalled", _("is recalled")


_ENDS = {EventAction.EXPIRES, EventAction.REPLACED, EventAction.REPEALED, EventAction.RECALLED}
_STATES: dict[str, ValidityStatus] = {
    EventAction.PARTLY_REPEALED: ValidityStatus.PARTLY_EXPIRED,
    EventAction.SUSPENDED: ValidityStatus.SUSPENDED,
    EventAction.PARTLY_SUSPENDED: ValidityStatus.PARTLY_SUSPENDED,
}


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happens to a document at the beginning of a day."""

    on: datetime.date
    action: str


@dataclass(frozen=True, slots=True)
class Validity:
    """A document's state, the day since which it holds, and the day on which it next changes."""

    status: ValidityStatus
    since: datetime.date | None
    until: datetime.date | None


def validity_on(
    day: datetime.date,
    *,
    effective_on: datetime.date | None,
    expires_on: datetime.date | None,
    events: Iterable[Event] = (),
) -> Validity:
    """The state at ``day``: events of that day count already.

    Without ``effective_on`` or an event ``takes_effect`` a document is in force from the start
    (administrative documents are, on signing). ``expires_on`` is the first day out of force; an
    event ``extended`` on or before it lifts it, since the new end is an ``expires`` of its own.
    """
    timeline = sorted(_timeline(effective_on, expires_on, events))
    begins = any(event.action == EventAction.TAKES_EFFECT for event in timeline)
    status = ValidityStatus.NOT_YET if begins else ValidityStatus.IN_FORCE
    partly_expired = False
    since: datetime.date | None = None
    until: datetime.date | None = None
    for event in timeline:
        following = _after(status, event.action, partly_expired)
        if following == status:
            continue
        if event.on > day:
            until = event.on
            break
        partly_expired = partly_expired or following == ValidityStatus.PARTLY_EXPIRED
        status, since = following, event.on
    return Validity(status, since, until)


def _timeline(
    effective_on: datetime.date | None,
    expires_on: datetime.date | None,
    events: Iterable[Event],
) -> list[Event]:
    listed = list(events)
    if effective_on is not None:
        listed.append(Event(effective_on, EventAction.TAKES_EFFECT))
    if expires_on is not None:
        extended = any(e.action == EventAction.EXTENDED and e.on <= expires_on for e in listed)
        if not extended:
            listed.append(Event(expires_on, EventAction.EXPIRES))
    return listed


def _after(status: ValidityStatus, action: str, partly_expired: bool) -> ValidityStatus:
    """The state after an event; an end is final."""
    if status == ValidityStatus.EXPIRED:
        return status
    if action in _ENDS:
        return ValidityStatus.EXPIRED
    if action == EventAction.TAKES_EFFECT and status == ValidityStatus.NOT_YET:
        return ValidityStatus.IN_FORCE
    if status == ValidityStatus.NOT_YET:
        return status
    if action == EventAction.RESUMED:
        return ValidityStatus.PARTLY_EXPIRED if partly_expired else ValidityStatus.IN_FORCE
    return _STATES.get(action, status)
