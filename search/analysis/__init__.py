"""Text to terms, the same for what is stored and for what is asked.

Pure: a glossary of abbreviations is handed in. Document numbers and dates are read in every
locale (:mod:`cms.vietnamese.search_terms`).
"""

from search.analysis.analysers import analyser_for
from search.analysis.streams import Analyser, Piece, Streams, Word

__all__ = ["Analyser", "Piece", "Streams", "Word", "analyser_for"]
