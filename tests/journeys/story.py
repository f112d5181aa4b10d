"""The story of one award round in a real browser, from the programme to the public result."""
import json
import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from award import cli, db, jobs
from award.domain import verification
from award.domain.canonical import canonical_json
from award.models import Mail
from tests import builders as b

PASSWORD = "lantern under the bridge"
OPENS, CLOSES = datetime(2027, 1, 11, 9, tzinfo=UTC), datetime(2027, 2, 26, 16, tzinfo=UTC)
ANCHORS = "5 Lasting gains for many\n3 Clear gains for some\n0 No gain"


class Post:
    """What the outbox holds; a link in it is followed as its reader would."""

    def __init__(self, app):
        self.app = app

    def newest(self, address, words=""):
        with self.app.app_context():
            found = db.session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.id.desc())).all()
            return next(mail.body for mail in found if words in mail.subject + mail.body)

    def link(self, address):
        return re.search(r"http\S+/links/[\w-]+", self.newest(address, "/links/"))[0]


def tell(app, clock, desk, paper):
    """Live through the round at a desk, as everyone in turn; `paper` is a real PDF to attach."""
    clock.now = datetime(2027, 1, 10, 9, tzinfo=UTC)
    post = Post(app)
    with app.app_context(), db.transaction():
        b.user("lotte@office.example", name="Lotte Aerts", organisation="Office for Innovation", role="organiser")
    set_up(desk, post)
    clock.now = OPENS + timedelta(hours=1)
    enter(desk, post, paper)
    clock.now = CLOSES + timedelta(minutes=1)
    too_late(desk)
    call_the_jury(desk, post)
    judge(desk, post)
    conclude(desk, app)


def set_up(desk, post):
    """The organiser signs in by a mailed link and sets up a programme, a round, its form and its criteria."""
    sign_in_by_link(desk, post, "lotte", "lotte@office.example")
    desk.go("/programmes/new")
    desk.fill(name__en="Lantern Award", organiser__en="Office for Innovation", contact="award@office.example")
    desk.press("Create the programme")
    desk.press("Create a round")
    desk.fill(preset="", title__en="Round 2027", code="LA27", first="en", opens_on="2027-01-11", opens_at="09:00",
              closes_on="2027-02-26", closes_at="17:00")
    desk.press("Create the round")
    desk.round = int(desk.path.split("/")[2])
    desk.go(f"/rounds/{desk.round}")
    assert desk.title == "The round is being set up"
    desk.see("missing before the call can open")
    desk.go(f"/rounds/{desk.round}/edit")
    desk.fill(purpose__en="For public services that tried something new.")
    desk.press("Save and go to the form")
    add_questions(desk)
    add_criteria(desk)
    desk.go(f"/rounds/{desk.round}")
    desk.press("Open the call")
    desk.press("Open the call")
    assert desk.title == "The call is open"


def sign_in_by_link(desk, post, who, address):
    desk.sit(who)
    desk.go("/sign-in/link")
    desk.fill(email=address)
    desk.press("Send me a link")
    desk.go(post.link(address))
    desk.press("Sign in")


def add_questions(desk):
    for kind, label, more in (("Long text", "What changed?", {"max_words": "200"}), ("File", "Annex", {})):
        desk.go(f"/rounds/{desk.round}/fields")
        desk.press(kind)
        desk.fill(label__en=label, **more)
        desk.press("Add the question")


def add_criteria(desk):
    desk.go(f"/rounds/{desk.round}/fields")
    desk.press("Go on to the criteria")
    desk.stage = int(desk.path.split("/")[2])
    for name, weight in (("Impact", "60"), ("Novelty", "40")):
        desk.go(f"/stages/{desk.stage}/criteria")
        desk.press("Add a criterion")
        desk.fill(name__en=name, description__en=f"What about {name.lower()}?", share=weight)
        desk.press("Add the criterion")
    desk.go(f"/stages/{desk.stage}/edit")
    desk.fill(title__en="Jury scoring", closes_on="2027-04-09", closes_at="17:00")
    desk.press("Save the rules")


