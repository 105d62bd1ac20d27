"""A plan with every part that plans have: what the tests of the admin work on."""

from __future__ import annotations

from datetime import date

from cms.pages.models import Organisation, Person, Topic
from cms.plugins.official_document.models import OfficialDocumentPage
from tests.fixtures.portal import Portal, publish

__all__ = ["make_plan"]


def make_plan(portal: Portal) -> OfficialDocumentPage:
    """A published plan below the texts, with shared records for its issuer, signer and topics."""
    union = Organisation.objects.create(
        code="LMHTX", name="Liên minh Hợp tác xã tỉnh", short_name="Liên minh HTX"
    )
    signer = Person.objects.create(
        slug="le-thi-hanh", full_name="Lê Thị Hạnh", position="Chủ tịch", organisation=union
    )
    economy = Topic.objects.create(name="Kinh tế tập thể", slug="kinh-te-tap-the")
    training = Topic.objects.create(name="Đào tạo", slug="dao-tao", parent=economy)
    page = OfficialDocumentPage(
        title="Kế hoạch số 60/KH-LMHTX về tập huấn kế toán hợp tác xã năm 2027",
        number="60/KH-LMHTX",
        document_type="KH",
        issuer=union,
        place="Huế",
        issued_on=date(2027, 1, 5),
        abstract="Tập huấn nghiệp vụ kế toán cho hợp tác xã thành viên năm 2027",
        signer=signer,
        signer_position="Chủ tịch",
        body=BODY,
    )
    page.topics = [economy, training]
    return publish(portal.texts, page)


def _paragraph(text: str) -> dict[str, object]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def _bullet(text: str) -> dict[str, object]:
    return {"type": "bullet", "value": {"text": f"<p>{text}</p>"}}


BODY: list[dict[str, object]] = [
    {
        "type": "legal_basis",
        "value": {
            "text": "Căn cứ Luật Hợp tác xã ngày 20 tháng 6 năm 2023;",
            "citation": {},
        },
    },
    {
        "type": "legal_basis",
        "value": {
            "text": "Căn cứ chương trình công tác năm 2027 của Liên minh Hợp tác xã tỉnh,",
            "citation": {},
        },
    },
    _paragraph("Liên minh Hợp tác xã tỉnh xây dựng kế hoạch tập huấn như sau:"),
    {
        "type": "section",
        "value": {
            "heading": "Mục đích, yêu cầu",
            "items": [
                {
                    "type": "clause",
                    "value": {
                        "heading": "Mục đích",
                        "items": [
                            _bullet("Giúp kế toán viên nắm vững chế độ kế toán mới."),
                            _bullet("Giảm sai sót trong báo cáo tài chính cuối năm."),
                        ],
                    },
                },
                {
                    "type": "clause",
                    "value": {
                        "heading": "Yêu cầu",
                        "items": [
                            {"type": "point", "value": {"text": "<p>Mỗi huyện mở một lớp;</p>"}},
                            {
                                "type": "point",
                                "value": {"text": "<p>Học viên thực hành trên máy.</p>"},
                            },
                        ],
                    },
                },
            ],
        },
    },
    {
        "type": "section",
        "value": {
            "heading": "Tổ chức thực hiện",
            "items": [
                {
                    "type": "task",
                    "value": {
                        "what": "Soạn tài liệu và mời giảng viên",
                        "who": "Phòng Kế hoạch - Hỗ trợ",
                        "with_whom": "Trung tâm Đào tạo",
                        "due_on": "2027-02-15",
                        "output": "Bộ tài liệu sáu chuyên đề",
                    },
                },
                {
                    "type": "task",
                    "value": {
                        "what": "Mở các lớp tập huấn",
                        "who": "Trung tâm Đào tạo",
                        "due": "quý II năm 2027",
                        "output": "Sáu lớp, 240 học viên",
                    },
                },
            ],
        },
    },
    {
        "type": "table",
        "value": {
            "data": [["Huyện", "Số lớp"], ["Phú Lộc", "2"], ["Nam Đông", "1"]],
            "table_caption": "Phân bổ lớp học",
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
        },
    },
]
