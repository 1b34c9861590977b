import ArgumentParser

/// How commands that change something answer.
package struct ResultOptions: ParsableArguments {
    @Flag(help: "Answer with one JSON object; errors too.")
    package var json = false

    package init() {}
}
