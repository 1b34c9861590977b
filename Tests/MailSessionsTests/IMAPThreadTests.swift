import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailSessions

/// A message for threading: its identifier, what it refers to, its subject, and when it was sent.
private struct Mail {
    let id: String
    var references: [String] = []
    var subject = ""
    var sent: EpochSeconds
    var received: EpochSeconds?

    init(
        _ id: String, _ references: [String] = [], _ subject: String = "", sent: EpochSeconds,
        received: EpochSeconds? = nil
    ) {
        (self.id, self.references, self.subject) = (id, references, subject)
        (self.sent, self.received) = (sent, received)
    }
}

private func digest(_ text: String) -> UInt64 { text.isEmpty ? 0 : ReferenceDigests.digest(Array(text.utf8)) }

private func material(_ mails: [Mail]) -> ThreadMaterial {
    var material = ThreadMaterial()
    for (index, mail) in mails.enumerated() {
        guard let uid = UID(UInt32(index + 1)) else { continue }
        let subject = BaseSubject(Array(mail.subject.utf8))
        material.add(
            uid,
            .init(
                sent: mail.sent, received: mail.received ?? mail.sent,
                subject: digest(String(decoding: subject.text, as: UTF8.self)),
                isReplyOrForward: subject.isReplyOrForward),
            [digest(mail.id)] + mail.references.map(digest))
    }
    return material
}

private func thread(_ mails: [Mail], _ algorithm: ThreadCommand.Algorithm = .references) -> String {
    var writer = ReplyWriter()
    writer.threads(Threading.thread(material(mails), algorithm)) { UInt32($0 + 1) }
    return String(decoding: writer.bytes.dropFirst("* THREAD".utf8.count).dropLast(2), as: UTF8.self)
}

private struct ThreadRow: CustomTestStringConvertible, Sendable {
    let name: String
    let mails: [Mail]
    let threads: String
    var testDescription: String { name }
}

private let rows: [ThreadRow] = [
    .init(name: "nothing", mails: [], threads: ""),
    .init(name: "alone", mails: [Mail("a", sent: 1)], threads: " (1)"),
    .init(
        name: "a chain", mails: [Mail("a", sent: 1), Mail("b", ["a"], sent: 2), Mail("c", ["a", "b"], sent: 3)],
        threads: " (1 2 3)"),
    .init(
        name: "a chain backwards",
        mails: [Mail("c", ["a", "b"], sent: 3), Mail("b", ["a"], sent: 2), Mail("a", sent: 1)], threads: " (3 2 1)"),
    .init(
        name: "two answers",
        mails: [Mail("a", sent: 1), Mail("b", ["a"], sent: 3), Mail("c", ["a"], sent: 2)], threads: " (1 (3)(2))"),
    .init(name: "an answer without its question", mails: [Mail("b", ["a"], sent: 1)], threads: " (1)"),
    .init(
        name: "two answers without their question",
        mails: [Mail("b", ["a"], sent: 2), Mail("c", ["a"], sent: 1)], threads: " ((2)(1))"),
    .init(
        name: "a missing one in the middle",
        mails: [Mail("a", sent: 1), Mail("c", ["a", "b"], sent: 2), Mail("d", ["a", "b"], sent: 3)],
        threads: " (1 (2)(3))"),
    .init(name: "missing ones over each other", mails: [Mail("d", ["a", "b", "c"], sent: 1)], threads: " (1)"),
    .init(
        name: "an identifier used twice",
        mails: [Mail("a", sent: 1), Mail("a", sent: 2), Mail("b", ["a"], sent: 3)], threads: " (1 3)(2)"),
    .init(name: "a message that answers itself", mails: [Mail("a", ["a"], sent: 1)], threads: " (1)"),
    .init(
        name: "two that answer each other",
        mails: [Mail("a", ["b"], sent: 1), Mail("b", ["a"], sent: 2)], threads: " (2 1)"),
    .init(
        name: "a guess gives way to what the message says",
        mails: [Mail("x", ["a", "b"], sent: 3), Mail("b", ["c"], sent: 2), Mail("a", sent: 1), Mail("c", sent: 0)],
        threads: " (4 2 1)(3)"),
    .init(
        name: "a later chain may place an earlier root",
        mails: [Mail("b", sent: 2), Mail("x", ["a", "b"], sent: 3), Mail("a", sent: 1)], threads: " (3 1 2)"),
    .init(
        name: "an earlier chain may not place a later root",
        mails: [Mail("x", ["a", "b"], sent: 3), Mail("b", sent: 2), Mail("a", sent: 1)], threads: " (3)(2 1)"),
    .init(
        name: "threads by date, equals as in the mailbox",
        mails: [Mail("a", sent: 5), Mail("b", sent: 1), Mail("c", sent: 5), Mail("d", sent: 0)],
        threads: " (4)(2)(1)(3)"),
    .init(
        name: "one subject, no reply", mails: [Mail("a", [], "x", sent: 1), Mail("b", [], "x", sent: 2)],
        threads: " ((1)(2))"),
    .init(
        name: "three of one subject",
        mails: [Mail("a", [], "x", sent: 1), Mail("b", [], "x", sent: 2), Mail("c", [], "x", sent: 3)],
        threads: " ((1)(2)(3))"),
    .init(
        name: "a reply by subject",
        mails: [Mail("b", [], "Re: x", sent: 1), Mail("a", [], "x", sent: 2)], threads: " (2 1)"),
    .init(
        name: "replies to what is not there",
        mails: [Mail("a", [], "Re: x", sent: 1), Mail("b", [], "Re: x", sent: 2)], threads: " ((1)(2))"),
    .init(
        name: "no subject is no common subject", mails: [Mail("a", sent: 1), Mail("b", sent: 2)],
        threads: " (1)(2)"),
    .init(
        name: "a dummy takes messages of its subject",
        mails: [
            Mail("b", ["a"], "Re: x", sent: 2), Mail("c", ["a"], "Re: x", sent: 1), Mail("d", [], "x", sent: 3),
        ], threads: " ((2)(1)(3))"),
    .init(
        name: "two dummies of one subject",
        mails: [
            Mail("b", ["a"], "x", sent: 2), Mail("c", ["a"], "x", sent: 1), Mail("e", ["d"], "x", sent: 4),
            Mail("f", ["d"], "x", sent: 3),
        ], threads: " ((2)(1)(4)(3))"),
    .init(
        name: "answers below answers",
        mails: [
            Mail("1", sent: 1), Mail("2", ["1"], sent: 2), Mail("3", ["1", "2"], sent: 3),
            Mail("4", ["1", "2", "3"], sent: 4), Mail("5", ["1", "2"], sent: 5), Mail("6", ["1", "2", "5"], sent: 6),
        ], threads: " (1 2 (3 4)(5 6))"),
]

