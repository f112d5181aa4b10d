"""What each page costs in a round of that size, beside its yardsticks."""
from itertools import count

from award.db import session, transaction
from award.exports import FORMATS
from award.models import Assignment, Entry, Stage, User
from award.services import compositions, results
from tests.bench import fill, yardsticks
from tests.bench.measure import Meter
from tests.people import signed_in


def costs(app, large, small):
    """({name: Cost}, {assignment id: user id} of the ballots that are drafts), in the order of the report."""
    yardsticks.add_plain_page(app)
    meter = Meter(app.extensions["engine"])
    with app.app_context():
        drafts = fill.jurors_of(large.stage_id)
    page = Pages(app, large, drafts)
    found = meter.costs({
        "empty_answer": page.visitor("/health/live"), "plain_page": page.organiser(f"/plain/{large.stage_id}"),
        "ranking_all": page.organiser(page.ranking + "?page=all"), "ranking_page_of_50": page.organiser(page.ranking),
        "score_form": page.juror_form()}, times=25)
    found["ranking_all_after_a_save"] = meter.cost(page.organiser(page.ranking + "?page=all"), before=page.save, times=7, warm=1)
    found |= meter.costs({"bare_upsert": page.upsert(), "save_ballot": page.save}, times=60)
    frozen = _frozen(app, large), _frozen(app, small)
    for kind in ("csv", "xlsx"):
        found[kind] = meter.cost(page.organiser(f"/results/{frozen[0]}/{kind}"), times=7)
    found["report_of_50"] = meter.cost(_report(app, small), times=1, warm=0)
    with app.app_context(), transaction():
        session.get(Stage, large.stage_id).state = "open"
    return found, drafts


class Pages:
    """The clients of people signed in, and the requests they make. Each gives the number of bytes answered."""

    def __init__(self, app, filled, drafts):
        self.app, self.values = app, count(1)
        self.ranking = f"/stages/{filled.stage_id}/ranking"
        self.assignment_id, user_id = next(iter(drafts.items()))
        self.at_desk, self.scoring = signed_in(app, filled.organiser_id), signed_in(app, user_id)
        self.form = f"/assignments/{self.assignment_id}/ballot"
        with app.app_context():
            assignment = session.get(Assignment, self.assignment_id)
            self.version = str(assignment.ballot.version)
            self.given = {"read": str(session.get(Entry, assignment.entry_id).versions[-1].id)}
            self.fields = [f"score_{c.id}" for c in assignment.stage.criteria]

    def visitor(self, path):
        """Asking for a page without a sign-in."""
        return lambda: _size(self.app.test_client().get(path))

    def organiser(self, path):
        """Asking for a page as the organiser."""
        return lambda: _size(self.at_desk.get(path))

    def juror_form(self):
        """Opening the score form."""
        return lambda: _size(self.scoring.get(self.form))

    def upsert(self):
        """The bare upsert of the same ballot, each time with another score."""
        write = yardsticks.upsert(self.app, self.assignment_id)
        return lambda: write(next(self.values) % 6)

    def save(self):
        """Saving the ballot, each time with another score."""
        scores = dict.fromkeys(self.fields, str(next(self.values) % 6))
        answer = self.scoring.post(f"{self.form}/draft", data={**self.given, **scores, "version": self.version})
        if answer.status_code != 204:
            raise RuntimeError(f"saving answers {answer.status_code}")
        self.version = answer.headers["X-Award-Version"]
        return 0


def _size(answer):
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.request.path} answers {answer.status_code}")
    return len(answer.get_data())


def _frozen(app, filled):
    with app.app_context(), transaction():
        stage = session.get(Stage, filled.stage_id)
        stage.state = "locked"
        return results.freeze(stage, actor=session.get(User, filled.organiser_id), now=fill.NOW).id


def _report(app, filled):
    def render():
        with app.app_context():
            stage = session.get(Stage, filled.stage_id)
            return len(FORMATS["pdf"].write(compositions.compose(results.newest(stage), language="nl"), language="nl"))
    return render
