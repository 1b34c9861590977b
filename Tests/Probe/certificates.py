"""Certificates of every kind, made by openssl when they are first asked for, in a folder of the run.

root -> intermediate -> server is the good chain; `authorities` is what the probe trusts."""
import dataclasses
import datetime
import hashlib
import os
import pathlib
import subprocess
import threading

SETTINGS = """\
[ca]
default_ca = own
[own]
database = {folder}/index
new_certs_dir = {folder}/made
unique_subject = no
rand_serial = yes
default_md = sha256
policy = any
[any]
organizationName = optional
commonName = supplied
[server]
basicConstraints = CA:FALSE
keyUsage = digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${{ENV::NAMES}}
[stapled]
basicConstraints = CA:FALSE
keyUsage = digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${{ENV::NAMES}}
tlsfeature = status_request
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
KEYS = {"ec": ("EC", "ec_paramgen_curve:P-256"), "rsa": ("RSA", "rsa_keygen_bits:2048"),
        "rsa1024": ("RSA", "rsa_keygen_bits:1024")}
INTERCEPTOR = "Avast Web/Mail Shield Root"


@dataclasses.dataclass(frozen=True)
class Pair:
    """What a server is given: certificates in the order they are sent, and the first one's key."""
    chain: str
    key: str


@dataclasses.dataclass(frozen=True)
class Authority:
    name: str
    certificate: str
    key: str


class Certificates:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder, "certificates")
        (self.folder / "made").mkdir(parents=True)
        (self.folder / "index").touch()
        (self.folder / "settings").write_text(SETTINGS.format(folder=self.folder))
        self.lock, self.kept, self.number = threading.RLock(), {}, 0
        self.root = self.authority("Uni Root", None)
        self.intermediate = self.authority("Uni Intermediate", self.root)
        self.authorities = self.root.certificate

    def pair(self, kind, host):
        with self.lock:
            if (kind, host) not in self.kept:
                self.kept[kind, host] = KINDS[kind](self, host)
            return self.kept[kind, host]

    def authority(self, name, issuer, days=(-400, 3000)):
        """issuer None: its own."""
        with self.lock:
            if ("authority", name) not in self.kept:
                key = self.new_key("ec", name)
                made = self.sign(name, key, issuer, days=days, extensions="authority")
                self.kept["authority", name] = Authority(name, made, key)
            return self.kept["authority", name]

    def server(self, host, issuer=None, key="ec", days=(-30, 90), digest="sha256", names=None, extensions="server"):
        """One server's certificate alone: (its file, its key's)."""
        names = names or f"DNS:{host}"
        key = self.kept.setdefault(("key", key), self.new_key(key, f"servers-{key}"))
        made = self.sign(host, key, issuer or self.intermediate, days=days, digest=digest, names=names, extensions=extensions)
        return made, key

    def bundle(self, *parts):
        """Certificates one after the other in one file."""
        self.number += 1
        file = self.folder / f"bundle-{self.number}.pem"
        file.write_text("".join(pathlib.Path(part).read_text() for part in parts))
        return str(file)

    def new_key(self, kind, name):
        file = self.folder / (name.replace("/", "-") + ".key")
        if not file.exists():
            algorithm, option = KEYS[kind]
            self.openssl("genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", str(file))
        return str(file)

    def sign(self, subject, key, issuer, days, digest="sha256", names="DNS:unused.invalid", extensions="server"):
        self.number += 1
        stem = str(self.folder / f"certificate-{self.number}")
        subject = "/O=Uni/CN=" + subject.replace("/", "\\/")
        self.openssl("req", "-new", "-key", key, "-subj", subject, "-out", stem + ".csr")
        by = ["-selfsign", "-keyfile", key] if issuer is None else ["-cert", issuer.certificate, "-keyfile", issuer.key]
        self.openssl("ca", "-batch", "-notext", "-config", str(self.folder / "settings"), *by,
                     "-in", stem + ".csr", "-md", digest, "-startdate", moment(days[0]), "-enddate", moment(days[1]),
                     "-extensions", extensions, "-out", stem + ".pem", names=names)
        return stem + ".pem"

    def staple(self, pair, status, signer=None):
        """An OCSP answer about the pair's first certificate, signed by its issuer, or by a stranger of that name."""
        stem, issuer = pair.chain.removesuffix(".pem"), self.intermediate
        by = self.authority(signer, None) if signer else issuer
        with self.lock:
            if status == "revoked":
                self.openssl("ca", "-config", str(self.folder / "settings"), "-cert", issuer.certificate, "-keyfile", issuer.key,
                             "-revoke", pair.chain)
            self.openssl("ocsp", "-issuer", issuer.certificate, "-cert", pair.chain, "-no_nonce", "-reqout", stem + ".ask")
            self.openssl("ocsp", "-index", str(self.folder / "index"), "-CA", issuer.certificate, "-rsigner", by.certificate,
                         "-rkey", by.key, "-reqin", stem + ".ask", "-respout", stem + ".staple", "-ndays", "3")
        return stem + ".staple"

    def key_digest(self, pair):
        """SHA-256 of the public key, as TLSA 3 1 1 has it."""
        public = subprocess.run(["openssl", "pkey", "-in", pair.key, "-pubout", "-outform", "DER"], capture_output=True, check=True)
        return hashlib.sha256(public.stdout).digest()

    def openssl(self, *command, names="DNS:unused.invalid"):
        done = subprocess.run(["openssl", *command], capture_output=True, text=True, env={**os.environ, "NAMES": names})
        if done.returncode:
            raise RuntimeError(f"openssl {' '.join(command)}: {done.stderr}")


