"""The words by which pages and documents are told apart: one place for every table of words.

All are written folded (`text.fold`), so that a page in capitals or without marks is read alike.
"""

from typing import Final

__all__ = [
    "ACCOUNT_WORDS",
    "BYLINE_LABELS",
    "CLOSING_WORDS",
    "FOOTER_LABELS",
    "FOOTER_WORDS",
    "LETTERHEAD_WORDS",
    "LICENCE_WORDS",
    "NAVIGATION_WORDS",
    "OPENING_WORDS",
    "POSTED_WORDS",
    "SIGNATURE_WORDS",
    "STATISTIC_WORDS",
    "UNIT_WORDS",
    "WIDGET_TITLES",
]

CLOSING_WORDS: Final = (
    "tren day la",
    "noi nhan",
    "yeu cau cac don vi nghiem tuc",
    "trong qua trinh trien khai thuc hien",
    "trong qua trinh thuc hien",
    "trong qua trinh to chuc thuc hien",
)
"""How the paragraph after the last provision begins."""

OPENING_WORDS: Final = (
    "can cu",
    "thuc hien",
    "kinh gui",
    "theo de nghi",
    "trien khai",
    "xet de nghi",
)
"""How the preamble of a document begins: what stands before is its title."""

SIGNATURE_WORDS: Final = (
    "tm.",
    "kt.",
    "q.",
    "tl.",
    "tuq.",
    "da ky",
    "(da ky)",
    "chu tich",
    "giam doc",
)
"""What stands above the name of a signer (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.7)."""

LETTERHEAD_WORDS: Final = (
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "dang cong san viet nam",
)
"""Quốc hiệu, tiêu ngữ and the Party's own heading."""

STATISTIC_WORDS: Final = (
    "thong ke truy cap",
    "thong ke",
    "luot truy cap",
    "so luot truy cap",
    "truy cap",
    "dang truy cap",
    "truy cap hien tai",
    "dang online",
    "dang xem",
    "khach vieng tham",
    "luot xem",
    "luot doc",
    "hom nay",
    "hom qua",
    "tuan nay",
    "tuan truoc",
    "thang nay",
    "thang truoc",
    "thang",
    "nam nay",
    "nam",
    "tong",
    "tong cong",
    "tong so",
    "tong luot",
    "tong luot truy cap",
    "tat ca",
    "online",
    "thanh vien",
    "khach",
)
"""Labels of a visitor counter."""

WIDGET_TITLES: Final = (
    "anh noi bat",
    "album anh",
    "thu vien anh",
    "hinh anh",
    "hinh anh hoat dong",
    "video",
    "video tong hop",
    "video clip",
    "thu vien video",
    "van ban moi",
    "van ban moi ban hanh",
    "thong bao",
    "thong bao moi",
    "tin lien quan",
    "tin khac",
    "tin moi",
    "tin moi nhat",
    "tin noi bat",
    "tin da dua",
    "cac tin khac",
    "cac tin da dang",
    "bai viet lien quan",
    "xem nhieu",
    "doc nhieu",
    "tin xem nhieu",
    "lien ket",
    "lien ket website",
    "lien ket web",
    "lien ket trang",
    "quang cao",
    "binh luan",
    "y kien ban doc",
    "y kien",
    "tim kiem",
    "dang nhap",
    "chia se",
    "in trang",
    "gui email",
    "quay lai",
    "ve dau trang",
    "thoi tiet",
    "ty gia",
    "tham do y kien",
    "tep dinh kem",
)
"""Titles of a portal's side boxes, alone on a line."""

NAVIGATION_WORDS: Final = (
    "trang chu",
    "gioi thieu",
    "lien he",
    "so do trang",
    "so do site",
    "tin tuc",
    "tin tuc - thong bao",
    "tin tuc - su kien",
    "tin tuc va su kien",
    "hoi dap",
    "english",
    "tieng viet",
    "dang nhap",
    "menu",
)
"""Entries that only a menu has as a line."""

FOOTER_LABELS: Final = (
    "dia chi",
    "tru so",
    "dien thoai",
    "tel",
    "fax",
    "hotline",
    "duong day nong",
    "email",
    "e-mail",
    "website",
    "nguoi chiu trach nhiem",
    "chiu trach nhiem",
    "truong ban bien tap",
    "co quan chu quan",
    "don vi chu quan",
    "thiet ke",
)
"""Labels of the lines of a page's foot, before a colon."""

FOOTER_WORDS: Final = (
    "ban quyen",
    "copyright",
    "©",
    "(c)",
    "ghi ro nguon",
    "design by",
    "designed by",
    "thiet ke boi",
    "phat trien boi",
    "powered by",
)
"""How other lines of a page's foot begin."""

LICENCE_WORDS: Final = ("giay phep", "cap phep", "gpxb", "so gp", "gp so")
"""What names the licence of a website, anywhere in a line of its foot."""

BYLINE_LABELS: Final = (
    "tac gia",
    "nguon",
    "nguon tin",
    "tin, anh",
    "tin va anh",
    "bai, anh",
    "bai va anh",
    "tin",
    "bai",
    "nguoi dang",
    "dang boi",
    "bien tap",
)
"""Labels of a byline: "Nguồn: …"."""

UNIT_WORDS: Final = ("phong", "ban", "van phong", "trung tam", "hoi", "so", "lien minh", "bao")
"""How the name of a unit begins, as against a person's."""

ACCOUNT_WORDS: Final = (
    "admin",
    "administrator",
    "quan tri",
    "quan tri vien",
    "editor",
    "webmaster",
)
"""Names of accounts, which name nobody."""

POSTED_WORDS: Final = ("ngay", "ngay dang", "dang ngay", "dang luc", "cap nhat", "ngay cap nhat")
"""What stands before the date at which a page was posted."""
