/// A command that could not be read. The session answers BAD with the tag, or untagged when there is none.
package struct IMAPSyntaxError: Error, Equatable, Sendable {
    package enum Reason: Sendable, Equatable {
        case unknownCommand
        case invalid
        case incomplete
        /// Some named limit; the text says which.
        case limit
    }

    /// Nil when not even the tag was readable.
    package let tag: String?
    /// In capitals, when the command's name was known.
    package let name: String?
    package let reason: Reason
    /// A sentence for the client, made of our words only.
    package let text: String

    package init(tag: String?, name: String?, reason: Reason, text: String) {
        self.tag = tag
        self.name = name
        self.reason = reason
        self.text = text
    }
}
