import MailMessage
import MailWire

/// How many recipients one transaction may have (RFC 9422 §4.2, §4.3).
struct RecipientRoom {
    private var left: Int
    private let domainMax: Int
    private var domains: Set<String> = []

    init(_ offer: ServerOffer) {
        left = offer.rcptMax ?? .max
        domainMax = offer.domainMax ?? .max
    }

    mutating func take(_ address: EmailAddress) -> Bool {
        guard left > 0, domains.contains(address.domainKey) || domains.count < domainMax else { return false }
        left -= 1
        if domainMax != .max { domains.insert(address.domainKey) }
        return true
    }
}
