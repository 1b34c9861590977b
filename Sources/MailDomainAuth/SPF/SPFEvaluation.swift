internal import MailNetwork

/// One evaluation: the policies that include each other are a stack, which the budget of lookups bounds.
struct SPFEvaluation {
    static let longestExplanation = 400

    struct Outcome {
        var result: CheckResult
        var reason: String?
        /// Whose policy it was at the end, behind redirects.
        var domain: String
        var explanation: SPFMacroText?
    }

    private struct Frame {
        var domain: String
        var record: SPFRecord
        var next = 0
        /// The `include` that led here.
        var origin: SPFRecord.Directive?
    }

    let records: any DomainRecords
    let macros: SPFMacroExpander
    private var budget = SPFBudget()
    private var stack: [Frame] = []
    private var validated: [String: String] = [:]
    private var reverseNames: [String]?

    init(records: any DomainRecords, macros: SPFMacroExpander) { (self.records, self.macros) = (records, macros) }

    mutating func evaluate(_ domain: String) async throws(CheckFault) -> Outcome {
        guard let record = try await record(of: domain) else {
            return Outcome(result: .none, reason: "no policy", domain: domain)
        }
        stack = [Frame(domain: domain, record: record)]
        while let frame = stack.last {
            if let outcome = try await step(frame) { return outcome }
        }
        return Outcome(result: .neutral, domain: domain)
    }

    /// The next term of the innermost policy; a result at the end of the outermost one.
    private mutating func step(_ frame: Frame) async throws(CheckFault) -> Outcome? {
        guard frame.next < frame.record.directives.count else { return try await end(frame) }
        let directive = frame.record.directives[frame.next]
        stack[stack.count - 1].next += 1
        if case .include(let target) = directive.mechanism {
            try await include(target, directive, frame)
            return nil
        }
        return try await matches(directive.mechanism, frame) ? close(directive.result, directive.text) : nil
    }

    // RFC 7208 §6.1
    private mutating func end(_ frame: Frame) async throws(CheckFault) -> Outcome? {
        guard let redirect = frame.record.redirect else { return close(.neutral, nil) }
        try budget.lookUp()
        guard let domain = try await name(redirect, frame), let record = try await record(of: domain) else {
            throw .permanent("redirect leads to no policy")
        }
        stack[stack.count - 1] = Frame(domain: domain, record: record, origin: frame.origin)
        return nil
    }

    // RFC 7208 §5.2
    private mutating func include(
        _ target: SPFMacroText, _ directive: SPFRecord.Directive, _ frame: Frame
    ) async throws(CheckFault) {
        try budget.lookUp()
        guard let domain = try await name(target, frame), let record = try await record(of: domain) else {
            throw .permanent("\(directive.text) leads to no policy")
        }
        stack.append(Frame(domain: domain, record: record, origin: directive))
    }

    /// A policy came to a result: what that means to those which include it.
    private mutating func close(_ result: CheckResult, _ text: String?) -> Outcome? {
        var (result, text) = (result, text)
        while let frame = stack.popLast() {
            guard !stack.isEmpty, let origin = frame.origin else {
                let reason = text.map { "matched by \($0)" } ?? "matched by nothing"
                return Outcome(
                    result: result, reason: reason, domain: frame.domain, explanation: frame.record.explanation)
            }
            guard result == .pass else { return nil }
            (result, text) = (origin.result, origin.text)
        }
        return nil
    }

    private func record(of domain: String) async throws(CheckFault) -> SPFRecord? {
        switch await records.texts(of: domain) {
        case .failed(let reason): throw .temporary("\(domain): \(reason)")
        case .none: return nil
        case .found(let texts):
            let policies = texts.filter(SPFRecord.isRecord)
            guard policies.count <= 1 else { throw .permanent("\(domain) has several policies") }
            return try policies.first.map { text throws(CheckFault) in try SPFRecord(text) }
        }
    }

    // MARK: mechanisms

    private mutating func matches(_ mechanism: SPFRecord.Mechanism, _ frame: Frame) async throws(CheckFault) -> Bool {
        switch mechanism {
        case .all: return true
        case .ip(let block): return block.contains(macros.address)
        case .include: return false
        case .a(let target, let lengths):
            try budget.lookUp()
            guard let name = try await name(target, frame) else { return false }
            return try await isAmong(addresses(of: name, counted: true), lengths)
        case .mx(let target, let lengths):
            try budget.lookUp()
            guard let name = try await name(target, frame) else { return false }
            return try await matchesMail(name, lengths)
        case .exists(let target):
            try budget.lookUp()
            guard let name = try await name(target, frame) else { return false }
            return try await !addresses(of: name, family: .v4, counted: true).isEmpty
        case .ptr(let target):
            try budget.lookUp()
            guard let name = try await name(target, frame) else { return false }
            return try await matchesReverse(name)
        }
    }

