"""Sealing: a finished PDF gets the electronic seal of the organiser (PAdES), and the time from an authority where one is named.

The seal is added behind the file as it was made: data inside it, PDF/A-3a and PDF/UA-1 stay as they are. pyHanko is needed only for
this (requirements-seal.txt) and imported only here.
"""
import logging
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from award.errors import Refused
from award.i18n import text

FIELD = "Seal"
PATIENCE = 20
"""Seconds that the authority of the time may take to answer."""
ROOM = 30_000
"""Bytes kept free for the seal, its certificates and the time."""
MISSING = text("Sealing needs the package pyhanko, which is not installed: pip install -r requirements-seal.txt.")


@dataclass(frozen=True)
class Seal:
    """The key of the organiser (PKCS#12, with its certificate), its password, and the address of an authority that tells the time, or None."""

    key: Path
    password: str = ""
    timestamp_url: str | None = None


def of_settings(setting):
    """The Seal that the settings ask for; None when reports are not sealed. `setting(name)` gives a setting."""
    key = setting("SEAL_KEY")
    return Seal(Path(key), setting("SEAL_PASSWORD"), setting("SEAL_TIMESTAMP_URL")) if key else None


def fault(seal):
    """Why nothing can be sealed with this key, as a Text; None when it can. Asks no authority."""
    try:
        signer(seal)
    except Refused as refusal:
        return refusal.message
    return None


def seal(pdf, using):
    """The bytes of the PDF with the seal. Raises Refused, saying why, when the key or the authority does not serve."""
    signing = signer(using)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    place = fields.SigFieldSpec(FIELD, on_page=0, readable_field_name=signing.subject_name)
    details = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    try:
        signed = PdfSigner(details, signing, timestamper=clock(using), new_field_spec=place).sign_pdf(writer, bytes_reserved=ROOM)
    except Exception as cause:
        raise Refused(text("The seal could not be set: %(cause)s. Tell the administrator.", cause=said(cause))) from cause
    return signed.getvalue()


def signer(using):
    """What seals with the key. Raises Refused when pyHanko is missing or the file cannot be used with this password."""
    try:
        from pyhanko.sign import SimpleSigner
    except ImportError:
        raise Refused(MISSING) from None
    if not using.key.is_file():
        raise Refused(text("The file %(file)s of the seal is not there or cannot be read. Set AWARD_SEAL_KEY.", file=using.key))
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    found = SimpleSigner.load_pkcs12(using.key, passphrase=using.password.encode() or None)
    if found is None:
        raise Refused(text("The key in %(file)s cannot be opened. It must be a PKCS#12 file, and AWARD_SEAL_PASSWORD its password.", file=using.key))
    return found


def clock(using):
    """Who tells the time of a seal; None without an authority."""
    if not using.timestamp_url:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(using.timestamp_url, timeout=PATIENCE)


def said(cause):
    """What went wrong, in one short line."""
    return f"{type(cause).__name__}: {cause}".replace("\n", " ")[:200]
