import MailMessage
import MailStore

/// Capabilities that are kept from an account or a client program which stumbles over them.
package struct CapabilitySwitches: Sendable, Equatable {
    package let rules: [Rule]

    /// The texts of `imap.without`; what is no rule is left out, `--check-config` says so.
    package init(_ rules: [String] = []) { self.rules = rules.compactMap { Rule($0) } }

    /// What is kept from this login, and from a client that has named itself so in ID.
    func withheld(from entry: AccountEntry?, client: String?) -> Set<String> {
        rules.reduce(into: []) { names, rule in
            if rule.concerns(entry, client) { names.formUnion(rule.names) }
        }
    }

    /// `WHO: CAPABILITY ...`, where WHO is a pattern of accounts, or `client` and a pattern of programs.
    package struct Rule: Sendable, Equatable {
        private let isOfClients: Bool
        private let pattern: TextPattern
        /// In capitals.
        package let names: [String]

        package init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":") else { return nil }
            let who = text[..<colon].split(separator: " ")
            names = text[text.index(after: colon)...].split(separator: " ").map { $0.uppercased() }
            isOfClients = who.count > 1 && who.first == "client"
            pattern = TextPattern(who.dropFirst(isOfClients ? 1 : 0).joined(separator: " "))
            guard !who.isEmpty, !names.isEmpty else { return nil }
        }

        func concerns(_ entry: AccountEntry?, _ client: String?) -> Bool {
            if isOfClients { return client.map(pattern.matches) ?? false }
            return entry.map { pattern.matches($0.login.text) || pattern.matches($0.address.description) } ?? false
        }
    }
}
