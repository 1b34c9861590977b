internal import MailDial

/// What TLSA records say about the TLS of one host (RFC 7672).
enum HostPins: Sendable, Equatable {
    /// Nothing is announced, or nothing is proven.
    case none
    /// Announced in ways that nobody here can check: TLS all the same (RFC 7672 §2.2).
    case unusable([TLSARecord])
    /// `base`: the name that the records belong to.
    case records([TLSARecord], base: String)
    /// Nobody could say: mail must not go there now (RFC 7672 §2.1.2).
    case failed(String)

    private static let sha256Digits = 64
    private static let sha512Digits = 128
    static let mostRecords = 40

    /// Of a host whose addresses are proven; the alias's target comes first (RFC 7672 §2.2.2).
    static func of(_ host: String, _ addresses: HostAddresses, port: UInt16, _ names: NameService) async -> HostPins {
        let bases = addresses.canonicalName == host ? [host] : [addresses.canonicalName, host]
        for base in bases {
            switch await names.lookup(.tlsa, "_\(port)._tcp.\(base)") {
            case .failed(let reason): return .failed(reason)
            case .found(let found) where found.isAuthentic: return judged(found.all, base: base)
            case .found, .noName, .noData: continue
            }
        }
        return .none
    }

    static func judged(_ records: [DNSRecord], base: String) -> HostPins {
        let all = records.prefix(mostRecords).compactMap { record -> TLSARecord? in
            guard case .certificate(let usage, let selector, let matching, let data) = record else { return nil }
            return TLSARecord(usage: usage, selector: selector, matching: matching, data: data)
        }
        let usable = all.filter(isUsable)
        if !usable.isEmpty { return .records(usable, base: base) }
        return all.isEmpty ? .none : .unusable(all)
    }

    /// RFC 7672 §3.1.3: PKIX-TA and PKIX-EE are not for SMTP.
    private static func isUsable(_ record: TLSARecord) -> Bool {
        guard record.usage == 2 || record.usage == 3, record.selector <= 1 else { return false }
        return switch record.matching {
        case 0: !record.data.isEmpty
        case 1: record.data.utf8.count == sha256Digits
        case 2: record.data.utf8.count == sha512Digits
        default: false
        }
    }
}

extension TLSARecord {
    /// As a zone file and a report write it.
    var line: String { "\(usage) \(selector) \(matching) \(data)" }
}
