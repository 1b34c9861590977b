/// What was found where a record should be.
package struct RecordVerdict: Sendable, Equatable {
    package enum Status: String, Sendable {
        case right, missing, differs
        /// Nobody could say.
        case unknown
    }

    package let status: Status
    /// What is there instead.
    package let found: [String]
    /// In the imperative; empty where nothing has to be done.
    package let advice: String

    package init(_ status: Status, found: [String] = [], advice: String = "") {
        self.status = status
        self.found = found
        self.advice = advice
    }

    package static let right = RecordVerdict(.right)
}