def moment(days):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return then.strftime("%Y%m%d%H%M%SZ")


def chained(**how):
    """A server's certificate made so, the intermediate behind it."""
    def make(certificates, host):
        made, key = certificates.server(host, **how)
        return Pair(certificates.bundle(made, certificates.intermediate.certificate), key)
    return make


def named(pattern):
    """For other names than the host's; {host} and {domain} are filled in."""
    def make(certificates, host):
        names = pattern.format(host=host, domain=host.split(".", 1)[1])
        made, key = certificates.server(names.split(",")[0].split(":", 1)[1], names=names)
        return Pair(certificates.bundle(made, certificates.intermediate.certificate), key)
    return make


def with_escapes(certificates, host):
    """A subject that speaks to the terminal."""
    made, key = certificates.server(f"\x1b[31m{host}\x1b]0;owned\x07", names=f"DNS:{host},DNS:\x1b[31mred.example")
    return Pair(certificates.bundle(made, certificates.intermediate.certificate), key)


def lonely(certificates, host):
    made, key = certificates.server(host)
    return Pair(made, key)


def self_signed(certificates, host):
    key = certificates.new_key("ec", "self")
    return Pair(certificates.sign(host, key, None, days=(-30, 300), names=f"DNS:{host}"), key)


def wrong_order(certificates, host):
    """Two intermediates, the nearer one last."""
    nearer = certificates.authority("Uni Department", certificates.intermediate)
    made, key = certificates.server(host, issuer=nearer)
    return Pair(certificates.bundle(made, certificates.intermediate.certificate, nearer.certificate), key)


def expired_intermediate(certificates, host):
    old = certificates.authority("Uni Old Intermediate", certificates.root, days=(-900, -10))
    made, key = certificates.server(host, issuer=old)
    return Pair(certificates.bundle(made, old.certificate), key)


def of_stranger(name):
    """By an authority that nobody trusts, which sends itself along."""
    def make(certificates, host):
        stranger = certificates.authority(name, None)
        made, key = certificates.server(host, issuer=stranger)
        return Pair(certificates.bundle(made, stranger.certificate), key)
    return make


KINDS = {
    "good": chained(),
    "another": chained(days=(-40, 100)),
    "rsa": chained(key="rsa"),
    "expired": chained(days=(-100, -2)),
    "not-yet-valid": chained(days=(3, 90)),
    "four-days": chained(days=(-80, 4.5)),
    "two-weeks": chained(days=(-80, 14.5)),
    # It demands an OCSP staple (RFC 7633), which only some fixtures have.
    "must-staple": chained(extensions="stapled"),
    "rsa1024": chained(key="rsa1024"),
    "sha1": chained(digest="sha1"),
    "wrong-name": named("DNS:www.other.example,DNS:other.example"),
    "escapes": with_escapes,
    "wildcard": named("DNS:*.{domain}"),
    "wildcard-partial": named("DNS:m*.{domain}"),
    "wildcard-too-short": named("DNS:*.example"),
    "default-host": named("DNS:default.hosting.example"),
    "intermediate-missing": lonely,
    "self-signed": self_signed,
    "wrong-order": wrong_order,
    "expired-intermediate": expired_intermediate,
    "unknown-authority": of_stranger("Uni Private Root"),
    "intercepted": of_stranger(INTERCEPTOR),
}
