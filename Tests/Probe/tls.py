"""The TLS of a fixture: the system's library where it can, by hand where it cannot."""
import ssl
import warnings

import hello
from wire import Gone

MODERN = "ECDHE+AESGCM:ECDHE+CHACHA20"
# With a key and a certificate.
HONEST = "!eNULL:!aNULL"
# What is allowed at this level is what the library has at all.
ANYTHING = "@SECLEVEL=0"
# The fixtures are there to speak what is deprecated.
warnings.filterwarnings("ignore", category=DeprecationWarning, module=__name__)


def context(pair, lowest=ssl.TLSVersion.TLSv1_2, highest=ssl.TLSVersion.MAXIMUM_SUPPORTED, ciphers=MODERN):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(f"{ciphers}:{ANYTHING}")
    made.minimum_version, made.maximum_version = lowest, highest
    made.load_cert_chain(pair.chain, pair.key)
    return made


class TLS:
    """As it should be. `by_name`: other certificates for who names a server, {name: pair}."""

    def __init__(self, pair, by_name=None, **how):
        self.context = context(pair, **how)
        self.others = {name: context(other, **how) for name, other in (by_name or {}).items()}
        if self.others:
            self.context.sni_callback = self.choose

    def choose(self, session, name, _):
        if name in self.others:
            session.context = self.others[name]

    def start(self, wire, keep_pending=False):
        wire.start_tls(self.context, keep_pending)


def without_tickets(pair):
    """Every connection pays for a whole handshake."""
    made = TLS(pair, lowest=ssl.TLSVersion.TLSv1_3)
    made.context.num_tickets = 0
    return made


class ByHand:
    """`answer(hello)` gives the bytes for a ClientHello, or None: then comes the library's TLS, if there is one."""

    def __init__(self, answer, then=None):
        self.answer, self.then = answer, then

    def start(self, wire, keep_pending=False):
        raw, asked = hello.read(wire)
        reply = self.answer(asked) if asked else b""
        if reply is None:
            return wire.start_tls(self.then.context, begun=raw)
        if reply:
            wire.send_raw(reply)
        wire.close()
        raise Gone


class Silent:
    """Takes the ClientHello and never answers."""

    def start(self, wire, keep_pending=False):
        while True:
            wire.receive_raw()


class Half:
    """Begins its ServerHello and says no more."""

    def start(self, wire, keep_pending=False):
        wire.receive_raw()
        wire.send_raw(hello.record(hello.HANDSHAKE, hello.message(2, bytes(86)))[:20])
        while True:
            wire.receive_raw()


class Cut:
    """Resets the connection when the ClientHello has come: what a filter does that knows TLS by its first bytes."""

    def start(self, wire, keep_pending=False):
        wire.receive_raw()
        wire.reset()
        raise Gone


def alert(description):
    return ByHand(lambda _: hello.alert(description))


def broken_suites(pair):
    """Modern TLS, and besides it suites that the library has forgotten, for who offers nothing better."""
    def answer(asked):
        chosen = next((suite for suite in asked.suites if suite in hello.BROKEN_SUITES), None)
        if chosen is None or hello.MODERN_SUITES & set(asked.suites):
            return None
        return hello.server_hello(chosen, pair.chain)
    return ByHand(answer, TLS(pair))
