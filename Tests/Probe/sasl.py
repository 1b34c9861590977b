"""PLAIN and LOGIN (RFC 4616, draft-murchison-sasl-login) from the server's side."""
import base64
import binascii


class Refused(Exception):
    """Cancelled, malformed, or of a mechanism that is not there."""


def credentials(mechanism, initial, ask):
    """(user, password); `ask(challenge)` sends a challenge in base64 and returns the line that answers it."""
    if mechanism == "PLAIN":
        response = decoded(initial if initial not in (None, "=") else ask(""))
        parts = response.split(b"\0")
        if len(parts) != 3:
            raise Refused
        return parts[1].decode(errors="replace"), parts[2].decode(errors="replace")
    if mechanism == "LOGIN":
        user = decoded(initial if initial is not None else ask(encoded("Username:")))
        return user.decode(errors="replace"), decoded(ask(encoded("Password:"))).decode(errors="replace")
    raise Refused


def encoded(text):
    return base64.b64encode(text.encode()).decode("ascii")


def decoded(line):
    if line == "*":
        raise Refused
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused from error
