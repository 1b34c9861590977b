package import MailMessage
package import MailStore

extension Administration {
    /// More names than this are not searched for one that looks alike.
    static let suggestionLimit = 50_000

    /// By login, address or alias; a bare local part will do while there is only one domain.
    package func account(_ name: String) async throws(AdminError) -> AccountEntry {
        do {
            if let entry = try await directory.entry(login: name) { return entry }
            if let address = try await wholeAddress(name), let entry = try await directory.entry(address: address) {
                return entry
            }
        } catch {
            throw AdminError(error)
        }
        throw .noSuch(kind: "account", name: name, near: await nearest(to: name))
    }

    /// `anna` as `anna@the.only.domain`.
    package func wholeAddress(_ text: String) async throws(AdminError) -> EmailAddress? {
        if let address = EmailAddress(text) { return address }
        guard EmailAddress.isDotAtom(text) else { return nil }
        do {
            let domains = try await directory.read { try $0.domains() }
            guard let only = domains.first, domains.count == 1 else { return nil }
            return EmailAddress(local: text, domain: only.name.name)
        } catch {
            throw AdminError(error)
        }
    }

    /// An address that is about to be used: it has to be one.
    package func address(_ text: String) async throws(AdminError) -> EmailAddress {
        guard let address = try await wholeAddress(text) else { throw .wrongData("\"\(text)\" is not an address") }
        return address
    }

    private func nearest(to name: String) async -> String? {
        let bound = Self.suggestionLimit
        return try? await directory.read { reader -> String? in
            guard try reader.accountCount() <= bound else { return nil }
            var best: (text: String, distance: Int)?
            try reader.accounts(matching: AccountFilter()) { entry in
                for text in [entry.address.description, entry.login.text] {
                    guard let distance = Likeness.distance(name, text), distance < best?.distance ?? .max else {
                        continue
                    }
                    best = (text, distance)
                }
            }
            return best?.text
        }
    }
}

/// How alike two names are.
enum Likeness {
    /// nil when more than every fourth letter differs.
    static func distance(_ left: String, _ right: String) -> Int? {
        EditDistance.between(left, right, atMost: max(1, left.utf8.count / 4))
    }
}
