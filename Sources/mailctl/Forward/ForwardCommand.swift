import ArgumentParser

struct ForwardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forward", abstract: "Where accounts send their mail on to.",
        discussion: """
            Mail that is sent on keeps a copy here unless --no-copy is given, carries a sender of ours that bounces come back
            to, and is sealed (ARC). Junk stays here. feature set forward-outside off keeps all mail with us.
            """, subcommands: [ForwardShow.self, ForwardSet.self, ForwardUnset.self])
}
