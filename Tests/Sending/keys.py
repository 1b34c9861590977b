"""Keys of domains that sign (RFC 6376, RFC 8463), made by openssl, and signatures by dkimpy: another implementation than ours."""
import base64
import subprocess

import dkim

FIELDS = [b"from", b"to", b"subject", b"date", b"message-id"]


class Key:
    """One selector of one domain; `record` is what its TXT says."""

    def __init__(self, folder, domain, selector, kind="rsa"):
        self.domain, self.selector, self.kind = domain, selector, kind
        self.file = folder / f"{selector}.{domain}.key"
        algorithm = ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"] if kind == "rsa" else ["ED25519"]
        openssl("genpkey", "-algorithm", *algorithm, "-out", self.file)
        public = openssl("pkey", "-in", self.file, "-pubout", "-outform", "DER")
        # Ed25519's 32 bytes stand at the end of their envelope (RFC 8463 §3.2).
        public = public if kind == "rsa" else public[-32:]
        self.record = f"v=DKIM1; k={kind}; p={base64.b64encode(public).decode()}"

    @property
    def name(self):
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def secret(self):
        if self.kind == "rsa":
            return self.file.read_bytes()
        return base64.b64encode(openssl("pkey", "-in", self.file, "-outform", "DER")[-32:])

    def sign(self, data):
        algorithm = b"rsa-sha256" if self.kind == "rsa" else b"ed25519-sha256"
        field = dkim.sign(data, self.selector.encode(), self.domain.encode(), self.secret, include_headers=FIELDS,
                          canonicalize=(b"relaxed", b"relaxed"), signature_algorithm=algorithm)
        return field.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + data

    def seal(self, data, results):
        """An ARC set (RFC 8617) on top; `results` is what the sealer has found."""
        fields = dkim.arc_sign(data, self.selector.encode(), self.domain.encode(), self.secret, results.encode(),
                               include_headers=FIELDS)
        text = b"".join(fields).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return text + data


def openssl(*command):
    return subprocess.run(["openssl", *map(str, command)], capture_output=True, check=True).stdout


def lookup(records):
    """For dkimpy: {name: text}."""
    return lambda name, timeout=5: records.get((name.decode() if isinstance(name, bytes) else name).rstrip("."), "").encode() or None
