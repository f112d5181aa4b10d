"""The command line as people use it: files in, files out, exit codes, faults with their line, in four languages."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from award import cli
from award.domain import canonical
from award.domain.aggregation import METHODS
from award.i18n import LANGUAGES, text, translate
from tests.domain import isu_worlds2017 as isu

ROOT = Path(__file__).parent.parent
SCORES = (
    "juror,entry,criterion,score,comment\nJ1,E1,Impact,7,Clear\nJ1,E2,Impact,9,\nJ2,E1,Impact,8,\nJ2,E2,Impact,10,\n"
)
RULES = 'title = "Award 2026"\n[[criterion]]\nname = "Impact"\nshare = 40\nscale = [0, 10]\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with scores and rules, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    Path("SCORES.csv").write_text(SCORES, "utf-8")
    Path("RULES.toml").write_text(RULES, "utf-8")
    return tmp_path


def run(*arguments):
    return cli.main(["--lang", "en", *arguments])


def rank(*arguments):
    return run("rank", "SCORES.csv", "--rules", "RULES.toml", *arguments)


def test_rank_prints_the_result(folder, capfdbinary):
    assert rank() == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert [(one["rank"], one["entry"], one["score"]) for one in found["entries"]] == [(1, "E2", 95), (2, "E1", 75)]
    assert (found["seed"], found["units"]) == (0, "score")


def test_rank_writes_canonical_json_and_keeps_seed_and_units(folder, capfd):
    assert rank("--json", "OUT.json", "--seed", "7", "--units", "scale") == 0
    content = Path("OUT.json").read_bytes()
    found = json.loads(content)
    assert content == canonical.canonical_json(found)
    assert (found["seed"], found["units"], found["entries"][0]["score"]) == (7, "scale", 9.5)
    assert capfd.readouterr().out == ""


def test_two_runs_write_the_same_bytes(folder):
    assert [rank("--json", name) for name in ("A.json", "B.json")] == [0, 0]
    assert Path("A.json").read_bytes() == Path("B.json").read_bytes()


def test_every_fault_of_the_scores_is_listed_and_nothing_written(folder, capfd):
    Path("SCORES.csv").write_text(SCORES + "J3,E1,Impact,11,\nJ3,E2,Impct,5,\n", "utf-8")
    assert rank("--json", "OUT.json", "--report", "OUT.pdf") == 2
    assert capfd.readouterr() == (
        "",
        'SCORES.csv:6: score 11 is above the scale 0–10 of "Impact"\n'
        'SCORES.csv:7: criterion "Impct" is not in the rules, which have "Impact"\n',
    )
    assert sorted(path.name for path in folder.iterdir()) == ["RULES.toml", "SCORES.csv"]


def test_a_method_that_is_not_there_is_refused_with_those_that_are(folder, capfd):
    Path("RULES.toml").write_text(f'method = "elo"\n{RULES}', "utf-8")
    assert rank() == 2
    assert capfd.readouterr() == ("", f'RULES.toml: rules: "method" cannot be "elo"; choose from {", ".join(METHODS)}\n')


def test_a_refusal_by_a_rule_has_its_own_code(folder, capfd):
    Path("RULES.toml").write_text(RULES + '[[criterion]]\nname = "Cost"\nshare = 1\nscale = [0, 5]\n', "utf-8")
    assert rank("--units", "scale", "--json", "OUT.json") == 3
    assert capfd.readouterr().err.startswith("Scale units need criteria that share one scale and one direction.")
    assert not Path("OUT.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", "ABSENT.csv", "--rules", "RULES.toml"),
        ("rank", "SCORES.csv", "--rules", "ABSENT.toml"),
        ("verify", "ABSENT.json"),
        ("rank", "SCORES.csv", "--rules", "RULES.toml", "--json", "absent/OUT.json"),
        ("verify", "."),
        ("verify", "\0"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(folder, capfd, arguments):
    assert run(*arguments) == 2
    assert " cannot be " in capfd.readouterr().err


def test_verify_finds_a_true_result_identical(folder, capfd):
    rank("--json", "OUT.json")
    assert run("verify", "OUT.json") == 0
    assert capfd.readouterr().out == "identical: OUT.json holds exactly what its own scores and rules give\n"


def test_verify_names_the_first_difference(folder, capfd):
    rank("--json", "OUT.json")
    Path("OUT.json").write_bytes(Path("OUT.json").read_bytes().replace(b'"rank":1', b'"rank":2'))
    assert run("verify", "OUT.json") == 3
    assert capfd.readouterr().out == (
        "OUT.json differs. First difference (in the file ≠ recomputed): entries[0].rank: 2 ≠ 1\n"
    )


@pytest.mark.parametrize("content", [b"", b"{}", b"%PDF-1.7 broken", SCORES.encode()])
def test_verify_refuses_what_it_cannot_read(folder, capfd, content):
    Path("FILE").write_bytes(content)
    assert run("verify", "FILE") == 2
    assert capfd.readouterr().err != ""


def pdf(path, *attached):
    """A PDF with the files attached."""
    with pikepdf.new() as made:
        made.add_blank_page()
        for name in attached:
            made.attachments[name] = pikepdf.AttachedFileSpec(made, Path(name).read_bytes(), filename=name)
        made.save(path)


def test_verify_reads_the_result_inside_a_pdf(folder, capfd):
    rank("--json", "result.json")
    pdf("WITH.pdf", "result.json")
    pdf("WITHOUT.pdf", "SCORES.csv")
    assert [run("verify", name) for name in ("WITH.pdf", "WITHOUT.pdf")] == [0, 2]
    assert capfd.readouterr().err == "This PDF carries no result that can be read; a jury report of Award does.\n"


def test_rank_makes_a_report_that_verifies_itself(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    lines = ["juror,entry,criterion,score", *(",".join(map(str, row)) for row in isu.ROWS)]
    Path("SCORES.csv").write_text("\n".join(lines), "utf-8")
    rules = ['method = "trimmed_mean"', 'order = "criterion"', "trim = 1"]
    for name in isu.COMPONENTS:
        rules += ["[[criterion]]", f'name = "{name}"', "share = 2", "scale = [0, 10]", "step = 0.25", "decimals = 2"]
    Path("RULES.toml").write_text("\n".join(rules), "utf-8")
    assert rank("--json", "OUT.json", "--report", "OUT.pdf") == 0
    assert {
        one["entry"]: one["score"] for one in json.loads(Path("OUT.json").read_bytes())["entries"]
    } == isu.OFFICIAL_TOTALS
    assert [run("verify", name) for name in ("OUT.json", "OUT.pdf")] == [0, 0]
    with pikepdf.open("OUT.pdf") as report:
        assert report.attachments["result.json"].get_file().read_bytes() == Path("OUT.json").read_bytes()
    assert capfd.readouterr().err == ""


SPECIAL = """[[criterion]]
name = "Youth"
share = 0
scale = [0, 10]
[[special]]
name = "Prize of the youth"
[[special.criterion]]
name = "Youth"
share = 1
"""


def everything(method):
    """Scores of four jurors for five entries with gaps, and rules with lines, special awards, categories, costs and an earlier stage."""
    rows = [f"J{j},E{e},{name},{(3 * e + 2 * j + len(name)) % 11},{'Well made' if j == e else ''}"
            for e in range(5) for j in range(4) if e != j for name in ("Impact", "Youth")]
    Path("SCORES.csv").write_text("\n".join(["juror,entry,criterion,score,comment", *rows]), "utf-8")
    facts = [f'[[entry]]\nentry = "E{e}"\ncategory = "{"AB"[e % 2]}"\ncost = {20 + e}\ncarried = "{e + 2}/9"' for e in range(5)]
    lines = f'method = "{method}"\ncut = 2\nmargin = 5\nbudget = 60\ncarried = 20\nthreshold = 2\n'
    Path("RULES.toml").write_text("\n".join([lines + RULES + SPECIAL, *facts]), "utf-8")


@pytest.mark.parametrize("method", METHODS)
def test_rank_takes_special_awards_and_facts_from_the_rules_and_the_result_verifies(folder, method):
    everything(method)
    if method == "trimmed_mean":
        Path("RULES.toml").write_text("trim = 0\n" + Path("RULES.toml").read_text("utf-8"), "utf-8")
    assert rank("--json", "OUT.json") == 0
    found = json.loads(Path("OUT.json").read_bytes())
    assert (found["rulebook"]["method"], list(found["categories"])) == (method, ["A", "B"])
    assert found["facts"][0] == {"entry": "E0", "category": "A", "cost": 20, "carried": "2/9"}
    assert [one["name"] for one in found["special_awards"]] == ["Prize of the youth"]
    assert (found["lines"]["cut"]["places"], found["lines"]["margin"]["margin"], found["lines"]["budget"]["budget"]) == (2, 5, 60)
    assert {type(one["rank_interval"]) for one in found["entries"]} == {list}
    assert run("verify", "OUT.json") == 0


def test_a_report_with_everything_in_it_verifies_itself_and_shows_when_it_was_changed(folder, capfd):
    everything("additive")
    assert rank("--json", "OUT.json", "--report", "OUT.pdf") == 0
    assert run("verify", "OUT.pdf") == 0
    found = json.loads(Path("OUT.json").read_bytes())
    found["special_awards"][0]["entries"][0]["rank"] = 2
    Path("result.json").write_bytes(canonical.canonical_json(found))
    pdf("CHANGED.pdf", "result.json")
    capfd.readouterr()
    assert run("verify", "CHANGED.pdf") == 3
    assert capfd.readouterr().out == (
        "CHANGED.pdf differs. First difference (in the file ≠ recomputed): special_awards[0].entries[0].rank: 2 ≠ 1\n")


@pytest.mark.parametrize(("rows", "words"), [
    ("J1,E1,Impact,7,\nJ2,E1,Impact,7,\nJ2,E2,Impact,7,\n", "Correcting for severity needs at least three jurors, and 2 jurors have ballots"),
    ("".join(f"J{j},E{j % 2},Impact,7,\nJ{j},F{j % 2},Impact,6,\n" for j in range(6)), "Correcting for severity needs a connected jury"),
])
def test_where_a_method_says_nothing_the_reason_is_said_and_nothing_written(folder, capfd, rows, words):
    Path("SCORES.csv").write_text("juror,entry,criterion,score,comment\n" + rows, "utf-8")
    Path("RULES.toml").write_text('method = "additive"\n' + RULES, "utf-8")
    assert rank("--json", "OUT.json", "--report", "OUT.pdf") == 3
    shown = capfd.readouterr()
    assert (shown.out, shown.err.startswith(words)) == ("", True)
    assert sorted(path.name for path in folder.iterdir()) == ["RULES.toml", "SCORES.csv"]


def test_an_unconnected_jury_is_ranked_within_its_groups_where_the_rules_say_so(folder):
    rows = "".join(f"J{j},{'EF'[j % 2]}{e},Impact,{(e + j) % 11},\n" for j in range(6) for e in range(3))
    Path("SCORES.csv").write_text("juror,entry,criterion,score,comment\n" + rows, "utf-8")
    Path("RULES.toml").write_text('method = "additive"\nunconnected = "within"\n' + RULES, "utf-8")
    assert rank("--json", "OUT.json") == 0
    found = json.loads(Path("OUT.json").read_bytes())
    assert [(one["group"], one["rank"]) for one in found["entries"]] == [(group, place) for group in (1, 2) for place in (1, 2, 3)]
    assert run("verify", "OUT.json") == 0


def test_faults_in_what_the_rules_say_of_entries_are_listed(folder, capfd):
    Path("RULES.toml").write_text(RULES + '[[entry]]\nentry = "E1"\ncost = -1\n[[entry]]\nentry = "E1"\n', "utf-8")
    assert rank() == 2
    assert capfd.readouterr() == ("", "RULES.toml: entry 1: the cost is below 0\nRULES.toml: entry 2: “E1” stands here twice\n")


def test_a_start_of_random_numbers_below_0_is_bad_input(folder, capfd):
    assert rank("--seed", "-1") == 2
    assert capfd.readouterr() == ("", "The start of the random numbers must be a whole number from 0 to 9007199254740991.\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", *cli.COMMANDS])
def test_help_speaks_the_language(capsys, language, name):
    with pytest.raises(SystemExit) as ended:
        cli.main([*([name] if name else []), "--lang", language, "--help"])
    summary = cli.COMMANDS[name].summary if name else text("Award rounds with rankings that anyone can recompute.")
    shown = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert translate(summary, language) in shown
    assert translate(text("show this text and stop"), language) in shown


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("rank",),
        ("paint",),
        ("rank", "A", "--rules", "B", "--seed", "x"),
        ("verify", "A", "--deep"),
        ("rank", "A", "--rules", "B", "--units", "inches"),
        ("verify", "A", "--lang"),
        ("verify", "A", "--lang", "it"),
    ],
)
def test_arguments_that_cannot_be_used_end_with_code_2(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (2, "")
    assert len(shown.err.splitlines()) >= 2


@pytest.mark.parametrize(
    ("set_to", "spoken"), [({"LANG": "nl_BE.UTF-8"}, "nl"), ({"LANG": "C"}, "en"), ({"LC_ALL": "de_BE"}, "de")]
)
def test_the_terminal_sets_the_language(folder, set_to, spoken):
    environment = {key: value for key, value in os.environ.items() if key not in ("LANG", "LC_ALL", "LC_MESSAGES")}
    done = subprocess.run(
        [sys.executable, "-m", "award", "verify", str(folder / "RULES.toml")],
        cwd=ROOT,
        capture_output=True,
        env=environment | set_to | {"PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
        check=False,
    )
    message = text("This file cannot be read as a result of Award.")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", translate(message, spoken) + "\n")


def test_a_command_of_another_module_is_one_decorated_function(monkeypatch, capsys):
    monkeypatch.setattr(cli, "COMMANDS", dict(cli.COMMANDS))
    monkeypatch.setattr(cli, "MODULES", ("award.domain.numbers",))

    @cli.command("count", summary=text("Recompute a result from the data inside it."))
    def count(options, say):
        print(options.lang)
        return 0

    assert (run("count"), capsys.readouterr().out) == (0, "en\n")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_a_bar_moves_while_work_takes_long_and_goes_when_it_is_done():
    shown = Terminal()
    with cli.working("Counting", stream=shown, patience=0):
        while shown.getvalue().count("\r") < 2:
            time.sleep(0.01)
    assert "Counting [=" in shown.getvalue()
    assert shown.getvalue().endswith("\r" + " " * 32 + "\r")


def test_no_bar_where_work_is_quick_or_nobody_looks():
    quick, file = Terminal(), io.StringIO()
    with cli.working("Counting", stream=quick):
        pass
    with cli.working("Counting", stream=file, patience=0):
        time.sleep(0.05)
    assert (quick.getvalue(), file.getvalue()) == ("", "")
