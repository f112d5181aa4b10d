"""What a file has once: title and language, dates, attachments, colour profile, typefaces, and that it holds to both standards."""

import io

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.html import get_html_metadata
from weasyprint.pdf.metadata import DocumentMetadata

from award.exports.figures import UNDATED
from award.exports.paper import typefaces

TWO_PAGES = "magazine"  # the keyword of a document that is read as an open book
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


def framed(first, faces, *, attachments, frozen_at, fetcher):
    """The pydyf.PDF of a document without pages: `first` is the fragment that says its title, `faces` what the pieces say of typefaces."""
    head = first.partition("<body")[0]
    metadata = DocumentMetadata(**get_html_metadata(HTML(string=head, base_url="", url_fetcher=fetcher)))
    document = Document([], metadata, fetcher, None, {}, None)
    document.fonts = typefaces.united(faces)
    found = []
    document.write_pdf(io.BytesIO(), pdf_variant="pdf/a-3a", attachments=attached(attachments, frozen_at or UNDATED),
                       finisher=lambda document, pdf: found.append(finished(document, pdf)))
    return found[0]


def attached(files, moment):
    """WeasyPrint's attachments of (name, description, bytes); all dates are `moment`."""
    return [Attachment(string=content, name=name, description=told, relationship="Data", created=moment, modified=moment)
            for name, told, content in files]


def finished(document, pdf):
    """The PDF with the identification of PDF/UA-1 and its schema in the one rdf:RDF of the metadata, and how it is opened."""
    stream = next(o for o in pdf.objects if getattr(o, "extra", {}).get("Type") == "/Metadata")
    stream.stream[0] = stream.stream[0].replace(b"</rdf:RDF>", PDFUA.encode() + b"</rdf:RDF>")
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    if TWO_PAGES in document.metadata.keywords:
        pdf.catalog["PageLayout"] = "/TwoPageRight"  # the cover stands alone, spreads begin on the left
    return pdf
