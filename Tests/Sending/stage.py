"""The stage of one run: names, certificates, peers, next hops in Python, and our server, in a network of its own."""
import concurrent.futures
import itertools
import pathlib
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "Tests" / name) for name in ("Clients", "Probe")]
import namespace  # noqa: E402
from certificates import Certificates  # noqa: E402
from names_world import NamesWorld  # noqa: E402
from peer_exim import Exim  # noqa: E402
from peer_opensmtpd import OpenSMTPD  # noqa: E402
from peer_postfix import Postfix  # noqa: E402
from posthus import UNLIMITED, Posthus  # noqa: E402
from reference import Reference  # noqa: E402
import server  # noqa: E402
from sink import Sink  # noqa: E402
from web_server import PolicyServer  # noqa: E402

OURS, TRUSTED, OUTSIDE = "203.0.113.1", "203.0.119.7", "203.0.118.9"
PEERS = {peer.name: peer for peer in (Postfix, Exim, OpenSMTPD)}
UNREACHABLE = namespace.UNROUTED


class Stage:
    """`new_sink` and names before `start`; what cases need is made by their `prepare(stage)`,
    which adds to `settings` what the server shall be told."""

    def __init__(self, folder, wanted_peers=tuple(PEERS), is_reference=False):
        self.folder = pathlib.Path(folder)
        self.folder.chmod(0o711)
        namespace.prepare(folder)
        # glibc tells who asks that an answer was validated only if it is told to believe the resolver.
        (self.folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions trust-ad edns0 timeout:5 attempts:2\n")
        self.numbers = itertools.count(10)
        self.certificates = Certificates(folder)
        self.authorities = self.certificates.authorities
        self.trust_own_authority()
        self.names = NamesWorld(folder)
        self.sinks, self.policies, self.lock = {}, {}, threading.Lock()
        self.records = {}  # of the server's DKIM keys, once it has some
        self.peers = {name: PEERS[name](self) for name in wanted_peers}
        self.settings = [f'relay.authorities="{self.authorities}"', *UNLIMITED]
        self.names.host(server.Server.host, OURS)
        self.names.mail(server.DOMAIN, server.Server.host)
        self.names.text(server.DOMAIN, "v=spf1 mx -all")
        self.is_reference, self.servers = is_reference, {}
        self.new_server("server", OURS)

    def new_server(self, name, address=None, settings=None):
        """A server of that name on the stage, `stage.NAME`; started with all others. Without settings it has those of the cases."""
        address = address or self.new_address()
        if self.is_reference:
            pair = self.certificates.pair("good", server.Server.host)
            made = Reference(self.folder / name, address, TRUSTED, pair, self.authorities, name)
        else:
            settings = self.settings if settings is None else [*settings, self.settings[0]]
            made = Posthus(self.folder / name, address, TRUSTED, settings)
        self.servers[name] = made
        setattr(self, name, made)

    def trust_own_authority(self):
        """In this view of the files the system's authorities are ours alone."""
        folder = self.folder / "authorities"
        folder.mkdir()
        (folder / "ca-certificates.crt").write_text(pathlib.Path(self.authorities).read_text())
        subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
        subprocess.run(["mount", "--bind", str(folder), "/etc/ssl/certs"], check=True)

    def new_address(self):
        return namespace.number(namespace.PUBLIC, next(self.numbers))

    def new_address6(self):
        return namespace.number(namespace.PUBLIC6, next(self.numbers))

    def new_sink(self, domain, manners=None, host=None, has_mx=True, address=None):
        """A next hop for a domain at an address of its own."""
        host = host or f"mx.{domain}"
        address = address or self.new_address()
        self.names.host(host, address)
        if has_mx:
            self.names.mail(domain, host)
        self.sinks[host] = Sink(host, address, manners)
        return self.sinks[host]

    def new_policy(self, domain, mode, hosts, kind="good"):
        """MTA-STS: the record, and the web server behind it with a certificate of that kind."""
        name, address = f"mta-sts.{domain}", self.new_address()
        self.names.host(name, address)
        self.names.text(f"_mta-sts.{domain}", "v=STSv1; id=20261129;")
        self.policies[domain] = PolicyServer(address, self.certificates.pair(kind, name), mode, hosts)
        return self.policies[domain]

    def start(self):
        self.names.start()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(lambda each: each.start(), [*self.peers.values(), *self.servers.values()]))

    def stop(self):
        for each in self.servers.values():
            each.stop()
        for peer in self.peers.values():
            peer.stop()
        for sink in self.sinks.values():
            sink.stop()
        for policy in self.policies.values():
            policy.stop()
        self.names.stop()

    @property
    def errors(self):
        return [error for sink in self.sinks.values() for error in sink.errors]
