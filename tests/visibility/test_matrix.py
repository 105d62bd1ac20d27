"""What is hidden shows by no way, on no endpoint: the matrix, a test for each cell.

A cell is an endpoint × a way × a reason to hide. Its requests are made twice: while everything is
public they must show the canary (a cell that sees nothing asserts nothing), and when the reason has
hidden it they must not. ``tests.visibility.exceptions`` names the cells in which there is nothing
to see, with the reason; a row says in ``without`` why an endpoint has no other ways.

To add an endpoint, put a ``Row`` into the ``ROWS`` of ``pages``, ``lists``, ``feeds``,
``rest``, ``graph`` or ``files``:

    SEARCH = Row(
        "api-search",  # the name of its URL
        "A list by relevance: what one page leads to is asked of the pages themselves.",
        {
            Way.LIST: lambda subject: [get("search", q=subject.reason.word)],
            Way.COUNT: lambda subject: [
                get("search", q=subject.reason.word, count="exact", evidence=Evidence.COUNTED)
            ],
        },
    )

A root field of GraphQL is a request in ``graph.GRAPHQL`` and a line in ``graph.ROOTS``. Where a
reason has nothing to show on the endpoint, a ``Rule`` says why. What an endpoint reads from a copy
of its own (an index) is brought in step at the end of ``recording._make_world`` and, after
everything is hidden, in ``record``, beside the webhooks' ``catch_up``. An endpoint without a row
fails ``test_inventory``, with its name.
"""

from __future__ import annotations

import re

import orjson
import pytest

from tests.visibility.asking import Answer, Ask, Evidence
from tests.visibility.axes import Reason, Secret, Way
from tests.visibility.born import BORN_HIDDEN
from tests.visibility.exceptions import RULES, why_nothing
from tests.visibility.recording import Recording
from tests.visibility.rows import ROWS

CELLS = [(row.endpoint, way, reason) for row in ROWS for way in row.asks for reason in Reason]


def _before(recording: Recording, way: Way, asked: Ask) -> Answer:
    hot = way is Way.HOT
    return recording.hot_before[asked] if hot else recording.before.ask(asked)


def _after(recording: Recording, way: Way, reason: Reason, asked: Ask) -> Answer:
    if way is not Way.HOT:
        return recording.after.ask(asked)
    # A plugin is disabled by a setting: memory begins anew with the process that has it.
    return (recording.restarted if reason is Reason.DISABLED else recording.hot_after)[asked]


@pytest.mark.parametrize(
    ("endpoint", "way", "reason"), CELLS, ids=["-".join(cell) for cell in CELLS]
)
def test_n10_n11_n12_n16(recording: Recording, endpoint: str, way: Way, reason: Reason) -> None:
    asks = recording.asks(endpoint, way, reason)
    secret = recording.subjects[reason].secret
    seen = {one for one in asks if _is_seen(recording, way, one, secret)}
    why = why_nothing(endpoint, way, reason)
    if why is None:
        assert seen, "nothing shows while it is public: the cell asserts nothing"
    else:
        assert not seen, f"there is something to see here, so the rule is wrong: {why}"
    for one in asks:
        answer = _after(recording, way, reason, one)
        words = secret.words if one.is_tombstone else secret.everything
        assert not answer.shows(Evidence.WORDS, words), _told(one, answer, words)
        if one in seen and one.evidence is not Evidence.WORDS:
            assert not answer.shows(one.evidence, words), _told(one, answer, words)


def _is_seen(recording: Recording, way: Way, asked: Ask, secret: Secret) -> bool:
    """Whether it shows while it is public; a 304 shows what the whole answer would."""
    if asked.known is not None and not _is_seen(recording, way, asked.known, secret):
        return False
    return _before(recording, way, asked).shows(asked.evidence, secret.everything)


def _told(asked: Ask, answer: Answer, words: re.Pattern[bytes]) -> str:
    found = words.search(answer.whole)
    start = max(0, found.start() - 150) if found else 0
    return (
        f"{asked}: {answer.status} …{answer.whole[start : start + 400].decode('utf-8', 'replace')}…"
    )


def test_hot_answers_came_from_memory(recording: Recording) -> None:
    """While public: else the way `hot-path` would be the same as all others."""
    kept = [one for one, answer in recording.hot_before.items() if answer.status == 200]
    assert kept
    unkept = [str(one) for one in kept if not recording.hot_before[one].is_hit]
    assert unkept == []


def test_no_answer_at_all_tells_of_anything_hidden(recording: Recording) -> None:
    """Also where nobody would look for it: one reason's secret in another one's cell."""
    secrets = [subject.secret for subject in recording.subjects.values()]
    told = [
        _told(asked, answer, words)
        for asked, answer in [*recording.after.answers.items(), *recording.restarted.items()]
        for secret in secrets
        if (words := secret.words if asked.is_tombstone else secret.everything).search(answer.whole)
    ]
    assert told == []


def test_what_was_never_public_is_told_of_by_nobody(recording: Recording) -> None:
    """Not by the change feed either, which may name the addresses of what is gone."""
    answers = [
        *recording.before.answers.items(), *recording.after.answers.items(),
        *recording.hot_before.items(), *recording.hot_after.items(), *recording.restarted.items(),
    ]  # fmt: skip
    words = re.compile(BORN_HIDDEN.encode(), re.IGNORECASE)
    assert [_told(one, given, words) for one, given in answers if words.search(given.whole)] == []


def test_since_it_is_hidden_it_is_told_of_as_gone_alone(recording: Recording) -> None:
    asked = recording.asks("api-changes", Way.CHANGES, Reason.DRAFT)[0]
    entries = orjson.loads(recording.after.ask(asked).body)["items"]
    told = [one for one in entries if one["seq"] > recording.hidden_since and not one["withdrawn"]]
    secrets = [subject.secret.everything for subject in recording.subjects.values()]
    assert told
    assert not [one for one in told for secret in secrets if secret.search(orjson.dumps(one))]


def test_every_request_is_a_right_one(recording: Recording) -> None:
    """A request that is refused shows nothing, and would assert nothing."""
    wrong = recording.asks_by(Way.ERROR)
    disabled = {one for row in ROWS for one in recording.asks_of(row.endpoint, Reason.DISABLED)}
    for asker in (recording.before, recording.after):
        for one in recording.all_asks():
            answer = asker.ask(one)
            assert answer.status < 500, one
            if one in wrong or (asker is recording.after and one in disabled):
                continue
            assert answer.status in (200, 204, 206, 302, 304, 404), (str(one), answer.body[:300])
            assert not answer.body.startswith(b'{"errors"'), (str(one), answer.body[:300])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why[:40])
def test_every_rule_is_about_cells_that_there_are(rule: object) -> None:
    assert any(rule.covers(*cell) for cell in CELLS)  # type: ignore[attr-defined]
