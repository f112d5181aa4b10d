"""Most teams of a finished round consent that the texts of their entries are printed in the magazine."""
from award.services import consents
from award.services.demonstration.chance import fraction

CONSENT = 0.8
"""The share of teams that consent."""


def answer(scene, *, day):
    """The owners of entries answer on the evening of a day, in the order of the entries' numbers."""
    for place, entry in enumerate(sorted((e for e in scene.entries.values() if consents.is_open(e)), key=lambda e: e.number)):
        if fraction(scene.content, entry.number, "consent") < CONSENT:
            owner = next(member.user for member in entry.members if member.role == "owner")
            consents.give(entry, actor=owner, now=scene.at(day, 17 + place / 20))
