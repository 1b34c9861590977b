#!/usr/bin/env python3
"""Print how Python's email package reads its own test messages, one JSON object per line.

The first line names the directory with the messages: Debian's libpython3.x-testsuite, or the running Python's own.
"""
import base64
import email.parser
import email.policy
import glob
import json
import os


def directory():
    found = sorted(glob.glob("/usr/lib/python3*/test/test_email/data"))
    if found:
        return found[-1]
    import test.test_email
    return os.path.join(os.path.dirname(test.test_email.__file__), "data")


def kind(part):
    """What we call the part: a multipart that has no parts counts as text."""
    if part.get_content_maintype() == "multipart" and not part.is_multipart():
        return "text/plain"
    return part.get_content_type()


def parts(message):
    """Pre-order: depth, type, body of a leaf in base64 (null where Python takes it apart and we do not)."""
    waiting = [(0, message)]
    while waiting:
        depth, part = waiting.pop()
        body = None
        is_container = kind(part).startswith("multipart/") or kind(part) in ("message/rfc822", "message/global")
        if part.is_multipart() and is_container:
            waiting.extend((depth + 1, child) for child in reversed(part.get_payload()))
        elif not part.is_multipart():
            body = base64.b64encode(part.get_payload().encode("ascii", "surrogateescape")).decode()
        yield [depth, kind(part), body]


def main():
    where = directory()
    print(json.dumps({"directory": where}))
    for path in sorted(glob.glob(os.path.join(where, "msg_*.txt"))):
        with open(path, "rb") as file:
            message = email.parser.BytesParser(policy=email.policy.compat32).parse(file)
        rows = [{"depth": depth, "type": kind, "body": body} for depth, kind, body in parts(message)]
        headers = [[name, " ".join(str(value).split())] for name, value in message.items()]
        print(json.dumps({"file": os.path.basename(path), "parts": rows, "headers": headers}))


main()
