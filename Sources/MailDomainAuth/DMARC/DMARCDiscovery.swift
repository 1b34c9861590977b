internal import MailNetwork

/// Finds policies and organisations: by the public suffix list, or by asking DNS upwards.
struct DMARCDiscovery {
    /// Of one walk; a longer name loses its middle.
    static let mostSteps = 8

    let records: any DomainRecords
    let suffixes: PublicSuffixList?
    private var walks: [String: [Step]] = [:]

    struct Step: Sendable {
        let domain: String
        let record: DMARCRecord
    }

    init(records: any DomainRecords, suffixes: PublicSuffixList?) {
        (self.records, self.suffixes) = (records, suffixes)
    }

    /// The policy for an author's domain, and whose it is; nil when nobody has one.
    mutating func policy(of domain: String) async throws(CheckFault) -> Step? {
        if let suffixes {
            if let own = try await record(of: domain) { return Step(domain: domain, record: own) }
            let parent = suffixes.organisation(of: domain)
            guard parent != domain, let record = try await record(of: parent) else { return nil }
            return Step(domain: parent, record: record)
        }
        let steps = try await walk(domain)
        if let own = steps.first, own.domain == domain { return own }
        let organisation = Self.organisation(of: domain, steps)
        return steps.first { $0.domain == organisation } ?? steps.last
    }

    mutating func organisation(of domain: String) async throws(CheckFault) -> String {
        if let suffixes { return suffixes.organisation(of: domain) }
        return Self.organisation(of: domain, try await walk(domain))
    }

    /// Does any kind of mail-related record exist?
    func exists(_ domain: String) async -> Bool {
        if case .none = await records.addresses(of: domain, .v4), case .none = await records.addresses(of: domain, .v6),
            case .none = await records.mailHosts(of: domain)
        {
            return false
        }
        return true
    }

    private func record(of domain: String) async throws(CheckFault) -> DMARCRecord? {
        switch await records.texts(of: DMARCRecord.name(domain)) {
        case .failed(let reason): throw .temporary("\(DMARCRecord.name(domain)): \(reason)")
        case .none: return nil
        case .found(let texts):
            let policies = texts.filter(DMARCRecord.isRecord)
            guard let policy = policies.first else { return nil }
            guard policies.count == 1 else { throw .permanent("\(domain) has several policies") }
            guard let record = DMARCRecord(policy) else { throw .permanent("the policy of \(domain) makes no sense") }
            return record
        }
    }

    /// The records on the way up, the longest name first.
    private mutating func walk(_ domain: String) async throws(CheckFault) -> [Step] {
        if let known = walks[domain] { return known }
        var steps: [Step] = []
        var labels = domain.split(separator: ".")[...]
        for _ in 0..<Self.mostSteps where !labels.isEmpty {
            let name = labels.joined(separator: ".")
            // One that makes no sense is none, so that nobody above is held up by it.
            if let record = try await knownRecord(of: name) {
                steps.append(Step(domain: name, record: record))
                if record.isRegistry != nil { break }
            }
            labels = labels.count > Self.mostSteps ? labels.suffix(Self.mostSteps - 1) : labels.dropFirst()
        }
        walks[domain] = steps
        return steps
    }

    private func knownRecord(of name: String) async throws(CheckFault) -> DMARCRecord? {
        do throws(CheckFault) { return try await record(of: name) } catch {
            guard error.result == .permerror else { throw error }
            return nil
        }
    }

    private static func organisation(of domain: String, _ steps: [Step]) -> String {
        guard let top = steps.last else { return domain }
        guard top.record.isRegistry == true, top.domain != domain else { return top.domain }
        let below = domain.split(separator: ".").suffix(top.domain.split(separator: ".").count + 1)
        return below.joined(separator: ".")
    }
}
