import MailMessage
import MailWire

/// The three ways of threading (RFC 5256 §3, draft-ietf-morg-inthread), from numbers to trees in their final order.
struct Threading {
    private let messages: [ThreadMaterial.Message]
    private(set) var forest: ThreadForest

    static func thread(_ material: ThreadMaterial, _ algorithm: ThreadCommand.Algorithm) -> ThreadForest {
        switch algorithm {
        case .orderedSubject: return orderedSubject(material.messages)
        case .references:
            var threading = Threading(material)
            threading.sortRoots()
            threading.gatherSubjects()
            threading.forest.sortChildren(by: threading.comesFirst)
            threading.sortRoots()
            return threading.forest
        case .refs:
            var threading = Threading(material)
            threading.forest.sortChildren(by: threading.comesFirst)
            threading.sortRootsByLatest()
            return threading.forest
        }
    }

    private init(_ material: ThreadMaterial) {
        messages = material.messages
        forest = ThreadLinker.link(material)
        forest.prune()
    }

    /// The message that stands for a node: a dummy's earliest child.
    private func face(of node: Int) -> Int {
        guard forest.isDummy(node) else { return node }
        return forest.children(of: node).min(by: comesFirst) ?? node
    }

    /// By date, equals in mailbox order. Dummies are asked for by their faces.
    private var comesFirst: (Int, Int) -> Bool {
        { [messages] left, right in
            guard left < messages.count, right < messages.count else { return left < right }
            let (one, other) = (messages[left].sent, messages[right].sent)
            return one == other ? left < right : one < other
        }
    }

    private mutating func sortRoots() {
        let faces = forest.roots.map { (node: $0, face: face(of: $0)) }
        forest.roots = faces.sorted { comesFirst($0.face, $1.face) }.map(\.node)
    }

    /// REFS: the thread in which something came in last stands at the end.
    private mutating func sortRootsByLatest() {
        var latest: [Int: EpochSeconds] = [:]
        var thread = ThreadForest.none
        let roots = Set(forest.roots)
        for node in forest.preorder() {
            if roots.contains(node) { thread = node }
            guard !forest.isDummy(node) else { continue }
            latest[thread] = max(latest[thread] ?? .min, messages[node].received)
        }
        let keyed = forest.roots.map { (node: $0, latest: latest[$0] ?? .min, face: face(of: $0)) }
        forest.roots = keyed.sorted { ($0.latest, $0.face) < ($1.latest, $1.face) }.map(\.node)
    }
}

// MARK: Step 5 of REFERENCES: threads of one subject

extension Threading {
    private struct Root {
        let node: Int
        let subject: UInt64
        let isDummy: Bool
        let isReply: Bool
    }

    private func root(_ node: Int) -> Root {
        let isDummy = forest.isDummy(node)
        let face = messages[face(of: node)]
        return Root(node: node, subject: face.subject, isDummy: isDummy, isReply: !isDummy && face.isReplyOrForward)
    }

    private mutating func gatherSubjects() {
        let roots = forest.roots.map(root)
        var table = subjectTable(roots)
        var merged: Set<Int> = []
        var added: [Int] = []
        for current in roots where current.subject != 0 && !merged.contains(current.node) {
            guard let chosen = table[current.subject], chosen.node != current.node else { continue }
            merged.insert(current.node)
            guard let dummy = merge(current, into: chosen) else { continue }
            merged.insert(chosen.node)
            added.append(dummy)
            table[current.subject] = Root(node: dummy, subject: current.subject, isDummy: true, isReply: false)
        }
        forest.roots = (forest.roots + added).filter { !merged.contains($0) }
    }

    /// 5.B: for each subject a dummy if there is one, else a message that is no reply, else the first.
    private func subjectTable(_ roots: [Root]) -> [UInt64: Root] {
        var table: [UInt64: Root] = [:]
        for current in roots where current.subject != 0 {
            guard let known = table[current.subject] else {
                table[current.subject] = current
                continue
            }
            if !known.isDummy, current.isDummy || (known.isReply && !current.isReply) {
                table[current.subject] = current
            }
        }
        return table
    }

    /// 5.C. Returns the dummy that takes the place of `chosen`, where a new one is needed.
    private mutating func merge(_ current: Root, into chosen: Root) -> Int? {
        if current.isDummy, chosen.isDummy {
            forest.takeChildren(of: current.node, to: chosen.node)
        } else if chosen.isDummy || (current.isReply && !chosen.isReply) {
            forest.append(current.node, to: chosen.node)
        } else {
            let dummy = forest.addDummy()
            forest.append(chosen.node, to: dummy)
            forest.append(current.node, to: dummy)
            return dummy
        }
        return nil
    }
}

// MARK: ORDEREDSUBJECT

extension Threading {
    /// Messages of one base subject are a thread: the earliest is its root, the others are that one's children.
    private static func orderedSubject(_ messages: [ThreadMaterial.Message]) -> ThreadForest {
        var forest = ThreadForest(messages: messages.count)
        var rootOfSubject: [UInt64: Int] = [:]
        let byDate = messages.indices.sorted {
            (messages[$0].sent, $0) < (messages[$1].sent, $1)
        }
        for message in byDate {
            if let root = rootOfSubject[messages[message].subject] {
                forest.append(message, to: root)
            } else {
                rootOfSubject[messages[message].subject] = message
                forest.roots.append(message)
            }
        }
        return forest
    }
}
