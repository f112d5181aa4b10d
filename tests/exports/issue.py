"""A magazine to test with: the sample's entries, their teams consenting, with answers of any length in four languages."""
from dataclasses import replace

from award.domain.report import Answer
from tests.exports import sample

QUESTIONS = ("What was the problem?", "What did you do, and what is new about it?", "What is better now, and how do you know?",
             "What can others take over?")
ANSWERS = {
    "en": ("The question came from Mrs Adriaens, who is eighty-one and was a bookkeeper. She had understood the letter perfectly; she only "
           "wondered why it had been sent. Nobody in the room could say. It had been written in 1998, amended eleven times, and went out each "
           "March to 84,000 people so that they would know that nothing had changed."),
    "nl": ("We kozen de honderd brieven die het vaakst vertrekken. Elke brief werd herschreven met drie mensen die hem ooit kregen, aan de "
           "keukentafel, niet in een vergaderzaal. Nieuw is dat de jurist pas na de lezer aan het woord kwam, en dat een brief pas vertrekt als "
           "vijf onbekenden hem juist navertellen."),
    "fr": ("Quatre appelants sur dix tenaient à la main une lettre qu’ils n’avaient pas comprise. Nous avons choisi les cent lettres les plus "
           "envoyées. Chacune a été réécrite avec trois personnes qui l’avaient reçue un jour, à la table de la cuisine."),
    "de": ("Vier von zehn Anrufern hielten einen Brief von uns in der Hand, den sie nicht verstanden. Der Brief über die Geburtsprämie zählte "
           "drei Seiten und elf Verweise auf das Gesetz, darunter Durchführungsverordnungen und Verwaltungsvorschriften."),
}
LANGUAGES = tuple(ANSWERS)


def answers(place, times):
    """Four answers of so many paragraphs each; the last word of all of them names the entry."""
    told = "\n\n".join([ANSWERS[LANGUAGES[place % 4]]] * times)
    return (*(Answer(question, told) for question in QUESTIONS[:3]), Answer(QUESTIONS[3], f"{told} Lastword{place}."))


def issue(report=None, times=(1, 2, 6, 30, 1, 0, 1, 1)):
    """The report as a magazine in which every team consents; `times` says how long the answers of each are, 0 for none."""
    report = report or sample.full()
    entries = tuple(replace(entry, consented=True, language=LANGUAGES[place % 4], category="Cities" if place % 2 else "",
                            answers=answers(place, times[place % len(times)]) if times[place % len(times)] else ())
                    for place, entry in enumerate(report.entries))
    return replace(report, entries=entries).chosen(kind="magazine")
