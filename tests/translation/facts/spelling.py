"""Writes numbers in words in six languages, for tests: the opposite of what is tested, written apart from it."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


EN = _words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """
)
EN_TENS = _words(
    """
    twenty thirty forty fifty sixty seventy eighty ninety
    """
)
FR = _words(
    """
    zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
    dix-neuf
    """
)
FR_TENS = _words(
    """
    vingt trente quarante cinquante soixante
    """
)
ES = _words(
    """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
    dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete
    veintiocho veintinueve
    """
)
ES_TENS = _words(
    """
    treinta cuarenta cincuenta sesenta setenta ochenta noventa
    """
)
ES_HUNDREDS = _words(
    """
    ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos
    """
)
DE = _words(
    """
    null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
    siebzehn achtzehn neunzehn
    """
)
DE_TENS = _words(
    """
    zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
    """
)
IT = _words(
    """
    zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici
    diciassette diciotto diciannove
    """
)
IT_TENS = _words(
    """
    venti trenta quaranta cinquanta sessanta settanta ottanta novanta
    """
)
PT = _words(
    """
    zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete
    dezoito dezenove
    """
)
PT_TENS = _words(
    """
    vinte trinta quarenta cinquenta sessenta setenta oitenta noventa
    """
)
PT_HUNDREDS = _words(
    """
    cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos
    """
)


def spell(number: int, language: str) -> str:
    """A number from 2 to 999,999 in words."""
    return {"en": _en, "fr": _fr, "es": _es, "de": _de, "it": _it, "pt": _pt}[language](number)


def _en(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = [f"{_en_hundreds(thousands)} thousand"] if thousands else []
    if rest:
        parts.append(_en_hundreds(rest))
    return " ".join(parts)


def _en_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    below = EN[rest] if rest < 20 else EN_TENS[rest // 10 - 2] + (f"-{EN[rest % 10]}" if rest % 10 else "")
    if not hundreds:
        return below
    return f"{EN[hundreds]} hundred" + (f" and {below}" if rest else "")


def _fr(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_fr_hundreds(thousands)} mille")
    if rest:
        parts.append(_fr_hundreds(rest))
    return " ".join(parts)


def _fr_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [] if not hundreds else ["cent" if hundreds == 1 else f"{FR[hundreds]} cent"]
    if rest:
        parts.append(_fr_below(rest))
    return " ".join(parts)


def _fr_below(number: int) -> str:
    if number < 20:
        return FR[number]
    if number < 70:
        ten, unit = divmod(number, 10)
        word = FR_TENS[ten - 2]
        return word if not unit else f"{word} et un" if unit == 1 else f"{word}-{FR[unit]}"
    if number < 80:
        return "soixante et onze" if number == 71 else f"soixante-{FR[number - 60]}"
    return "quatre-vingts" if number == 80 else f"quatre-vingt-{FR[number - 80]}"


def _es(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands:
        shortened = thousands % 10 == 1 and thousands % 100 != 11
        words = _es_hundreds(thousands)
        parts.append("mil" if thousands == 1 else f"{words.removesuffix('o') if shortened else words} mil")
    if rest:
        parts.append(_es_hundreds(rest))
    return " ".join(parts)


def _es_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if number == 100:
        return "cien"
    below = ES[rest] if rest < 30 else ES_TENS[rest // 10 - 3] + (f" y {ES[rest % 10]}" if rest % 10 else "")
    return " ".join([ES_HUNDREDS[hundreds - 1]] * bool(hundreds) + [below] * bool(rest))


def _de(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    last = "eins" if rest % 100 == 1 else ""
    word = (f"{_de_hundreds(thousands)}tausend" if thousands else "") + (_de_hundreds(rest) if rest else "")
    return word.removesuffix("ein") + last if last else word


def _de_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    word = f"{DE[hundreds]}hundert" if hundreds else ""
    if not rest:
        return word
    if rest < 20:
        return word + DE[rest]
    ten, unit = divmod(rest, 10)
    return word + (f"{DE[unit]}und" if unit else "") + DE_TENS[ten - 2]


def _it(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    word = "" if not thousands else "mille" if thousands == 1 else f"{_it_hundreds(thousands)}mila"
    return word + (_it_hundreds(rest) if rest else "")


def _it_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    word = "" if not hundreds else "cento" if hundreds == 1 else f"{IT[hundreds]}cento"
    if not rest:
        return word
    if rest < 20:
        return word + IT[rest]
    ten, unit = divmod(rest, 10)
    tens = IT_TENS[ten - 2]
    if unit in {1, 8}:
        tens = tens[:-1]
    return word + tens + (("tré" if unit == 3 else IT[unit]) if unit else "")


def _pt(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands:
        parts.append("mil" if thousands == 1 else f"{_pt_hundreds(thousands)} mil")
    if rest:
        joiner = "e " if thousands and (rest < 100 or rest % 100 == 0) else ""
        parts.append(joiner + _pt_hundreds(rest))
    return " ".join(parts)


def _pt_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if number == 100:
        return "cem"
    below = PT[rest] if rest < 20 else PT_TENS[rest // 10 - 2] + (f" e {PT[rest % 10]}" if rest % 10 else "")
    return " e ".join([PT_HUNDREDS[hundreds - 1]] * bool(hundreds) + [below] * bool(rest))
