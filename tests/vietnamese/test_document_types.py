"""The table of document types."""

import pytest

from cms.vietnamese.document_types import (
    DOCUMENT_TYPES,
    document_type,
    document_type_named,
    find_document_type,
    find_document_types,
)

DECREE_CODES = (
    "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB"
)


def test_the_29_types_of_the_decree() -> None:
    printed = DECREE_CODES.split()
    assert len(printed) == 27
    for code in [*printed, "CV", "thu-cong"]:
        assert document_type(code).system in ("administrative", "letter")


def test_the_three_kinds_of_copies() -> None:
    assert {document_type(code).name for code in ("SY", "TrS", "SL")} == {
        "Bản sao y",
        "Bản trích sao",
        "Bản sao lục",
    }


def test_codes_and_names_are_unique() -> None:
    codes = [row.code for row in DOCUMENT_TYPES]
    names = [row.name.lower() for row in DOCUMENT_TYPES]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_pseudo_codes_cannot_stand_in_a_number() -> None:
    for row in DOCUMENT_TYPES:
        assert row.printed == row.code or row.code.islower()


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("HD", ["Hướng dẫn", "Hợp đồng"]),
        ("HĐ", ["Hợp đồng", "Hướng dẫn"]),
        ("DA", ["Dự án", "Đề án"]),
        ("ĐA", ["Đề án", "Dự án"]),
        ("hd", ["Hướng dẫn", "Hợp đồng"]),
        ("QyĐ", ["Quy định"]),
        ("KH", ["Kế hoạch"]),
        ("UBND", []),
    ],
)
def test_exact_codes_come_before_folded_ones(printed: str, names: list[str]) -> None:
    assert [row.name for row in find_document_types(printed)] == names


def test_one_code_means_different_types_to_state_and_party() -> None:
    state, party = find_document_type("TT", "legal"), find_document_type("TT", "party")
    assert state is not None
    assert party is not None
    assert (state.name, party.name) == ("Thông tư", "Thông tri")


def test_types_by_name() -> None:
    for name in ("Kế hoạch", "KẾ HOẠCH", " kế  hoạch "):
        found = document_type_named(name)
        assert found is not None
        assert found.code == "KH"
    power = document_type_named("Giấy uỷ quyền")
    assert power is not None
    assert power.code == "GUQ"
    assert document_type_named("Kế") is None


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="XX"):
        document_type("XX")