    // RFC 7208 §5.4
    private mutating func matchesMail(_ name: String, _ lengths: SPFRecord.PrefixLengths) async throws(CheckFault)
        -> Bool
    {
        switch await records.mailHosts(of: name) {
        case .failed(let reason): throw .temporary("\(name): \(reason)")
        case .none:
            try budget.findNothing()
            return false
        case .found(let hosts):
            guard hosts.count <= SPFBudget.mostNames else {
                throw .permanent("more than \(SPFBudget.mostNames) mail hosts of \(name)")
            }
            for host in hosts.compactMap(SPFMacroExpander.usable) {
                if try await isAmong(addresses(of: host, counted: false), lengths) { return true }
            }
            return false
        }
    }

    // RFC 7208 §5.5
    private mutating func matchesReverse(_ name: String) async throws(CheckFault) -> Bool {
        for host in try await namesOfAddress() where HostName.isSame(host, orBelow: name) {
            if await isValidated(host) { return true }
        }
        return false
    }

    private func isAmong(_ addresses: [IPAddress], _ lengths: SPFRecord.PrefixLengths) -> Bool {
        let length = macros.address.family == .v4 ? lengths.v4 : lengths.v6
        return addresses.contains { AddressPrefix(around: $0, length: length).contains(macros.address) }
    }

    private mutating func addresses(
        of name: String, family: IPAddress.Family? = nil, counted: Bool
    ) async throws(CheckFault) -> [IPAddress] {
        switch await records.addresses(of: name, family ?? macros.address.family) {
        case .failed(let reason): throw .temporary("\(name): \(reason)")
        case .found(let addresses): return addresses
        case .none:
            if counted { try budget.findNothing() }
            return []
        }
    }

    /// What the sender's address is called; a failure is no name (RFC 7208 §5.5).
    private mutating func namesOfAddress() async throws(CheckFault) -> [String] {
        if let reverseNames { return reverseNames }
        var names: [String] = []
        switch await records.names(of: macros.address) {
        case .found(let found): names = found.prefix(SPFBudget.mostNames).compactMap(SPFMacroExpander.usable)
        case .none: try budget.findNothing()
        case .failed: break
        }
        reverseNames = names
        return names
    }

    /// Whether the name leads back to the address.
    private func isValidated(_ name: String) async -> Bool {
        guard case .found(let addresses) = await records.addresses(of: name, macros.address.family) else {
            return false
        }
        return addresses.contains(macros.address)
    }

    // MARK: names

    /// The policy's own domain where none is named.
    private mutating func name(_ text: SPFMacroText?, _ frame: Frame) async throws(CheckFault) -> String? {
        guard let text else { return frame.domain }
        let validated = text.uses("p") ? try await validatedName(frame.domain) : ""
        return macros.name(text, domain: frame.domain, validated: validated)
    }

    /// `%{p}` (RFC 7208 §7.3): the domain itself, one below it, or any.
    private mutating func validatedName(_ domain: String) async throws(CheckFault) -> String {
        if let known = validated[domain] { return known }
        var found: [String] = []
        for name in try await namesOfAddress() where await isValidated(name) { found.append(name) }
        let name = found.first { $0 == domain } ?? found.first { HostName.isSame($0, orBelow: domain) } ?? found.first
        validated[domain] = name ?? "unknown"
        return name ?? "unknown"
    }

    /// RFC 7208 §6.2; nil for anything out of the ordinary.
    mutating func explanation(_ outcome: Outcome) async -> String? {
        guard let text = outcome.explanation else { return nil }
        let frame = Frame(domain: outcome.domain, record: SPFRecord())
        guard let name = try? await name(text, frame), case .found(let texts) = await records.texts(of: name),
            texts.count == 1, let words = texts.first.flatMap({ SPFMacroText($0.utf8, isExplanation: true) })
        else { return nil }
        let validated = words.uses("p") ? (try? await validatedName(outcome.domain)) ?? "unknown" : ""
        let expanded = macros.expand(words, domain: outcome.domain, validated: validated)
        guard expanded.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
        return String(expanded.prefix(Self.longestExplanation))
    }
}
