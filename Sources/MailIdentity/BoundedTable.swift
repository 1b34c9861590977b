/// A dictionary that never grows beyond its bound: the least recently used entry makes room. All operations take O(1).
struct BoundedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Node {
        var key: Key
        var value: Value
        var older: Int?
        var newer: Int?
    }

    let bound: Int
    private var nodes: [Node] = []
    private var index: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?
    private var free: [Int] = []

    init(bound: Int) { self.bound = max(1, bound) }

    var count: Int { index.count }

    /// Reading does not make an entry younger.
    subscript(peek key: Key) -> Value? { index[key].map { nodes[$0].value } }

    mutating func value(_ key: Key) -> Value? {
        guard let place = index[key] else { return nil }
        touch(place)
        return nodes[place].value
    }

    mutating func set(_ key: Key, _ value: Value) {
        if let place = index[key] {
            nodes[place].value = value
            touch(place)
            return
        }
        if index.count >= bound, let oldest { remove(nodes[oldest].key) }
        let node = Node(key: key, value: value)
        let place: Int
        if let reused = free.popLast() {
            nodes[reused] = node
            place = reused
        } else {
            nodes.append(node)
            place = nodes.count - 1
        }
        index[key] = place
        link(place)
    }

    mutating func remove(_ key: Key) {
        guard let place = index.removeValue(forKey: key) else { return }
        unlink(place)
        free.append(place)
    }

    private mutating func touch(_ place: Int) {
        guard newest != place else { return }
        unlink(place)
        link(place)
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (nodes[place].older, nodes[place].newer)
        if let older { nodes[older].newer = newer } else { oldest = newer }
        if let newer { nodes[newer].older = older } else { newest = older }
    }

    private mutating func link(_ place: Int) {
        nodes[place].older = newest
        nodes[place].newer = nil
        if let newest { nodes[newest].newer = place } else { oldest = place }
        newest = place
    }
}
