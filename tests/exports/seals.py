"""A key of an organiser, and an authority that tells the time, made for one test: nothing of either leaves the machine."""
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as plain
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

PASSWORD = "a password of the seal"


def certified(name, usage=None):
    """(private key, certificate) of an issuer that vouches for itself, valid around now."""
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
            .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True))
    if usage:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return key, made.sign(key, hashes.SHA256())


def organiser_key(folder, password=PASSWORD):
    """The path of a PKCS#12 file with a key and its certificate."""
    key, certificate = certified("Office for Innovation")
    path = folder / "seal.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, serialization.BestAvailableEncryption(password.encode())))
    return path


@contextmanager
def authority():
    """The address of a server that stamps the time, as RFC 3161 says."""
    key, certificate = certified("Time for tests", ExtendedKeyUsageOID.TIME_STAMPING)
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    teller = DummyTimeStamper(plain.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)), keys.PrivateKeyInfo.load(der))

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = teller.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
