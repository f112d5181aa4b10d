"""Where to go on: only to paths of this site, whatever a link or a form says."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import request

from award.i18n import LANGUAGES

PATH = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-]+/?)*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?")
LONGEST = 500


def own_path(wanted):
    """`wanted` when it is a path of this site, such as "/entries/7/edit?part=2"; otherwise None."""
    if not wanted or len(wanted) > LONGEST or not PATH.fullmatch(wanted):
        return None
    parts = urlsplit(wanted)
    climbs = any(part in (".", "..") for part in parts.path.split("/"))
    return None if parts.scheme or parts.netloc or climbs or _hides(parts.path) else wanted


def _hides(path):
    """Encoded slashes, backslashes and control characters have no place in our paths."""
    return re.search(r"%(2f|5c|0|1|7f|%)", path, re.IGNORECASE) is not None


def asked_language():
    """The language that the address of a page names, so that a page can be linked to in each of its languages; None without one."""
    found = request.args.get("language") if request.method in ("GET", "HEAD") else None
    return found if found in LANGUAGES else None


def in_any_language(path):
    """A path of this site without the language that it names: for somebody who chooses another."""
    parts = urlsplit(path)
    rest = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "language"]
    return urlunsplit(parts._replace(query=urlencode(rest)))
