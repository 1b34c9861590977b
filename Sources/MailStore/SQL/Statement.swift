internal import CSQLite

/// One prepared statement. Made and kept by its connection; used by one thread at a time.
package final class Statement {
    private let handle: OpaquePointer
    private let connection: SQLHandle
    private(set) var isRunning = false

    init(_ handle: OpaquePointer, of connection: SQLHandle) {
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs to completion and returns how many rows an INSERT, UPDATE or DELETE touched.
    @discardableResult
    package func run<each Value: SQLBindable>(_ values: repeat each Value) throws -> Int {
        try start(repeat each values)
        defer { stop() }
        while try step() {}
        return Int(sqlite3_changes64(connection.pointer))
    }

    package func each<each Value: SQLBindable>(
        _ values: repeat each Value, do body: (borrowing Row) throws -> Void
    ) throws {
        try start(repeat each values)
        defer { stop() }
        let row = Row(statement: handle)
        while try step() { try body(row) }
    }

    /// Calls `body` for each row until it returns false.
    package func some<each Value: SQLBindable>(
        _ values: repeat each Value, while body: (borrowing Row) throws -> Bool
    ) throws {
        try start(repeat each values)
        defer { stop() }
        let row = Row(statement: handle)
        while try step() {
            guard try body(row) else { return }
        }
    }

    /// The first row, or nil when there is none. Not for statements with RETURNING that may touch several rows.
    package func first<Result, each Value: SQLBindable>(
        _ values: repeat each Value, do body: (borrowing Row) throws -> Result
    ) throws -> Result? {
        try start(repeat each values)
        defer { stop() }
        guard try step() else { return nil }
        return try body(Row(statement: handle))
    }

    /// The first column of the first row as a number.
    package func number<each Value: SQLBindable>(_ values: repeat each Value) throws -> Int64? {
        try first(repeat each values) { $0.isNull(0) ? nil : $0.int64(0) } ?? nil
    }

    /// The first column of the first row as text.
    package func text<each Value: SQLBindable>(_ values: repeat each Value) throws -> String? {
        try first(repeat each values) { $0.optionalText(0) } ?? nil
    }

    private func start<each Value: SQLBindable>(_ values: repeat each Value) throws {
        var index: Int32 = 0
        for value in repeat each values {
            index += 1
            let code = value.bind(to: handle, at: index)
            guard code == SQLITE_OK else { throw connection.failure(code) }
        }
        isRunning = true
    }

    private func stop() {
        sqlite3_reset(handle)
        isRunning = false
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        case let code: throw connection.failure(code)
        }
    }
}
