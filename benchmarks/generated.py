"""Invented reports of one event, of any number and length, for measuring time and memory.

The facts of the event are the same for all reports; each report tells some of them, in its own
language and order, and some of its own. The same arguments give the same reports.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from retold.records import Article

SHARED = 0.6
"""Share of a report's sentences that tell facts which other reports may tell too."""
POOL = 2.0
"""Facts of the event for each sentence of a report that tells one of them."""
PARAGRAPH = 3

PEOPLE = (
    *("Ilse Marwede", "Tomas Ferran", "Ana Quiroga", "Jonas Feldwick", "Mirela Stoan"),
    *("Piet Oldekop", "Clara Wystan", "Ruben Aldecoa", "Nadia Ferzan", "Oskar Lindvik"),
)
PLACES = (
    *("Sternfurt", "Wendholm", "Valmora", "Osney", "Karlshaven", "Vesmont", "Tarrigo"),
    *("Brenmouth", "Altenrode", "San Calixto", "Lormeville", "Hovendal"),
)

TEMPLATES: dict[str, tuple[str, ...]] = {
    "en": (
        "The bridge near {place} was closed after inspectors found {n} cracks in its piers.",
        "{person} said that {n} people had been brought to safety from {place}.",
        "Repairs in {place} will cost about {n} million euros, according to the council.",
        "In {place} the water rose by {n} centimetres within a few hours.",
        "{person}, who leads the inquiry, expects first results in {n} days.",
        "A ferry with room for {n} passengers will serve {place} from Wednesday.",
        "“We had warned the ministry {n} times,” said {person}.",
        "Schools in {place} stay shut, which concerns {n} pupils.",
        "The insurer of the works in {place} has paid {n} thousand euros so far.",
        "Police questioned {n} employees of the company, among them {person}.",
        "Trains between {place} and the coast are {n} minutes late.",
        "{person} called on the owners to publish all {n} reports on the wall.",
    ),
    "de": (
        "Die Brücke bei {place} wurde gesperrt, nachdem Prüfer {n} Risse in den Pfeilern fanden.",
        "{person} zufolge wurden {n} Menschen aus {place} in Sicherheit gebracht.",
        "Die Reparatur in {place} kostet nach Angaben des Rates rund {n} Millionen Euro.",
        "In {place} stieg das Wasser binnen weniger Stunden um {n} Zentimeter.",
        "{person} leitet die Untersuchung und erwartet erste Ergebnisse in {n} Tagen.",
        "Eine Fähre für {n} Fahrgäste bedient {place} ab Mittwoch.",
        "„Wir haben das Ministerium {n} Mal gewarnt“, sagte {person}.",
        "Die Schulen in {place} bleiben geschlossen, das betrifft {n} Kinder.",
        "Der Versicherer der Anlagen in {place} hat bisher {n} Tausend Euro gezahlt.",
        "Die Polizei befragte {n} Angestellte der Firma, darunter {person}.",
        "Züge zwischen {place} und der Küste haben {n} Minuten Verspätung.",
        "{person} forderte die Eigentümer auf, alle {n} Berichte über die Mauer vorzulegen.",
    ),
    "fr": (
        "Le pont près de {place} a été fermé après la découverte de {n} fissures dans les piles.",
        "Selon {person}, {n} personnes ont été mises à l’abri à {place}.",
        "Les travaux à {place} coûteront environ {n} millions d’euros, indique le conseil.",
        "À {place}, l’eau est montée de {n} centimètres en quelques heures.",
        "{person}, qui dirige l’enquête, attend les premiers résultats dans {n} jours.",
        "Un bac pouvant accueillir {n} passagers desservira {place} dès mercredi.",
        "« Nous avions averti le ministère {n} fois », a déclaré {person}.",
        "Les écoles de {place} restent fermées, ce qui concerne {n} élèves.",
        "L’assureur des ouvrages de {place} a versé jusqu’ici {n} mille euros.",
        "La police a entendu {n} employés de l’entreprise, dont {person}.",
        "Les trains entre {place} et la côte ont {n} minutes de retard.",
        "{person} a demandé aux propriétaires de publier les {n} rapports sur le mur.",
    ),
    "es": (
        "El puente cerca de {place} fue cerrado tras hallarse {n} grietas en los pilares.",
        "Según {person}, {n} personas fueron puestas a salvo en {place}.",
        "Las obras en {place} costarán unos {n} millones de euros, según el concejo.",
        "En {place} el agua subió {n} centímetros en pocas horas.",
        "{person}, que dirige la investigación, espera los primeros resultados en {n} días.",
        "Un transbordador para {n} pasajeros dará servicio a {place} desde el miércoles.",
        "«Habíamos avisado al ministerio {n} veces», dijo {person}.",
        "Las escuelas de {place} siguen cerradas, lo que afecta a {n} alumnos.",
        "La aseguradora de las obras de {place} ha pagado hasta ahora {n} mil euros.",
        "La policía interrogó a {n} empleados de la empresa, entre ellos {person}.",
        "Los trenes entre {place} y la costa llevan {n} minutos de retraso.",
        "{person} pidió a los propietarios que publiquen los {n} informes sobre el muro.",
    ),
}
TITLES = {
    "en": "Dam above {place} gives way",
    "de": "Damm oberhalb von {place} bricht",
    "fr": "Le barrage en amont de {place} cède",
    "es": "Cede la presa sobre {place}",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence tells, in any of the languages."""

    template: int
    person: str
    place: str
    n: int

    def told_in(self, lang: str) -> str:
        """Tell it in a language."""
        return TEMPLATES[lang][self.template].format(person=self.person, place=self.place, n=self.n)


def reports(count: int, sentences: int, *, seed: int = 1) -> tuple[Article, ...]:
    """Invent reports of one event, each with this many sentences and a title."""
    chance = random.Random(seed)
    shared = round(SHARED * sentences)
    pool = [_fact(chance) for _ in range(round(POOL * shared))]
    langs = tuple(TEMPLATES)
    return tuple(
        _report(
            number,
            langs[number % len(langs)],
            chance.sample(pool, shared) + [_fact(chance) for _ in range(sentences - shared)],
            chance,
        )
        for number in range(count)
    )


def _fact(chance: random.Random) -> Fact:
    return Fact(
        template=chance.randrange(len(TEMPLATES["en"])),
        person=chance.choice(PEOPLE),
        place=chance.choice(PLACES),
        n=chance.randint(2, 999),
    )


def _report(number: int, lang: str, facts: Sequence[Fact], chance: random.Random) -> Article:
    told = [fact.told_in(lang) for fact in chance.sample(facts, len(facts))]
    paragraphs = [
        " ".join(told[start : start + PARAGRAPH]) for start in range(0, len(told), PARAGRAPH)
    ]
    title = TITLES[lang].format(place=PLACES[0])
    return Article(
        id=f"report-{number:02}",
        title=title,
        lang=lang,
        published=f"2026-03-{1 + number % 28:02}T{number % 24:02}:00:00+00:00",
        text="\n\n".join([title, *paragraphs]),
    )
