"""Build the embedded tables of interactions from the official file: `medinfo knowledge build` calls this."""

from __future__ import annotations

from pathlib import Path

from interactions.importers.ansm_thesaurus.derive import derive
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from interactions.knowledge import Knowledge
from interactions.tables import write_tables

OFFICIAL_FILE = Path("ansm") / "thesaurus-2023-09.pdf"


def build_interactions(reference_data: Path, out: Path) -> Knowledge:
    """Read the official file and write the tables, which carry facts and no official wording.

    Args:
        reference_data: folder that holds `ansm/thesaurus-2023-09.pdf`.
        out: folder for the tables, such as `interactions/data/ansm-thesaurus`.

    Returns:
        What was written.

    Raises:
        UnusableSource: the file is not a thesaurus.
        KnowledgeError: the document and our maps contradict each other.
    """
    knowledge = derive(parse_thesaurus(reference_data / OFFICIAL_FILE), imported=False)
    write_tables(knowledge, out)
    return knowledge
