"""Where to go on: only to paths of this site, whatever a link or a form says."""

import re
from urllib.parse import urlsplit

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
