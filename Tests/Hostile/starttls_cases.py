"""STARTTLS on every protocol that has it: nothing said in the clear survives it."""
import re

from harness import Wire

SPOKEN = {
    # service: (before, command, go-ahead, what is injected, its effect if it were obeyed)
    "smtp": (b"EHLO a\r\n", b"STARTTLS\r\n", rb"^220 2", b"NOOP\r\n", rb"250"),
    "submission": (b"EHLO a\r\n", b"STARTTLS\r\n", rb"^220 2", b"NOOP\r\n", rb"250"),
    "imap": (b"", b"a STARTTLS\r\n", rb"^a OK", b"b NOOP\r\n", rb"b OK"),
    "pop3": (b"", b"STLS\r\n", rb"^\+OK", b"CAPA\r\n", rb"\+OK|SASL"),
}


def injection(service, in_one_piece):
    before, command, ready, injected, effect = SPOKEN[service]

    def case(server):
        with Wire(server, service) as wire:
            wire.send(before + command + (injected if in_one_piece else b""))
            if not in_one_piece:
                wire.send(injected)
            answer = wire.until(ready)
            assert re.search(ready, answer.split(b"\n")[-1]), answer
            try:
                wire.start_tls()
                after = wire.rest()
            except OSError:
                after = b""
            assert not re.search(effect, after), after

    return case


def encrypted(server, service):
    before, command, ready, _, _ = SPOKEN[service]
    wire = Wire(server, service)
    wire.send(before + command)
    wire.until(ready)
    wire.start_tls()
    return wire


def twice(service):
    def case(server):
        with encrypted(server, service) as wire:
            wire.send(SPOKEN[service][1])
            answer = wire.line()
            assert re.match(server.words(rb"503|a (BAD|NO)|-ERR", None)[0], answer), answer

    return case


def argument(service):
    def case(server):
        with Wire(server, service) as wire:
            wire.send(SPOKEN[service][1].replace(b"\r\n", b" now\r\n"))
            answer = wire.line()
            assert re.match(rb"501|a BAD|-ERR", answer), answer

    return case


def garbage_instead_of_a_handshake(service):
    def case(server):
        before, command, ready, _, _ = SPOKEN[service]
        with Wire(server, service) as wire:
            wire.send(before + command)
            wire.until(ready)
            wire.send(b"\x16\x03\x01\xff\xff" + b"\x00" * 70_000)
            wire.rest()

    return case


def state_is_forgotten(server):
    with Wire(server, "smtp") as wire:
        wire.send(b"EHLO a\r\nMAIL FROM:<x@elsewhere.example>\r\nRCPT TO:<u00001@example.test>\r\nSTARTTLS\r\n")
        wire.until(rb"^220 2")
        wire.start_tls()
        wire.send(b"DATA\r\nRCPT TO:<u00001@example.test>\r\nMAIL FROM:<x@elsewhere.example>\r\nQUIT\r\n")
        answer = wire.rest()
        assert answer.count(b"503") == 3, answer


def pop3_user_is_forgotten(server):
    with Wire(server, "pop3") as wire:
        wire.send(b"USER u00001@example.test\r\n")
        assert wire.line().startswith(b"-ERR")
        wire.send(b"STLS\r\n")
        wire.line()
        wire.start_tls()
        wire.send(b"PASS secret\r\n")
        assert wire.line().startswith(b"-ERR")


CASES = [("starttls: state is forgotten", state_is_forgotten), ("starttls: pop3 user is forgotten", pop3_user_is_forgotten)]
for name in SPOKEN:
    CASES += [(f"starttls: {name}, injected", injection(name, True)), (f"starttls: {name}, twice", twice(name)),
              (f"starttls: {name}, with an argument", argument(name)),
              (f"starttls: {name}, garbage", garbage_instead_of_a_handshake(name))]
