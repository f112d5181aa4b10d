"""What somebody typed into a form that could not be kept: given back on the page that says so, never lost."""

from flask import g, request

from award.web.overtaken import parts

OURS = {"csrf_token", "key", "version", "read", "next", "act", "token"}
"""Names of what a page sends by itself."""
FEW = 3


def remember(form):
    """Note a form of this request, so that what was posted to it can be given back under its labels."""
    g.setdefault("forms", []).append(form)


def given_back():
    """[(label or None, text), …]: what was typed into the posted form, in the order of the page.

    Under a label where the form is known; otherwise each text of more than a few characters. Nothing of a form that asks for a
    password, nothing that another site sent.
    """
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if request.method != "POST" or foreign or any("password" in name for name in request.form):
        return []
    known = {field.name: (label, field) for form in g.get("forms", ()) for label, field in parts(form)}
    return [
        (known.get(name, (None,))[0], written)
        for name, written in request.form.items(multi=True)
        if name not in OURS and _is_text(known.get(name), written)
    ]


def _is_text(known, written):
    if known is None:
        return len(written.strip()) > FEW
    return bool(written.strip()) and not hasattr(known[1], "iter_choices")
