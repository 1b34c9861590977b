import Synchronization
import TOMLKit

/// The text of one file, read into dotted keys with their lines.
struct ConfigurationFile {
    let source: String
    private(set) var values: [(key: String, value: RawValue)] = []
    private let lines: KeyLines

    init(_ text: String, source: String) throws(ConfigurationError) {
        self.source = source
        lines = KeyLines(text)
        if let trap = LibraryTraps.first(in: text) {
            throw ConfigurationError(ConfigurationProblem(source: source, line: trap.line, message: trap.message))
        }
        if let known = Self.lastRead.withLock({ $0?.text == text ? $0?.values : nil }) {
            values = known
            return
        }
        do {
            let table = try TOMLTable(string: text)
            collect(table, prefix: "")
            let values = values
            Self.lastRead.withLock { $0 = (text, values) }
        } catch let error as TOMLParseError {
            let place = error.source.begin
            throw ConfigurationError(
                ConfigurationProblem(source: source, line: place.line, column: place.column, message: error.description)
            )
        } catch {
            throw ConfigurationError(ConfigurationProblem(source: source, message: "cannot be read as TOML"))
        }
    }

    /// TOMLKit gives no table back: a text that is read again, as at each new certificate, must not cost memory again.
    private static let lastRead = Mutex<(text: String, values: [(key: String, value: RawValue)])?>(nil)

    func line(of key: String) -> Int? { lines[key] }

    private mutating func collect(_ table: TOMLTable, prefix: String) {
        var pending = [(table, prefix)]
        while let (table, prefix) = pending.popLast() {
            for (key, value) in table {
                let name = prefix.isEmpty ? key : "\(prefix).\(key)"
                if let inner = value.table {
                    pending.append((inner, name))
                } else {
                    values.append((name, Self.raw(value)))
                }
            }
        }
    }

    private static func raw(_ value: any TOMLValueConvertible) -> RawValue {
        if let flag = value.bool { return .flag(flag) }
        if let text = value.string { return .text(text) }
        if let number = value.int { return .integer(number) }
        if let list = value.array {
            return .list(list.map { $0.array == nil ? raw($0) : .other("a list") })
        }
        return .other("a \(value.type)")
    }
}
