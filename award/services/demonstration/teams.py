"""The entries of a round: started, shared with colleagues, written, submitted, a few changed before the deadline."""
from award.services import categories, entries, entry_versions, members
from award.services.demonstration import people, texts
from award.services.demonstration.chance import fraction
from award.services.demonstration.scene import play

LONG_TEXTS = ("problem", "did", "better", "others")
CHANGED, SHARED = 0.15, 0.4
"""The share of teams that submit a second version; of those without a partner, that invite a colleague all the same."""


def enter(scene, *, days):
    """Everything the teams did from day `days[0]` to day `days[1]`, when the call closes; fills scene.entries."""
    acts = []
    for number, content in enumerate(texts.entries(scene.content)):
        acts += Team(scene, content, number).story(days)
    play(acts)


class Team:
    """A team that enters, act by act. The entry stands in scene.entries under its title once it is started."""

    def __init__(self, scene, content, number):
        self.scene, self.content, self.about = scene, content, (scene.content, number)
        self.language = content["language"]
        self.owner_name = content.get("owner") or people.invented(self.language, *self.about, "owner")
        self.colleague_name = people.invented(self.language, *self.about, "colleague")

    @property
    def entry(self):
        return self.scene.entries[self.content["title"]]

    def story(self, days):
        """[(instant, act)]: start, invite, join, write, submit, and for some a second version."""
        opens, closes = days
        eager = fraction(*self.about, "eager") ** 0.5
        submitted = opens + 3 + round(eager * (closes - opens - 5))
        started = max(opens, submitted - 2 - round(fraction(*self.about, "start") * 12))
        hour = 8.5 + 9 * fraction(*self.about, "hour")
        at = self.scene.at
        story = [(at(started, hour), self.start), (at(submitted, hour), self.write),
                 (at(submitted, hour + 0.3), self.submit)]
        if "partner" in self.content or fraction(*self.about, "shared") < SHARED:
            story += [(at(started, hour + 0.2), self.invite), (at(started + 1, hour), self.join)]
        if fraction(*self.about, "second") < CHANGED:
            story += [(at(closes - 1, hour), self.rewrite), (at(closes - 1, hour + 0.1), self.submit)]
        return story

    def start(self, now):
        """The owner starts the entry."""
        owner = people.account(self.owner_name, self.content["body"], language=self.language, now=now)
        wanted = {"title": self.content["title"], "team": self.content["team"], "language": self.language,
                  "initiative": self.content.get("initiative", "running"), "organisation": owner.organisation}
        entry = entries.start(self.scene.round, wanted=wanted, key="", actor=owner, now=now)
        self.scene.entries[entry.title] = entry

    def invite(self, now):
        """The owner invites a colleague, of a partner organisation where there is one."""
        body = self.content.get("partner", self.content["body"])
        invited = {"email": people.address(self.colleague_name, body), "name": self.colleague_name, "role": "editor",
                   "organisation": people.called(body, self.language)}
        members.invite(self.entry, invited=invited, actor=self.entry.saved_by, now=now)

    def join(self, now):
        """The colleague follows the link."""
        for member in members.of_entry(self.entry)[1:]:
            member.user.confirmed_at = member.user.confirmed_at or now
            members.join(member, actor=member.user, now=now)

    def write(self, now, *, more=""):
        """Save all answers."""
        columns = {name: self.content[name] for name in ("title", "team", "summary", "language")}
        columns["initiative"] = self.content.get("initiative", "running")
        given = answers(self.scene.round, self.answers(more)) | self.category()
        written = entries.Written(columns, given, self.entry.version)
        entries.save(self.entry, written=written, actor=self.entry.saved_by, now=now)

    def category(self):
        """The answer that chooses a category, where the round has any."""
        found = sorted(self.scene.round.categories, key=lambda one: one.position)
        return {categories.DRAFT: str(found[int(len(found) * fraction(*self.about, "category"))].id)} if found else {}

    def rewrite(self, now):
        """Mend the last answer before the deadline."""
        self.write(now, more=texts.read("small")["added"][self.language])

    def submit(self, now):
        """Submit what is written."""
        entry_versions.submit(self.entry, version=self.entry.version, key="", actor=self.entry.saved_by, now=now)

    def answers(self, more):
        """The answers by kind of question, each in the order of the form."""
        long_texts = [self.content[name] for name in LONG_TEXTS if name in self.content]
        long_texts[-1] += more
        page, domain = people.address(self.content["team"], self.content["body"]).split("@")
        when = "c2" if self.content.get("refused") == "too_old" else "c1"
        sponsor, reach = people.sponsor(self.language, *self.about), str(self.content.get("reach", ""))
        return {"single_choice": [when], "short_text": [sponsor], "long_text": long_texts, "number": [reach],
                "web_address": [f"https://www.{domain}/{page}"]}


def answers(round_, by_kind):
    """{field id as text: value}: the n-th question of a kind gets the n-th answer of that kind; files are left out."""
    left = {kind: iter(values) for kind, values in by_kind.items()}
    return {str(field.id): next(left[field.kind], None) for field in round_.fields if field.kind in left}
