"""A small dictionary of medicines, for tests of the checks that need names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translation.ports import Mention
from translation.results import Span

SUBSTANCES: dict[str, tuple[str, ...]] = {
    "paracetamol": ("paracetamol", "acetaminophen", "paracétamol", "tachipirina"),
    "epinephrine": ("epinephrine", "adrenaline", "adrénaline", "épinéphrine", "adrenalina", "epinefrina"),
    "norepinephrine": ("norepinephrine", "noradrenaline", "noradrénaline", "noradrenalina", "norepinefrina"),
    "hydroxychloroquine": ("hydroxychloroquine", "hidroxicloroquina", "hydroxychloroquin"),
    "hydroxycarbamide": ("hydroxycarbamide", "hidroxicarbamida", "hydroxyurea"),
    "chloroquine": ("chloroquine", "cloroquina"),
    "chlorproguanil": ("chlorproguanil", "clorproguanil"),
    "remdesivir": ("remdesivir", "remdésivir"),
    "rilpivirine": ("rilpivirine", "rilpivirina"),
    "lopinavir": ("lopinavir",),
    "indinavir": ("indinavir",),
    "ritonavir": ("ritonavir",),
    "saquinavir": ("saquinavir",),
    "ibuprofen": ("ibuprofen", "ibuprofène", "ibuprofeno"),
    "ketoprofen": ("ketoprofen", "kétoprofène", "ketoprofeno"),
    "propacetamol": ("propacetamol", "propacétamol"),
    "digoxin": ("digoxin", "digoxine", "digoxina"),
    "digitoxin": ("digitoxin", "digitoxine", "digitoxina"),
    "favipiravir": ("favipiravir",),
    "famciclovir": ("famciclovir",),
    "ribavirin": ("ribavirin", "ribavirine", "ribavirina"),
    "rifampicin": ("rifampicin", "rifampicine", "rifampicina"),
    "tocilizumab": ("tocilizumab", "tocilizumabe"),
    "tositumomab": ("tositumomab",),
    "azithromycin": ("azithromycin", "azithromycine", "azitromicina"),
    "clarithromycin": ("clarithromycin", "clarithromycine", "claritromicina"),
    "oseltamivir": ("oseltamivir",),
    "zanamivir": ("zanamivir",),
    "metformin": ("metformin", "metformine", "metformina"),
    "metronidazole": ("metronidazole", "métronidazole", "metronidazol"),
    "prednisone": ("prednisone", "prednisona"),
    "prednisolone": ("prednisolone", "prednisolona"),
    "umifenovir": ("umifenovir", "arbidol", "umifénovir"),
    "artesunate": ("artesunate", "artesunato"),
    "dexamethasone": ("dexamethasone", "dexaméthasone", "dexametasona"),
    "desoximetasone": ("desoximetasone", "désoximétasone", "desoximetasona"),
    "methotrexate": ("methotrexate", "méthotrexate", "metotrexato"),
    "mitoxantrone": ("mitoxantrone", "mitoxantrona"),
    "warfarin": ("warfarin", "warfarine", "warfarina", "varfarina"),
    "acenocoumarol": ("acenocoumarol", "acénocoumarol", "acenocumarol"),
    "morphine": ("morphine", "morfina"),
    "hydromorphone": ("hydromorphone", "hidromorfona"),
    "amlodipine": ("amlodipine", "amlodipino"),
    "amiloride": ("amiloride", "amilorida"),
    "levothyroxine": ("levothyroxine", "lévothyroxine", "levotiroxina"),
    "liothyronine": ("liothyronine", "liotironina"),
    "insulin": ("insulin", "insuline", "insulina"),
    "inulin": ("inulin", "inuline", "inulina"),
    "amoxicillin": ("amoxicillin", "amoxicilline", "amoxicilina"),
    "ampicillin": ("ampicillin", "ampicilline", "ampicilina"),
    "simvastatin": ("simvastatin", "simvastatine", "simvastatina", "sinvastatina"),
    "sitagliptin": ("sitagliptin", "sitagliptine", "sitagliptina"),
    "atorvastatin": ("atorvastatin", "atorvastatine", "atorvastatina"),
    "rosuvastatin": ("rosuvastatin", "rosuvastatine", "rosuvastatina"),
    "heparin": ("heparin", "héparine", "heparina"),
    "protamine": ("protamine", "protamina"),
    "aspirin": ("aspirin", "aspirine", "aspirina", "acetylsalicylic acid", "ácido acetilsalicílico"),
    "vancomycin": ("vancomycin", "vancomycine", "vancomicina"),
    "gentamicin": ("gentamicin", "gentamicine", "gentamicina"),
}


class SmallNames:
    """Finds the medicines of `SUBSTANCES`, whole words, in any language."""

    def __init__(self) -> None:
        self._substance = {name: substance for substance, known in SUBSTANCES.items() for name in known}
        longest_first = sorted(self._substance, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def mentions(self, text: str, language: str) -> Sequence[Mention]:
        return [
            Mention(Span(*found.span()), (self._substance[found.group().lower()],))
            for found in self._pattern.finditer(text)
        ]


def names_for_mutants() -> SmallNames:
    return SmallNames()
