"""The body of an administrative document as a tree of provisions.

`parse_provisions` reads plain text, a paragraph a line, into the tree that layouts A and B of
Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.5 define. It loses nothing: every line of the text is
the heading or the text of one node.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from cms.vietnamese.provision_lines import RANKS, Level, Mark, is_capitals, read_mark
from cms.vietnamese.text import clean
from cms.vietnamese.word_matching import starts_with_words
from cms.vietnamese.words import CLOSING_WORDS

__all__ = ["Level", "ParsedDocument", "Provision", "parse_provisions"]

_TITLED: Final = frozenset[Level]({"part", "chapter", "section", "subsection"})
_HEADED: Final = _TITLED | {"article"}
_SENTENCE_ENDS: Final = (".", ";", ":", ",", "!", "?", "…", "/", "”", '"')
_MAX_HEADING: Final = 300
_END_MARK: Final = "./."
_RECIPIENTS: Final = ("noi nhan",)
_MAX_QUOTED_LINES: Final = 400


@dataclass(frozen=True, slots=True)
class Provision:
    """One node: a provision with its number, or a paragraph."""

    level: Level
    number: str
    """As printed without punctuation ("I", "1", "đ", "-"); empty for a paragraph."""
    heading: str
    """Its title, empty where the provision is a sentence of its own."""
    text: str
    children: tuple["Provision", ...] = ()

    def walk(self) -> Iterator["Provision"]:
        """Yield this node and all below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The top level of a body: preamble, provisions, closing."""

    children: tuple[Provision, ...]

    @property
    def preamble(self) -> tuple[Provision, ...]:
        """The paragraphs before the first provision; all of them where there is none."""
        return tuple(takewhile(_is_paragraph, self.children))

    @property
    def closing(self) -> tuple[Provision, ...]:
        """The paragraphs after the last provision; none where there is no provision."""
        if len(self.preamble) == len(self.children):
            return ()
        return tuple(reversed(tuple(takewhile(_is_paragraph, reversed(self.children)))))

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """What stands between preamble and closing."""
        end = len(self.children) - len(self.closing)
        return self.children[len(self.preamble) : end]

    def walk(self) -> Iterator[Provision]:
        """Yield all nodes in reading order."""
        for child in self.children:
            yield from child.walk()


def parse_provisions(text: str) -> ParsedDocument:
    """Return the tree of `text`; never raises, linear in the length of `text`.

    An unmarked line belongs to the provision above it, unless it is the document's closing: a
    line that ends in "./." or begins as closings do ("Trên đây là", "Nơi nhận:"). What is quoted
    over several lines (“Điều 5. … ”) is text of the provision that quotes it.
    """
    return _Builder().build(_paragraphs(text))


def _is_paragraph(node: Provision) -> bool:
    return node.level == "paragraph"


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs: lines, with lines that were only wrapped put together again."""
    paragraphs: list[list[str]] = []
    after_blank = True
    for raw in clean(text).split("\n"):
        line = raw.strip()
        if not line:
            after_blank = True
            continue
        wrapped = (
            not after_blank
            and line[0].islower()
            and read_mark(line) is None
            and not paragraphs[-1][-1].endswith(_SENTENCE_ENDS)
        )
        if wrapped:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        after_blank = False
    return [" ".join(lines) for lines in paragraphs]


@dataclass(slots=True)
class _Node:
    level: Level
    number: str
    heading: str
    text: str
    depth: int = 0
    """Within one rank: dotted clauses (1, 1.1) and bullets of another sign nest."""
    children: list["_Node"] = field(default_factory=list)

    def freeze(self) -> Provision:
        children = tuple(child.freeze() for child in self.children)
        heading, text = self.heading, self.text
        if not children and self.level not in _HEADED:
            heading, text = "", heading or text  # a title has something below it
        return Provision(self.level, self.number, heading, text, children)


class _Builder:
    """Puts lines where they belong, with the chain of open provisions as its state."""

    def __init__(self) -> None:
        self._top: list[_Node] = []
        self._open: list[_Node] = []
        self._closed = False
        self._untitled: _Node | None = None

    def build(self, paragraphs: Sequence[str]) -> ParsedDocument:
        closes = _quotation_ends(paragraphs)
        quoted_until = -1
        for index, line in enumerate(paragraphs):
            mark = None if self._closed or index <= quoted_until else read_mark(line)
            if mark is None:
                if index > quoted_until:
                    quoted_until = closes.get(index, -1)
                self._add_text(line, quoted=index <= quoted_until)
            else:
                self._add_mark(mark)
                quoted_until = closes.get(index, -1)
            ended = line.endswith(_END_MARK) or starts_with_words(line, _RECIPIENTS)
            self._closed = self._closed or (ended and index > quoted_until)
        return ParsedDocument(tuple(node.freeze() for node in self._top))

    def _add_mark(self, mark: Mark) -> None:
        depth = mark.number.count(".") if mark.level == "clause" else 0
        if mark.level == "bullet":
            depth = self._bullet_depth(mark.number)
        place = (RANKS[mark.level], depth)
        while self._open and (RANKS[self._open[-1].level], self._open[-1].depth) >= place:
            self._open.pop()
        titled = mark.level in _TITLED or (mark.level != "bullet" and _reads_as_heading(mark.rest))
        heading, text = (mark.rest, "") if titled else ("", mark.rest)
        node = _Node(mark.level, mark.number, heading, text, depth)
        self._attach(node)
        self._open.append(node)
        self._untitled = node if mark.level in _TITLED and not mark.rest else None

    def _bullet_depth(self, sign: str) -> int:
        """Return 0, or one more than the open bullets where their sign is another one."""
        bullets = [node for node in self._open if node.level == "bullet"]
        for node in bullets:
            if node.number == sign:
                return node.depth
        return bullets[-1].depth + 1 if bullets else 0

    def _add_text(self, line: str, *, quoted: bool) -> None:
        if self._untitled is not None and not quoted and self._take_title(line):
            return
        self._untitled = None
        if not quoted and self._is_closing(line):
            self._open.clear()
        while self._open and self._open[-1].level == "bullet" and not quoted:
            self._open.pop()
        self._attach(_Node("paragraph", "", "", line))

    def _take_title(self, line: str) -> bool:
        """Take `line` as the title, or its next line, of a chapter whose own line names none."""
        node = self._untitled
        if node is None or len(line) > _MAX_HEADING:
            return False
        if node.heading and not is_capitals(line):
            return False
        node.heading = f"{node.heading} {line}".strip()
        if not is_capitals(line):
            self._untitled = None
        return True

    def _is_closing(self, line: str) -> bool:
        if self._closed:
            return True
        return line.endswith(_END_MARK) or starts_with_words(line, CLOSING_WORDS)

    def _attach(self, node: _Node) -> None:
        (self._open[-1].children if self._open else self._top).append(node)


def _reads_as_heading(text: str) -> bool:
    return len(text) <= _MAX_HEADING and text[:1].isupper() and not text.endswith(_SENTENCE_ENDS)


def _quotation_ends(paragraphs: Sequence[str]) -> dict[int, int]:
    """Return for each line that opens a quotation of several lines the line that ends it.

    A quotation that is never closed, or only very far off, is a slip of the pen and none.
    """
    ends: dict[int, int] = {}
    opened: int | None = None
    for index, line in enumerate(paragraphs):
        opens_last = line.rfind("“") > line.rfind("”")
        if opened is not None and "”" in line.partition("“")[0]:
            if index - opened <= _MAX_QUOTED_LINES:
                ends[opened] = index
            opened = None
        if opened is None and opens_last:
            opened = index
    return ends
