/// Step 1 of RFC 5256 REFERENCES: who answers whom, by identifiers.
///
/// We deliberately do it in two rounds. The RFC goes through the messages once and breaks links again; done so, asking
/// whether a link would make a loop means walking up a chain, and a hostile mailbox makes that quadratic. Here each
/// message first gets the parent it names itself; then chains of references guess the parents of those that have none,
/// where the RFC's order would let the guess stand. A node that is given a parent is then always the root of its tree,
/// and "same tree" is all that has to be known.
struct ThreadLinker {
    private static let none = ThreadForest.none

    private let material: ThreadMaterial
    private var nodeOfDigest: [UInt64: Int] = [:]
    private var parents: [Int]
    private var trees: [Int]

    static func link(_ material: ThreadMaterial) -> ThreadForest {
        var linker = ThreadLinker(material)
        linker.nameMessages()
        linker.linkToOwnParents()
        linker.guessParents()
        return linker.forest()
    }

    private init(_ material: ThreadMaterial) {
        self.material = material
        parents = Array(repeating: Self.none, count: material.count)
        trees = Array(0..<material.count)
        nodeOfDigest.reserveCapacity(material.count)
    }

    /// Of several messages with one identifier the first has it; the others are as if they had none.
    private mutating func nameMessages() {
        for message in 0..<material.count {
            let own = material.own(message)
            if own != 0, nodeOfDigest[own] == nil { nodeOfDigest[own] = message }
        }
    }

    /// 1.B: a message's parent is the last one it refers to.
    private mutating func linkToOwnParents() {
        for message in 0..<material.count {
            guard let last = material.references(message).last else { continue }
            link(message, to: node(of: last))
        }
    }

    /// 1.A: neighbours in a chain of references, where nothing better is known.
    private mutating func guessParents() {
        for message in 0..<material.count {
            var before = Self.none
            for reference in material.references(message) {
                let node = node(of: reference)
                // A message that comes later will say itself where it belongs.
                let mayGuess = node >= material.count || node < message
                if before != Self.none, mayGuess, parents[node] == Self.none { link(node, to: before) }
                before = node
            }
        }
    }

    private mutating func node(of digest: UInt64) -> Int {
        if let known = nodeOfDigest[digest] { return known }
        let dummy = parents.count
        parents.append(Self.none)
        trees.append(dummy)
        nodeOfDigest[digest] = dummy
        return dummy
    }

    /// `child` is a root. Nothing happens when that would make a loop.
    private mutating func link(_ child: Int, to parent: Int) {
        let (own, other) = (tree(of: child), tree(of: parent))
        guard own != other else { return }
        parents[child] = parent
        trees[own] = other
    }

    private mutating func tree(of node: Int) -> Int {
        var root = node
        while trees[root] != root {
            trees[root] = trees[trees[root]]
            root = trees[root]
        }
        return root
    }

    private func forest() -> ThreadForest {
        var forest = ThreadForest(messages: material.count, dummies: parents.count - material.count)
        for node in parents.indices {
            if parents[node] == Self.none { forest.roots.append(node) } else { forest.append(node, to: parents[node]) }
        }
        return forest
    }
}
