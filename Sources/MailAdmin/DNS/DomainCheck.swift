internal import MailDial
internal import MailDomainAuth
internal import MailNetwork

/// A domain's records as the world sees them, beside those that it should have.
package struct DomainCheck: Sendable {
    package struct Line: Sendable, Equatable {
        package let wanted: WantedRecord
        package let verdict: RecordVerdict
    }

    private static let patience = 15_000
    private static let securePort: UInt16 = 443

    let plan: DomainPlan
    private let view: OutsideView

    package init(_ plan: DomainPlan, _ view: OutsideView) { (self.plan, self.view) = (plan, view) }

    private var names: NameService { view.names }

    /// In the order of the plan.
    package func lines() async -> [Line] {
        let judge = RecordJudge(plan: plan, addresses: await addresses(of: plan.host))
        let records = plan.records
        let verdicts = await withTaskGroup { group in
            for (index, record) in records.enumerated() {
                group.addTask { (index, await verdict(on: record, judge)) }
            }
            return await group.reduce(into: [Int: RecordVerdict]()) { $0[$1.0] = $1.1 }
        }
        return records.enumerated().map { index, record in
            Line(wanted: record, verdict: verdicts[index] ?? RecordVerdict(.unknown))
        }
    }

    private func verdict(on wanted: WantedRecord, _ judge: RecordJudge) async -> RecordVerdict {
        guard !wanted.value.isEmpty else { return RecordVerdict(.missing, advice: wanted.note) }
        return switch wanted.kind {
        case .file: await policyFile(wanted)
        case .cname: await host(wanted)
        case .mx: judge.verdict(on: wanted, await names.lookup(.mx, wanted.name))
        case .txt: judge.verdict(on: wanted, await names.lookup(.txt, wanted.name))
        case .srv: judge.verdict(on: wanted, await names.lookup(.srv, wanted.name))
        case .tlsa: judge.verdict(on: wanted, await names.lookup(.tlsa, wanted.name))
        }
    }

    /// An alias or addresses of its own: either will do.
    private func host(_ wanted: WantedRecord) async -> RecordVerdict {
        async let fours = names.lookup(.a, wanted.name)
        async let sixes = names.lookup(.aaaa, wanted.name)
        let answers = [await fours, await sixes]
        let found = answers.flatMap(\.records).map(\.zoneText)
        if !found.isEmpty { return RecordVerdict(.right, found: found) }
        for case .failed(let reason) in answers { return RecordVerdict(.unknown, advice: reason) }
        return RecordVerdict(.missing, advice: "add: \(wanted.zoneLine.dropLast())")
    }

    private func addresses(of host: String) async -> [IPAddress] {
        async let fours = names.lookup(.a, host).records
        async let sixes = names.lookup(.aaaa, host).records
        return (await fours + (await sixes)).compactMap { record in
            guard case .address(let address) = record else { return nil }
            return address
        }
    }

    private func policyFile(_ wanted: WantedRecord) async -> RecordVerdict {
        let host = "mta-sts.\(plan.domain)"
        let addresses = await addresses(of: host)
        guard !addresses.isEmpty else {
            return RecordVerdict(.missing, advice: "the name \(host) comes first")
        }
        let get = SecureGet(
            trust: view.trust, host: host, port: Self.securePort, path: "/.well-known/mta-sts.txt",
            largest: STSPolicy.largest)
        let result = await BlockingThread.run { () -> Result<SecureGet.File, SecureGet.Failure> in
            do throws(SecureGet.Failure) {
                return .success(try get.fetch(at: addresses, by: .after(milliseconds: Self.patience)))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .failure(.unreachable(let words)), .failure(.untrusted(let words)), .failure(.refused(let words)):
            return RecordVerdict(.missing, advice: "serve it there as text/plain (\(words))")
        case .success(let file): return verdict(on: file)
        }
    }

    private func verdict(on file: SecureGet.File) -> RecordVerdict {
        let text = String(decoding: file.octets, as: UTF8.self)
        guard file.type == "text/plain", let policy = STSPolicy(file.octets) else {
            return RecordVerdict(
                .differs, found: [text], advice: "senders do not take it for a policy; serve the text above")
        }
        guard policy.mode == .none || policy.allows(plan.host.lowercased()) else {
            return RecordVerdict(
                .differs, found: policy.lines, advice: "it keeps mail from \(plan.host): add \"mx: \(plan.host)\"")
        }
        return RecordVerdict(.right, found: policy.lines)
    }
}
