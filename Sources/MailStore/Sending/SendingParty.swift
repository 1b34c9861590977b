/// Who sends, as far as limits go.
package enum SendingParty: Hashable, Sendable {
    case account(AccountID)
    /// A host of a trusted network, by its address: an infected computer needs no login.
    case host(String)

    /// As the tables name it.
    var key: String {
        switch self {
        case .account(let id): "account \(id)"
        case .host(let address): "host \(address)"
        }
    }

    init?(key: String) {
        if key.hasPrefix("account "), let id = Int64(key.dropFirst("account ".count)) {
            self = .account(AccountID(id))
        } else if key.hasPrefix("host ") {
            self = .host(String(key.dropFirst("host ".count)))
        } else {
            return nil
        }
    }
}
