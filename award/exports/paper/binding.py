"""From fragments of HTML to one file: PDF/A-3a and PDF/UA-1, no network, the same bytes each time.

Each fragment is laid out by itself with one shared stylesheet; `Document.copy` joins the pages, and links,
bookmarks and tags survive. Imports WeasyPrint, so only the child process imports this.
"""

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from award.exports.figures import UNDATED
from award.exports.paper.glyphs import FONTS

BASE = "https://assets.invalid/"  # a name that resolves nowhere; only the dictionary answers
ASSETS = {f"{BASE}fonts/{path.name}": path for path in FONTS.glob("*.ttf")}
STYLES = FONTS.parent / "print.css"
PDFUA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class NotBundled(FatalURLFetchingError):
    """A document asked for something that is not on the list: the render stops."""


class NamedAssets(URLFetcher):
    """Answers for the bundled fonts by name; refuses every other address, files and data: included."""

    def fetch(self, url, headers=None):
        if url not in ASSETS:
            raise NotBundled(f"Not a bundled asset: {url[:80]}")
        return URLFetcherResponse(url, ASSETS[url].read_bytes(), {"Content-Type": "font/ttf"})


def bind(fragments, *, attachments, frozen_at):
    """The PDF of the fragments. `attachments` holds (name, description, bytes); all dates are `frozen_at`."""
    fetcher, fonts = NamedAssets(), FontConfiguration()
    css = CSS(string=STYLES.read_text("utf-8"), base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    parts = [
        HTML(string=fragment, base_url=BASE, url_fetcher=fetcher).render(
            stylesheets=[css], font_config=fonts, pdf_tags=True
        )
        for fragment in fragments
    ]
    book = parts[0].copy([page for part in parts for page in part.pages])
    moment = frozen_at or UNDATED
    files = [
        Attachment(string=content, name=name, description=told, relationship="Data", created=moment, modified=moment)
        for name, told, content in attachments
    ]
    return book.write_pdf(pdf_variant="pdf/a-3a", attachments=files, finisher=finish)


def finish(document, pdf):
    """Finisher: header scopes, and the PDF/UA-1 identification with its schema in the one rdf:RDF of the metadata."""
    scope_headers(pdf)
    stream = next(o for o in pdf.objects if getattr(o, "extra", {}).get("Type") == "/Metadata")
    stream.stream[0] = stream.stream[0].replace(b"</rdf:RDF>", PDFUA.encode() + b"</rdf:RDF>")
    pdf.catalog["ViewerPreferences"] = "<< /DisplayDocTitle true >>"


def scope_headers(pdf):
    """Gives each header cell its /Scope, which WeasyPrint 70 leaves out: a column header stands in a THead."""

    def up(element):
        return pdf.objects[int(element["P"].split()[0])]

    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            row = up(element)
            column = row.get("S") == "/TR" and up(row).get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if column else "/Row"
