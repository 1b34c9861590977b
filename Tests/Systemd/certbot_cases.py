"""The hook for certbot: what it brings about, and what it finds when the server serves something else."""
import os
import pathlib
import subprocess

from bed import MAIL_SERVE, SHARE, until


def made(folder, name):
    """A renewed lineage as certbot leaves it."""
    folder.mkdir(parents=True)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "30", "-subj", f"/CN={name}", "-keyout", folder / "privkey.pem",
                    "-out", folder / "fullchain.pem"], check=True, capture_output=True)
    os.chmod(folder / "privkey.pem", 0o600)
    return folder


def hook(bed, lineage, before=""):
    variables = {**os.environ, "PATH": f"{before}{MAIL_SERVE.parent}:{os.environ['PATH']}", "MAIL_CONFIG": str(bed.config),
                 "RENEWED_LINEAGE": str(lineage)}
    return subprocess.run([SHARE / "certbot/posthus"], env=variables, capture_output=True, text=True, timeout=120)


def every_port_is_asked(bed):
    base = pathlib.Path(bed.directory) / "certbot"
    own = pathlib.Path(bed.config).parent
    before = {name: (own / name).read_bytes() for name in ("server.pem", "server.key")}
    server = bed.start()
    encrypted = [service for service in bed.ports if service != "monitor"]
    try:
        renewed = made(base / "live/mail", "renewed.example.test")
        (own / "server.pem").write_bytes((renewed / "fullchain.pem").read_bytes())
        (own / "server.key").write_bytes((renewed / "privkey.pem").read_bytes())
        result = hook(bed, renewed)
        assert result.returncode == 0, result
        for service in encrypted:
            line = f"{service} on port {bed.ports[service]} serves the renewed certificate"
            assert line in result.stdout, (line, result)
        # certbot runs it for the web server's certificate too.
        other = hook(bed, made(base / "live/other", "other.example.test"))
        assert (other.returncode, other.stdout, other.stderr) == (0, "", ""), other
        # Renewed again, and the server does not take it.
        deaf = base / "deaf"
        deaf.mkdir()
        (deaf / "mail-serve").write_text(f'#!/bin/sh\n[ "$3" = --reload ] || exec {MAIL_SERVE} "$@"\n')
        (deaf / "mail-serve").chmod(0o755)
        again = hook(bed, made(base / "live/again", "renewed.example.test"), f"{deaf}:")
        assert again.returncode == 1, again
        for service in encrypted:
            line = f"{service} on port {bed.ports[service]} does not serve the renewed certificate"
            assert line in again.stderr, (line, again)
    finally:
        for name, content in before.items():
            (own / name).write_bytes(content)
        os.kill(server.pid, 1)
        until(lambda: server.status(), "the server")


CASES = [("certbot: every port is asked", every_port_is_asked)]
