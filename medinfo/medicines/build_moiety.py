"""From a French substance name as a register prints it to the forms under which its moiety may be known.

`CHLORHYDRATE DE METFORMINE`, `METFORMINE (CHLORHYDRATE DE)` and `METFORMINE BASE` all lead to `metformine`. Nothing
is accepted here: a form counts only if a source knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medinfo.medicines.build_text import clean, unaccent

_PREFIX_ACIDS = (
    "acetate acetylsalicylate acefyllinate adipate alginate aminobenzoate ascorbate aspartate benzoate besilate besylate "
    "bicarbonate bromhydrate bromure butyrate camsilate camphosulfonate carbonate caproate caprylate chlorhydrate "
    "chlorure cinnamate citrate clavulanate clatrate cypionate decanoate diacetate dibromhydrate dichlorhydrate dicitrate "
    "digluconate dihydrogenophosphate diisethionate dimaleate dimalate dimesilate dinitrate diphosphate dipropionate "
    "disuccinate ditosilate ditosylate edisilate embonate enantate enanthate estolate esilate esylate ethylsuccinate "
    "etabonate fluorure formiate fumarate furoate fusidate gluceptate gluconate glucoheptonate glucuronate glutamate "
    "glycerophosphate heptanoate hemifumarate hemisuccinate hemitartrate hexanoate hibenzate hyclate hydrate hydrogenofumarate "
    "hydrogenomaleate hydrogenosulfate hydrogenotartrate hydrogenocarbonate hydroxynaphtoate iodure iodhydrate "
    "isethionate isetionate isobutyrate lactate lactobionate laurate lauroxil lysinate malate maleate mandelate medoxomil "
    "mesilate mesylate metasulfobenzoate methanesulfonate methylsulfate metilsulfate methylbromure methylnitrate "
    "monochlorhydrate monohydrate mononitrate "
    "mucate napadisilate napsilate nicotinate nitrate oleate orotate oxalate oxoglurate palmitate pamoate pantothenate "
    "phenylpropionate phenylbutyrate phosphate phosphonate picrate pidolate pivalate polygalacturonate polystyrenesulfonate "
    "propionate proxetil resinate saccharate saccharinate salicylate stearate succinate sulfate sulphate tannate "
    "tartrate tebutate teoclate tetrachlorhydrate theophyllinate thiocyanate tosilate tosylate trifluoroacetate "
    "trifluoroacetic trifenatate trihydrate "
    "trichlorhydrate undecanoate undecylenate valerate valproate xinafoate complexe-benzoique"
).split()
_SUFFIX = (
    "acetonide anhydre anhydride arginine base benzathine beta betadex bibrocathinate calcique cholinate cristallisee cristallise "
    "deanol dextromethylcyclodextrine diammonique dicalcique diethanolamine diethylamine dihydrate dihydratee dipotassique "
    "disodique diolamine disodium erbumine ethanolate hemicalcique hemihydrate hemihydratee hemimagnesique hemipentahydrate heptahydrate "
    "hemipentahydratee hexahydrate hexahydratee hydrate hydratee hydroxyethylpyrrolidine epolamine isopropylamine "
    "l-arginine l-lysine lysine magnesique magnesium meglumine micronise micronisee monohydrate monohydratee monopotassique "
    "monosodique n-methylglucamine octahydrate olamine pentahydrate pentahydratee piperazine potassique potassium "
    "purifie purifiee sesquihydrate sesquihydratee sodique sodium sodee solvate tert-butylamine tertbutylamine tetrahydrate tetrahydratee tetrasodique trihydrate "
    "trihydratee trisodique trometamine trometamol tromethamine zincique procaine lithium ammonium ferreux ferrique racemique synthetique semihydrate "
    "chlorhydrate bromhydrate maleate mesilate mesylate tosilate besilate besylate fumarate tartrate succinate sulfate "
    "phosphate acetate citrate propionate dipropionate valerate furoate xinafoate medoxomil axetil pivoxil proxetil cilexetil "
    "malate pamoate embonate decanoate palmitate enantate undecanoate heptanoate hexanoate "
    "hydrochloride liposomal pegylee pegyle oxalate nitrate lactate"
).split()
_ACID = "|".join(sorted(_PREFIX_ACIDS, key=len, reverse=True))
_PREFIX = re.compile(rf"^(?:(?:hydrogeno|di|mono|hemi)?(?:{_ACID}))(?: (?:disodique|sodique|acide|neutre|dibasique))? (?:de l'|de |du |d')")
_PARENTHESIS = re.compile(r"^(.*?)\s*\(\s*([^()]*(?:de|d'|du|des|de l'))\s*\)(.*)$")
_ENDING = re.compile(rf" (?:{'|'.join(sorted(map(re.escape, _SUFFIX), key=len, reverse=True))})$")


def moiety_forms(name: str) -> Iterator[str]:
    """Forms of a French substance name, from the whole name to the bare moiety (folded text, unchanged order).

    Args:
        name: as a register prints it.
    """
    seen: set[str] = set()
    queue = [clean(unaccent(name).lower())]
    while queue:
        form = queue.pop(0)
        if form in seen or len(form) < 3:
            continue
        seen.add(form)
        yield form
        queue += [step for step in _steps(form) if step != form]


def _steps(form: str) -> Iterator[str]:
    if match := _PARENTHESIS.match(form):
        yield clean(f"{match[2]} {match[1]}{match[3]}").replace("d' ", "d'").replace("l' ", "l'")
        yield clean(f"{match[1]}{match[3]}")
        return
    ending = _ENDING.search(form)
    if ending:
        yield form[: ending.start()]
    prefix = _PREFIX.match(form)
    if prefix:
        yield form[prefix.end() :]
    if not ending and not prefix and "(" in form:
        yield clean(re.sub(r"\([^()]*\)", " ", form))
