/// A value as it stands in the file or after `--set key=`, before its key says what it means.
enum RawValue: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case list([RawValue])
    /// Dates, floats, tables where a value belongs.
    case other(String)

    /// What it is, for messages.
    var kind: String {
        switch self {
        case .text: "a text"
        case .integer: "a number"
        case .flag: "true or false"
        case .list: "a list"
        case .other(let kind): kind
        }
    }
}

/// Why a value does not fit its key.
struct ValueRefusal: Error, Equatable {
    let message: String
    init(_ message: String) { self.message = message }
}
