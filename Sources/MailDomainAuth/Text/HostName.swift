internal import MailMessage

/// Names in the form that DNS is asked for and that is compared: A-labels in lower case, no final dot.
enum HostName {
    /// nil for anything that no zone holds; names of one label and underscores are names.
    static func normal(_ text: String) -> String? {
        let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
        return DomainName.toASCII(bare)
    }

    /// The same name or one below it; both normal.
    static func isSame(_ name: String, orBelow parent: String) -> Bool {
        name == parent || name.hasSuffix("." + parent)
    }
}
