"""Reads the plain text of a course's page."""

from __future__ import annotations

from cms.plugins.api import ImportedText, IntakeError, LeftOut, TextImporter

__all__ = ["importers", "read_course"]


def read_course(text: str) -> ImportedText:
    """The first line is the title, the last one the footer, the others the summary.

    Raises IntakeError for a text of fewer than two lines.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        raise IntakeError("a course has a title and a text")
    title, *body, footer = lines
    return ImportedText(
        fields={"title": title, "summary": " ".join(body)},
        slugs=(title,),
        found=(("title", title),),
        left_out=(LeftOut("footer", footer),),
    )


importers = {"course": TextImporter(read=read_course)}
