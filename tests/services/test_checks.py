"""What makes an installation unsafe, each by itself; and data that contradict one another."""

from dataclasses import replace

import pytest

from award.db import session, transaction
from award.services import checks
from config import Settings
from tests import builders as b


@pytest.fixture
def safe(tmp_path):
    """Settings that nothing is wrong with."""
    tmp_path.chmod(0o700)
    return Settings(
        secret_key="kB3-x9_Qw7Zr2mVt5Yp8Ld1Nf4Hs6Jc0",
        database_url="sqlite:////tmp/x.db",
        data_dir=tmp_path,
        port=8000,
        proxies=1,
        base_url="https://award.example.org",
        smtp_url="smtps://mail.example.org",
        mail_from="award@example.org",
        trusted_hosts=("award.example.org",),
    )


def test_a_safe_configuration_passes(safe):
    assert checks.unsafe(safe.as_flask()) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"secret_key": ""}, "secret key"),
        ({"secret_key": "secret"}, "secret key"),
        ({"secret_key": "a" * 64}, "secret key"),
        ({"base_url": "http://award.example.org"}, "https"),
        ({"base_url": "https://localhost"}, "this machine alone"),
        ({"base_url": "https://127.0.0.1:8000"}, "this machine alone"),
        ({"demo": True}, "demonstration"),
        ({"testing": True}, "Debugging"),
        ({"trusted_hosts": ()}, "host name"),
        ({"trusted_hosts": ("*",)}, "host name"),
        ({"trusted_hosts": (".example.org",)}, "host name"),
        ({"smtp_url": None}, "mail server"),
        ({"mail_from": "award@localhost"}, "own name"),
        ({"proxies": 0}, "proxy"),
    ],
)
def test_an_unsafe_configuration_is_refused_with_what_to_do(safe, changed, said):
    found = [str(words) for words in checks.unsafe(replace(safe, **changed).as_flask())]
    assert any(said in words for words in found), found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", True),
        ("WTF_CSRF_ENABLED", False),
        ("SESSION_COOKIE_HTTPONLY", False),
        ("SESSION_COOKIE_SAMESITE", None),
    ],
)
def test_an_unsafe_switch_of_a_library_is_refused(safe, name, value):
    assert len(checks.unsafe({**safe.as_flask(), name: value})) == 1


def test_data_and_key_that_others_can_read_are_refused(safe):
    (safe.data_dir / "secret_key").write_text("x")
    (safe.data_dir / "secret_key").chmod(0o644)
    assert len(checks.unsafe(safe.as_flask())) == 1
    safe.data_dir.chmod(0o755)
    assert len(checks.unsafe(safe.as_flask())) == 2


def test_a_demonstration_under_a_public_address_is_always_refused(safe):
    assert checks.reckless(replace(safe, demo=True).as_flask()) == [checks.DEMO_ON]
    assert checks.reckless(replace(safe, demo=True, base_url="http://localhost:8000").as_flask()) == []


def test_sound_data_have_no_drift(context):
    with transaction():
        round_ = b.round_(state="judging")
        entry = b.entry(round_)
        stage = b.stage(round_)
        b.ballot(b.assignment(b.juror(stage), entry), {b.criterion(stage): 3})
        assert checks.of_database() == []


def test_data_that_contradict_one_another_are_counted(context):
    with transaction():
        round_, other = b.round_(state="judging"), b.round_(state="judging")
        stage, elsewhere = b.stage(round_, state="open"), b.stage(other)
        entry = b.entry(round_)
        entry.versions[0].entry = b.entry(other, submitted=False)
        assignment = b.assignment(b.juror(stage), entry)
        assignment.stage = elsewhere
        round_.sequence = 7
        session.flush()
        found = [str(words) for words in checks.drift()]
    assert found == [
        "1 × a submitted entry without a version",
        "1 × an assignment across two stages",
        "1 × an open stage without fixed rules",
        "1 × a round whose history misses a line",
    ]
