"""Faults of translation, made on purpose: operators that change one thing in a target text in French, Spanish or Portuguese.

An operator takes a pair and gives every target that it can make of it. They know nothing of the tables of the checks:
their words stand here. A change that says the same is not made in the first place: the places where an operator leaves
something out say why.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A source and its reference translation."""

    source: str
    target: str
    language: str
    file: str
    line: int


Operator = Callable[[Case, random.Random], Iterable[str]]
OPERATORS: dict[str, Operator] = {}

NUMBER = re.compile(r"(?<![\w.,\-–/])\d+(?:[.,\u202f\u00a0 ]\d+)*(?![\w\-–/]|[.,]\d)")
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
}


def operator(function: Operator) -> Operator:
    """Put a function among the operators, under its own name."""
    OPERATORS[function.__name__] = function
    return function


def put(text: str, start: int, end: int, new: str) -> str:
    """The text with one stretch replaced, and no two blanks in a row."""
    return re.sub(r"  +", " ", text[:start] + new + text[end:]).strip()


def exchanges(text: str, table: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The text with one word or phrase replaced by another, for every place where one of the table stands."""
    for old, new in table:
        # "se deben a" is "are due to", no duty.
        for found in re.finditer(
            rf"(?<![\w-]){re.escape(old)}(?![\w-]|(?: \w+mente)? [aà]\b|(?: \w+mente)? aos?\b)", text, re.IGNORECASE
        ):
            said = new.capitalize() if found.group()[0].isupper() and not found.group().isupper() else new
            yield put(text, found.start(), found.end(), said)


# ---- numbers ----


@operator
def digit_changed(case: Case, rng: random.Random) -> Iterator[str]:
    for found in NUMBER.finditer(case.target):
        text = found.group()
        at = rng.choice([index for index, char in enumerate(text) if char.isdigit()])
        digit = rng.choice([char for char in "123456789" if char != text[at]])
        yield put(case.target, found.start(), found.end(), text[:at] + digit + text[at + 1 :])


@operator
def decimal_shifted(case: Case, rng: random.Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w.,])(\d+),(\d)(\d*)(?![\w.,])", case.target):
        whole, first, rest = found.groups()
        yield put(case.target, found.start(), found.end(), f"{whole}{first},{rest}" if rest else whole + first)
    for found in re.finditer(r"(?<![\w.,])[1-9]\d?(?= ?(?:%|mg|g|ml|µg|jours|días|dias|ans|años|anos)\b)", case.target):
        yield put(case.target, found.start(), found.end(), found.group() + "0")


@operator
def thousands_as_decimals(case: Case, rng: random.Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w.,])(\d{1,3})[.\u202f\u00a0 ](\d{3})(?![\w.,]| ?\d)", case.target):
        yield put(case.target, found.start(), found.end(), f"{found[1]},{found[2]}")
    for found in re.finditer(r"(?<![\w.,])(\d{1,3}),(\d{3})(?![\w.,])", case.target):
        yield put(case.target, found.start(), found.end(), f"{found[1]} {found[2]}")


@operator
def number_dropped(case: Case, rng: random.Random) -> Iterator[str]:
    for found in NUMBER.finditer(case.target):
        yield put(case.target, found.start(), found.end(), "")


@operator
def number_added(case: Case, rng: random.Random) -> Iterator[str]:
    places = [found.end() for found in re.finditer(r"(?<=\w) (?=[a-zà-ü]{4,})", case.target)]
    if places:
        at = rng.choice(places)
        yield put(case.target, at, at, f"{rng.randint(2, 900)} ")


_NUMBER_WORDS = {
    "fr": ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "dix", "douze", "quinze", "vingt", "trente"],
    "es": ["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "diez", "doce", "quince", "veinte", "treinta"],
    "pt": ["dois", "três", "quatro", "cinco", "seis", "sete", "oito", "dez", "doze", "quinze", "vinte", "trinta"],
}


@operator
def number_word_changed(case: Case, rng: random.Random) -> Iterator[str]:
    words = _NUMBER_WORDS[case.language]
    for word in words:
        yield from exchanges(case.target, [(word, rng.choice([other for other in words if other != word]))])


# ---- units ----


@operator
def unit_changed(case: Case, rng: random.Random) -> Iterator[str]:
    others = {
        "mg": "g", "g": "mg", "µg": "mg", "mcg": "mg", "kg": "g", "ml": "l", "mL": "L", "l": "ml", "L": "mL", "mm": "cm",
        "cm": "mm", "μm": "mm", "µm": "mm", "nm": "mm", "m": "km", "km": "m", "%": "‰", "mmol": "µmol", "mg/l": "g/l",
        "°C": "°F", "kDa": "Da", "mmHg": "kPa", "kb": "b",
    }  # fmt: skip
    for found in re.finditer(
        r"(?<=\d)([ \u00a0\u202f]?)(mg|g|µg|mcg|kg|ml|mL|l|L|mm|cm|[µμ]m|nm|km|m|%|mmol|°C)(?![\w/])", case.target
    ):
        yield put(case.target, found.start(), found.end(), found[1] + others[found[2]])


_TIMES = {
    "fr": [("jours", "semaines"), ("semaines", "jours"), ("mois", "ans"), ("heures", "jours"), ("minutes", "heures"), ("ans", "mois"), ("jour", "mois"), ("semaine", "année")],
    "es": [("días", "semanas"), ("semanas", "días"), ("meses", "años"), ("horas", "días"), ("minutos", "horas"), ("años", "meses"), ("día", "mes"), ("semana", "año")],
    "pt": [("dias", "semanas"), ("semanas", "dias"), ("meses", "anos"), ("horas", "dias"), ("minutos", "horas"), ("anos", "meses"), ("dia", "mês"), ("semana", "ano")],
}  # fmt: skip


@operator
def time_unit_changed(case: Case, rng: random.Random) -> Iterator[str]:
    numbers = "|".join(_NUMBER_WORDS[case.language])
    for old, new in _TIMES[case.language]:
        for found in re.finditer(
            rf"(?<!\w)((?:\d+|{numbers})(?:[ \u00a0\u202f]))({old})(?!\w)", case.target, re.IGNORECASE
        ):
            yield put(case.target, found.start(2), found.end(2), new)


# ---- names ----

LOOK_ALIKES = {
    "hydroxychloroquine": "hydroxycarbamide", "hydroxychloroquin": "hydroxycarbamide", "hydroxycloroquine": "hydroxycarbamide",
    "hidroxicloroquina": "hidroxicarbamida", "chloroquine": "chlorproguanil", "cloroquina": "clorproguanil",
    "remdesivir": "rilpivirine", "remdésivir": "rilpivirine", "lopinavir": "indinavir", "ritonavir": "saquinavir",
    "ibuprofène": "kétoprofène", "ibuprofeno": "ketoprofeno", "paracétamol": "propacétamol", "paracetamol": "propacetamol",
    "digoxine": "digitoxine", "digoxina": "digitoxina", "favipiravir": "famciclovir", "ribavirine": "rifampicine",
    "ribavirina": "rifampicina", "tocilizumab": "tositumomab", "azithromycine": "clarithromycine",
    "azitromicina": "claritromicina", "oseltamivir": "zanamivir", "metformine": "metronidazole",
    "metformina": "metronidazol", "prednisone": "prednisolone", "prednisona": "prednisolona",
    "adrénaline": "noradrénaline", "adrenalina": "noradrenalina", "arbidol": "artesunate", "umifénovir": "artesunate",
    "dexaméthasone": "désoximétasone", "dexametasona": "desoximetasona", "méthotrexate": "mitoxantrone",
    "metotrexato": "mitoxantrona", "warfarine": "acénocoumarol", "warfarina": "acenocumarol", "morphine": "hydromorphone",
    "morfina": "hidromorfona", "amlodipine": "amiloride", "amlodipino": "amilorida", "lévothyroxine": "liothyronine",
    "levotiroxina": "liotironina", "insuline": "inuline", "insulina": "inulina", "amoxicilline": "ampicilline",
    "amoxicilina": "ampicilina", "simvastatine": "sitagliptine", "sinvastatina": "sitagliptina", "simvastatina": "sitagliptina",
    "atorvastatine": "rosuvastatine", "atorvastatina": "rosuvastatina", "héparine": "protamine", "heparina": "protamina",
    "aspirine": "ibuprofène", "aspirina": "ibuprofeno", "vancomycine": "gentamicine", "vancomicina": "gentamicina",
}  # fmt: skip


@operator
def medicine_replaced(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, LOOK_ALIKES.items())


@operator
def medicines_swapped(case: Case, rng: random.Random) -> Iterator[str]:
    names = "|".join(map(re.escape, LOOK_ALIKES))
    found = list(re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", case.target, re.IGNORECASE))
    for one, other in zip(found, found[1:], strict=False):
        between = case.target[one.end() : other.start()]
        # "A and B" says the same as "B and A": at least a figure or three words must part the two.
        if one.group().lower() != other.group().lower() and (re.search(r"\d", between) or len(between.split()) >= 3):
            text = put(case.target, other.start(), other.end(), one.group())
            yield put(text, one.start(), one.end(), other.group())


# ---- how often ----

_FREQUENCIES = {
    "fr": [("quotidien", "hebdomadaire"), ("quotidienne", "hebdomadaire"), ("quotidiens", "hebdomadaires"), ("quotidiennes", "hebdomadaires"), ("quotidiennement", "chaque semaine"), ("hebdomadaire", "quotidien"), ("hebdomadaires", "quotidiens"), ("par jour", "par semaine"), ("par semaine", "par jour"), ("chaque jour", "chaque semaine"), ("chaque semaine", "chaque jour"), ("tous les jours", "toutes les semaines"), ("mensuel", "annuel"), ("mensuelle", "annuelle"), ("par an", "par mois"), ("par mois", "par jour")],
    "es": [("diario", "semanal"), ("diaria", "semanal"), ("diarios", "semanales"), ("diarias", "semanales"), ("diariamente", "semanalmente"), ("semanal", "diario"), ("semanales", "diarios"), ("semanalmente", "diariamente"), ("al día", "a la semana"), ("por día", "por semana"), ("por semana", "por día"), ("a la semana", "al día"), ("cada día", "cada semana"), ("cada semana", "cada día"), ("todos los días", "todas las semanas"), ("mensual", "anual"), ("al mes", "al día"), ("al año", "al mes")],
    "pt": [("diário", "semanal"), ("diária", "semanal"), ("diários", "semanais"), ("diárias", "semanais"), ("diariamente", "semanalmente"), ("semanal", "diário"), ("semanais", "diários"), ("semanalmente", "diariamente"), ("ao dia", "por semana"), ("por dia", "por semana"), ("por semana", "por dia"), ("cada semana", "cada dia"), ("todos os dias", "todas as semanas"), ("mensal", "anual"), ("por mês", "por dia"), ("por ano", "por mês")],
}  # fmt: skip


@operator
def frequency_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _FREQUENCIES[case.language])


@operator
def interval_changed(case: Case, rng: random.Random) -> Iterator[str]:
    pattern = {"fr": r"toutes les (\d+) ?h", "es": r"cada (\d+) ?h", "pt": r"cada (\d+) ?h"}[case.language]
    for found in re.finditer(pattern, case.target, re.IGNORECASE):
        yield put(case.target, found.start(1), found.end(1), "6" if found[1] != "6" else "8")


_TIMES_A = {
    "fr": [("une fois", "deux fois"), ("deux fois", "une fois"), ("trois fois", "deux fois"), ("quatre fois", "trois fois")],
    "es": [("una vez", "dos veces"), ("dos veces", "una vez"), ("tres veces", "once veces"), ("cuatro veces", "tres veces")],
    "pt": [("uma vez", "duas vezes"), ("duas vezes", "uma vez"), ("três vezes", "duas vezes"), ("quatro vezes", "três vezes")],
}  # fmt: skip


@operator
def times_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _TIMES_A[case.language])


# ---- sides, routes ----

_SIDES = {
    "fr": [("gauche", "droite"), ("droite", "gauche"), ("bilatérale", "unilatérale"), ("bilatéral", "unilatéral"), ("bilatérales", "unilatérales"), ("bilatéraux", "unilatéraux")],
    "es": [("izquierdo", "derecho"), ("izquierda", "derecha"), ("derecha", "izquierda"), ("bilateral", "unilateral"), ("bilaterales", "unilaterales"), ("ojo derecho", "ojo izquierdo"), ("oído derecho", "oído izquierdo"), ("brazo derecho", "brazo izquierdo")],
    "pt": [("esquerdo", "direito"), ("esquerda", "direita"), ("direita", "esquerda"), ("bilateral", "unilateral"), ("bilaterais", "unilaterais"), ("olho direito", "olho esquerdo"), ("ouvido direito", "ouvido esquerdo"), ("braço direito", "braço esquerdo")],
}  # fmt: skip
_SIDES["fr"] += [("œil droit", "œil gauche"), ("côté droit", "côté gauche"), ("bras droit", "bras gauche")]


@operator
def side_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _SIDES[case.language])


_ROUTES = {
    "fr": [("orale", "rectale"), ("intraveineuse", "intramusculaire"), ("sous-cutanée", "intraveineuse"), ("intramusculaire", "sous-cutanée"), ("inhalation", "perfusion"), ("intraveineux", "oral"), ("oral", "intraveineux"), ("inhalés", "oraux"), ("topique", "orale"), ("sublinguale", "orale"), ("intrathécale", "intraveineuse"), ("rectale", "orale"), ("par voie orale", "par voie nasale")],
    "es": [("oral", "rectal"), ("intravenosa", "intramuscular"), ("subcutánea", "intravenosa"), ("intramuscular", "subcutánea"), ("intravenoso", "oral"), ("inhalación", "vía oral"), ("tópica", "oral"), ("sublingual", "rectal"), ("intratecal", "intravenosa"), ("rectal", "oral")],
    "pt": [("oral", "retal"), ("intravenosa", "intramuscular"), ("subcutânea", "intravenosa"), ("intramuscular", "subcutânea"), ("intravenoso", "oral"), ("inalação", "via oral"), ("tópica", "oral"), ("sublingual", "retal"), ("intratecal", "intravenosa"), ("retal", "oral")],
}  # fmt: skip


@operator
def route_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _ROUTES[case.language])


# ---- negations ----

_NOT = {
    "fr": re.compile(r"(?<!\w)(?:ne |n[’'])([\w’'-]+(?: [\w’'-]+){0,2}?) (?:pas|plus|jamais)(?: encore| toujours)?(?= (?!que\b|qu[’']|seulement|plus\b|exclusivement)|[.,;])", re.IGNORECASE),
    "es": re.compile(r"(?<!\w)no (?=(?:se |es |hay |está|han?|pued|deb|fue|son |tien|ten|exist|hab|com|us|tom|adm|lo |le |me )\w*)(?!\w+ (?:más que|solo|sólo))", re.IGNORECASE),
    "pt": re.compile(r"(?<!\w)não (?=(?:se |é |há |está|pode|dev|foi|são |tem|têm|tinha|exist|hav|use|tom|adm|fo|ha|o |a )\w*)", re.IGNORECASE),
}  # fmt: skip
_WITHOUT = {"fr": ("sans", "avec"), "es": ("sin", "con"), "pt": ("sem", "com")}
_CONCORD = re.compile(
    r"^[^.,;:]{0,60}\b(?:ning[uú]n\w*|nada|nadie|nunca|nenhum\w*|ninguém|aucune?|ni|nem)\b", re.IGNORECASE
)
"""A second negative word in the clause: without the first it still negates."""
_FIXED = {
    "fr": re.compile(r"sans (?:doute|cesse|précédent|s[’']y|toutefois|abri|aucun doute|frontières)", re.IGNORECASE),
    "es": re.compile(r"sin (?:embargo|duda|precedentes|cesar|fronteras)", re.IGNORECASE),
    "pt": re.compile(r"sem (?:dúvida|precedentes|cessar|fronteiras)", re.IGNORECASE),
}
"""Phrases in which such a word does not negate: without it they say nothing else."""


@operator
def negation_removed(case: Case, rng: random.Random) -> Iterator[str]:
    for found in _NOT[case.language].finditer(case.target):
        if _CONCORD.match(case.target[found.end() :]) or found.group().lower().startswith("n’est-ce"):
            continue
        yield put(case.target, found.start(), found.end(), f"{found[1]} " if case.language == "fr" else "")
    without, with_ = _WITHOUT[case.language]
    for found in re.finditer(rf"(?<!\w){without}(?= \w)", case.target, re.IGNORECASE):
        if not _FIXED[case.language].match(case.target, found.start()):
            yield put(case.target, found.start(), found.end(), with_)


_VERBS = {
    "fr": r"(est|sont|a|ont|doit|doivent|peut|peuvent|devrait|devraient|était|étaient|comporte|présente|convient|permet|montre|suggère|entraîne|semble|indique)",
    "es": r"(es|son|está|están|ha|han|debe|deben|puede|pueden|debería|deberían|fue|fueron|tiene|tienen|presenta|permite|muestra|sugiere|causa|indica|parece)",
    "pt": r"(é|são|está|estão|tem|têm|deve|devem|pode|podem|deveria|deveriam|foi|foram|apresenta|permite|mostra|sugere|causa|indica|parece)",
}  # fmt: skip


@operator
def negation_added(case: Case, rng: random.Random) -> Iterator[str]:
    negated = {
        "fr": r"(?:ne |n[’']|se |s[’']|y |en |le |la |l[’']|nous |vous |-t-)$",
        "es": r"(?:no |se |lo |le |me |ni )$",
        "pt": r"(?:não |se |nem |o |lhe )$",
    }
    for found in re.finditer(rf"(?<=\w ){_VERBS[case.language]}(?= \w)", case.target):
        if re.search(negated[case.language], case.target[: found.start()], re.IGNORECASE):
            continue  # an article or a pronoun before it: the word may be no verb here
        before = re.search(r"(\w+) $", case.target[: found.start()])
        if found[1] in {"a", "es", "ha", "é"} and before and before[1].lower() in {"il", "y", "que", "a", "e", "o"}:
            continue
        verb = found[1]
        if case.language == "fr":
            said = f"n’{verb} pas" if verb[0] in "aeéèiou" else f"ne {verb} pas"
        else:
            said = f"{'no' if case.language == 'es' else 'não'} {verb}"
        yield put(case.target, found.start(), found.end(), said)


# ---- how strongly ----

_STRENGTHS = {
    "fr": [("contre-indiqué", "déconseillé"), ("contre-indiquée", "déconseillée"), ("contre-indiqués", "déconseillés"), ("contre-indications", "précautions"), ("contre-indication", "précaution d’emploi"), ("déconseillé", "contre-indiqué"), ("déconseillée", "contre-indiquée"), ("avec précaution", "sans restriction"), ("avec prudence", "largement"), ("précaution", "contre-indication"), ("précautions", "contre-indications"), ("recommandé", "contre-indiqué"), ("recommandée", "contre-indiquée"), ("recommandées", "contre-indiquées"), ("recommandés", "contre-indiqués"), ("recommandent", "interdisent"), ("à éviter", "recommandé"), ("prudence", "confiance"), ("prudente", "large")],
    "es": [("contraindicado", "desaconsejado"), ("contraindicada", "desaconsejada"), ("contraindicaciones", "precauciones"), ("desaconsejado", "contraindicado"), ("desaconsejada", "contraindicada"), ("con precaución", "con libertad"), ("precaución", "contraindicación"), ("precauciones", "contraindicaciones"), ("se recomienda", "se contraindica"), ("se recomiendan", "se contraindican"), ("recomendado", "contraindicado"), ("recomendada", "contraindicada"), ("recomiendan", "prohíben"), ("recomendable", "obligatorio"), ("prudente", "habitual")],
    "pt": [("contraindicado", "desaconselhado"), ("contraindicada", "desaconselhada"), ("contraindicações", "precauções"), ("desaconselhado", "contraindicado"), ("desaconselhada", "contraindicada"), ("com precaução", "com liberdade"), ("com cautela", "com liberdade"), ("precaução", "contraindicação"), ("precauções", "contraindicações"), ("cautela", "liberdade"), ("recomendado", "contraindicado"), ("recomendada", "contraindicada"), ("recomendadas", "contraindicadas"), ("recomendados", "contraindicados"), ("recomendam", "proíbem"), ("prudente", "habitual")],
}  # fmt: skip
_NEAR = {"fr": r"(?:pas|plus|non|jamais)[\w’' ]{0,20}$", "es": r"\bno[\w ]{0,20}$", "pt": r"\bnão[\w ]{0,20}$"}


@operator
def strength_changed(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _STRENGTHS[case.language])


_DUTIES = {
    "fr": [("doit", "peut"), ("doivent", "peuvent"), ("devrait", "pourrait"), ("devraient", "pourraient"), ("devez", "pouvez"), ("il faut", "on peut")],
    "es": [("debe", "puede"), ("deben", "pueden"), ("debería", "podría"), ("deberían", "podrían"), ("hay que", "se puede")],
    "pt": [("deve", "pode"), ("devem", "podem"), ("deveria", "poderia"), ("deveriam", "poderiam"), ("deverá", "poderá")],
}  # fmt: skip


@operator
def duty_weakened(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, _DUTIES[case.language])


@operator
def option_strengthened(case: Case, rng: random.Random) -> Iterator[str]:
    yield from exchanges(case.target, [(new, old) for old, new in _DUTIES[case.language]])


# ---- comparisons ----


@operator
def sign_turned(case: Case, rng: random.Random) -> Iterator[str]:
    turned = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "±": "≥"}
    for found in re.finditer(r"[<>≤≥](?= ?\d)", case.target):
        yield put(case.target, found.start(), found.end(), turned[found.group()])


_COMPARED = {
    "fr": [("au moins", "au plus"), ("plus de", "moins de"), ("moins de", "plus de"), ("jusqu’à", "à partir de"), ("au maximum", "au minimum"), ("supérieur à", "inférieur à"), ("supérieure à", "inférieure à"), ("inférieur à", "supérieur à"), ("inférieure à", "supérieure à")],
    "es": [("al menos", "como máximo"), ("más de", "menos de"), ("menos de", "más de"), ("hasta", "desde"), ("como mínimo", "como máximo"), ("mayor de", "menor de"), ("menor de", "mayor de"), ("mayores de", "menores de"), ("superior a", "inferior a")],
    "pt": [("pelo menos", "no máximo"), ("mais de", "menos de"), ("menos de", "mais de"), ("até", "desde"), ("no mínimo", "no máximo"), ("maior que", "menor que"), ("menor que", "maior que"), ("acima de", "abaixo de"), ("superior a", "inferior a")],
}  # fmt: skip


@operator
def comparison_turned(case: Case, rng: random.Random) -> Iterator[str]:
    # Before a figure only: "plus de personnes" compares with no figure; "jusqu'à" before a date is no limit of a value.
    for old, new in _COMPARED[case.language]:
        for found in re.finditer(
            rf"(?<!\w){old}(?= ?\d)(?! ?\d+ de [a-zç]|(?: ?\d{{1,2}})? ?(?:19|20)\d\d)", case.target, re.IGNORECASE
        ):
            yield put(case.target, found.start(), found.end(), new)


# ---- dates ----


@operator
def month_changed(case: Case, rng: random.Random) -> Iterator[str]:
    months = _MONTHS[case.language]
    for month in months:
        for found in re.finditer(
            rf"(?<=\d )(?:de )?({month})(?= \d| de \d)|(?<!\w)({month})(?= (?:de )?\d{{4}})", case.target
        ):
            group = 1 if found[1] else 2
            yield put(case.target, found.start(group), found.end(group), rng.choice([m for m in months if m != month]))


@operator
def date_order_changed(case: Case, rng: random.Random) -> Iterator[str]:
    months = _MONTHS[case.language]
    for found in re.finditer(rf"(?<!\d)([1-9]|1[0-2])(?:er)? (?:de )?({'|'.join(months)})(?!\w)", case.target):
        day, month = int(found[1]), months.index(found[2]) + 1
        if day != month:
            between = " de " if case.language != "fr" else " "
            yield put(case.target, found.start(), found.end(), f"{month}{between}{months[day - 1]}")
    for found in re.finditer(r"(?<!\d)(\d\d)/(\d\d)/(\d{4})(?!\d)", case.target):
        if found[1] != found[2]:
            yield put(case.target, found.start(), found.end(), f"{found[2]}/{found[1]}/{found[3]}")


# ---- places ----


@operator
def figures_swapped(case: Case, rng: random.Random) -> Iterator[str]:
    found = list(NUMBER.finditer(case.target))
    for one, other in zip(found, found[1:], strict=False):
        between = case.target[one.end() : other.start()]
        # Two numbers of one range or one list are told apart by nothing but their order; those stay too.
        if one.group() != other.group() and between.strip():
            text = put(case.target, other.start(), other.end(), one.group())
            yield put(text, one.start(), one.end(), other.group())


# ---- codes ----


@operator
def code_altered(case: Case, rng: random.Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*\d)[A-Za-z][\w-]*\d[\w-]*(?![\w-])", case.target):
        code = found.group()
        at = rng.choice([index for index, char in enumerate(code) if char.isdigit()])
        yield put(
            case.target,
            found.start(),
            found.end(),
            code[:at] + str((int(code[at]) + rng.randint(1, 8)) % 10) + code[at + 1 :],
        )
    for found in re.finditer(r"https?://\S{6,}|\{\w+\}", case.target):
        at = found.start() + rng.randint(2, len(found.group()) - 2)
        yield put(case.target, at, at + 1, "x" if case.target[at] != "x" else "y")


# ---- the whole ----


@operator
def phrase_looped(case: Case, rng: random.Random) -> Iterator[str]:
    words = case.target.split(" ")
    if len(words) > 3:
        size = rng.randint(1, min(4, len(words) - 1))
        at = rng.randint(0, len(words) - size)
        loop = words[at : at + size]
        if re.search(r"[^\W\d_]{2}", " ".join(loop)):
            yield " ".join(words[:at] + loop * rng.randint(3, 5) + words[at + size :])


@operator
def cut_in_half(case: Case, rng: random.Random) -> Iterator[str]:
    words = case.target.split()
    if len(words) >= 6:  # half of five words can be a translation of them
        yield " ".join(words[: len(words) // 2])


@operator
def left_untranslated(case: Case, rng: random.Random) -> Iterator[str]:
    words = case.source.split()
    if len(words) >= 4 and case.source != case.target:
        yield case.source


@operator
def half_untranslated(case: Case, rng: random.Random) -> Iterator[str]:
    said, came = case.source.split(), case.target.split()
    if len(said) >= 12:
        yield " ".join(came[: len(came) // 2] + said[len(said) // 2 :])
