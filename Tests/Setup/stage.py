"""One server with pages on port 443, and the names that lead to it."""
import os
import pathlib
import shlex
import subprocess

import namespace
from names import Names
from testbed import ROOT, Testbed

BIN = ROOT / ".build" / os.environ.get("POSTHUS_BUILD", "release")
ADDRESS = "203.0.113.10"
HOST, DOMAIN = "mail.example.test", "example.test"
PORTS = {"smtp": 25, "submission": 587, "submissions": 465, "imap": 143, "imaps": 993, "pop3": 110, "pop3s": 995, "https": 443}
LABELS = ["autoconfig", "mta-sts", "ua-auto-config", "autodiscover"]


class Stage:
    def __init__(self, folder):
        self.folder = folder
        certificate, key, self.cafile = self.certificate()
        settings = [f'tls.certificate="{certificate}"', f'tls.key="{key}"', f'dns.resolver="{namespace.NAME_SERVER}:53"',
                    f'relay.authorities="{self.cafile}"', f'web.profile_certificate="{certificate}"', f'web.profile_key="{key}"']
        for service, port in PORTS.items():
            settings += [f'listen.{service}.addresses=["{ADDRESS}"]', f"listen.{service}.port={port}"]
        self.names = Names()
        self.names.serve(namespace.NAME_SERVER)
        self.bed = Testbed(str(folder), *(part for setting in settings for part in ("--set", setting)))
        self.names.address(HOST, ADDRESS)
        self.names.address(DOMAIN, ADDRESS)
        # One whose record fits into one string: the small name server knows no longer ones.
        self.tool("mailctl", "dkim", "create", DOMAIN, "--kind", "ed25519", "-q")
        self.tool("mailctl", "dkim", "rotate", DOMAIN, "--unchecked", "-q")
        self.publish()

    def certificate(self):
        """All names that programs ask for, in one."""
        names = ",".join(f"DNS:{name}" for name in [HOST, DOMAIN, *(f"{label}.{DOMAIN}" for label in LABELS)])
        script = f"""
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj /CN=authority -keyout ca.key -out ca.pem
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN={HOST} -keyout key.pem -out request
            printf 'subjectAltName=%s\\nextendedKeyUsage=serverAuth\\n' {names} > extensions
            openssl x509 -req -in request -CA ca.pem -CAkey ca.key -days 9 -extfile extensions -out cert.pem
            chmod 600 *.key key.pem"""
        subprocess.run(["bash", "-ec", script], cwd=self.folder, check=True, capture_output=True)
        return self.folder / "cert.pem", self.folder / "key.pem", self.folder / "ca.pem"

    def publish(self):
        """The zone is what `mailctl dns` prints."""
        for line in self.tool("mailctl", "dns", DOMAIN, "--format", "zone").splitlines():
            if line.startswith(";"):
                continue
            name, _, _, kind, *value = line.split(maxsplit=4)
            self.names.add(name.rstrip("."), kind, record(kind, value[0]))

    def tool(self, name, *arguments, status=0):
        done = subprocess.run([BIN / name, *arguments, "--config", self.bed.facts["config"]], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=60)
        assert done.returncode == status, f"{name} {arguments}: {done.returncode} {done.stderr}{done.stdout}"
        return done.stdout

    def curl(self, url, *arguments):
        """Status, type and octets."""
        done = subprocess.run(
            ["curl", "-sS", "--cacert", str(self.cafile), "-o", str(self.folder / "answer"), "-w", "%{http_code} %{content_type}",
             *arguments, url], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        status, _, kind = done.stdout.partition(" ")
        return int(status), kind, (self.folder / "answer").read_bytes()

    def words(self):
        return pathlib.Path(self.bed.log.name).read_text(errors="replace")[-2000:]

    def stop(self):
        self.bed.stop()


def record(kind, value):
    """As the name server wants it."""
    if kind == "TXT":
        return "".join(shlex.split(value))
    fields = value.split()
    if kind == "SRV":
        return (*(int(field) for field in fields[:3]), fields[3].rstrip("."))
    if kind == "MX":
        return int(fields[0]), fields[1].rstrip(".")
    if kind == "TLSA":
        return (*(int(field) for field in fields[:3]), bytes.fromhex(fields[3]))
    return value.rstrip(".")