def enter(desk, post, paper):
    """A team member registers, starts an entry, invites a colleague of another organisation, submits, and changes it before the deadline."""
    register(desk, post, "nora", "Nora Peeters", "Pensions Office")
    start_entry(desk, "One letter instead of seven", "Letters team", "Pensions Office")
    desk.entry = int(desk.path.split("/")[2])
    write(desk, "Forty thousand people got one letter instead of seven.", paper)
    desk.go(f"/entries/{desk.entry}/members")
    desk.fill(email="joris@port.example", name="Joris Maes", organisation="Port Authority", role="editor")
    desk.press("Send the invitation")
    desk.go(f"/entries/{desk.entry}/submission")
    desk.press("Submit the entry")
    desk.see("LA27-001")
    assert "LA27-001" in post.newest("nora@pensions.example", "LA27-001")
    desk.sit("joris")
    desk.go(post.link("joris@port.example"))
    desk.press("Join the team")
    desk.go(f"/entries/{desk.entry}/edit")
    write(desk, "Forty-one thousand people got one letter instead of seven.")
    desk.go(f"/entries/{desk.entry}/submission")
    desk.press("Submit the entry")
    desk.see("2, replaces version 1")
    register(desk, post, "otto", "Otto Weber", "River Office")
    start_entry(desk, "Flood line", "River team", "River Office")
    write(desk, "A telephone line that warns of floods.")
    desk.go(f"/entries/{int(desk.path.split('/')[2])}/submission")
    desk.press("Submit the entry")
    desk.see("LA27-002")


def register(desk, post, who, name, organisation):
    address = f"{who}@{organisation.split()[0].lower()}.example"
    desk.sit(who)
    desk.go(f"/rounds/{desk.round}/call")
    desk.press("Start an entry")
    desk.go("/register")
    desk.fill(name=name, email=address, organisation=organisation, password=PASSWORD)
    desk.press("Register")
    desk.go(post.link(address))
    desk.press("Confirm and sign in")


def start_entry(desk, title, team, organisation):
    desk.go(f"/rounds/{desk.round}/call")
    desk.see("Impact", "60%", "Brussels time")
    desk.press("Start an entry")
    desk.fill(title=title, team=team, organisation=organisation)
    desk.press("Start the entry")


def write(desk, words, paper=None):
    entry = int(desk.path.split("/")[2])
    desk.go(f"/entries/{entry}/edit")
    desk.fill(summary="It works, and here is how.")
    desk.type(desk.named("textarea", "q"), words)
    if desk.javascript:
        desk.wait("Saved")
    if paper:
        desk.type(desk.named("input[type=file]", "q"), paper)
        desk.press("Attach the file")
        desk.see("counter statistics.pdf")
    desk.press("Save and check")


def too_late(desk):
    """After the deadline nothing changes."""
    desk.sit("nora")
    desk.go("/sign-in")
    desk.fill(email="nora@pensions.example", password=PASSWORD)
    desk.press("Sign in")
    desk.go(f"/entries/{desk.entry}/submission")
    assert "Submit the entry" not in desk.text
    desk.go(f"/rounds/{desk.round}/call")
    assert "Start an entry" not in desk.text


def call_the_jury(desk, post):
    """The organiser closes the call, screens, invites jurors by mail, assigns; they accept and declare their conflicts."""
    sign_in_by_link(desk, post, "lotte", "lotte@office.example")
    desk.go(f"/rounds/{desk.round}")
    desk.press("Close the call")
    desk.press("Close the call")
    desk.go(f"/rounds/{desk.round}/screenings")
    desk.press("Screen the next entry")
    for _entry in range(2):
        desk.fill(eligible="yes")
        desk.press("Save and go to the next")
    desk.go(f"/stages/{desk.stage}/jurors/new")
    desk.fill(people="Ines Verbruggen <ines@uni.example>, University of Gent\nMarc Delacroix <marc@court.example>, Audit Court")
    desk.press("Invite by mail")
    for who, address in (("ines", "ines@uni.example"), ("marc", "marc@court.example")):
        desk.sit(who)
        desk.go(post.link(address))
        desk.press("Open the invitation")
        desk.jurors[who] = int(desk.path.split("/")[2])
        desk.press("Accept")
        desk.go(f"/jurors/{desk.jurors[who]}/conflicts")
        desk.see("One letter instead of seven", "Port Authority")
        assert "Forty-one thousand" not in desk.text
        desk.press("Save my answer")
    desk.sit("lotte")
    desk.go(f"/stages/{desk.stage}/assignments/new")
    desk.fill(mode="everyone")
    desk.press("Show the plan")
    desk.press("Confirm the plan")
    desk.go(f"/stages/{desk.stage}/open")
    desk.press("Open the scoring")
    desk.go(f"/rounds/{desk.round}")
    assert desk.title == "Jury scoring is open"


