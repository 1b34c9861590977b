internal import MailCrypto
package import MailMessage

/// The sender rewriting scheme: a forwarder puts its own domain into MAIL FROM, so that SPF fits, and bounces find their way back.
///
/// `SRS0=hash=day=domain=local@forwarder`; behind a second forwarder `SRS1=hash=first.forwarder==hash=day=domain=local@second`. Some
/// servers on the way change the case of letters, so that nothing here depends on it.
package struct SRS: Sendable {
    /// Nobody but who knows the secret can make an address that we would send to: 30 bits, for three weeks.
    static let hashLength = 6
    /// Bounces come within the five days of a queue, and some queues are patient.
    package static let longestAge = 21
    /// Two digits of base 32.
    static let dayCycle = 1_024

    package enum Failure: Error, Sendable, Equatable {
        /// An address like any other.
        case notRewritten
        /// Not made here, or not as it stands now.
        case forged
        case expired
    }

    private let secrets: [[UInt8]]
    private let domain: String

    /// The first secret makes addresses; all of them are believed, so that one can be replaced. nil without a secret, or for a domain
    /// that is none.
    package init?(secrets: [[UInt8]], domain: String) {
        guard let domain = HostName.normal(domain), !secrets.isEmpty, secrets.allSatisfy({ !$0.isEmpty }) else {
            return nil
        }
        (self.secrets, self.domain) = (secrets, domain)
    }

    /// The sender to forward with; `now` are seconds since 1970. nil when it would get longer than a local part may be
    /// (RFC 5321 §4.5.3.1.1), and for what nobody could find back from: then the forwarder's own address must do.
    package func rewrite(_ sender: EmailAddress, now: Int) -> EmailAddress? {
        guard sender.domainKey != domain, let secret = secrets.first else { return sender }
        guard !sender.isAddressLiteral else { return nil }  // it may hold "="
        let text: String
        switch Form(sender.local) {
        case .first(let rest): text = "SRS1=" + signed("\(sender.domainKey)=\(rest)", secret)
        case .second(let signedPart):
            let rest = Self.behindHash(signedPart)
            guard Self.first(of: rest) != nil else { return nil }
            text = "SRS1=" + signed(rest, secret)
        case nil: text = "SRS0=" + signed("\(Self.day(now))=\(sender.domainKey)=\(sender.local)", secret)
        }
        return EmailAddress(local: text, domain: domain)
    }

    /// Where a bounce to one of our rewritten addresses goes.
    package func reverse(_ recipient: EmailAddress, now: Int) throws(Failure) -> EmailAddress {
        guard recipient.domainKey == domain, let form = Form(recipient.local) else { throw .notRewritten }
        switch form {
        case .first(let rest):
            let parts = try verified(rest.dropFirst()).split(
                separator: "=", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let address = EmailAddress(local: String(parts[2]), domain: String(parts[1])) else {
                throw .forged
            }
            guard Self.isFresh(parts[0], now) else { throw .expired }
            return address
        case .second(let rest):
            guard let address = Self.first(of: try verified(rest)) else { throw .forged }
            return address
        }
    }

    /// What stands behind `SRS0`, its separator included, or behind `SRS1=`.
    private enum Form {
        case first(Substring)
        case second(Substring)

        init?(_ local: String) {
            guard local.utf8.count > 5, let separator = local.utf8.dropFirst(4).first, "=+-".utf8.contains(separator)
            else { return nil }
            let rest = local[local.utf8.index(local.startIndex, offsetBy: 4)...]
            switch local.utf8.prefix(4).map(ASCII.lower) {
            case Array("srs0".utf8): self = .first(rest)
            case Array("srs1".utf8): self = .second(rest.dropFirst())
            default: return nil
            }
        }
    }

    /// The first forwarder's address, from `first.forwarder==hash=...`.
    private static func first(of text: String) -> EmailAddress? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? EmailAddress(local: "SRS0" + parts[1], domain: String(parts[0])) : nil
    }

    private static func behindHash(_ text: Substring) -> String {
        text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? String(text)
    }

    private func signed(_ text: String, _ secret: [UInt8]) -> String { "\(Self.hash(text, secret))=\(text)" }

    private func verified(_ text: Substring) throws(Failure) -> String {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .forged }
        let (given, rest) = (Array(parts[0].lowercased().utf8), String(parts[1]))
        guard secrets.contains(where: { constantTimeEquals(given, Array(Self.hash(rest, $0).utf8)) }) else {
            throw .forged
        }
        return rest
    }

    private static func hash(_ text: String, _ secret: [UInt8]) -> String {
        let code = hmacSHA256(key: secret, Array(text.lowercased().utf8))
        let bits = code.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return digits((0..<hashLength).map { Int(bits >> UInt32(27 - 5 * $0) & 31) })
    }

    private static func day(_ now: Int) -> String {
        let day = dayNumber(now)
        return digits([day / 32, day % 32])
    }

    private static func dayNumber(_ now: Int) -> Int { max(0, now) / 86_400 % dayCycle }

    private static func isFresh(_ stamp: Substring, _ now: Int) -> Bool {
        let values = stamp.lowercased().utf8.map { alphabet.firstIndex(of: $0) ?? dayCycle }
        guard values.count == 2, values.allSatisfy({ $0 < 32 }) else { return false }
        let age = (dayNumber(now) + dayCycle - (values[0] * 32 + values[1])) % dayCycle
        // A clock that was set back makes an address of tomorrow.
        return age <= longestAge || age == dayCycle - 1
    }

    private static func digits(_ values: [Int]) -> String {
        String(decoding: values.map { alphabet[$0 & 31] }, as: UTF8.self)
    }

    // RFC 4648 §6, in lower case
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