@Suite struct IMAPThreadTests {
    @Test("RFC 5256 REFERENCES", arguments: rows) fileprivate func references(row: ThreadRow) {
        #expect(thread(row.mails) == row.threads)
    }

    @Test func refsKnowNoSubjectsAndPutTheLatestLast() {
        let mails = [
            Mail("a", [], "x", sent: 1, received: 1), Mail("b", [], "x", sent: 2, received: 5),
            Mail("c", ["a"], "x", sent: 3, received: 9), Mail("e", ["d"], sent: 8, received: 6),
            Mail("f", ["d"], sent: 7, received: 7),
        ]
        #expect(thread(mails, .refs) == " (2)((5)(4))(1 3)")
    }

    @Test func orderedSubjectHasNoGrandchildren() {
        let mails = [
            Mail("a", [], "Re: x", sent: 3), Mail("b", [], "y", sent: 2), Mail("c", [], "x", sent: 1),
            Mail("d", ["c"], "fw: [l] x", sent: 4), Mail("e", [], "Re: y", sent: 5),
        ]
        #expect(thread(mails, .orderedSubject) == " (3 (1)(4))(2 5)")
    }

    /// The RFC's way, word by word, on mailboxes made at random: no loops in them, for there the two may differ.
    @Test(arguments: 0..<200) func likeTheLetterOfTheRFC(seed: Int) {
        var random = Random(seed: UInt64(seed))
        let count = 2 + random.next(30)
        let mails = (0..<count).map { index in
            let known = (0..<index).filter { _ in random.next(6) == 0 }.map { "m\($0)" }
            return Mail(
                "m\(index)", known, ["", "x", "Re: x", "y"][random.next(4)], sent: EpochSeconds(random.next(20)))
        }
        var shuffled = mails
        for index in shuffled.indices { shuffled.swapAt(index, random.next(count)) }
        #expect(thread(shuffled) == NaiveThreading.thread(material(shuffled)), "seed \(seed)")
    }

    @Test("100,000 messages in one chain, whichever way round, and made to be slow")
    func deep() {
        let count = 100_000
        func chain(_ index: Int) -> (own: Int, references: [Int]) { (index, index == 0 ? [] : [index - 1]) }
        func backwards(_ index: Int) -> (own: Int, references: [Int]) { (count - index, [count - index - 1]) }
        /// Small trees hung below ever deeper ones, and pairs that answer each other.
        func pairs(_ index: Int) -> (own: Int, references: [Int]) {
            guard index >= count / 2 else { return chain(index) }
            let other = index % 2 == 0 ? index + 1 : index - 1
            return (index, [count / 2 - 1, other])
        }
        let shapes = [chain, backwards, pairs]
        for shape in shapes {
            let start = ContinuousClock.now
            var material = ThreadMaterial()
            for index in 0..<count {
                guard let uid = UID(UInt32(index + 1)) else { continue }
                let (own, references) = shape(index)
                material.add(
                    uid, .init(sent: EpochSeconds(index % 7), received: 0, subject: 0, isReplyOrForward: false),
                    ([own] + references).map { UInt64($0 + 1) })
            }
            var writer = ReplyWriter()
            writer.threads(Threading.thread(material, .references)) { UInt32($0 + 1) }
            let opened = writer.bytes.count { $0 == UInt8(ascii: "(") }
            #expect(opened == writer.bytes.count { $0 == UInt8(ascii: ")") })
            let digits = writer.bytes.split { !(0x30...0x39).contains($0) }
            #expect(digits.count == count)
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }
}

/// Numbers for a test, the same for the same seed.
private struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(max(1, bound)))
    }
}

