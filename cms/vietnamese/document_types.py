"""The types of documents that Vietnamese bodies issue, as a frozen table.

Sources: Nghị định 30/2020/NĐ-CP, Điều 7 (the 29 administrative types) and Phụ lục III (27 codes
and the three kinds of copies); Luật Ban hành văn bản quy phạm pháp luật (legal instruments);
Party practice ("54-NQ/TW").

`code` identifies a type and never changes; `printed` is what stands in a document's number. They
differ in two cases. Types that print no code get one here, so that every document can name its
type: công văn is CV, the code that the Party does print for the same thing ("999-CV/TU"), and
the others have a pseudo code in lower case (`thu-cong`, `luat`), which no number can hold, since
a printed code starts with a capital. And the Party prints TT for thông tri and QĐ for quy định,
where the State prints thông tư and quyết định.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from cms.vietnamese.text import clean, fold, normalise_tones

__all__ = [
    "DOCUMENT_TYPES",
    "DocumentType",
    "System",
    "document_type",
    "document_type_named",
    "find_document_type",
    "find_document_types",
]

System = Literal["administrative", "legal", "party", "letter"]
"""How a number is formed. "letter" is the công văn, whose number names no type."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document."""

    code: str
    """Unique, stable: "KH"."""
    name: str
    """In Vietnamese, as a heading has it: "Kế hoạch"."""
    english: str
    systems: tuple[System, ...]
    """The systems whose numbers use it, the most usual first."""
    printed: str
    """The code in a number, empty where numbers of this type name none."""

    @property
    def system(self) -> System:
        """The most usual system."""
        return self.systems[0]


_SYSTEMS: Final[dict[str, tuple[System, ...]]] = {
    "A": ("administrative",),
    "AP": ("administrative", "party"),
    "ALP": ("administrative", "legal", "party"),
    "L": ("legal",),
    "P": ("party",),
    "T": ("letter", "party"),
    "O": ("letter",),
}

# code | printed ("=" as the code, "" none) | systems | Vietnamese | English
_TABLE: Final = """
NQ|=|ALP|Nghị quyết|Resolution
QĐ|=|ALP|Quyết định|Decision
CT|=|ALP|Chỉ thị|Directive
QC|=|AP|Quy chế|Regulation
QyĐ|=|AP|Quy định|Rules
TC|=|AP|Thông cáo|Communiqué
TB|=|AP|Thông báo|Notice
HD|=|AP|Hướng dẫn|Guidance
CTr|=|AP|Chương trình|Programme
KH|=|AP|Kế hoạch|Plan
PA|=|A|Phương án|Scheme
ĐA|=|AP|Đề án|Project proposal
DA|=|A|Dự án|Project
BC|=|AP|Báo cáo|Report
BB|=|AP|Biên bản|Minutes
TTr|=|AP|Tờ trình|Submission
HĐ|=|A|Hợp đồng|Contract
CV|=|T|Công văn|Official letter
CĐ|=|A|Công điện|Telegram
BGN|=|A|Bản ghi nhớ|Memorandum of understanding
BTT|=|A|Bản thỏa thuận|Agreement
GUQ|=|A|Giấy ủy quyền|Power of attorney
GM|=|AP|Giấy mời|Invitation
GGT|=|A|Giấy giới thiệu|Letter of introduction
GNP|=|A|Giấy nghỉ phép|Leave permit
PG|=|A|Phiếu gửi|Dispatch note
PC|=|A|Phiếu chuyển|Transfer note
PB|=|A|Phiếu báo|Notification slip
thu-cong||O|Thư công|Official correspondence
SY|=|A|Bản sao y|True copy
TrS|=|A|Bản trích sao|Extract copy
SL|=|A|Bản sao lục|Copy of a copy
hien-phap||L|Hiến pháp|Constitution
bo-luat||L|Bộ luật|Code
luat||L|Luật|Law
phap-lenh||L|Pháp lệnh|Ordinance
L|=|L|Lệnh|Order
LCT|=|L|Lệnh công bố luật|Order of promulgation
NĐ|=|L|Nghị định|Decree
TT|=|L|Thông tư|Circular
TTLT|=|L|Thông tư liên tịch|Joint circular
NQLT|=|L|Nghị quyết liên tịch|Joint resolution
VBHN|=|L|Văn bản hợp nhất|Consolidated text
KL|=|P|Kết luận|Conclusion
thong-tri|TT|P|Thông tri|Party circular
quy-dinh-dang|QĐ|P|Quy định của Đảng|Party rules
"""


def _read_table() -> tuple[DocumentType, ...]:
    rows = [line.split("|") for line in _TABLE.strip().splitlines()]
    return tuple(
        DocumentType(code, name, english, _SYSTEMS[systems], code if printed == "=" else printed)
        for code, printed, systems, name, english in rows
    )


DOCUMENT_TYPES: Final = _read_table()

_BY_CODE: Final = {row.code: row for row in DOCUMENT_TYPES}
_BY_FOLDED: Final[dict[str, list[DocumentType]]] = {}
for _row in DOCUMENT_TYPES:
    if _row.printed:
        _BY_FOLDED.setdefault(fold(_row.printed), []).append(_row)
_BY_NAME: Final = {row.name.lower(): row for row in DOCUMENT_TYPES}


def document_type(code: str) -> DocumentType:
    """Return the type with exactly this `code`; raise KeyError naming it where there is none."""
    return _BY_CODE[code]


def find_document_types(printed: str) -> tuple[DocumentType, ...]:
    """Return the types that a code printed in a number may mean, the best first.

    HĐ and HD, ĐA and DA, QĐ and QyĐ are different types that look alike without marks, so the
    exact code comes first, then the same letters in another case, then the same letters without
    marks: "HD" is hướng dẫn before hợp đồng, "QD" is quyết định.
    """
    wanted = clean(printed).strip()

    def distance(row: DocumentType) -> int:
        if row.printed == wanted:
            return 0
        return 1 if row.printed.lower() == wanted.lower() else 2

    return tuple(sorted(_BY_FOLDED.get(fold(wanted), ()), key=distance))


@lru_cache(maxsize=2048)
def find_document_type(printed: str, system: System | None = None) -> DocumentType | None:
    """Return the likeliest type of a printed code, preferring one that `system` uses."""
    found = find_document_types(printed)
    fitting = [row for row in found if system is not None and system in row.systems]
    return next(iter(fitting or found), None)


def document_type_named(name: str) -> DocumentType | None:
    """Return the type with this Vietnamese name in any case: "kế hoạch" → KH; else None."""
    return _BY_NAME.get(normalise_tones(" ".join(clean(name).lower().split())))
