"""Socket activation, by systemd-socket-activate: it opens the ports and starts the server at the first connection."""
import os
import signal
import socket
import subprocess

from bed import GREETINGS, free_ports, greeting, until


def activated(bed, listeners, names=None, settings=()):
    command = ["systemd-socket-activate", "-E", "NOTIFY_SOCKET"]
    for listener in listeners:
        command += ["-l", listener]
    if names:
        command.append("--fdname=" + ":".join(names))
    return bed.start(*settings, before=command, ready=False)


def is_refused(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def woken(port):
    """The tool needs a moment to open its ports."""
    def connected():
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        except ConnectionRefusedError:
            return None
    return until(connected, f"port {port}")


def sockets_by_name(bed):
    """Named sockets are used wherever they listen, and the service's own port stays closed."""
    smtp, imaps = free_ports(2)
    server = activated(bed, [f"127.0.0.1:{smtp}", f"127.0.0.1:{imaps}"], ["smtp", "imaps"])
    first = woken(smtp)
    assert first.recv(512).startswith(GREETINGS["smtp"]), "the connection that woke the server"
    first.close()
    server.notify.wait("READY")
    assert greeting("imaps", imaps).startswith(GREETINGS["imaps"])
    assert is_refused(bed.ports["imaps"]) and is_refused(bed.ports["smtp"])
    assert greeting("pop3s", bed.ports["pop3s"]).startswith(GREETINGS["pop3s"]), "no socket came for it: it opens its own"


def sockets_by_port(bed):
    """One unit for all services: nothing but the port says what a socket is for."""
    ports = [bed.ports[service] for service in GREETINGS]
    server = activated(bed, [f"127.0.0.1:{port}" for port in ports] + [f"[::1]:{port}" for port in ports])
    woken(ports[0]).close()
    server.notify.wait("READY")
    for service in GREETINGS:
        for host in ["127.0.0.1", "::1"]:
            assert greeting(service, bed.ports[service], host).startswith(GREETINGS[service]), (service, host)


def strangers_are_named(bed):
    stranger, = free_ports(1)
    server = activated(bed, [f"127.0.0.1:{stranger}"])
    woken(stranger).close()
    server.notify.wait("READY")
    assert f"port={stranger}" in server.log(), server.log()
    assert greeting("imaps", bed.ports["imaps"]).startswith(GREETINGS["imaps"])


def sockets_outlive_a_reload(bed):
    """Another configuration brings new workers: the inherited sockets go on, and no client is refused."""
    imaps, = free_ports(1)
    server = activated(bed, [f"127.0.0.1:{imaps}"], ["imaps"])
    woken(imaps).close()
    server.notify.wait("READY")
    before = server.workers()["imap"]
    config = open(bed.config).read()
    try:
        with open(bed.config, "a") as file:
            file.write("\n")
        with open(bed.config, "w") as file:
            file.write(config.replace("drain = \"2s\"", "drain = \"3s\""))
        os.kill(server.pid, signal.SIGHUP)
        server.notify.wait("RELOADING")
        server.notify.wait("READY")
        until(lambda: not set(before) & set(server.workers()["imap"]), "new workers")
        assert greeting("imaps", imaps).startswith(GREETINGS["imaps"])
    finally:
        with open(bed.config, "w") as file:
            file.write(config)


def workers_do_not_take_them_again(bed):
    """The variables are gone from the supervisor's children."""
    imaps, = free_ports(1)
    server = activated(bed, [f"127.0.0.1:{imaps}"], ["imaps"])
    woken(imaps).close()
    server.notify.wait("READY")
    pids = [str(pid) for role in server.workers().values() for pid in role]
    assert pids
    for pid in pids:
        variables = subprocess.run(["tr", "\\0", "\\n"], stdin=open(f"/proc/{pid}/environ"), capture_output=True).stdout
        for name in [b"LISTEN_", b"NOTIFY_SOCKET", b"WATCHDOG_"]:
            assert name not in variables, (pid, name)


CASES = [
    ("activation: by name", sockets_by_name), ("activation: by port", sockets_by_port),
    ("activation: a stranger's socket", strangers_are_named),
    ("activation: through a reload", sockets_outlive_a_reload),
    ("activation: not twice", workers_do_not_take_them_again),
]
