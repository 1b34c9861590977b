#!/usr/bin/python3
"""DKIM and ARC beside other implementations: dkim_check.py PROBE

dkimpy and Perl's Mail::DKIM check what dkim-probe signs and seals, dkim-probe what they sign and seal; and all see what was changed on the
way. Prints 'N checked', ends with 1 when they disagree. Needs Debian's python3-dkim, python3-nacl, python3-authres, libmail-dkim-perl.
(OpenDKIM's own tool signs with SHA-1 alone.)"""
import base64
import itertools
import pathlib
import random
import subprocess
import sys
import tempfile

import dkim

DOMAIN, RSA, ED25519 = "signer.example", "r2026", "e2026"
FORMS = [(head, body) for head in (b"simple", b"relaxed") for body in (b"simple", b"relaxed")]
HEADER = (b"Received: from a by b;\r\n\tFri, 11 Jul 2003 21:01:54 -0700\r\nFrom: Joe <joe@signer.example>\r\nTo: suzie@example.net,\r\n"
          b"  x@example.net\r\nsubject:  two  spaces \t\r\nDate: Fri, 11 Jul 2003 21:00:37 -0700\r\nMessage-ID: <1@signer.example>\r\n"
          b"Content-Type: text/plain; charset=utf-8\r\nX-Empty:\r\nX-8bit: \xc3\xa4\r\n\r\n")
BODIES = [b"", b"\r\n", b"\r\n\r\n\r\n", b"x", b"x\r\n", b" \r\n\t\r\n", b"a  b\t c \r\n\r\n\r\n", b"\r\n\r\nx\r\n \r\n", b"no end",
          b"x" * 70_000 + b"\r\n", b"\r\n" * 30_000 + b"x", b"\xff\xfe\x00 8 bit\r\n"]


class Workshop:
    def __init__(self, probe, folder):
        self.probe, self.folder, self.checked, self.failed = probe, folder, 0, []
        for name, kind in ((RSA, "rsa"), (ED25519, "ed25519")):
            self.path(name).write_bytes(self.run("key", kind))
        self.records = {f"{name}._domainkey.{DOMAIN}": self.run("record", self.path(name)).strip() for name in (RSA, ED25519)}
        self.zone = folder / "zone"
        self.zone.write_bytes(b"".join(name.encode() + b"\t" + text + b"\n" for name, text in self.records.items()))

    def path(self, selector):
        return self.folder / selector

    def run(self, *arguments, input=b""):
        return subprocess.run([self.probe, *arguments], input=input, stdout=subprocess.PIPE, check=True, timeout=60).stdout

    def answer(self, name, timeout=5):
        return self.records.get(name.decode().rstrip("."), b"")

    def other_key(self, selector):
        """As dkimpy wants them: PKCS #1, or the bare seed of Ed25519."""
        if selector == RSA:
            return subprocess.run(["openssl", "rsa", "-traditional", "-in", self.path(RSA)], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=True).stdout
        der = subprocess.run(["openssl", "pkey", "-outform", "DER", "-in", self.path(ED25519)], stdout=subprocess.PIPE, check=True)
        return base64.b64encode(der.stdout[-32:])

    def expect(self, what, found, wanted):
        self.checked += 1
        if found != wanted:
            self.failed.append(f"{what}: {found} instead of {wanted}")

    def results(self, message, kind):
        lines = self.run("verify", self.zone, input=message).decode().splitlines()
        return [line.split()[1] for line in lines if line.startswith(kind)]


def bodies():
    """A last line that ends in white space has its line end: in SMTP it always has, and without it readings differ."""
    rng = random.Random(6376)
    yield from BODIES
    for _ in range(40):
        body = b"".join(rng.choice([b" ", b"\t", b"\r\n", b"word", b"=", b".", b"\xc3\xb6"]) for _ in range(rng.randrange(60)))
        yield body + b"\r\n" if body.endswith((b" ", b"\t")) else body


def ours_by_dkimpy(shop):
    for number, body in enumerate(bodies()):
        message = HEADER + body
        fields = shop.run("sign", DOMAIN, RSA, shop.path(RSA), ED25519, shop.path(ED25519), input=message)
        found = [verifies(fields + message, place, shop) for place in (0, 1)]
        shop.expect(f"ours, body {number} {body[:60]}", found, [True, True])
        changed = fields + message.replace(b"two", b"too")
        shop.expect(f"ours, changed {number}", any(verifies(changed, place, shop) for place in (0, 1)), False)


def verifies(message, place, shop):
    try:
        return dkim.DKIM(message).verify(idx=place, dnsfunc=shop.answer)
    except dkim.DKIMException:
        return False


def dkimpys_by_us(shop):
    keys = {RSA: shop.other_key(RSA), ED25519: shop.other_key(ED25519)}
    for number, body in enumerate(bodies()):
        message = HEADER + body
        for selector, algorithm in ((RSA, b"rsa-sha256"), (ED25519, b"ed25519-sha256")):
            for form in FORMS:
                field = dkim.sign(message, selector.encode(), DOMAIN.encode(), keys[selector], canonicalize=form,
                                  signature_algorithm=algorithm, length=number % 2 == 1, include_headers=[
                                      b"from", b"to", b"subject", b"date", b"x-8bit", b"x-empty", b"from", b"none"])
                what = f"dkimpy's {algorithm} {form}, body {number}"
                shop.expect(what, shop.results(field + message, "dkim"), ["pass"])
                shop.expect(what + ", changed", shop.results(field + message.replace(b"joe@", b"eve@"), "dkim"), ["fail"])


