"""What is searched for: words that the benchmark's plans are made of, as readers type them."""

from __future__ import annotations

from benchmarks import phrases
from cms.vietnamese.text import strip_marks

__all__ = ["QUERIES"]

_ACCENTED = (
    *phrases.TOPICS,
    *(name for _code, name, _short in phrases.ORGANISATIONS),
    "kế hoạch phát triển hợp tác xã năm 2026",
    "chuyển đổi số trong hợp tác xã nông nghiệp",
    "hướng dẫn tín dụng cho thành viên",
    "quyết định của Ủy ban nhân dân tỉnh về xúc tiến thương mại",
)

QUERIES: tuple[str, ...] = (*_ACCENTED, *map(strip_marks, _ACCENTED), "KTTT", "12/KH-LMHTX")
"""With marks, without, an abbreviation, a number."""
