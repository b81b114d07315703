"""A few hundred French and English sentences of our own words, made from small tables, to train a tiny model on."""

from __future__ import annotations

from itertools import product

MEDICINES = (("l'aspirine", "aspirin"), ("le paracétamol", "paracetamol"), ("l'insuline", "insulin"))
DOSES = (("5 mg", "5 mg"), ("10 mg", "10 mg"), ("250 mg", "250 mg"), ("2,5 ml", "2.5 ml"))
TIMES = (
    ("le matin", "in the morning"),
    ("le soir", "in the evening"),
    ("deux fois par jour", "twice a day"),
    ("toutes les huit heures", "every eight hours"),
    ("une fois par semaine", "once a week"),
)
ACTIONS = (
    ("Prenez {}", "Take {}"),
    ("Ne prenez pas {}", "Do not take {}"),
    ("Arrêtez {}", "Stop {}"),
    ("Évitez {}", "Avoid {}"),
)
CONDITIONS = (
    ("pendant la grossesse", "during pregnancy"),
    ("avant le repas", "before the meal"),
    ("avec de l'alcool", "with alcohol"),
    ("en cas d'allergie", "in case of allergy"),
)
SIDES = (("gauche", "left"), ("droit", "right"))
PARTS = (("bras", "arm"), ("genou", "knee"), ("pied", "foot"), ("poumon", "lung"))
COMPLAINTS = (
    ("Douleur au {} {}.", "Pain in the {} {}."),
    ("Fracture du {} {}.", "Fracture of the {} {}."),
    ("Le {} {} est enflé.", "The {} {} is swollen."),
)
SINGLE = (
    ("Appelez votre médecin.", "Call your doctor."),
    ("Ce médicament est contre-indiqué.", "This medicine is contraindicated."),
    ("Ne pas avaler.", "Do not swallow."),
    ("Conserver au réfrigérateur.", "Keep in the refrigerator."),
    ("Tenir hors de la portée des enfants.", "Keep out of the reach of children."),
    ("Le patient n'a pas de fièvre.", "The patient has no fever."),
    ("Le patient a de la fièvre.", "The patient has a fever."),
)


def pairs() -> list[tuple[str, str]]:
    """All pairs, French first, in a fixed order."""
    made = list(SINGLE)
    for dose, medicine, time in product(DOSES, MEDICINES, TIMES):
        made.append((f"Prenez {dose[0]} {_of(medicine[0])} {time[0]}.", f"Take {dose[1]} of {medicine[1]} {time[1]}."))
    for action, medicine, condition in product(ACTIONS, MEDICINES, CONDITIONS):
        made.append(
            (f"{action[0].format(medicine[0])} {condition[0]}.", f"{action[1].format(medicine[1])} {condition[1]}.")
        )
    for action, medicine, time in product(ACTIONS, MEDICINES, TIMES):
        made.append((f"{action[0].format(medicine[0])} {time[0]}.", f"{action[1].format(medicine[1])} {time[1]}."))
    for complaint, part, side in product(COMPLAINTS, PARTS, SIDES):
        made.append((complaint[0].format(part[0], side[0]), complaint[1].format(side[1], part[1])))
    return made


def _of(medicine: str) -> str:
    return f"d'{medicine[2:]}" if medicine.startswith("l'") else f"de {medicine.removeprefix('le ')}"
