"""Invented reports of one event, short enough to be compared in a moment."""

from retold.reading import article_from_text
from retold.records import Article

ENGLISH = """Storm stops the Osney ferry

The ferry to Osney was cancelled on Friday because of a storm, the harbour office said. \
About three hundred passengers had to wait in Tarvik. “We do not sail against such a wind,” \
harbour master Ines Falk said. The next boat leaves on Saturday at seven. \
The old terminal is to be sold next year.
"""
GERMAN = """Sturm stoppt Fähre nach Osney

„Gegen so einen Wind fahren wir nicht“, sagte Hafenmeisterin Ines Falk. \
Das nächste Schiff legt am Samstag um sieben Uhr ab. \
Wegen eines Sturms ist die Fähre nach Osney am Freitag ausgefallen, wie das Hafenamt mitteilte. \
In zwei Dörfern fiel nachts der Strom aus. Rund dreihundert Fahrgäste mussten in Tarvik warten. \
Der Bürgermeister dankte der Feuerwehr.
"""
FRENCH = """La tempête immobilise le ferry d’Osney

Le ferry pour Osney n’a pas pris la mer vendredi en raison d’une tempête. Quelque trois cents \
passagers ont dû patienter à Tarvik. Le prochain bateau partira samedi à sept heures.
"""
UNRELATED = """Chess club buys a house of its own

The chess club of Ambermoor has bought the old post office in Mill Lane. Members approved the \
purchase by 61 votes to 9. Cellar and attic will hold a library of four thousand chess books. \
Treasurer Lionel Apsley has been collecting donations since spring. A tournament for children \
under twelve is planned for October. Tea and cake will be free.
"""


def english(name: str = "en") -> Article:
    """Make the English report."""
    return article_from_text(ENGLISH, id=name, lang="en", published="2031-03-07T10:00:00Z")


def german(name: str = "de") -> Article:
    """Make the German report."""
    return article_from_text(GERMAN, id=name, lang="de", published="2031-03-07T12:00:00Z")


def french(name: str = "fr") -> Article:
    """Make the French report."""
    return article_from_text(FRENCH, id=name, lang="fr", published="2031-03-08")


def unrelated(name: str = "chess") -> Article:
    """Make a report of something else."""
    return article_from_text(UNRELATED, id=name, lang="en", published="2031-03-05")
