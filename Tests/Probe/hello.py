"""TLS by hand (RFC 5246, RFC 8446): what a ClientHello asks for, and answers that the system's library no longer gives."""
import dataclasses
import os
import pathlib
import ssl
import struct

HANDSHAKE, ALERT = 22, 21
CLIENT_HELLO = 1
HANDSHAKE_FAILURE, PROTOCOL_VERSION, INTERNAL_ERROR = 40, 70, 80
# RC4 with MD5 and SHA-1, single and triple DES, export ciphers (RFC 2246 §A.5, RFC 4492).
BROKEN_SUITES = {0x0003, 0x0004, 0x0005, 0x0006, 0x0008, 0x0009, 0x000A, 0x0016, 0xC007, 0xC008, 0xC011, 0xC012}
# TLS 1.3, and elliptic curves with AES-GCM or ChaCha20 before it.
MODERN_SUITES = {0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9}
TLS12 = 0x0303
SUPPORTED_VERSIONS, SERVER_NAME = 43, 0


@dataclasses.dataclass
class ClientHello:
    version: int
    suites: list[int]
    extensions: dict[int, bytes]

    @property
    def versions(self):
        """All that are offered; before TLS 1.3 there was only the highest one."""
        listed = self.extensions.get(SUPPORTED_VERSIONS, b"")[1:]
        return [struct.unpack_from(">H", listed, at)[0] for at in range(0, len(listed) - 1, 2)] or [self.version]

    @property
    def server_name(self):
        field = self.extensions.get(SERVER_NAME, b"")
        return field[5:].decode("ascii", "replace") if len(field) > 5 else None


def is_whole(data):
    return len(data) >= 5 and len(data) >= 5 + struct.unpack_from(">H", data, 3)[0]


def read(wire):
    """The first record of a client that speaks TLS, and what it says: (bytes, ClientHello or None)."""
    data = bytes(wire.pending)
    wire.pending.clear()
    while not is_whole(data):
        if data and data[0] != HANDSHAKE:
            return data, None
        data += wire.receive_raw()
    return data, parse(data)


def parse(data):
    if data[:1] != bytes([HANDSHAKE]) or data[5:6] != bytes([CLIENT_HELLO]):
        return None
    version, at = struct.unpack_from(">H", data, 9)[0], 11 + 32
    at += 1 + data[at]
    size = struct.unpack_from(">H", data, at)[0]
    suites = [struct.unpack_from(">H", data, place)[0] for place in range(at + 2, at + 2 + size, 2)]
    at += 2 + size
    at += 1 + data[at]
    return ClientHello(version, suites, dict(extensions(data[at + 2:])))


def extensions(data):
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from(">HH", data, at)
        yield kind, data[at + 4:at + 4 + size]
        at += 4 + size


def record(kind, body, version=TLS12):
    return struct.pack(">BHH", kind, version, len(body)) + body


def alert(description, version=TLS12):
    return record(ALERT, bytes([2, description]), version)


def message(kind, body):
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def server_hello(suite, chain, version=TLS12):
    """ServerHello, Certificate, ServerHelloDone (RFC 5246 §7.4): as far as a server goes before the client's keys."""
    hello = struct.pack(">H", version) + os.urandom(32) + b"\0" + struct.pack(">HB", suite, 0)
    certificates = b"".join(len(each).to_bytes(3, "big") + each for each in in_der(chain))
    certificates = len(certificates).to_bytes(3, "big") + certificates
    return record(HANDSHAKE, message(2, hello) + message(11, certificates) + message(14, b""), version)


def in_der(chain):
    marker = "-----END CERTIFICATE-----\n"
    parts = pathlib.Path(chain).read_text().split(marker)
    return [ssl.PEM_cert_to_DER_cert(part + marker) for part in parts if part.strip()]