/// RFC 5256 REFERENCES step by step with objects, as one would write it down.
private final class NaiveThreading {
    final class Container {
        var message: Int?
        weak var parent: Container?
        var children: [Container] = []

        func contains(_ other: Container) -> Bool {
            self === other || children.contains { $0.contains(other) }
        }
    }

    private let material: ThreadMaterial
    private var containers: [UInt64: Container] = [:]
    private var all: [Container] = []
    private var roots: [Container] = []

    init(_ material: ThreadMaterial) { self.material = material }

    static func thread(_ material: ThreadMaterial) -> String {
        let threading = NaiveThreading(material)
        threading.link()
        threading.roots = threading.all.filter { $0.parent == nil }
        threading.roots = threading.pruned(threading.roots, isTop: true)
        threading.roots.sort(by: threading.comesFirst)
        threading.gather()
        for root in threading.roots { threading.sort(root) }
        threading.roots.sort(by: threading.comesFirst)
        return threading.roots.isEmpty ? "" : " " + threading.roots.map(threading.text).joined()
    }

    private func container(_ digest: UInt64) -> Container {
        if let known = containers[digest] { return known }
        let made = Container()
        containers[digest] = made
        all.append(made)
        return made
    }

    private func attach(_ child: Container, to parent: Container) {
        guard child.parent == nil, !child.contains(parent) else { return }
        child.parent = parent
        parent.children.append(child)
    }

    private func detach(_ child: Container) {
        child.parent?.children.removeAll { $0 === child }
        child.parent = nil
    }

    private func link() {
        var kept: [Container] = []
        for message in 0..<material.count {
            let own = material.own(message)
            let box: Container
            if own == 0 || containers[own]?.message != nil {
                box = Container()
                all.append(box)
            } else {
                box = container(own)
            }
            box.message = message
            kept.append(box)
            let references = material.references(message).map(container)
            for (parent, child) in zip(references, references.dropFirst()) { attach(child, to: parent) }
            detach(box)
            if let last = references.last { attach(box, to: last) }
        }
    }

    private func pruned(_ list: [Container], isTop: Bool) -> [Container] {
        list.flatMap { container -> [Container] in
            container.children = pruned(container.children, isTop: false)
            guard container.message == nil else { return [container] }
            return isTop && container.children.count > 1 ? [container] : container.children
        }
    }

    private func face(_ container: Container) -> Int {
        container.message ?? container.children.map(face).min { key($0) < key($1) } ?? 0
    }

    private func key(_ message: Int) -> (EpochSeconds, Int) { (material.messages[message].sent, message) }
    private func comesFirst(_ left: Container, _ right: Container) -> Bool { key(face(left)) < key(face(right)) }
    private func subject(_ container: Container) -> UInt64 { material.messages[face(container)].subject }
    private func isReply(_ container: Container) -> Bool {
        container.message.map { material.messages[$0].isReplyOrForward } ?? false
    }

    private func gather() {
        var table: [UInt64: Container] = [:]
        for root in roots where subject(root) != 0 {
            guard let known = table[subject(root)] else {
                table[subject(root)] = root
                continue
            }
            if known.message != nil, root.message == nil || (isReply(known) && !isReply(root)) {
                table[subject(root)] = root
            }
        }
        for root in roots where subject(root) != 0 && roots.contains(where: { $0 === root }) {
            let key = subject(root)
            guard let chosen = table[key], chosen !== root else { continue }
            roots.removeAll { $0 === root }
            if root.message == nil, chosen.message == nil {
                chosen.children += root.children
            } else if chosen.message == nil || (isReply(root) && !isReply(chosen)) {
                chosen.children.append(root)
            } else {
                let dummy = Container()
                dummy.children = [chosen, root]
                roots.removeAll { $0 === chosen }
                roots.append(dummy)
                table[key] = dummy
            }
        }
    }

    private func sort(_ container: Container) {
        container.children.forEach(sort)
        container.children.sort(by: comesFirst)
    }

    private func text(_ container: Container) -> String { "(" + members(container) + ")" }

    private func members(_ container: Container) -> String {
        let own = container.message.map { "\($0 + 1)" }
        if container.children.count == 1 { return (own.map { $0 + " " } ?? "") + members(container.children[0]) }
        let nested = container.children.map(text).joined()
        return [own, nested.isEmpty ? nil : nested].compactMap { $0 }.joined(separator: " ")
    }
}
