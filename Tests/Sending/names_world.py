"""The names of a run: a signed root with everything in it (nsd), and a validating resolver that trusts its key (unbound).

`insecure.` is delegated without a signature, `bogus.` with signatures that do not fit. Records are added before `start`."""
import pathlib
import re
import shutil
import signal
import subprocess

from processes import Process, wait

TTL = 60
ALGORITHM = "ECDSAP256SHA256"
INSECURE, BOGUS = "insecure", "bogus"

NSD = """\
server:
  ip-address: {address}@{port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  database: ""
  server-count: 1
remote-control:
  control-enable: no
"""
NSD_ZONE = """\
zone:
  name: "{name}"
  zonefile: "{file}"
"""
UNBOUND = """\
server:
  interface: {address}@{port}
  username: ""
  chroot: ""
  directory: "{folder}"
  pidfile: "{folder}/unbound.pid"
  use-syslog: no
  num-threads: 1
  module-config: "validator iterator"
  trust-anchor-file: "{folder}/root.anchor"
  do-not-query-localhost: no
  do-ip6: no
  local-zone: "test." nodefault
  local-zone: "invalid." nodefault
  local-zone: "10.in-addr.arpa." nodefault
  local-zone: "113.0.203.in-addr.arpa." nodefault
  local-zone: "2.0.192.in-addr.arpa." nodefault
  local-zone: "8.b.d.0.1.0.0.2.ip6.arpa." nodefault
  access-control: 0.0.0.0/0 allow
  outbound-msg-retry: 2
  val-log-level: 2
  include: "{folder}/later.conf"
remote-control:
  control-enable: no
"""
STUB = """\
stub-zone:
  name: "{name}"
  stub-addr: {address}@{port}
"""


