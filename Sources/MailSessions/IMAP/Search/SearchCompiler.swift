import MailMessage
import MailStore
import MailWire

/// Makes a client's search expression ready (RFC 9051 §6.4.4).
struct SearchCompiler: Sendable {
    let view: MailboxView
    let saved: UIDSet
    let recent: UIDSet
    /// The charset of the texts; nil is UTF-8.
    let charset: String?
    var now: EpochSeconds = 0
    /// Inside of FUZZY (RFC 6203 §3).
    var isFuzzy = false
    /// What the ids in the expression mean (RFC 8474 §6); those that mean nothing are not there.
    var objects: [String: Set<MessageID>] = [:]

    func compile(_ key: SearchKey, _ keywords: KeywordTable) -> SearchTest {
        switch key {
        case .all: .all
        case .recent: .uids(recent)
        case .old: .not(.uids(recent))
        case .new: .and([.uids(recent), .not(.flags(.seen))])
        case .and(let keys): .and(keys.map { compile($0, keywords) })
        case .or(let keys): .or(keys.map { compile($0, keywords) })
        case .not(let key): .not(compile(key, keywords))
        case .fuzzy(let key): fuzzily.compile(key, keywords)
        case .flag(let bits): .flags(bits)
        case .notFlag(let bits): .not(.flags(bits))
        case .keyword(let keyword): self.keyword(keyword, keywords)
        case .notKeyword(let keyword): .not(self.keyword(keyword, keywords))
        case .sequence(let set): .uids(uids(set, areNumbers: true))
        case .uid(let set): .uids(uids(set, areNumbers: false))
        case .uidAfter(let uid): .uids(UIDSet(.first ... .last).after(uid))
        case .uidBefore(let uid): .uids(UIDSet(.first...uid).subtracting([uid]))
        case .larger(let size): .larger(Int64(clamping: size))
        case .smaller(let size): .smaller(Int64(clamping: size))
        case .modSeq(let value): .modSeq(value)
        default: fuzzyContent(key) ?? content(key)
        }
    }

    private var fuzzily: SearchCompiler {
        var compiler = self
        compiler.isFuzzy = true
        return compiler
    }

    /// Inside of FUZZY texts are looked for by their words; one without words, and all that is no text, as ever.
    private func fuzzyContent(_ key: SearchKey) -> SearchTest? {
        guard isFuzzy else { return nil }
        let (place, text): (FuzzyPlace, [UInt8])
        switch key {
        case .header(let name, let bytes): (place, text) = (.header(String(decoding: name, as: UTF8.self)), bytes)
        case .envelope(let field, let bytes): (place, text) = (.envelope(field), bytes)
        case .body(let bytes): (place, text) = (.body, bytes)
        case .text(let bytes): (place, text) = (.text, bytes)
        default: return nil
        }
        let needle = FuzzyNeedle(Charset.decode(text, label: charset ?? "UTF-8"))
        return needle.isEmpty ? nil : .content(.fuzzy(place, needle))
    }

    private func content(_ key: SearchKey) -> SearchTest {
        switch key {
        case .date(.received, let relation, let day): .received(relation, day: day.daysSinceEpoch)
        case .date(.saved, let relation, let day): .saved(relation, day: day.daysSinceEpoch)
        // RFC 5032 §2: a message of exactly that age is both.
        case .older(let seconds): .receivedIn(.min...(now - EpochSeconds(seconds)))
        case .younger(let seconds): .receivedIn((now - EpochSeconds(seconds))...(.max))
        case .saveDateSupported: .all
        case .date(.sent, let relation, let day): .content(.sent(relation, day: day.daysSinceEpoch))
        case .header(let name, let text):
            .content(.header(name: String(decoding: name, as: UTF8.self), needle: needle(text), scanned(text)))
        case .envelope(let field, let text): .content(envelope(field, needle(text)))
        // Every message contains the empty text.
        case .body(let text): text.isEmpty ? .all : .content(.body(needle: needle(text), scanned(text)))
        case .text(let text): text.isEmpty ? .all : .content(.text(needle: needle(text), scanned(text)))
        case .emailID(let id), .threadID(let id): objects[id].map { .messages($0) } ?? .nothing
        default: .nothing
        }
    }

    /// What an index may be asked; nil when nothing it knows decides.
    func indexQuery(_ key: SearchKey) -> IndexQuery? {
        switch key {
        case .and(let keys):
            let known = keys.compactMap { indexQuery($0) }
            return known.isEmpty ? nil : .and(known)
        case .or(let keys):
            let known = keys.compactMap { indexQuery($0) }
            return known.count == keys.count ? .or(known) : nil
        case .header(_, let text), .envelope(_, let text): return indexQuery(text, .header)
        case .body(let text): return indexQuery(text, .body)
        case .text(let text): return indexQuery(text, .anywhere)
        default: return nil
        }
    }

    private func indexQuery(_ text: [UInt8], _ scope: IndexQuery.Scope) -> IndexQuery? {
        let needle = needle(text)
        return needle.count < GramSet.width ? nil : .text(needle, scope)
    }

    private func envelope(_ field: SearchKey.EnvelopeField, _ needle: [UInt8]) -> ContentTest {
        .envelope(field, needle: needle, EnvelopeNeedle(needle))
    }

    private func needle(_ text: [UInt8]) -> [UInt8] {
        CaseFolding.fold(Charset.decode(text, label: charset ?? "UTF-8"))
    }

    private func scanned(_ text: [UInt8]) -> PlainScan.Needle { PlainScan.Needle(needle(text)) }

    private func keyword(_ keyword: Keyword, _ keywords: KeywordTable) -> SearchTest {
        guard let bit = keywords.bit(of: keyword) else { return .nothing }
        return .flags(FlagBits(rawValue: 1 << Int64(bit)))
    }

    private func uids(_ set: SequenceSet, areNumbers: Bool) -> UIDSet {
        switch set {
        case .saved: saved
        case .ranges(let ranges): areNumbers ? view.resolveExistingNumbers(ranges) : view.resolveUIDs(ranges)
        }
    }
}

extension SearchKey {
    /// Looks up what the ids in an expression stand for.
    func objects(_ reader: AccountReader, of account: AccountID) throws -> [String: Set<MessageID>] {
        var found: [String: Set<MessageID>] = [:]
        var open = [self]
        while let key = open.popLast() {
            switch key {
            case .and(let keys), .or(let keys): open += keys
            case .not(let key), .fuzzy(let key): open.append(key)
            case .emailID(let text):
                if let id = ObjectIDs.content(text, of: account) { found[text] = try reader.messages(of: id) }
            case .threadID(let text):
                if let id = ObjectIDs.thread(text, of: account) { found[text] = try reader.messages(of: id) }
            default: break
            }
        }
        return found
    }
}
