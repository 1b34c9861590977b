internal import MailMessage
internal import MailNetwork

/// `check_host()` of RFC 7208 §4.
package struct SPFChecker: Sendable {
    private let records: any DomainRecords
    private let receiver: String
    private let now: Int

    /// `receiver` is this server's name, for explanations; `now` are seconds since 1970.
    package init(_ records: any DomainRecords, receiver: String, now: Int) {
        (self.records, self.receiver, self.now) = (records, receiver, now)
    }

    /// What is wrong with the text of a policy, as somebody publishes it; nil when it can be used.
    package static func fault(in text: String) -> String? {
        guard SPFRecord.isRecord(text) else { return "it does not begin with v=spf1" }
        do throws(CheckFault) { _ = try SPFRecord(text) } catch { return error.reason }
        return nil
    }

    /// For MAIL FROM, and for the name in EHLO where that is empty (RFC 7208 §2.4).
    package func check(_ sender: SPFSender) async -> SPFResult {
        guard let mailFrom = sender.mailFrom else { return await checkHELO(sender) }
        let domain = mailFrom.isAddressLiteral ? nil : mailFrom.domainKey
        return await check(sender, .mailFrom, local: mailFrom.local, domain: domain)
    }

    /// For the name in EHLO (RFC 7208 §2.3).
    package func checkHELO(_ sender: SPFSender) async -> SPFResult {
        await check(sender, .helo, local: "postmaster", domain: HostName.normal(sender.helo))
    }

    private func check(
        _ sender: SPFSender, _ identity: SPFResult.Identity, local: String, domain: String?
    ) async -> SPFResult {
        var result = SPFResult(result: .none, domain: domain ?? "", identity: identity)
        // RFC 7208 §4.3: not a name of several labels.
        guard let domain, domain.contains("."), SPFMacroExpander.usable(domain) == domain else {
            result.reason = "no domain to ask"
            return result
        }
        let macros = SPFMacroExpander(
            address: sender.address, local: local.isEmpty ? "postmaster" : local, senderDomain: domain,
            helo: HostName.normal(sender.helo) ?? sender.helo, receiver: receiver, now: now)
        var evaluation = SPFEvaluation(records: records, macros: macros)
        do throws(CheckFault) {
            let outcome = try await evaluation.evaluate(domain)
            (result.result, result.reason) = (outcome.result, outcome.reason)
            if outcome.result == .fail { result.explanation = await evaluation.explanation(outcome) }
        } catch {
            (result.result, result.reason) = (error.result, error.reason)
        }
        return result
    }
}
