import MailWire

extension ReplyWriter {
    private enum ThreadStep {
        case list(Int)
        case close
    }

    /// `* THREAD (2)(3 6 (4 23)(44 7 96))` (RFC 5256 §4). `number` is what the client calls a message.
    mutating func threads(_ forest: ThreadForest, number: (Int) -> UInt32) {
        raw("* THREAD")
        if !forest.roots.isEmpty { space() }
        var steps = forest.roots.reversed().map(ThreadStep.list)
        while let step = steps.popLast() {
            switch step {
            case .close: close()
            case .list(let node):
                open()
                steps.append(.close)
                steps += members(from: node, forest, number).reversed().map(ThreadStep.list)
            }
        }
        endLine()
    }

    // thread-list = "(" (thread-members / thread-nested) ")"
    // thread-members = nz-number *(SP nz-number) [SP thread-nested] ;  thread-nested = 2*thread-list
    private mutating func members(from start: Int, _ forest: ThreadForest, _ number: (Int) -> UInt32) -> [Int] {
        var node = start
        if forest.isDummy(node) {
            guard let only = forest.onlyChild(of: node) else { return forest.children(of: node) }
            node = only
        }
        while true {
            self.number(number(node))
            guard forest.hasChildren(node) else { return [] }
            space()
            guard let only = forest.onlyChild(of: node) else { return forest.children(of: node) }
            node = only
        }
    }
}
