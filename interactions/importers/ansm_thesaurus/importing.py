"""From the official PDF into the knowledge store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from interactions.importers.ansm_thesaurus.document import Thesaurus
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from interactions.importers.ansm_thesaurus.report import ImportReport, report_of
from interactions.importers.ansm_thesaurus.store_file import SOURCE, write_store_file
from medinfo.knowledge_store import KnowledgeStore


def import_thesaurus(
    path: Path,
    store: KnowledgeStore,
    derive: Callable[[Thesaurus], bytes],
    *,
    activate: bool | None = None,
    edition: str = "",
) -> ImportReport:
    """Read an edition of the thesaurus and store it.

    Args:
        path: the PDF as ANSM publishes it.
        store: where it goes; a first or a newer edition is used at once, an older one only if `activate`.
        derive: makes the facts, as bytes for `interactions.tables.load`, out of the document.
        edition: `YYYY-MM`, for a file that does not state its own.

    Returns:
        what was read and what was not.

    Raises:
        UnusableSource: the file is not the thesaurus; nothing is stored.
    """
    thesaurus = parse_thesaurus(path, edition=edition)
    content = write_store_file(thesaurus, derive(thesaurus))
    stored = store.add(SOURCE, thesaurus.edition, content, activate=activate)
    return report_of(thesaurus, activated=stored.active)
