"""Examples for OpenAPI. A test sends each one and expects an answer."""

from __future__ import annotations

from fastapi.openapi.models import Example

CHECK: dict[str, Example] = {
    "names": Example(
        summary="Names as typed: an INN, a brand with its strength, a plant",
        value={
            "medicines": [{"name": "warfarine"}, {"name": "Advil 400"}, {"name": "millepertuis"}],
            "language": "fr",
        },
    ),
    "codes": Example(
        summary="Codes, by our short name of the system or its FHIR URI",
        value={
            "medicines": [
                {"code": {"system": "atc", "value": "C10AA01"}},
                {"code": {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "value": "21212"}},
            ],
            "language": "en",
        },
    ),
    "use": Example(
        summary="What is known of the use: route, dose, period",
        value={
            "medicines": [
                {"name": "methotrexate", "route": "oral", "dose": "15 mg/week", "period": {"start": "2026-01-05"}},
                {"name": "ibuprofen", "route": "20053000", "dose": "400 mg three times a day"},
            ],
        },
    ),
}

TRANSLATION: dict[str, Example] = {
    "text": Example(
        summary="One text; the language is detected",
        value={"text": "Prendre 1 comprimé trois fois par jour.", "target": "en"},
    ),
    "texts": Example(
        summary="Several texts; what fails a check stays in the source language",
        value={
            "text": ["Ne pas dépasser 3 g par jour.", "Voie orale."],
            "source": "fr",
            "target": "en",
            "strict": True,
        },
    ),
}
