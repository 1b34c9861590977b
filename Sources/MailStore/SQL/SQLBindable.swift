internal import CSQLite
package import MailMessage

/// What can be bound to a parameter: BIGINT, TEXT and BYTEA, nothing else (the SQL runs on PostgreSQL too).
package protocol SQLBindable {
    /// Binds at a 1-based index and returns SQLite's result code.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension Int64: SQLBindable {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension Int: SQLBindable {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension UInt32: SQLBindable {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension Bool: SQLBindable {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self ? 1 : 0)
    }
}

extension String: SQLBindable {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        var copy = self
        return copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                csqlite_bind_text(statement, index, $0.baseAddress, UInt64($0.count))
            }
        }
    }
}

extension Array: SQLBindable where Element == UInt8 {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        withUnsafeBytes { csqlite_bind_blob(statement, index, $0.baseAddress, UInt64($0.count)) }
    }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .some(let value): value.bind(to: statement, at: index)
        case .none: sqlite3_bind_null(statement, index)
        }
    }
}

/// Bytes that outlive the statement's run: bound without a copy.
struct BorrowedBytes: SQLBindable {
    let bytes: UnsafeRawBufferPointer

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        csqlite_bind_blob_static(statement, index, bytes.baseAddress, UInt64(bytes.count))
    }
}

/// A number with a type of its own, bound as BIGINT.
package protocol SQLNumber: SQLBindable {
    var sqlValue: Int64 { get }
}

extension SQLNumber {
    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, sqlValue)
    }
}

extension AccountID: SQLNumber { package var sqlValue: Int64 { value } }
extension MailboxID: SQLNumber { package var sqlValue: Int64 { value } }
extension MessageID: SQLNumber { package var sqlValue: Int64 { value } }
extension OrganisationID: SQLNumber { package var sqlValue: Int64 { value } }
extension DomainID: SQLNumber { package var sqlValue: Int64 { value } }
extension ClassID: SQLNumber { package var sqlValue: Int64 { value } }
extension AliasID: SQLNumber { package var sqlValue: Int64 { value } }
extension UID: SQLNumber { package var sqlValue: Int64 { Int64(value) } }
extension ModSeq: SQLNumber { package var sqlValue: Int64 { value } }
extension FlagBits: SQLNumber { package var sqlValue: Int64 { rawValue } }
