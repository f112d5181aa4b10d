"""Jurors saving at once through the real web server: how many a second, how many refused, whether anything was lost."""
import http.client
import os
import re
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

from sqlalchemy import select

from award.db import session
from award.models import Ballot, Score
from tests.people import signed_in
from tests.postgres import free_port

SAVES = 25
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HIDDEN = re.compile(r'name="(read|version)"[^>]*value="([^"]*)"')
SCORE = re.compile(r'name="(score_\d+)"')


def crowd(app, drafts, *, threads=8, workers=2):
    """20 jurors, each saving one ballot SAVES times as fast as it is answered. `drafts` {assignment id: user id}."""
    port = free_port()
    jurors = [Juror(app, port, *pair) for pair in list(drafts.items())[:20]]
    server = _serve(app, port, threads, workers)
    try:
        for juror in jurors:
            juror.open()
        start = time.perf_counter()
        _together([juror.save_often for juror in jurors])
        taken = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait()
    saved = sum(j.saved for j in jurors)
    waits = sorted(wait for j in jurors for wait in j.waits)
    return {"jurors": len(jurors), "saves": saved, "per_second": round(saved / taken, 1), "errors": sum(j.errors for j in jurors),
            "lost": _lost(app, jurors), "median_ms": round(waits[len(waits) // 2] * 1000, 1), "slowest_ms": round(waits[-1] * 1000, 1),
            "workers": workers, "threads": threads}


def _serve(app, port, threads, workers):
    environment = os.environ | {
        "AWARD_DATABASE_URL": app.config["DATABASE_URL"], "AWARD_DATA_DIR": str(app.config["DATA_DIR"]), "AWARD_PORT": str(port),
        "AWARD_SECRET_KEY": app.config["SECRET_KEY"], "AWARD_BASE_URL": f"http://localhost:{port}", "AWARD_DEMO": "0"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(workers), "--threads",
                               str(threads), "--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket", "wsgi:app"],
                              env=environment)
    for _ in range(240):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return server
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the web server did not start")


def _together(acts):
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Juror:
    """One juror with a ballot open in a browser."""

    def __init__(self, app, port, assignment_id, user_id):
        self.path, self.assignment_id = f"/assignments/{assignment_id}/ballot", assignment_id
        client = signed_in(app, user_id)
        self.cookie = f"award={client.get_cookie('award').value}"
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.saved = self.errors = 0
        self.waits, self.last = [], None

    def open(self):
        """Open the form, as a browser does."""
        status, headers, page = self._ask("GET", self.path)
        if status != 200:
            raise RuntimeError(f"{self.path} answers {status}")
        for cookie in headers.get_all("Set-Cookie") or []:
            self.cookie = cookie.split(";")[0]
        self.form = {"csrf_token": TOKEN.search(page).group(1), **dict(HIDDEN.findall(page))}
        self.fields = sorted(set(SCORE.findall(page)))

    def save_often(self):
        """Save SAVES times, each time other scores, with the version that the save before gave."""
        self.connection.close()
        for number in range(SAVES):
            value = str((self.assignment_id + number) % 6)
            body = urlencode({**self.form, **dict.fromkeys(self.fields, value)})
            start = time.perf_counter()
            status, headers, _page = self._ask("POST", f"{self.path}/draft", body)
            self.waits.append(time.perf_counter() - start)
            if status == 204:
                self.saved, self.last, self.form["version"] = self.saved + 1, value, headers["X-Award-Version"]
            else:
                self.errors += 1

    def _ask(self, method, path, body=None):
        """Ask once more on a new connection when the server had closed an idle one, as browsers do."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        for last in (False, True):
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            except OSError:
                self.connection.close()
                if last:
                    raise
        return None


def _lost(app, jurors):
    """How many ballots do not hold what was last acknowledged."""
    with app.app_context():
        found = session.execute(select(Ballot.assignment_id, Score.value).join(Score).where(
            Ballot.assignment_id.in_([j.assignment_id for j in jurors]))).all()
    kept = {}
    for assignment_id, value in found:
        kept.setdefault(assignment_id, set()).add(f"{value:f}")
    return sum(j.last is not None and kept[j.assignment_id] != {j.last} for j in jurors)
