/// What one command may contain. Lines and literals are the assembler's parameters (`IMAPCommandAssembler.Limits`).
package enum IMAPLimits {
    /// Ranges in one sequence set; ranges are kept, never the numbers between them.
    package static let sequenceRanges = 5_000
    /// Parentheses and NOTs inside each other.
    package static let searchDepth = 100
    package static let returnOptions = 16
    package static let cancelledTags = 64
    package static let mailboxFilters = 1_000
    /// RFC 5465
    package static let notifyGroups = 100
    package static let notifyEvents = 32
    package static let sortCriteria = 32
    package static let tagLength = 64
    package static let sectionDepth = 100
    package static let fetchItems = 256
    package static let headerFieldNames = 256
    package static let flags = 256
    package static let listPatterns = 64
    package static let listPatternLength = 1_000
    /// RFC 2971 §3.3: not more than 30 fields, names of 30 and values of 1,024 bytes.
    package static let idFields = 30
    package static let idNameLength = 30
    package static let idValueLength = 1_024
    /// RFC 8474 §7.
    package static let objectIDLength = 255
    package static let enableNames = 64
    /// Parameters of SELECT, and modifiers of FETCH.
    package static let selectParameters = 8
    package static let fetchModifiers = 8
    package static let quotaResources = 16
    package static let useAttributes = 16
    /// MULTIAPPEND (RFC 3502): they are one transaction.
    package static let appendMessages = 10_000
    /// CATENATE (RFC 4469), for each message.
    package static let catenateParts = 1_000
    package static let urlLength = 4_096
    /// Of one GETMETADATA or SETMETADATA (RFC 5464).
    package static let metadataEntries = 256
    /// RFC 4314 identifiers: an address at its limits and a dash.
    package static let identifierLength = 321
}
