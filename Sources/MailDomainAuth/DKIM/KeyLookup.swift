/// Fetches the keys of signatures.
struct KeyLookup {
    let records: any DomainRecords

    /// Several records at one name are not allowed (RFC 6376 §3.6.2.2); the first that can be read counts.
    func key(_ tags: (domain: String, selector: String)) async throws(CheckFault) -> DKIMKeyRecord {
        let name = DKIMKeyRecord.name(selector: tags.selector, domain: tags.domain)
        switch await records.texts(of: name) {
        case .failed(let reason): throw .temporary("key: \(reason)")
        case .none: throw .permanent("no key at \(name)")
        case .found(let texts): return try Self.first(texts)
        }
    }

    private static func first(_ texts: [String]) throws(CheckFault) -> DKIMKeyRecord {
        var fault = CheckFault.permanent("no key")
        for text in texts.prefix(mostRecords) {
            do throws(CheckFault) { return try DKIMKeyRecord(parsing: text) } catch { fault = error }
        }
        throw fault
    }

    static let mostRecords = 4
}
