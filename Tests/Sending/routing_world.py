"""Names and policies for RoutingWorldTests, apart from the runs here: nsd with a signed root, unbound validating, and HTTPS servers for MTA-STS on loopback.

Prints one line of JSON when all of it answers, and ends with its standard input."""
import json
import pathlib
import socket
import ssl
import sys
import tempfile
import threading

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Probe"))
from certificates import Certificates  # noqa: E402
from names_world import NamesWorld  # noqa: E402

POLICY = "version: STSv1\r\nmode: {mode}\r\nmx: {mx}\r\nmax_age: {age}\r\n"
PLAIN = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
PIN = bytes(range(32))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class PolicyHosts:
    """One HTTPS server for all domains: certificate and answer follow the name that is asked for (SNI)."""

    def __init__(self, certificates, port):
        self.certificates, self.port = certificates, port
        self.answers, self.contexts = {}, {}

    def add(self, names, domain, answer, kind="good"):
        host = f"mta-sts.{domain}"
        names.host(host, "127.0.0.1")
        names.text(f"_mta-sts.{domain}", "v=STSv1; id=1;")
        pair = self.certificates.pair(kind, host)
        self.contexts[host] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.contexts[host].load_cert_chain(pair.chain, pair.key)
        self.answers[host] = answer.encode()

    def start(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.sni_callback = self.choose
        listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def choose(self, connection, name, _):
        if name not in self.contexts:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = self.contexts[name]
        connection.name = name
        return None

    def accept(self, listener):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            with self.context.wrap_socket(client, server_side=True) as connection:
                connection.settimeout(5)
                if b"GET /.well-known/mta-sts.txt " in connection.recv(4096):
                    connection.sendall(self.answers[connection.name])
        except OSError:
            pass


def policy(mode, mx, age=86_400):
    return PLAIN + POLICY.format(mode=mode, mx=mx, age=age)


# Domains below sts.insecure: the MX host, the answer of the policy host, the kind of its certificate.
STS = {
    "enforce": ("mx.sts.insecure", policy("enforce", "*.sts.insecure")),
    "deep": ("deep.label.sts.example", policy("enforce", "*.sts.example")),
    "testing": ("mx2.example", policy("testing", "mx1.example")),
    "none": ("mx2.example", policy("none", "mx2.example")),
    "both": ("mx2.example", policy("enforce", "mx1.example")),
    "stranger": ("mx2.example", policy("enforce", "mx2.example"), "self-signed"),
    "redirect": ("mx2.example", "HTTP/1.1 302 Found\r\nLocation: https://mta-sts.enforce.sts.insecure/.well-known/mta-sts.txt\r\n\r\n"),
    "html": ("mx2.example", policy("enforce", "mx2.example").replace("text/plain", "text/html")),
    "large": ("mx2.example", policy("enforce", "mx2.example") + "x: y\r\n" * 20_000),
    "broken": ("mx2.example", PLAIN + "version: STSv1\r\nmode: enforce\r\n"),
}


def fill(names, hosts):
    for host, addresses in {"mx1.example": ["192.0.2.1", "2001:db8::1"], "mx2.example": ["192.0.2.2"], "mx.pinned.example": ["192.0.2.3"],
                            "mx.insecure": ["192.0.2.4"], "implicit.example": ["192.0.2.5"], "us.example": ["192.0.2.6"],
                            "elsewhere.example": ["192.0.2.77"], "mx.alias.example": ["192.0.2.8"], "old.pins.example": ["192.0.2.9"],
                            "deep.label.sts.example": ["192.0.2.10"], "mx.sts.example": ["192.0.2.11"]}.items():
        names.host(host, *addresses)
    names.mail("two.example", (20, "mx2.example"), (10, "mx1.example"))
    names.mail("xn--gteborg-90a.example", "mx2.example")
    names.add("null.example", "MX", "0 .")
    names.add("empty.example", "TXT", '"nothing"')
    names.mail("lost.example", "nowhere.example")
    names.mail("half.example", "nowhere.example", "mx2.example")
    names.mail("loop.example", "us.example", "mx2.example")
    names.mail("behind.example", "mx1.example", "us.example", "mx2.example")
    names.host("inside.example", "127.0.0.1")
    names.mail("liar.example", "inside.example")
    names.mail("address.example", (10, "mx1.example"), (20, "elsewhere.example"))
    names.add("www.two.example", "CNAME", "two.example.")
    names.mail("pinned.example", "mx.pinned.example")
    names.pin("mx.pinned.example", PIN)
    names.pin("implicit.example", PIN, usage=2, selector=0)
    names.mail("pins.example", "old.pins.example")
    names.pin("old.pins.example", PIN, usage=1)
    names.mail("plain.insecure", "mx.insecure")
    names.pin("mx.insecure", PIN)
    names.mail("half.insecure", "mx.pinned.example")
    names.mail("broken.bogus", "mx1.example")
    names.mail("unproven.example", "mx.liar.bogus", "mx2.example")
    names.mail("alias.example", "mx.other.example")
    names.add("mx.other.example", "CNAME", "mx.alias.example.")
    names.pin("mx.alias.example", PIN)
    names.host("mx.sts.insecure", "192.0.2.12")
    names.mail("sts.pinned.example", "mx.pinned.example", "mx2.example")
    hosts.add(names, "sts.pinned.example", policy("enforce", "mx1.example"))
    for name, (mx, answer, *kind) in STS.items():
        names.mail(f"{name}.sts.insecure", mx)
        hosts.add(names, f"{name}.sts.insecure", answer, *kind)


def main():
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        certificates = Certificates(folder)
        names = NamesWorld(folder, "127.0.0.1", free_port(), free_port())
        hosts = PolicyHosts(certificates, free_port())
        fill(names, hosts)
        try:
            names.start()
            hosts.start()
            print(json.dumps({"resolver": names.resolver, "policyPort": hosts.port, "authorities": certificates.authorities}), flush=True)
            sys.stdin.read()
        finally:
            names.stop()


main()
