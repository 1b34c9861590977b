/// Messages as trees. Nodes below `messageCount` are messages, in mailbox order; the others stand for messages that are
/// not there ("dummies" of RFC 5256). Every walk is a loop: a thread may be as deep as the mailbox is large.
struct ThreadForest: Sendable {
    private struct Node: Sendable {
        var firstChild = ThreadForest.none
        var lastChild = ThreadForest.none
        var nextSibling = ThreadForest.none
    }

    static let none = -1

    let messageCount: Int
    private var nodes: [Node]
    var roots: [Int] = []

    init(messages: Int, dummies: Int = 0) {
        messageCount = messages
        nodes = Array(repeating: Node(), count: messages + dummies)
    }

    func isDummy(_ node: Int) -> Bool { node >= messageCount }

    mutating func addDummy() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    mutating func append(_ child: Int, to parent: Int) { append(list: child, child, to: parent) }

    /// `other` keeps nothing.
    mutating func takeChildren(of other: Int, to parent: Int) {
        let (first, last) = (nodes[other].firstChild, nodes[other].lastChild)
        nodes[other].firstChild = Self.none
        nodes[other].lastChild = Self.none
        if first != Self.none { append(list: first, last, to: parent) }
    }

    private mutating func append(list first: Int, _ last: Int, to parent: Int) {
        nodes[last].nextSibling = Self.none
        if nodes[parent].lastChild == Self.none {
            nodes[parent].firstChild = first
        } else {
            nodes[nodes[parent].lastChild].nextSibling = first
        }
        nodes[parent].lastChild = last
    }

    func children(of node: Int) -> [Int] {
        var result: [Int] = []
        var child = nodes[node].firstChild
        while child != Self.none {
            result.append(child)
            child = nodes[child].nextSibling
        }
        return result
    }

    /// The child when there is exactly one.
    func onlyChild(of node: Int) -> Int? {
        let first = nodes[node].firstChild
        return first != Self.none && first == nodes[node].lastChild ? first : nil
    }

    func hasChildren(_ node: Int) -> Bool { nodes[node].firstChild != Self.none }

    /// Every node below the roots, parents before their children.
    func preorder() -> [Int] {
        var order: [Int] = []
        order.reserveCapacity(nodes.count)
        var waiting = Array(roots.reversed())
        while let node = waiting.popLast() {
            order.append(node)
            var child = nodes[node].firstChild
            while child != Self.none {
                waiting.append(child)
                child = nodes[child].nextSibling
            }
        }
        return order
    }

    /// RFC 5256 REFERENCES step 3: dummies give way to their children; at the top only those with one child or none do.
    mutating func prune() {
        for node in preorder().reversed() {
            let children = children(of: node)
            guard children.contains(where: isDummy) else { continue }
            nodes[node].firstChild = Self.none
            nodes[node].lastChild = Self.none
            for child in children {
                if isDummy(child) { takeChildren(of: child, to: node) } else { append(child, to: node) }
            }
        }
        roots = roots.compactMap { root in
            guard isDummy(root) else { return root }
            return onlyChild(of: root) ?? (hasChildren(root) ? root : nil)
        }
    }

    /// Sorts every set of siblings but the roots.
    mutating func sortChildren(by comesFirst: (Int, Int) -> Bool) {
        for node in preorder() where hasChildren(node) && onlyChild(of: node) == nil {
            let sorted = children(of: node).sorted(by: comesFirst)
            nodes[node].firstChild = Self.none
            nodes[node].lastChild = Self.none
            for child in sorted { append(child, to: node) }
        }
    }
}
