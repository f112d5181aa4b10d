"""Where a page may lead on: 40 tricks that browsers, proxies and parsers take for another site."""

import pytest

from award.web.ways import own_path

TRICKS = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "http://evil.example",
    "https://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "http:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@b.example",
    "evil.example",
    "evil.example/path",
    ".evil.example",
    "@evil.example",
    "",
    " ",
    " /account",
    "/account ",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/account\r\nSet-Cookie: a=b",
    "/\x00/evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/%2F%2Fevil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/a/../..//evil.example",
    "/a//evil.example",
    "/account#//evil.example",
    "/ä",
    "/a b",
    "/" + "a" * 600,
    "?next=//evil.example",
    "/\u2215evil.example",
    "/\u202eevil.example",
]


@pytest.mark.parametrize("trick", TRICKS, ids=repr)
def test_a_trick_leads_nowhere(trick):
    assert own_path(trick) is None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/account",
        "/entries/7/edit",
        "/entries/7/edit?part=2&next=/a",
        "/rounds/1/history?page=2",
        "/a%20b",
        "/links/Abc-_123",
        "/rounds/1/",
    ],
)
def test_a_path_of_this_site_is_kept(path):
    assert own_path(path) == path


def test_nothing_asked_for_leads_nowhere():
    assert own_path(None) is None
    assert len(TRICKS) >= 40
