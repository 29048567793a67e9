"""The pages are served to other machines, the proxy too, over TLS alone."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.ports import held_port

from casewright.foundation import clock

PATIENCE = 180  # seconds, on a busy machine


def serving(*said: str, **changed: str) -> subprocess.Popen[str]:
    """``casewright web`` as a unit starts it, outside any demonstration."""
    unit = {
        "CASEWRIGHT_DEMO": "0",
        "CASEWRIGHT_SCANNER": "none",
        "CASEWRIGHT_MAIL": "none",
        "CASEWRIGHT_HOSTS": "localhost,127.0.0.1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "casewright", "web", "--workers", "1", *said],
        env=os.environ | unit | changed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of this machine and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = clock.real()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "web.crt", tmp_path / "web.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["--host", "0.0.0.0"], "nothing would be encrypted"),
        (["--host", "0.0.0.0", "--certificate", "/nowhere.crt"], "Name both --certificate and --key"),
        (["--certificate", "/nowhere.crt", "--key", "/nowhere.key"], "Name both --certificate and --key"),
    ],
)
def test_listening_to_other_machines_without_a_certificate_is_refused(said: list[str], told: str) -> None:
    with serving(*said) as refused:
        answer = refused.communicate(timeout=PATIENCE)[0]
    assert refused.returncode == 2
    assert told in answer
    assert "Traceback" not in answer


def test_with_a_certificate_other_machines_are_answered_over_tls(certificate: tuple[Path, Path]) -> None:
    paths = ["--certificate", str(certificate[0]), "--key", str(certificate[1])]
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    with held_port() as port, serving("--host", "0.0.0.0", "--port", str(port), *paths) as running:
        try:
            assert ask(f"https://localhost:{port}/-/live", trusting, running) == 200
        finally:
            running.terminate()


def ask(address: str, trusting: ssl.SSLContext, running: subprocess.Popen[str]) -> int:
    """The status of an answer, once the server listens."""
    until = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE, context=trusting) as answer:
                return int(answer.status)
        except ConnectionError:
            continue
        except urllib.error.URLError as problem:
            if not isinstance(problem.reason, ConnectionError):
                raise
    raise AssertionError("it never listened")
