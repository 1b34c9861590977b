internal import MailDial
internal import MailNetwork

/// TLSA records beside the certificates that were sent (RFC 6698 §2.1, RFC 7671).
enum DANEJudge {
    static func findings(_ evidence: Evidence, _ records: Resolver.Records) -> [Finding] {
        guard let facts = evidence.tls, !facts.chain.isEmpty else { return [] }
        let name = "_\(evidence.endpoint.port)._tcp.\(evidence.endpoint.host)"
        let associations = records.all.filter { record in
            guard case .certificate = record else { return false }
            return true
        }
        guard !associations.isEmpty else { return [] }
        let fits = associations.contains { matches($0, facts.chain) }
        let reason: Text? =
            if !fits {
                Text(
                    "no record matches the certificate that was sent",
                    sv: "ingen post stämmer med certifikatet som skickades")
            } else if !records.isAuthentic {
                Text(
                    "the record matches, but nothing proves it: the zone is not signed, or this resolver does not check",
                    sv:
                        "posten stämmer, men inget styrker den: zonen är inte signerad, eller så kontrollerar denna namnserver inte"
                )
            } else { nil }
        let common: Facts = [
            "host": .text(evidence.endpoint.host), "port": .number(Int(evidence.endpoint.port)),
            "address": .text(evidence.address.description), "service": .text(evidence.endpoint.service.label),
            "record": .text(name),
        ]
        let status: Status = fits ? (records.isAuthentic ? .ok : .info) : .warning
        return [
            Finding(
                "tls.dane", status, target: evidence.endpoint.url, address: evidence.address,
                facts: common.adding(Facts(some: [("reason", reason.map { .words($0) })])))
        ]
    }

    private static func matches(_ record: DNSRecord, _ chain: [Certificate]) -> Bool {
        guard case .certificate(let usage, let selector, let matching, let data) = record else { return false }
        // 1 and 3 speak of the server's own certificate, 0 and 2 of one above it.
        let candidates = usage == 1 || usage == 3 ? chain.prefix(1) : chain.dropFirst()
        return candidates.contains { certificate in
            let digests = selector == 0 ? certificate.whole : certificate.key
            return switch matching {
            case 0: digests.plain == data
            case 1: digests.sha256 == data
            case 2: digests.sha512 == data
            default: false
            }
        }
    }
}
