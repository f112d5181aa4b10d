"""The invented people: accounts under addresses that nobody can receive mail at."""
import re
import unicodedata

from award.i18n import pick
from award.services import accounts
from award.services.demonstration import texts
from award.services.demonstration.chance import one_of


def address(name, body):
    """The address of a person at an organisation: first.last@body.example."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{'.'.join(re.findall('[a-z]+', plain))}@{texts.body(body)['domain']}"


def account(name, body, *, language, now):
    """The person's account, confirmed; made at the first call."""
    user = accounts.find_or_invite(address(name, body), name=name, organisation=called(body, language),
                                   language=language, now=now)
    user.confirmed_at = user.confirmed_at or now
    return user


def known(key, *, now):
    """The account of one of the people named in people.toml: organiser, colleague, auditor, team."""
    person = texts.read("people")[key]
    return account(person["name"], person["body"], language=person["languages"][0], now=now)


def called(body, language):
    """What an organisation is called in a language."""
    return pick(texts.body(body), language)


def invented(language, *about):
    """A name for somebody who speaks the language."""
    names = texts.read("people")["names"][language]
    return f"{one_of(names['first'], *about, 'first')} {one_of(names['last'], *about, 'last')}"


def sponsor(language, *about):
    """Name and function of somebody in the management."""
    return f"{invented(language, *about, 'sponsor')}, {one_of(texts.read('people')['functions'][language], *about)}"
