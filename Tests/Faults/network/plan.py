"""What a network does to one connection: drawn from a seed, so that a seed says it all."""
import dataclasses

HARMLESS = ("nothing", "stall")
FAULTS = ("reset", "cut", "half", "hole")
SHAPES = ("whole", "bytes", "pieces", "merged")
DIRECTIONS = ("up", "down")  # up: from the client to the server
SINGLE_BYTES = 3_000  # of each direction pass one at a time; then a connection of megabytes goes on as it comes


@dataclasses.dataclass(frozen=True)
class Plan:
    """`event` happens before byte `at` of `direction`; `shapes` say in what pieces the bytes arrive."""
    event: str = "nothing"
    direction: str = "up"
    at: int = 0
    seconds: float = 0.0
    shapes: tuple = ("whole", "whole")

    @property
    def is_harmless(self):
        return self.event in HARMLESS

    def shape(self, direction):
        return self.shapes[DIRECTIONS.index(direction)]


def draw(dice, longest):
    """`longest`: about as many bytes as the connection will carry, {"up": n, "down": n}."""
    direction = dice.choice(DIRECTIONS)
    event = dice.choices(("nothing", "stall", *FAULTS), (10, 15, 25, 20, 15, 15))[0]
    return Plan(event, direction, place(dice, longest[direction]), dice.uniform(0.05, 1.5),
                tuple(dice.choices(SHAPES, (4, 2, 2, 2), k=2)))


def place(dice, length):
    """The beginning (greeting, handshake), anywhere, and the last bytes, where what is done meets what is answered."""
    kind = dice.random()
    if kind < 0.25:
        return dice.randrange(0, 2_500)
    if kind < 0.75:
        return dice.randrange(0, length)
    return max(0, length - dice.randrange(0, 1_200))


def pieces(shape, data, passed, dice):
    """The parts in which `data` goes on, when `passed` bytes have gone before it."""
    if shape == "bytes":
        singles = max(0, min(len(data), SINGLE_BYTES - passed))
        return [data[i:i + 1] for i in range(singles)] + ([data[singles:]] if singles < len(data) else [])
    if shape == "pieces":
        cuts = sorted(dice.randrange(1, len(data)) for _ in range(dice.randrange(8))) if len(data) > 1 else []
        ends = [0, *cuts, len(data)]
        return [data[a:b] for a, b in zip(ends, ends[1:]) if a < b]
    return [data]
