package import ArgumentParser
import Glibc
import MailConfig
import MailStore
internal import MailTool

/// Names of the store for a shell's completion: quickly or not at all, never an error, nothing to whom the store is closed.
package enum NameCompletion {
    package enum Kind: String, CaseIterable, Sendable {
        case account, removed, org, `class`, alias, domain, mailbox, target, grantee
    }

    private static let option = "--complete"

    /// `mailctl --complete KIND PREFIX [ACCOUNT] [-0]`, for shells and for tools that do not open the store themselves.
    package static func answerIfAsked() {
        let words = CommandLine.arguments.dropFirst()
        guard words.first == option else { return }
        ToolMain.prepareProcess()
        let rest = words.dropFirst().filter { $0 != "-0" }
        if let kind = rest.first.flatMap(Kind.init), let prefix = rest.dropFirst().first {
            let names = entries(kind, prefix, among: Array(rest.dropFirst(2))).map(\.name)
            let end = words.contains("-0") ? "\0" : "\n"
            try? StandardOutput.shared.write(names.map { $0 + end }.joined())
            try? StandardOutput.shared.flush()
        }
        exit(0)
    }

    /// As the shell that asks wants them, with what is known beside the name.
    static func lines(_ kind: Kind, _ prefix: String, among words: [String]) -> [String] {
        let found = entries(kind, prefix, among: words)
        switch CompletionShell.requesting {
        case .fish: return found.map { $0.note.isEmpty ? $0.name : "\($0.name)\t\($0.note)" }
        case .zsh:
            return found.map { entry in
                let name = entry.name.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
                return entry.note.isEmpty ? name : "\(name):\(entry.note)"
            }
        default: return found.map(\.name)
        }
    }

    private static func entries(_ kind: Kind, _ prefix: String, among words: [String]) -> [NameIndex.Entry] {
        let loader = ConfigurationLoader(path: value(of: "--config", in: words), store: value(of: "--store", in: words))
        guard let path = try? loader.load().server.store, (try? Privileges.become(ownerOf: path)) != nil,
            let index = try? NameIndex(of: path), let found = try? names(kind, prefix, words, index)
        else { return [] }
        return found.prefix(NameIndex.limit).filter { isPlain($0.name) }.map {
            .init($0.name, isPlain($0.note) ? $0.note : "")
        }
    }

    private static func names(
        _ kind: Kind, _ prefix: String, _ words: [String], _ index: NameIndex
    ) throws -> [NameIndex.Entry] {
        switch kind {
        case .account: return try index.accounts(prefix)
        case .removed: return try index.removedAccounts(prefix)
        case .org: return try index.organisations(prefix)
        case .class: return try index.classes(prefix)
        case .alias: return try index.aliases(prefix)
        case .domain: return try index.domains(prefix)
        case .target: return try index.accounts(prefix) + index.aliases(prefix)
        case .grantee:
            guard prefix.hasPrefix("$") else { return try index.accounts(prefix) }
            return try index.organisations(String(prefix.dropFirst())).map { .init("$" + $0.name, $0.note) }
        case .mailbox:
            // The first word that is an account says whose mailboxes are meant.
            for word in words where !word.hasPrefix("-") {
                let found = try index.mailboxes(of: word, prefix)
                if !found.isEmpty { return found }
            }
            return []
        }
    }

    private static func value(of option: String, in words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if word == option { return words.dropFirst(index + 1).first }
            if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
        }
        return nil
    }

    /// A line end or an escape sequence would become the shell's.
    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
    }
}

extension CompletionKind {
    package static func names(_ kind: NameCompletion.Kind) -> CompletionKind {
        .custom { words, _, prefix in NameCompletion.lines(kind, prefix, among: words) }
    }
}
