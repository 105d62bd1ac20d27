"""Which letters can be one Vietnamese syllable, and which syllables lose a letter to converters.

Conversion from the fonts of the 1990s (TCVN3, VNI) drops the letters that bear two marks, so that
"của" becomes "ca", "thưởng" "thưng" and "lần" "ln". The tables below are common words of
administrative writing with such a letter; `restored` looks a damaged syllable up in them.
"""

import re
from functools import lru_cache
from typing import Final

from cms.vietnamese.text import fold

__all__ = ["has_syllable_shape", "is_possible", "restored", "restored_between"]

_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|qu|[bcdghklmnprstvx])?"
    r"(?P<nucleus>[aeiouy]{1,3})(?P<coda>ch|ng|nh|[cmnpt])?"
)
_STOPPED: Final = ("c", "ch", "p", "t")
# sắc or nặng, the only tones of a syllable that ends in a stop
_STOP_TONES: Final = re.compile("[áéíóúýấắếốớứạẹịọụỵậặệộợự]")
_LOST: Final = re.compile("[\u1ea0-\u1ef9]")

_COMMON: Final = """
của được phải trường hợp thực hiện việc một những nước người nhiệm phần điều kiện tổ chức tập thể
triển kế hoạch phát động thưởng khuyến học nghị quyết định hội đồng ủy cộng luật thuộc quyền
nghiệp nghiệm dụng đạt đại biểu đảm bảo bộ phận vận chuyển chuyên nguồn lực lượng hiệu quả giải
cấp quản thống nhất tổng kết cải thiện tiếp tục nhận thức mục đích hướng dẫn tỉnh huyện phường
thị trấn xuất sản phẩm chất đầu tư viện trợ lợi nhuận tiền vốn thuế tạo giữ gìn vững mạnh trọng
đặc biệt kiểm giám sát phối chế độ xử phạt khắc phục lần thứ ngày lễ kỷ niệm cuộc sống tuyển
tự nguyện xác thẩm trình ngừng nghề nữ trẻ vợ chồng mẹ biện giảm nghèo hoạt thường vụ đẩy
"""
_PAIRS: Final = """
của đảng|của nhà|của tỉnh|của trung|của các|của bộ|của chính|của ủy|của hội|của người
của cán|của htx|của ubnd|của quốc|của pháp|của thủ|của luật|của nhân|của mình|của địa|của cơ
khen thưởng|lần thứ|thực hiện|nhiệm vụ|hợp tác|tổ chức|điều kiện|quyền hạn|nghĩa vụ|tập thể
phát triển|kế hoạch|phát động|khuyến khích|học tập|nghị quyết|nghị định|quyết định|hội nghị
hội đồng|đại hội|ủy ban|cộng đồng|cộng hòa|xã hội|trách nhiệm|kinh nghiệm|sử dụng|áp dụng
đại biểu|đảm bảo|bảo đảm|bộ phận|vận động|tuyên truyền|lực lượng|hiệu quả|giải pháp|giải quyết
các cấp|quản lý|thống nhất|tổng kết|sơ kết|cải cách|cải thiện|tiếp tục|nhận thức|mục đích
mục tiêu|hướng dẫn|phương hướng|sản xuất|sản phẩm|chất lượng|đầu tư|hỗ trợ|lợi ích|lợi nhuận
tạo điều|tạo động|vững mạnh|bền vững|quan trọng|chú trọng|đặc biệt|kiểm tra|giám sát|phối hợp
chế độ|xử phạt|khắc phục|kỷ niệm|cuộc vận|đời sống|tự nguyện|xác định|thẩm quyền|hoạt động
thường vụ|thường trực|thường xuyên|thường niên|đẩy mạnh|việc làm|công việc|thuộc thẩm|pháp luật
điển hình|tiên tiến|thành viên|doanh nghiệp|nông nghiệp|hợp đồng|yêu cầu|nội dung|đề nghị
đề xuất|xuất sắc|tiêu biểu|thời gian|thời hạn|dịch vụ|nghiệp vụ|hiệu lực|biện pháp|lãnh đạo
chỉ đạo|chỉ thị|thủ tục|thủ tướng|chủ tịch|chủ trương|chủ động|đơn vị|chính trị|phụ nữ|trẻ em
giảm nghèo|trường hợp|môi trường|thị trường|tăng cường|quy định|đối với|lĩnh vực|khu vực
vai trò|giáo dục|bồi dưỡng|đào tạo|chuyển đổi|chuyển giao|nguồn lực|nguồn vốn|phục vụ|tỉnh ủy
"""
_NO_DAMAGE: Final = frozenset(
    [
        "kg",
        "km",
        "cm",
        "mm",
        "ml",
        "dl",
        "dm",
        "ha",
        "mg",
        "tp",
        "tr",
        "tt",
        "pt",
        "bt",
        "cb",
        "cn",
        "vs",
        "nv",
        "gv",
        "hs",
        "sv",
        "đt",
        "ct",
        "kt",
        "vn",
        "th",
        "nđ",
        "vd",
        "hc",
    ]
)


def _damage(syllable: str) -> set[str]:
    """Return what `syllable` becomes when letters with two marks drop out of it."""
    return {_LOST.sub("", syllable), _LOST.sub("", syllable, count=1)} - {syllable, ""}


def _by_damage() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    whole = dict.fromkeys([*_COMMON.split(), *re.split(r"[|\s]+", _PAIRS.strip())])
    for syllable in whole:
        for damaged in sorted(_damage(syllable)):
            if len(damaged) > 1:
                table.setdefault(damaged, []).append(syllable)
    return table


_COMMON_WORDS: Final = frozenset(_COMMON.split())
_WORD_PAIRS: Final = frozenset(tuple(pair.split()) for pair in re.split(r"[|\n]+", _PAIRS.strip()))
_WHOLE_BY_DAMAGED: Final = _by_damage()


def has_syllable_shape(word: str) -> bool:
    """Say whether the letters of `word`, folded, can be one syllable: "tam" can, "ubnd" can't."""
    return _SYLLABLE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def is_possible(word: str) -> bool:
    """Say whether `word` (NFC) can be a Vietnamese syllable by its letters and its tone."""
    match = _SYLLABLE.fullmatch(fold(word))
    if match is None:
        return False
    return match["coda"] not in _STOPPED or _STOP_TONES.search(word.lower()) is not None


def restored_between(previous: str, word: str, following: str) -> str | None:
    """Return the syllable that `word` was, where that makes a common word with a neighbour.

    "khen", "thưng" → "thưởng"; None where the neighbours say nothing. All in lower case.
    """
    if (previous, word) in _WORD_PAIRS or (word, following) in _WORD_PAIRS:
        return None
    for whole in _WHOLE_BY_DAMAGED.get(word, ()):
        if (previous, whole) in _WORD_PAIRS or (whole, following) in _WORD_PAIRS:
            return whole
    return None


def restored(word: str) -> list[str]:
    """Return the common syllables that an impossible `word` ("đưc") may have been."""
    if word in _NO_DAMAGE or is_possible(word):
        return []
    return [whole for whole in _WHOLE_BY_DAMAGED.get(word, ()) if whole in _COMMON_WORDS]
