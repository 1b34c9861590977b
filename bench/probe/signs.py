"""What counts as naming a fault: the words of each tool that tell this fault from the others.

SIGNS[case] holds for every tool, SIGNS[case, tool] for that one instead. Quoting the server's own words counts. What a tool says
of several faults alike names none of them:
- "certificate verify failed" (swaks: all faults of certificates), "wrong version number" (OpenSSL: not TLS, whatever it is),
  "legacy sigalg disallowed" (OpenSSL: of TLS 1.0), "Cannot make SSL connection" (the plugins), "handshake failure";
- "Socket timeout" (the plugins), "Connection to the server timed out" (sslyze): dropped, silent, SSL where STARTTLS is expected;
- "unable to get local issuer certificate" (OpenSSL, curl) and "candidates exhausted" (sslyze) are what they say of an authority that
  is unknown as well as of a missing intermediate: they name the former;
- "START TLS was rejected" (sslyze: refused, and not offered): it names the former; "STARTTLS handshake failed" (testssl.sh: both,
  and SSL where STARTTLS is expected): neither;
- "doesn't seem to be a TLS/SSL enabled server" (testssl.sh: plain text, reset, no STARTTLS): it names the first;
- "Timeout waiting for server response" after "Connected" (swaks: silent, SSL where STARTTLS is expected, another protocol): likewise;
- "Couldn't connect to server" (curl: closed, and no route), "Network is unreachable" (nothing about IPv6 in it);
- "errno=104", "errno=111" without words;
- dates and names of a certificate without a judgement on them.
Words that are in what the tool says of the healthy server do not count either, see Comparison.judge."""
import re

SIGNS = {
    "expired": r"has expired|expired on|ran out on|\bexpired\b|not valid at validation time",
    "expiring": r"expires? in 4 day|days left: 4|expires < \d+ days",
    "name": r"hostname mismatch|no alternative certificate subject name|certificate is for .*, not for|no matching subjectAltName"
            r"|does not match supplied URI|Leaf certificate subject does not match",
    "self-signed": r"self[- ]signed certificate(?! in)|NOT ok \(self signed\)|signed by itself",
    "untrusted": r"unable to get local issuer|self[- ]signed certificate in certificate chain|self signed CA in chain|does not trust"
                 r"|Supplied CA file CA Store \(N/A\): FAILED - Certificate is NOT Trusted: validation failed: candidates exhausted",
    "intermediate": r"does not send the certificate of|chain incomplete|unable to verify the first certificate",
    "old": r"TLSv1\.\d, which is too old|offered \(deprecated\)|unsupported protocol|protocol version",
    ("old", "sslyze"): r"TLS 1\.1 Cipher Suites:\s+Attempted[^.]*\.\s+The server accepted(?s:.*)"
                     r"TLS 1\.2 Cipher Suites:\s+Attempted[^;]*; the server rejected",
    "plain-on-ssl": r"begins without encryption|doesn't seem to be a TLS|not TLS enabled",
    "ssl-on-starttls": r"speaks SSL/TLS at once",
    "starttls-missing": r"offers no encryption|STARTTLS not available|did not advertise STARTTLS|TLS not supported by server"
                        r"|Didn't find STARTTLS|does not support STARTTLS|no STARTTLS found|doesn't support STARTTLS",
    "starttls-refused": r"then refuses it|START TLS was rejected|STARTTLS denied|TLS is not available",
    "injection": r"came before the encryption was answered inside it|STARTTLS injection.*VULNERABLE",
    "auth-before-tls": r"takes passwords without encryption",
    "slow-4": r"needs [\d.]+ s until it greets|WARNING - 4\.\d+ sec",
    "slow-20": r"needs [\d.]+ s until it greets|(?:WARNING|CRITICAL) - 20\.\d+ sec",
    "closed": r"No program answers|Connection refused|Server rejected the connection",
    "dropped": r"Nothing came back from port|connect: timeout",
    # swaks has connected, and says that it waits for the server.
    "silent": r"took the connection .*, but said nothing|Timeout \(\d+ secs\) waiting for server response",
    "reset": r"was cut during|reset by peer",
    "wrong-protocol": r"speaks POP3, not IMAP|Unexpected response from host/socket: \+OK",
    "no-auth": r"takes no logins|did not advertise authentication",
    "greylist": r"puts mail from strangers off|450 4\.7\.1 Greylisted",
    "password": r"does not accept this name with this password|Login denied|535 5\.7\.8 Wrong name or password",
    "ipv6-only": r"has only IPv6 addresses",
    "ipv6-no-route": r"has only IPv6 addresses",
    "prefix": r'prefix in the settings is "mail/", but no folders are there',
    "port-25": r"used for sending, though it is meant for servers",
    "port-25-no-login": r"takes no logins|did not advertise authentication",
    "relay": r"Without login the server took|Invalid response '250 [^']*' to command 'RCPT",
}


# What is no "OK" although the exit code is 0; sslyze's is always 0.
COMPLAINTS = {"sslyze": r"=> ERROR: |Supplied CA file CA Store \(N/A\): FAILED"}


def complains(tool, text):
    return tool in COMPLAINTS and re.search(COMPLAINTS[tool], re.sub(r"\s+", " ", text)) is not None


def names(case, tool, text):
    """The text is taken without line breaks inside sentences."""
    pattern = SIGNS.get((case, tool), SIGNS.get(case))
    return bool(pattern and re.search(pattern, re.sub(r"\s+", " ", text), re.IGNORECASE))