def judge(desk, post):
    """Each juror follows the mail, scores on one page, sees progress and submits; nobody sees the others' scores."""
    for who, scores in (("ines", ("5", "4")), ("marc", ("3", "2"))):
        desk.sit(who)
        if who == "marc":
            remind(desk, post)
            desk.sit(who)
        home = f"/jurors/{desk.jurors[who]}"
        desk.go(home)
        desk.press(next(words for words in desk.buttons() if words.startswith("Begin with")))
        for _entry in range(2):
            first = "One letter" in desk.title
            fill_ballot(desk, scores if first else ("2", "2"))
            desk.press("Submit and go to the next")
        desk.go(f"{home}/ballots")
        desk.go(home)
        desk.see("2")
    assert "receipt" in post.newest("ines@uni.example", "receipt")
    desk.sit("lotte")
    desk.go(f"/stages/{desk.stage}/ranking")
    desk.see("All ballots are in.", "72.0", "40.0")


def remind(desk, post):
    """The organiser follows progress and reminds whoever has not finished."""
    desk.sit("lotte")
    desk.go(f"/rounds/{desk.round}")
    desk.see("Ines Verbruggen", "2 of 2", "0 of 2")
    desk.press("Remind 1 juror")
    assert "2 entries" in post.newest("marc@court.example", "await")


def fill_ballot(desk, scores):
    """Score both criteria beside the entry; an incomplete ballot comes back with what is missing."""
    names = sorted({box.get_attribute("name") for box in desk.all("input[name^=score_]")})
    for name, score in zip(names, scores, strict=True):
        desk.type(name, score)
    desk.type(desk.named("textarea", "comment_"), "Clear, and measured before and after.")
    if desk.javascript:
        desk.wait("Saved")


def conclude(desk, app):
    """Lock, freeze, decide, export, report, publish."""
    desk.press("Lock the scoring")
    desk.press("Lock the scoring")
    desk.press("Freeze the result")
    desk.press("Freeze the result")
    desk.press("One letter instead of seven")
    desk.see("72.0 of 100", "How this was computed")
    desk.go(f"/stages/{desk.stage}/ranking")
    desk.press("Record the decisions")
    result = int(desk.path.split("/")[2])
    desk.press("Flood line")
    desk.fill(outcome="winner")
    desk.press("Record the decision")
    desk.see("This decision departs from the ranking")
    desk.fill(outcome="commended", reason="It warned in time.")
    desk.press("Record the decision")
    desk.press("One letter instead of seven")
    desk.fill(outcome="winner", reason="The effect was measured, and others can follow.")
    desk.press("Record the decision")
    desk.press("Close the deliberation")
    take_the_papers(desk, app, result)
    desk.go(f"/rounds/{desk.round}/publication")
    desk.see("Nothing is public yet.")
    desk.press("Continue")
    desk.press("Publish")
    with app.app_context():
        jobs.look()
    desk.sit("visitor")
    desk.go(f"/rounds/{desk.round}/result")
    assert desk.title == "One letter instead of seven"
    desk.see("72.0", "40.0", "The effect was measured, and others can follow.", "Jury report in English, PDF")


def take_the_papers(desk, app, result):
    """The report is asked for on the page, made by the worker, opened and verified; XLSX, CSV and JSON come at once."""
    desk.go(f"/results/{result}/reports")
    desk.press("Make the report")
    desk.see("asked for")
    with app.app_context():
        jobs.look()
    desk.press("Look again")
    desk.see("ready")
    for path in (f"/results/{result}/xlsx", f"/results/{result}/csv", f"/results/{result}/json", "/reports/1.pdf"):
        kept = desk.download(path)
        assert kept[:2] in (b"PK", b"\xef\xbb", b'{"', b"%P"), path
    document = json.loads(desk.download(f"/results/{result}/json"))
    assert verification.verify(document) is None
    assert cli.attached(desk.download("/reports/1.pdf")) == canonical_json(document)
