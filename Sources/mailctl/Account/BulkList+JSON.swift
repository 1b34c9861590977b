import MailAdmin
import MailTool

/// NDJSON: an object a line, as strict as CSV with its header.
extension BulkList {
    private static let lists = ["aliases"]

    mutating func readJSON(_ bytes: [UInt8], ignoresExtraKeys: Bool, now: Int64) {
        // By bytes: to a String, CR LF is one character, and no end of a line.
        for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            let text = line.last == 0x0d ? line.dropLast() : line
            guard !text.isEmpty else { continue }
            lines[index + 1] = String(decoding: text, as: UTF8.self)
            do {
                add(try Self.fields(Array(text), ignoresExtraKeys: ignoresExtraKeys), line: index + 1, now: now)
            } catch {
                refusals.append(.init(line: index + 1, reason: error.message))
            }
        }
    }

    private static func fields(_ line: [UInt8], ignoresExtraKeys: Bool) throws(ToolError) -> [String: String] {
        var fields: [String: String] = [:]
        for (key, value) in try pairs(line) {
            guard columns.contains(key) else {
                if ignoresExtraKeys { continue }
                let near = Suggestion.nearest(to: key, in: columns)
                throw .data("unknown key \"\(key)\"" + (near.map { " (did you mean \($0)?)" } ?? ""))
            }
            guard fields.updateValue(try text(value, of: key), forKey: key) == nil else {
                throw .data("\"\(key)\" stands there twice")
            }
        }
        return fields
    }

    private static func pairs(_ line: [UInt8]) throws(ToolError) -> [(String, JSONValue)] {
        let value: JSONValue
        do throws(JSONParser.Failure) { value = try JSONParser.parse(line) } catch {
            throw .data("column \(error.offset + 1): \(error.message)")
        }
        guard case .object(let pairs) = value else { throw .data("not an object") }
        return pairs
    }

    private static func text(_ value: JSONValue, of key: String) throws(ToolError) -> String {
        switch value {
        case .null: return ""
        case .text(let text): return text
        case .integer(let number): return String(number)
        case .list(let items) where lists.contains(key):
            var texts: [String] = []
            for item in items {
                guard case .text(let text) = item else { throw .data("\"\(key)\" is not a list of texts") }
                texts.append(text)
            }
            return texts.joined(separator: ",")
        default: throw .data("\"\(key)\" is not a text")
        }
    }
}
