import MailDomainAuth
import MailNetwork

/// The name of a client's address: one that leads back to it (RFC 8601 §2.7.3, iprev).
struct ClientNames: Sendable {
    static let patience = Duration.seconds(5)
    /// Of the names an address leads to, so many are looked at.
    static let mostNames = 5

    let records: any DomainRecords

    func name(of address: IPAddress) async -> String? {
        await within(Self.patience) { await confirmedName(of: address) } ?? nil
    }

    private func confirmedName(of address: IPAddress) async -> String? {
        guard case .found(let names) = await records.names(of: address) else { return nil }
        for name in names.prefix(Self.mostNames) {
            if case .found(let back) = await records.addresses(of: name, address.family), back.contains(address) {
                return name
            }
        }
        return nil
    }
}
