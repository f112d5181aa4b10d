"""./run: the server and the job worker start together, answer, and end together."""
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.postgres import free_port

ROOT = Path(__file__).parent.parent
ADDRESS = "http://127.0.0.1:{}/health/ready"


@pytest.fixture
def start(tmp_path):
    """Start ./run serve in a group of its own with only the given settings; what is left of it ends with the test."""
    started = []

    def start_(**environment):
        usual = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWARD_DATA_DIR": str(tmp_path / "data")}
        run = subprocess.Popen(
            [ROOT / "run", "serve"], cwd=tmp_path, env={**usual, **environment}, start_new_session=True, text=True,
            preexec_fn=listening, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: PLW1509
        started.append(run)
        return run

    yield start_
    for run in started:
        if processes(run.pid):
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()


def listening():
    """A program started in the background of a shell ignores Ctrl+C; one that people start does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def processes(group):
    """The living processes of a process group."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append((int(place.name), (place / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()))
    return found


def answers(run, port, *, within=240):
    """True once the server is ready; False when it has ended, or takes too long."""
    end = time.monotonic() + within
    while run.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(ADDRESS.format(port), timeout=5) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.2)
    return False


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_serving_answers_until_a_signal_and_leaves_nothing_behind(start, ending):
    port = free_port()
    run = start(AWARD_PORT=str(port))
    assert answers(run, port), "the server did not start"
    assert any("award work" in command for _pid, command in processes(run.pid))
    os.kill(run.pid, ending)
    assert run.wait(timeout=90) == 0, run.stdout.read()
    assert processes(run.pid) == []


@pytest.mark.parametrize("part", ["award work", "gunicorn"])
def test_when_the_server_or_the_worker_dies_the_other_ends_and_the_fault_shows(start, part):
    port = free_port()
    run = start(AWARD_PORT=str(port))
    assert answers(run, port), "the server did not start"
    os.kill(min(pid for pid, command in processes(run.pid) if part in command), signal.SIGKILL)
    assert run.wait(timeout=90) == 1
    assert "ended by itself" in run.stdout.read()


@pytest.mark.parametrize(("variable", "value"), [("AWARD_PORT", "many"), ("AWARD_BASE_URL", "http://award.example.org")])
def test_a_setting_that_cannot_be_used_or_is_unsafe_stops_the_start(start, variable, value):
    run = start(**{"AWARD_PORT": str(free_port()), variable: value})
    said, _ = run.communicate(timeout=60)
    assert run.returncode != 0
    assert variable in said
    assert "served at" not in said


def test_python_runs_where_the_caller_stands_so_that_names_of_files_mean_what_they_say(tmp_path):
    (tmp_path / "scores.csv").write_text("juror,entry,criterion,score\nAnn,Boat,Impact,4\n")
    (tmp_path / "rules.toml").write_text('[[criterion]]\nname = "Impact"\nshare = 1\nscale = [0, 5]\n')
    command = [ROOT / "run", "python", "-m", "award", "rank", "scores.csv", "--rules", "rules.toml", "--json", "out.json"]
    subprocess.run(command, cwd=tmp_path, check=True, stdin=subprocess.DEVNULL)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "rules.toml", "scores.csv"]
