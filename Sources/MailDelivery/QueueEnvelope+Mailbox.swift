import MailMessage
import MailStore

extension QueueEnvelope {
    /// INBOX, or Junk for what is called spam; INBOX again where there is no Junk.
    func mailbox<Found>(_ find: (MailboxRole) throws -> Found?) rethrows -> Found? {
        if traits.contains(.junk), let junk = try find(.junk) { return junk }
        return try find(.inbox)
    }
}
