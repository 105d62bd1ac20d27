"""Every locale has an analyser; documents and queries go through the same rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.contractions import Contractions
from search.analysis import Piece, analyser_for

GLOSSARY = Contractions([("HTX", "hợp tác xã"), ("LMHTX", "liên minh hợp tác xã")])
LOCALES = ("vi", "en", "en-GB", "fr", "ja", "ko", "lo", "xx")


@pytest.mark.parametrize(
    ("locale", "text", "typed"),
    [
        ("vi", "Liên minh hợp tác xã", "LMHTX"),
        ("en", "The cooperatives' members", "cooperative member"),
        ("en-GB", "résumé", "resume"),
        ("en", "Decree 54-NQ/TW", "54 nq tw"),
        ("fr", "l'économie", "economie"),
        ("ja", "協同組合の支援", "組合"),
        ("ko", "협동조합 지원", "지원"),
    ],
)
def test_a_text_is_found_by_its_words(locale: str, text: str, typed: str) -> None:
    analyser = analyser_for(locale, GLOSSARY)
    stored = set(analyser.document([Piece(text)]).fold.split())
    assert {word.fold for word in analyser.query(typed)} <= stored


def test_a_weight_repeats_the_words() -> None:
    streams = analyser_for("vi").document([Piece("thi đua", 3), Piece("khen")])
    assert (streams.fold.split().count("dua"), streams.pairs.split()) == (3, ["thi_dua"] * 3)


def test_no_row_goes_from_one_piece_to_another() -> None:
    streams = analyser_for("vi").document([Piece("thi"), Piece("đua")])
    assert "thi đua" not in streams.exact
    assert streams.pairs == ""


def test_a_version_tells_the_glossary_and_the_language() -> None:
    versions = {
        analyser_for(code, one).version for code in ("vi", "en") for one in (None, GLOSSARY)
    }
    assert len(versions) == 4


@pytest.mark.parametrize("locale", LOCALES)
@given(text=st.text())
def test_what_is_stored_of_a_text_is_what_asks_for_it(locale: str, text: str) -> None:
    analyser = analyser_for(locale, GLOSSARY)
    streams = analyser.document([Piece(text)])
    assert {word.fold for word in analyser.query(text)} <= set(streams.fold.split())
    assert {word.exact for word in analyser.query(text)} <= set(streams.exact.split())
    for stream in (streams.exact, streams.fold, streams.pairs):
        assert stream == " ".join(stream.split())
