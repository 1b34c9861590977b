"""Short visits, until each worker remembers as many connections as it ever will: from then on its memory shall not grow."""
import concurrent.futures
import contextlib
import socket
import ssl

REMEMBERED = 4_096  # attempt.remembered, of each worker
SPREAD = 1.3  # connections do not come to the workers of one port evenly
WORDS = {"smtp": b"QUIT\r\n", "imaps": b"a LOGOUT\r\n", "pop3s": b"QUIT\r\n"}
WORKERS = {"imaps": 2}
AT_ONCE = 8
TIMEOUT = 30


def fill(bed):
    context = ssl.create_default_context(cafile=bed.cafile)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for port in ("smtp", "imaps", "pop3s"):
            count = int(REMEMBERED * WORKERS.get(port, 1) * SPREAD)
            came = sum(pool.map(lambda _, port=port: visit(bed, port, context), range(count)))
            assert came > count * 0.9, f"{count - came} of {count} visits at {port} failed"


def visit(bed, port, context):
    """True when it was greeted."""
    with contextlib.suppress(OSError):
        with socket.create_connection((bed.host, bed.ports[port]), TIMEOUT) as plain:
            with plain if port == "smtp" else context.wrap_socket(plain, server_hostname="localhost") as session:
                greeting = session.recv(4_096)
                session.sendall(WORDS[port])
                while session.recv(4_096):
                    pass
                return bool(greeting)
    return False
