import MailMessage
import MailStore
import MailWire

/// What becomes of the header of a message that begins here: completed, and refused when it says to be somebody else's
/// (RFC 6409 §6.1, §8).
struct SubmissionRules: Sendable {
    /// Authors that are looked up; a message with more of them is refused.
    static let mostAuthors = 20

    let now: EpochSeconds
    let id: String
    let host: String
    /// Who has logged in; nil for a host of a trusted network, whose authors are its own business.
    let account: AccountEntry?
    let foreignAuthor: SMTPPolicy.ForeignAuthor
    let directory: Directory

    /// The fields to put on top of a header; it may be cut off where it is very long.
    func fields(for header: [UInt8], _ scan: HeaderScan) async -> Result<[UInt8], SMTPError> {
        var text = ""
        if !scan.hasDate { text += "Date: \(MailDate(seconds: now).headerText)\r\n" }
        if !scan.hasMessageID { text += "Message-ID: <\(id)@\(host)>\r\n" }
        guard let account else { return .success(Array(text.utf8)) }
        do {
            if let sender = try await sender(in: Header(header), account) { text += "Sender: \(sender)\r\n" }
            return .success(Array(text.utf8))
        } catch {
            return .failure(error)
        }
    }

    /// The Sender field to add; nil when the author is whoever has logged in, or has said so already.
    private func sender(in header: Header, _ account: AccountEntry) async throws(SMTPError) -> EmailAddress? {
        let authors = AddressList(header.first("From")?.unfolded ?? []).addresses
        guard header.all("From").count == 1, !authors.isEmpty, authors.count <= Self.mostAuthors else {
            throw header.all("From").isEmpty || authors.isEmpty ? .noAuthor : .badAuthor
        }
        var isOwn = authors.count == 1
        for author in authors where isOwn { isOwn = try await mayWrite(as: author, account) }
        if isOwn { return nil }
        if let named = header.first("Sender") {
            let senders = AddressList(named.unfolded).addresses
            guard let only = senders.first, senders.count == 1, try await mayWrite(as: only, account) else {
                throw .authorNotYours
            }
            return nil
        }
        guard foreignAuthor == .addSender else { throw .authorNotYours }
        return account.address
    }

    private func mayWrite(as author: MailAddress, _ account: AccountEntry) async throws(SMTPError) -> Bool {
        guard let address = author.emailAddress else { return false }
        do {
            return try await directory.mayWrite(account.id, as: address)
        } catch {
            throw SMTPError(error)
        }
    }
}

extension Directory {
    /// With addresses that reach the account alone, or somebody who lets it.
    func mayWrite(_ account: AccountID, as address: EmailAddress) async throws(StoreError) -> Bool {
        guard case .accounts(let owners) = try await resolve(address), let owner = owners.first?.id, owners.count == 1
        else { return false }
        if owner == account { return true }
        return try await maySend(account, as: owner)
    }
}
