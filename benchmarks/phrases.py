"""Words that the benchmark's plans are put together from: written for it, true of no one."""

from __future__ import annotations

ORGANISATIONS: tuple[tuple[str, str, str], ...] = (
    ("LMHTX", "Liên minh Hợp tác xã tỉnh", "Liên minh HTX"),
    ("UBND", "Ủy ban nhân dân tỉnh", "UBND tỉnh"),
    ("SNNMT", "Sở Nông nghiệp và Môi trường", "Sở NN&MT"),
    ("STC", "Sở Tài chính", "Sở Tài chính"),
    ("BCDKTTT", "Ban Chỉ đạo phát triển kinh tế tập thể", "Ban Chỉ đạo KTTT"),
)
"""Code, name and short name."""

PEOPLE: tuple[tuple[str, str], ...] = (
    ("Trần Thị Minh Hạnh", "Chủ tịch"),
    ("Lê Quang Đạo", "Phó Chủ tịch"),
    ("Phạm Hữu Ước", "Giám đốc"),
    ("Nguyễn Thị Ánh Tuyết", "Phó Giám đốc"),
    ("Võ Đình Khải", "Trưởng ban"),
)
"""Full name and position."""

TOPICS: tuple[str, ...] = (
    "Chuyển đổi số",
    "Tín dụng hợp tác xã",
    "Đào tạo, bồi dưỡng",
    "Liên kết chuỗi giá trị",
    "Sản phẩm chủ lực",
    "Xúc tiến thương mại",
    "Môi trường nông thôn",
    "Tổ chức, cán bộ",
)

DOCUMENT_TYPES: tuple[tuple[str, str], ...] = (
    ("KH", "Kế hoạch"),
    ("QĐ", "Quyết định"),
    ("TB", "Thông báo"),
    ("HD", "Hướng dẫn"),
)
"""Code and name."""

SUBJECTS: tuple[str, ...] = (
    "củng cố tổ chức và hoạt động của hợp tác xã nông nghiệp",
    "đưa sản phẩm của hợp tác xã lên sàn thương mại điện tử",
    "tập huấn kế toán và quản trị cho cán bộ hợp tác xã",
    "xây dựng chuỗi liên kết tiêu thụ lúa chất lượng cao",
    "hỗ trợ vốn lưu động cho hợp tác xã mới thành lập",
    "phát triển tổ hợp tác ở các xã miền núi",
    "truy xuất nguồn gốc rau quả theo mã vùng trồng",
    "thu gom và xử lý phụ phẩm sau thu hoạch",
)

OPENINGS: tuple[str, ...] = (
    "Rà soát, phân loại",
    "Tổ chức hướng dẫn",
    "Phối hợp kiểm tra",
    "Lập danh sách và theo dõi",
    "Khảo sát nhu cầu của",
    "Bố trí kinh phí cho",
    "Đôn đốc việc thực hiện ở",
    "Thí điểm mô hình tại",
)

OBJECTS: tuple[str, ...] = (
    "các hợp tác xã ngừng hoạt động quá mười hai tháng",
    "thành viên là hộ sản xuất nhỏ ở vùng sâu",
    "hợp tác xã có doanh thu dưới hai tỷ đồng mỗi năm",
    "quỹ tín dụng nhân dân và tổ tiết kiệm của thôn",
    "những tổ hợp tác đã có phương án sản xuất chung",
    "kho lạnh, nhà sơ chế và điểm bán nông sản",
    "cán bộ trẻ về làm việc có thời hạn tại hợp tác xã",
    "làng nghề mây tre đan và dệt thổ cẩm",
)

MANNERS: tuple[str, ...] = (
    "bảo đảm đúng đối tượng, công khai và có sự giám sát của thành viên",
    "gắn với chương trình xây dựng nông thôn mới của từng xã",
    "báo cáo kết quả bằng biểu mẫu điện tử trước ngày 20 hằng tháng",
    "ưu tiên nơi đã có liên kết với doanh nghiệp thu mua",
    "lồng ghép với nguồn vốn khuyến nông và dạy nghề",
    "không làm phát sinh thủ tục và chi phí cho hợp tác xã",
    "có phân công người chịu trách nhiệm và thời hạn hoàn thành",
    "rút kinh nghiệm sau mỗi quý để điều chỉnh cho phù hợp",
)

UNITS: tuple[str, ...] = (
    "Phòng Kế hoạch - Hỗ trợ",
    "Phòng Tuyên truyền - Đào tạo",
    "Quỹ Hỗ trợ phát triển hợp tác xã",
    "Trung tâm Tư vấn và Xúc tiến",
    "Ủy ban nhân dân các xã, phường",
)

OUTPUTS: tuple[str, ...] = (
    "Báo cáo tổng hợp kèm danh sách",
    "Ba lớp tập huấn, mỗi lớp bốn mươi học viên",
    "Hồ sơ vay vốn đã được thẩm định",
    "Biên bản kiểm tra tại chỗ",
    "Hợp đồng liên kết ký giữa các bên",
)

PLACES: tuple[str, ...] = ("Đông Hà", "Hội An", "Buôn Hồ", "Cao Lãnh", "Mộc Châu")
