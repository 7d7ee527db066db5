"""TLS as in real life: a certificate for loopback, trusted beside all the roots of this system.

How many roots there are matters: slack_sdk's client reads them all again for every call.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme

from handlers.playground.double import Tls


@dataclass(frozen=True, slots=True)
class Trust:
    """`bundle` is a file for `SSL_CERT_FILE`, `roots` how many certificates stand in it."""

    tls: Tls
    bundle: Path
    roots: int


def issued(folder: Path, *, one_root: bool = False) -> Trust:
    """A new authority, and a certificate for 127.0.0.1 from it, in files of this folder.

    `one_root` trusts this authority alone, which no real system does.
    """
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    chain, key, bundle = folder / "double.pem", folder / "double.key", folder / "roots.pem"
    for part in certificate.cert_chain_pems:
        part.write_to_path(chain, append=True)
    certificate.private_key_pem.write_to_path(key)
    system = None if one_root else ssl.get_default_verify_paths().cafile
    roots = Path(system).read_bytes() if system else b""
    bundle.write_bytes(roots + b"\n" + authority.cert_pem.bytes())
    return Trust(Tls(str(chain), str(key)), bundle, bundle.read_text().count("BEGIN CERTIFICATE"))
