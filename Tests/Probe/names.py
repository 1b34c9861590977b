"""A small name server (RFC 1035) over UDP and TCP: a zone that grows while it runs, and names that make trouble."""
import socket
import struct
import threading
import traceback

TYPES = {"A": 1, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "TLSA": 52}
NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME, REFUSED = 0, 2, 3, 5
TTL = 60
MOST_OVER_UDP = 512


# Behind the question: noise; a name that points to itself (RFC 1035 §4.1.4); a record that ends before its data does.
MALFORMED = {"GARBAGE": bytes(range(255, 0, -1)), "CIRCLE": b"\xc0\x0c" + b"\xc0\x40" * 100,
             "SHORT": b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\xff\xff\x7f"}


class Names:
    """{name: {type: [value, ...]}}; TROUBLE: SERVFAIL, REFUSED, SILENCE; LONG for an answer that only TCP carries; GARBAGE, CIRCLE
    and SHORT for messages that are none."""

    def __init__(self):
        self.zone, self.trouble, self.authentic, self.errors = {}, {}, set(), []

    def add(self, name, kind, value):
        self.zone.setdefault(name.lower(), {}).setdefault(kind, []).append(value)

    def add_trouble(self, name, how):
        self.trouble[name.lower()] = how

    def address(self, name, *addresses):
        for address in addresses:
            self.add(name, "AAAA" if ":" in address else "A", address)

    def service(self, service, domain, host, port, priority=0, weight=1):
        self.add(f"_{service}._tcp.{domain}", "SRV", (priority, weight, port, host))

    def find_trouble(self, name):
        """Of the name or of what stands above it."""
        labels = name.split(".")
        return next((self.trouble[above] for above in (".".join(labels[n:]) for n in range(len(labels)))
                     if above in self.trouble), None)

    def records(self, name, kind, depth=8):
        """(owner, type, value) with aliases followed, and whether the last name exists."""
        here = self.zone.get(name, {})
        if "CNAME" in here and kind != "CNAME" and depth:
            target = here["CNAME"][0]
            found, exists = self.records(target.lower(), kind, depth - 1)
            return [(name, "CNAME", target), *found], exists
        # A copy: rows that begin add names meanwhile.
        exists = name in self.zone or any(other.endswith("." + name) for other in tuple(self.zone))
        return [(name, kind, value) for value in here.get(kind, [])], exists

    def serve(self, address, port=53):
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.bind((address, port))
        streams = socket.create_server((address, port))
        threading.Thread(target=self.over_udp, args=(datagrams,), daemon=True).start()
        threading.Thread(target=self.over_tcp, args=(streams,), daemon=True).start()

    def over_udp(self, server):
        while True:
            query, client = server.recvfrom(4096)
            try:
                answer = self.answer(query, is_datagram=True)
            except Exception:
                answer = None
                self.errors.append(traceback.format_exc())
            if answer:
                server.sendto(answer, client)

    def over_tcp(self, server):
        while True:
            client, _ = server.accept()
            threading.Thread(target=self.one_stream, args=(client,), daemon=True).start()

    def one_stream(self, client):
        with client, client.makefile("rb") as file:
            while len(size := file.read(2)) == 2:
                answer = self.answer(file.read(*struct.unpack(">H", size)), is_datagram=False)
                if answer:
                    client.sendall(struct.pack(">H", len(answer)) + answer)

    def answer(self, query, is_datagram):
        """None: no answer at all."""
        identity, flags, questions = struct.unpack_from(">HHH", query)
        name, end = read_name(query, 12)
        kind, _ = struct.unpack_from(">HH", query, end)
        kind = next((text for text, number in TYPES.items() if number == kind), "")
        trouble = self.find_trouble(name)
        if trouble == "SILENCE" or questions != 1:
            return None
        if trouble in ("SERVFAIL", "REFUSED"):
            code = SERVER_FAILURE if trouble == "SERVFAIL" else REFUSED
            return header(identity, flags, code, 0, 0) + query[12:end + 4]
        if trouble in MALFORMED:
            return header(identity, flags, NO_ERROR, 9, 0) + query[12:end + 4] + MALFORMED[trouble]
        found, exists = self.records(name, kind)
        if trouble == "LONG":
            found += [(name, "TXT", "x" * 200)] * 5
        code = NO_ERROR if exists or found else NO_SUCH_NAME
        nothing = [] if found else [("example", "SOA", None)]
        body = query[12:end + 4] + b"".join(record(*each) for each in found + nothing)
        if is_datagram and len(body) + 12 > MOST_OVER_UDP:
            return header(identity, flags | 0x0200, code, 0, 0) + query[12:end + 4]
        flags |= 0x0020 if name in self.authentic else 0
        return header(identity, flags, code, len(found), len(nothing)) + body


def header(identity, flags, code, answers, authorities):
    """QR, RA and what the query had of RD; AD and TC as given."""
    flags = 0x8080 | (flags & 0x0320) | code
    return struct.pack(">HHHHHH", identity, flags, 1, answers, authorities, 0)


def read_name(message, at):
    labels = []
    while size := message[at]:
        labels.append(message[at + 1:at + 1 + size].decode("ascii", "replace").lower())
        at += 1 + size
    return ".".join(labels), at + 1


def encoded(name):
    labels = [label.encode("ascii") for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(owner, kind, value):
    data = DATA[kind](value)
    return encoded(owner) + struct.pack(">HHIH", TYPES[kind], 1, TTL, len(data)) + data


def text(value):
    raw = value.encode()
    return bytes([len(raw)]) + raw


DATA = {
    "A": lambda value: socket.inet_pton(socket.AF_INET, value),
    "AAAA": lambda value: socket.inet_pton(socket.AF_INET6, value),
    "CNAME": encoded,
    "TXT": text,
    "MX": lambda value: struct.pack(">H", value[0]) + encoded(value[1]),
    "SRV": lambda value: struct.pack(">HHH", *value[:3]) + encoded(value[3]),
    "TLSA": lambda value: bytes(value[:3]) + value[3],
    "SOA": lambda _: encoded("ns.example") + encoded("hostmaster.example") + struct.pack(">IIIII", 1, 60, 60, 60, 60),
}
