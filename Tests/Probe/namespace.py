"""A network of its own for the fixtures: real ports, any address, nothing of the machine's.

203.0.113.0 up to 203.0.119.255, 10.20.0.0/16 and 2001:db8:113::/64 are here (every address of them may be bound);
198.51.100.0/24 and IPv6 elsewhere have no route; what goes anywhere else is swallowed without an answer, as a firewall does
it."""
import os
import pathlib
import subprocess
import sys
import tempfile

MARK = "POSTHUS_PROBE_NAMESPACE"
NAME_SERVER = "127.0.0.1"
PUBLIC, PRIVATE, PUBLIC6 = "203.0.{}.{}", "10.20.{}.{}", "2001:db8:113::{:x}{:02x}"
SWALLOWED, SWALLOWED_PRIVATE, SWALLOWED6 = "192.0.2.99", "10.99.0.1", "2001:db8:2::99"
# Here too, but who connects has another address than the server: Dovecot trusts who comes from its own.
REMOTE = "203.0.112"
UNROUTED, UNROUTED6 = "198.51.100.9", "2001:db8:ffff::9"

# Of the pair, one end takes everything and the other one drops it: nothing there has an address.
PLAN = f"""\
link set lo up
link add void0 type veth peer name void1
link set void1 up
link set void0 arp off
link set void0 up
address add 192.0.2.2/24 dev void0
route add default dev void0
route add local 203.0.113.0/24 dev lo
route add local 203.0.114.0/23 dev lo
route add local 203.0.116.0/22 dev lo
route add local {REMOTE}.0/24 dev lo src 192.0.2.2
route add local 10.20.0.0/16 dev lo
route add unreachable 198.51.100.0/24
address add 2001:db8:2::2/64 dev void0 nodad
route add local 2001:db8:113::/64 dev lo
"""


def enter():
    """Starts this program again inside a new network and a new view of the files, unless it is in one."""
    if os.environ.get(MARK):
        return
    if os.geteuid() != 0:
        sys.exit("Tests/Probe: error: a network namespace needs root")
    inside = ["unshare", "--net", "--mount", "--propagation", "private", sys.executable, *sys.argv]
    os.execvpe(inside[0], inside, {**os.environ, MARK: str(os.getpid())})


def prepare(folder):
    """Once, inside: the addresses, and the system's names asked of the fixture."""
    commands = pathlib.Path(folder, "addresses")
    commands.write_text(PLAN)
    subprocess.run(["ip", "-batch", str(commands)], check=True)
    names = pathlib.Path(folder, "resolv.conf")
    names.write_text(f"nameserver {NAME_SERVER}\noptions timeout:2 attempts:2\n")
    subprocess.run(["mount", "--bind", str(names), os.path.realpath("/etc/resolv.conf")], check=True)


def without_network(folder):
    """Before a command: a place where nothing is reached, not even a name server."""
    names = pathlib.Path(folder, "resolv.conf.none")
    names.write_text("nameserver 192.0.2.53\n")
    script = f'mount --bind {names} "$(realpath /etc/resolv.conf)"; ip link set lo up; exec "$@"'
    return ["unshare", "--net", "--mount", "--propagation", "private", "bash", "-c", script, "without-network"]


def number(kind, count):
    """The address of that number of PUBLIC, PRIVATE or PUBLIC6."""
    high, low = divmod(count, 250)
    return kind.format(high + (113 if kind == PUBLIC else 1), low + 1)


def scratch():
    return tempfile.TemporaryDirectory(prefix="posthus-probe-")