def perl(shop, *arguments):
    other = pathlib.Path(__file__).with_name("dkim_other.pl")
    done = subprocess.run(["perl", other, shop.zone, *arguments], stdout=subprocess.PIPE, timeout=300, check=True)
    return done.stdout.decode().splitlines()


def files(shop, messages):
    paths = []
    for number, message in enumerate(messages):
        paths.append(shop.folder / f"message-{number}")
        paths[-1].write_bytes(message)
    return paths


def ours_by_perl(shop):
    """Mail::DKIM of Debian 12 knows no Ed25519."""
    signed = [shop.run("sign", DOMAIN, RSA, shop.path(RSA), input=HEADER + body) + HEADER + body for body in bodies()]
    changed = [message.replace(b"two", b"too") for message in signed]
    for message, wanted in ((signed, "rsa-sha256=pass arc=none"), (changed, "rsa-sha256=fail arc=none")):
        for number, found in enumerate(perl(shop, "verify", *files(shop, message))):
            shop.expect(f"ours by Perl, body {number}", found, wanted)


def perls_by_us(shop):
    key = shop.folder / "pkcs1"
    key.write_bytes(shop.other_key(RSA))
    # It takes whole lines alone.
    messages = [HEADER + body + (b"" if body.endswith(b"\r\n") else b"\r\n") for body in bodies()]
    paths = files(shop, messages)
    for head, tail in FORMS:
        perl(shop, "sign", DOMAIN, RSA, key, f"{head.decode()}/{tail.decode()}", *paths)
        for path, message in zip(paths, messages):
            field = path.with_name(path.name + ".signature").read_bytes()
            shop.expect(f"Perl's {head} {tail}, {path.name}", shop.results(field + message, "dkim"), ["pass"])


def results_field(server, arc):
    return f"Authentication-Results: {server};\r\n dkim=pass header.d={DOMAIN};\r\n arc={arc}\r\n".encode()


def server(message):
    """Another one at each hop."""
    return f"mx{message.count(b'ARC-Seal:')}.example"


def sealed_by_us(shop, message, arc):
    name = server(message)
    field = results_field(name, arc)
    return shop.run("seal", DOMAIN, RSA, shop.path(RSA), name, input=field + message) + field + message


def sealed_by_dkimpy(shop, message, arc):
    name = server(message)
    field = results_field(name, arc)
    lines = dkim.arc_sign(field + message, RSA.encode(), DOMAIN.encode(), shop.other_key(RSA), name.encode())
    return b"".join(lines) + field + message


def sealed_by_perl(shop, message, arc):
    name = server(message)
    message = results_field(name, arc) + message
    path, = files(shop, [message])
    perl(shop, "seal", DOMAIN, RSA, shop.folder / "pkcs1", name, path)
    return path.with_name(path.name + ".seal").read_bytes() + message


def chains(shop):
    """Each way to build a chain of three, by them and by us; none of them knows Ed25519 in ARC."""
    sealers = [sealed_by_us, sealed_by_dkimpy, sealed_by_perl]
    for body in BODIES[3:8:2]:
        for turns in itertools.product(range(3), repeat=3):
            message, arc = HEADER + body, "none"
            for hop, sealer in enumerate(turns):
                message = sealers[sealer](shop, message, arc)
                arc = "pass"
                what = f"chain {turns} of {hop + 1}"
                shop.expect(what + ", Perl", perl(shop, "verify", *files(shop, [message])), ["arc=pass"])
                shop.expect(what + ", dkimpy", dkim.arc_verify(message, dnsfunc=shop.answer)[0], dkim.CV_Pass)
                shop.expect(what + ", ours", shop.results(message, "arc"), ["pass"])
            changed = message.replace(b"joe@", b"eve@")
            shop.expect(f"chain {turns}, changed, dkimpy", dkim.arc_verify(changed, dnsfunc=shop.answer)[0], dkim.CV_Fail)
            shop.expect(f"chain {turns}, changed, ours", shop.results(changed, "arc"), ["fail"])


def main():
    with tempfile.TemporaryDirectory(prefix="posthus-dkim-") as folder:
        shop = Workshop(sys.argv[1], pathlib.Path(folder))
        for check in (ours_by_dkimpy, dkimpys_by_us, ours_by_perl, perls_by_us, chains):
            before = shop.checked
            check(shop)
            print(f"{check.__name__}: {shop.checked - before}")
        print(*shop.failed[:20], sep="\n", end="\n" if shop.failed else "")
        print(f"{shop.checked} checked, {len(shop.failed)} differ")
        return 1 if shop.failed or shop.checked < 500 else 0


if __name__ == "__main__":
    sys.exit(main())
