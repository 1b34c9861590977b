@testable import MailSessions

/// What a model client makes of what the server says.
extension ModelSession {
    func command(_ text: String, holdsNumbers: Bool = false) async throws -> String {
        try await lines(text, holdsNumbers: holdsNumbers).reply
    }

    /// Asks for the UIDs and flags of what only EXISTS has told of.
    func learn() async throws {
        guard let first = view.firstIndex(where: { $0 == nil }) else { return }
        _ = try await lines("FETCH \(first + 1):* (UID FLAGS)", holdsNumbers: true)
        try expect(!view.contains(nil) || missedSome, "FETCH does not name every UID")
    }

    func lines(_ text: String, holdsNumbers: Bool = false) async throws -> (untagged: [String], reply: String) {
        tag += 1
        heard.append("C: \(text)")
        await client.say("t\(tag) \(text)")
        var untagged: [String] = []
        while true {
            let line = try await client.hear()
            heard = heard.suffix(30) + ["S: \(line)"]
            if line.hasPrefix("t\(tag) ") {
                let reply = String(line.dropFirst("t\(tag) ".count))
                missedSome = reply.contains("EXPUNGEISSUED")
                try expect(reply.hasPrefix("OK") || missedSome, "\(text): \(reply)")
                hearCode(reply)
                return (untagged, reply)
            }
            try expect(line.hasPrefix("* "), line)
            try hear(line, text, holdsNumbers: holdsNumbers)
            untagged.append(line)
        }
    }

    private func hearCode(_ line: String) {
        if let value = line.firstMatch(of: /\[HIGHESTMODSEQ ([0-9]+)\]/).flatMap({ Int($0.1) }) {
            cache.heard = max(cache.heard, value)
        }
        if let value = line.firstMatch(of: /\[UIDVALIDITY ([0-9]+)\]/).flatMap({ Int($0.1) }) {
            cache.uidValidity = value
        }
    }

    private func hear(_ line: String, _ command: String, holdsNumbers: Bool) throws {
        hearCode(line)
        if let match = line.wholeMatch(of: /\* VANISHED (\(EARLIER\) )?([0-9:,]+)/) {
            return try hearVanished(String(match.2), earlier: match.1 != nil, command, holdsNumbers: holdsNumbers)
        }
        guard let match = line.wholeMatch(of: /\* ([0-9]+) (EXISTS|EXPUNGE|FETCH)(.*)/), let number = Int(match.1)
        else { return }
        switch match.2 {
        case "EXISTS":
            try expect(number >= view.count, "\(command): EXISTS \(number) of \(view.count)")
            view += Array(repeating: nil, count: number - view.count)
        case "EXPUNGE":
            try expect(!knowsQResync, "\(command): EXPUNGE for a client with QRESYNC")
            try expect(!holdsNumbers, "\(command): EXPUNGE while numbers are held")
            try expect((1...max(1, view.count)).contains(number), "\(command): EXPUNGE \(number) of \(view.count)")
            if let uid = view.remove(at: number - 1) { cache.flags[uid] = nil }
        default:
            try expect((1...max(1, view.count)).contains(number), "\(command): FETCH \(number) of \(view.count)")
            try hearFetch(number, String(match.3), command)
        }
    }

    private func hearFetch(_ number: Int, _ items: String, _ command: String) throws {
        if let modseq = items.firstMatch(of: /MODSEQ \(([0-9]+)\)/).flatMap({ Int($0.1) }) {
            cache.heard = max(cache.heard, modseq)
        }
        if let uid = items.firstMatch(of: /UID ([0-9]+)/).flatMap({ Int($0.1) }) {
            try expect(view[number - 1] ?? uid == uid, "\(command): \(number) is \(uid), not \(view[number - 1] ?? 0)")
            view[number - 1] = uid
        }
        guard let flags = items.firstMatch(of: /FLAGS \(([^)]*)\)/)?.1, let uid = view[number - 1] else { return }
        cache.flags[uid] = Set(flags.split(separator: " ").map(String.init)).subtracting(["\\Recent"])
    }

    private func hearVanished(_ set: String, earlier: Bool, _ command: String, holdsNumbers: Bool) throws {
        try expect(knowsQResync, "\(command): VANISHED for a client without QRESYNC")
        try expect(earlier || !holdsNumbers, "\(command): VANISHED while numbers are held")
        for uid in uids(set) {
            cache.flags[uid] = nil
            if earlier {
                try expect(!view.contains(uid), "\(command): \(uid) is still in the view and vanished EARLIER")
            } else if let place = place(of: uid) {
                view.remove(at: place)
            } else {
                throw ModelFailure("\(command): \(uid) vanished and is not in the view \(view)")
            }
        }
    }

    /// Where the UID is, or must be: among those not known yet it stands between its neighbours.
    private func place(of uid: Int) -> Int? {
        if let known = view.firstIndex(of: uid) { return known }
        let end = view.firstIndex { $0.map { $0 > uid } ?? false } ?? view.count
        return end > 0 && view[end - 1] == nil ? end - 1 : nil
    }

    private func uids(_ set: String) -> [Int] {
        set.split(separator: ",").flatMap { part -> [Int] in
            let bounds = part.split(separator: ":").compactMap { Int($0) }
            guard let low = bounds.first, let high = bounds.last, low <= high else { return [] }
            return Array(low...high)
        }
    }
}