class NamesWorld:
    """`add` records, `start`, ask `address`:`port`, `stop`. A zone is what its first label from the right says: `insecure`,
    `bogus`, or the root."""

    def __init__(self, folder, address="127.0.0.1", port=53, authority_port=5300):
        self.folder = pathlib.Path(folder, "names")
        self.folder.mkdir(parents=True)
        self.address, self.port, self.authority_port = address, port, authority_port
        self.records = {"": [], INSECURE: [], BOGUS: []}
        self.processes = []

    @property
    def resolver(self):
        """As `dns.resolver` wants it."""
        return f"{self.address}:{self.port}"

    def add(self, name, kind, *values):
        zone = name.rstrip(".").rsplit(".", 1)[-1]
        zone = zone if zone in self.records else ""
        self.records[zone] += [f"{name.rstrip('.')}. {TTL} IN {kind} {value}" for value in values]

    def host(self, name, *addresses):
        for address in addresses:
            self.add(name, "AAAA" if ":" in address else "A", address)

    def mail(self, domain, *hosts):
        """MX records in the order of preference: "mx.example", or (10, "mx.example")."""
        for number, host in enumerate(hosts, 1):
            preference, host = host if isinstance(host, tuple) else (number * 10, host)
            self.add(domain, "MX", f"{preference} {host.rstrip('.')}.")

    def text(self, name, value):
        """TXT of any length, in strings of 255 bytes (RFC 1035 §3.3.14)."""
        parts = [value[at:at + 255] for at in range(0, len(value), 255)] or [""]
        self.add(name, "TXT", " ".join('"' + re.sub(r'(["\\])', r"\\\1", part) + '"' for part in parts))

    def pin(self, host, digest, port=25, usage=3, selector=1, matching=1):
        self.add(f"_{port}._tcp.{host}", "TLSA", f"{usage} {selector} {matching} {digest.hex()}")

    def start(self):
        bogus = self.signed(BOGUS, self.records[BOGUS])
        self.spoil(bogus)
        insecure = self.written(INSECURE, self.records[INSECURE])
        parent = [f"{zone}. {TTL} IN NS ns.{zone}." for zone in (INSECURE, BOGUS)]
        parent += [f"ns.{zone}. {TTL} IN A {self.address}" for zone in (INSECURE, BOGUS)]
        parent += self.anchors(BOGUS)
        root = self.signed("", self.records[""] + parent)
        (self.folder / "root.anchor").write_text("\n".join(self.anchors("")) + "\n")
        zones = {"": root, INSECURE: insecure, BOGUS: bogus}
        self.run_nsd(zones)
        self.run_unbound(zones)

    def publish(self, texts):
        """TXT records {name: text} that are known only when everything runs; unsigned."""
        with open(self.folder / "later.conf", "a", encoding="ascii") as more:
            for name, value in texts.items():
                parts = " ".join(f'"{value[at:at + 255]}"' for at in range(0, len(value), 255))
                more.write(f"  local-data: '{name}. {TTL} IN TXT {parts}'\n")
        self.processes[-1].process.send_signal(signal.SIGHUP)
        wait(lambda: self.knows(texts), "the resolver does not know what was published")

    def knows(self, texts):
        return all(subprocess.run(["dig", "+short", f"@{self.address}", "-p", str(self.port), "TXT", name], capture_output=True,
                                  timeout=10, check=False).stdout.strip() for name in texts)

    def stop(self):
        for process in reversed(self.processes):
            process.stop()

    def written(self, zone, records):
        name, file = f"{zone}.", self.folder / f"{zone or 'root'}.zone"
        server = f"ns.{zone}." if zone else "ns.root-servers.test."
        # The serial number never changes: a zone is read once.
        head = [f"{name} {TTL} IN SOA {server} hostmaster.example. 1 3600 600 86400 {TTL}", f"{name} {TTL} IN NS {server}",
                f"{server} {TTL} IN A {self.address}"]
        file.write_text("\n".join(dict.fromkeys(head + records)) + "\n")
        return file

    def signed(self, zone, records):
        file = self.written(zone, records)
        stem = self.tool("ldns-keygen", "-a", ALGORITHM, "-k", f"{zone}.").strip()
        shutil.move(self.folder / f"{stem}.ds", self.folder / f"{zone or 'root'}.ds")
        self.tool("ldns-signzone", "-f", f"{file}.signed", file, stem)
        return file.with_name(file.name + ".signed")

    def anchors(self, zone):
        return (self.folder / f"{zone or 'root'}.ds").read_text().split("\n")[:1]

    def spoil(self, file):
        """Each signature's last letters are others': it fits nothing."""
        lines = file.read_text().splitlines()
        file.write_text("\n".join(re.sub(r"(\S{16})\S{8}(\S{4}==?)?$", r"\1AAAAAAAA\2", line)
                                  if "\tRRSIG\t" in line else line for line in lines) + "\n")

    def tool(self, *command):
        done = subprocess.run([str(part) for part in command], cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def run_nsd(self, zones):
        text = NSD.format(address=self.address, port=self.authority_port, folder=self.folder)
        text += "".join(NSD_ZONE.format(name=f"{zone}.", file=file) for zone, file in zones.items())
        (self.folder / "nsd.conf").write_text(text)
        self.launch("nsd", self.authority_port, "/usr/sbin/nsd", "-d", "-c", self.folder / "nsd.conf")

    def run_unbound(self, zones):
        text = UNBOUND.format(address=self.address, port=self.port, folder=self.folder)
        text += "".join(STUB.format(name=f"{zone}.", address=self.address, port=self.authority_port) for zone in zones)
        (self.folder / "unbound.conf").write_text(text)
        (self.folder / "later.conf").touch()
        self.launch("unbound", self.port, "/usr/sbin/unbound", "-d", "-c", self.folder / "unbound.conf")
        wait(lambda: self.answers(), lambda: f"unbound does not answer: {self.processes[-1].words()}")

    def answers(self):
        """It has the root's keys and validates."""
        done = subprocess.run(["dig", "+short", "+time=2", "+tries=1", "-p", str(self.port), f"@{self.address}", ".", "SOA"],
                              capture_output=True, text=True)
        return "hostmaster" in done.stdout

    def launch(self, name, port, *command):
        process = Process(self.folder / f"{name}.log", *command)
        self.processes.append(process)
        process.wait_for_port(self.address, port)
