/// What a filter wants changed about where a message comes from or goes to: as it wrote it, in angle brackets or without.
package enum EnvelopeChange: Sendable, Equatable {
    case addRecipient(String, parameters: String)
    case deleteRecipient(String)
    case sender(String, parameters: String)
}
