import MailWire

/// Requests of HTTP, the forms in them, and what programs send in XML.
enum FuzzHTTPRequest: FuzzTarget {
    static let name = "http-request"

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let rest = Array(input.dropFirst())
        return switch choice % 4 {
        case 0: brokenRequest(rest)
        case 1: brokenForm(rest)
        case 2: brokenDocument(rest)
        default: brokenChunk(rest)
        }
    }

    /// A request line, fields up to an empty line, and a body.
    private static func brokenRequest(_ octets: [UInt8]) -> String? {
        var lines = octets.split(separator: 0x0a, omittingEmptySubsequences: false).map { line in
            Array(line.last == 0x0d ? line.dropLast() : line)
        }
        let body = lines.isEmpty ? [] : lines.removeLast()
        guard let first = lines.first else { return nil }
        do throws(HTTPRefusal) {
            var head = try HTTPRequestHead(line: first)
            for line in lines.dropFirst() where !line.isEmpty { try head.add(line: line) }
            try head.check()
            return broken(HTTPRequest(head, body: body))
        } catch {
            return error.status.rawValue >= 400 ? nil : "refused with \(error.status)"
        }
    }

    private static func broken(_ request: HTTPRequest) -> String? {
        var rules = Rules()
        rules.none(broken(request.target))
        rules.none(broken(request.fields))
        let length = try? HTTPBodyLength(request.head)
        if case .known(let count) = length { rules.that(count >= 0, "a body of \(count)") }
        if let type = request.fields["Content-Type"] {
            let cookie = request.cookie("a") ?? ""
            rules.that(!cookie.utf8.contains(0x3b), "a cookie \(cookie)")
            if (try? request.form()) != nil { rules.that(type.utf8.count >= 33, "a form of type \(type)") }
        }
        return rules.broken
    }

    /// No segment leads anywhere else, and the target written again is the same place.
    private static func broken(_ target: HTTPTarget) -> String? {
        var rules = Rules()
        for segment in target.segments {
            let isHarmless =
                segment != "." && segment != ".."
                && !segment.utf8.contains { $0 < 0x20 || $0 == 0x7f || $0 == 0x2f || $0 == 0x5c }
            rules.that(isHarmless, "the segment \(segment.debugDescription)")
        }
        let path = "/" + target.segments.map(PercentCoding.encoded).joined(separator: "/")
        let again = try? HTTPTarget(path + "?" + target.query.encoded)
        rules.that(again?.segments == target.segments, "\(path) is read as \(String(describing: again?.segments))")
        rules.that(
            again?.query == target.query, "\(target.query.encoded) is read as \(String(describing: again?.query))")
        return rules.broken
    }

    /// Written again the fields are the same, and in an answer each is one line.
    private static func broken(_ fields: HTTPFields) -> String? {
        var rules = Rules()
        guard var again = try? HTTPRequestHead(line: Array("GET / HTTP/1.1".utf8)) else { return "GET / is refused" }
        for (name, value) in fields.all { try? again.add(line: Array("\(name): \(value)".utf8)) }
        rules.that(again.fields == fields, "\(fields.all) is read as \(again.fields.all)")
        var response = HTTPResponse(.ok)
        for (name, value) in fields.all { response.fields.add(name, value) }
        let lines = Array(response.head(date: "D", keepsAlive: true).utf8).split(separator: 0x0a)
        rules.that(lines.count <= 5 + fields.count, "\(fields.count) fields are \(lines.count) lines")
        return rules.broken
    }

    private static func brokenForm(_ octets: [UInt8]) -> String? {
        guard let form = try? FormPairs(octets) else { return nil }
        var rules = Rules()
        rules.that(form.all.count <= HTTPWireLimits.mostPairs, "\(form.all.count) pairs")
        rules.that((try? FormPairs(Array(form.encoded.utf8))) == form, "\(form.encoded) is read otherwise")
        return rules.broken
    }

    /// Within its bounds, and as deep as it says.
    private static func brokenDocument(_ octets: [UInt8]) -> String? {
        guard let outline = try? XMLOutline(octets) else { return nil }
        var rules = Rules()
        rules.that((1...XMLLimits.mostElements).contains(outline.elements.count), "\(outline.elements.count) elements")
        for element in outline.elements {
            rules.that((1...XMLLimits.mostLevels).contains(element.path.count), "\(element.path)")
            rules.that(element.path.first == outline.elements.first?.path.first, "two roots")
            rules.that(element.text.utf8.count <= octets.count, "more text than there is")
        }
        return rules.broken
    }

    private static func brokenChunk(_ line: [UInt8]) -> String? {
        guard let size = try? HTTPBodyLength.chunkSize(line) else { return nil }
        let again = try? HTTPBodyLength.chunkSize(Array(String(size, radix: 16).utf8))
        return size >= 0 && again == size ? nil : "a chunk of \(size)"
    }
}
