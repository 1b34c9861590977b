/// Records one by one: each is written as it comes where it is a line, else when the last one is known. Without any, nothing is.
package struct RecordStream<Item> {
    private let writer: RecordWriter<Item>
    private var waiting: [Item] = []
    package private(set) var count = 0

    package init(_ writer: RecordWriter<Item>) { self.writer = writer }

    package mutating func add(_ item: Item) throws(ToolError) {
        count += 1
        guard writer.isByLine else { return waiting.append(item) }
        if count == 1 { try writer.write([item]) } else { try writer.writeMore([item]) }
    }

    package mutating func finish() throws(ToolError) {
        guard !waiting.isEmpty else { return }
        defer { waiting = [] }
        try writer.write(waiting)
    }
}
