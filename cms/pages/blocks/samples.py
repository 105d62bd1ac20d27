"""What the editor's list of blocks shows of each: a sample in the language of the content.

Samples are content, not labels, so they are Vietnamese in every language of the admin. Images,
files and pages are those of the installation: the newest, through no gate, since only editors see
them.
"""

from __future__ import annotations

import datetime
from typing import Any

__all__ = [
    "BULLET",
    "CALLOUT",
    "CITATION",
    "EMBED",
    "HEADING",
    "LEGAL_BASIS",
    "PARAGRAPH",
    "PROVISIONS",
    "QUOTATION",
    "TABLE",
    "TASK",
    "file_list",
    "gallery",
    "page_cards",
    "picture",
]

HEADING: dict[str, Any] = {"text": "Kết quả sáu tháng đầu năm", "level": "2"}
PARAGRAPH = (
    "<p>Đến ngày 30 tháng 6, toàn tỉnh có <b>312 hợp tác xã</b> đang hoạt động, tăng 9 hợp tác xã"
    " so với đầu năm.</p>"
)
QUOTATION: dict[str, Any] = {
    "text": "Vào hợp tác xã, chúng tôi bán được cả vụ lúa trong một ngày.",
    "author": "Bà Trần Thị Lài",
    "source": "thành viên Hợp tác xã nông nghiệp An Hòa",
}
CALLOUT: dict[str, Any] = {
    "style": "important",
    "title": "Hạn nộp hồ sơ",
    "text": "<p>Hồ sơ gửi về Liên minh Hợp tác xã tỉnh trước ngày 15 tháng 8.</p>",
}
TABLE: dict[str, Any] = {
    "data": [["Huyện", "Số lớp"], ["Phú Lộc", "2"], ["Nam Đông", "1"]],
    "table_caption": "Phân bổ lớp tập huấn",
    "table_header_choice": "row",
    "first_row_is_table_header": True,
    "first_col_is_header": False,
}
CITATION: dict[str, Any] = {
    "document": None,
    "number": "18/CT-TTg",
    "issued_on": datetime.date(2016, 5, 19),
    "issuer": "Thủ tướng Chính phủ",
    "subject": "về tiếp tục đẩy mạnh công tác thi đua",
}
EMBED: dict[str, Any] = {
    "url": "",
    "title": "Phim ngắn về một ngày ở xưởng dệt",
    "caption": "Thời lượng 6 phút, có phụ đề tiếng Việt.",
}

TASK: dict[str, Any] = {
    "what": "Mở sáu lớp tập huấn kế toán cho hợp tác xã thành viên",
    "who": "Trung tâm Đào tạo",
    "with_whom": "Phòng Kế hoạch - Hỗ trợ",
    "due_on": datetime.date(2027, 6, 30),
    "due": "",
    "output": "240 học viên được cấp chứng nhận",
}
BULLET: dict[str, Any] = {"text": "<p>Báo cáo kết quả trước ngày 20 hằng tháng.</p>"}
LEGAL_BASIS: dict[str, Any] = {
    "text": "Căn cứ chương trình công tác năm của Liên minh Hợp tác xã tỉnh;",
    "citation": {},
}


def _provision(
    number: str, heading: str, text: str = "", items: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    below = items if items is not None else []
    return {"number": number, "heading": heading, "text": text, "items": below}


_CLAUSE = _provision("1", "Mục đích", "<p>Giúp kế toán viên nắm vững chế độ kế toán mới.</p>")

PROVISIONS: dict[str, dict[str, Any]] = {
    "part": _provision("I", "Những quy định chung"),
    "chapter": _provision("I", "Phạm vi và đối tượng áp dụng"),
    "section": _provision("I", "Mục đích, yêu cầu", items=[{"type": "clause", "value": _CLAUSE}]),
    "subsection": _provision("1", "Điều kiện hỗ trợ"),
    "article": _provision(
        "1", "Phạm vi điều chỉnh", "<p>Quy chế này quy định việc sử dụng quỹ phát triển.</p>"
    ),
    "clause": _CLAUSE,
    "point": _provision("a", "", "<p>Mỗi huyện mở ít nhất một lớp;</p>"),
}
"""By the block's name; each with the number that its first one has."""


def picture() -> dict[str, Any]:
    """The newest image, with a caption; no image where there is none yet."""
    from cms.pages.models import PortalImage

    image = PortalImage.objects.order_by("-pk").first()
    return {"image": image, "caption": "Lễ ký kết chương trình phối hợp."}


def gallery() -> dict[str, Any]:
    """The newest images."""
    from cms.pages.models import PortalImage

    images = PortalImage.objects.order_by("-pk")[:3]
    return {
        "title": "Hình ảnh hội nghị",
        "items": [{"image": image, "caption": image.title} for image in images],
    }


def file_list() -> dict[str, Any]:
    """The newest files."""
    from cms.pages.models import PortalDocument

    files = PortalDocument.objects.order_by("-pk")[:3]
    return {"title": "Tệp đính kèm", "files": list(files)}


def page_cards() -> dict[str, Any]:
    """The pages that were published last."""
    from wagtail.models import Page

    pages = Page.objects.filter(live=True, depth__gt=2).order_by("-last_published_at")[:3]
    return {"title": "Xem thêm", "pages": list(pages)}
