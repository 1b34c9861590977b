"""Every fault by its name: what Tests/Probe/serve offers and table.py refers to."""
import discovery_faults
import encryption_faults
import hostile_faults
import mail_faults
import network_faults
import protocol_faults
from world import Fixture

MODULES = (network_faults, protocol_faults, encryption_faults, mail_faults, discovery_faults, hostile_faults)
FAULTS = {name: make for module in MODULES for name, make in module.FAULTS.items()}
assert len(FAULTS) == sum(len(module.FAULTS) for module in MODULES), "two faults have one name"


def start(world, fault, name=None):
    """`name`: of the domain, where one fault stands more than once."""
    fixture = Fixture(world, name or fault)
    FAULTS[fault](fixture)
    return fixture
