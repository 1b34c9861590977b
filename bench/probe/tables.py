"""The results as a table of Markdown."""
# They make many connections: where each one is slow, they are at work rather than stuck.
SCANNERS = ("testssl", "sslyze")


def markdown(cases, tools, results):
    found = {(each["case"], each["tool"]): each for each in results}
    lines = ["| fault | " + " | ".join(tools) + " |", "|---|" + "---|" * len(tools)]
    lines += [f"| {case.title} | " + " | ".join(cell(case, found.get((case.key, tool))) for tool in tools) + " |" for case in cases]
    lines.append("| named, of the faults it could be asked about | " + " | ".join(count(cases, found, tool) for tool in tools) + " |")
    return "\n".join(lines)


def count(cases, found, tool):
    asked = [found[case.key, tool]["verdict"] for case in cases if case.key != "none" and (case.key, tool) in found]
    asked = [verdict for verdict in asked if verdict != "-"]
    return f"{asked.count('named')} of {len(asked)}"


def cell(case, result):
    """`named 0.1 s (2)`: the exit code stands in parentheses."""
    if result is None or result["verdict"] == "-":
        return "-"
    if result["exit"] is None:
        end = "over 45 s" if result["tool"] in SCANNERS else "hangs"
        return f"**named**, then {end}" if result["verdict"] == "named" else end
    word = {"named": "**named**", "says OK": "says OK" if case.key != "none" else "OK"}.get(result["verdict"], result["verdict"])
    return f"{word} {seconds(result['seconds'])} s ({result['exit']})"


def seconds(value):
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
