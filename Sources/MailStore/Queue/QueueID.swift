/// One message waiting in the queue. Never reused.
package struct QueueID: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package var description: String { String(value) }
}

extension QueueID: SQLNumber { package var sqlValue: Int64 { value } }
