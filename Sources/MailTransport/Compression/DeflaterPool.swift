/// The compressors of one event loop. Each is a quarter of a megabyte, and thousands of sessions are idle: whoever sends
/// borrows one. It remembers its last borrower; for anybody else it begins anew.
final class DeflaterPool {
    /// Sessions that send at the same time keep their own.
    static let most = 4

    private var used: [(borrower: ObjectIdentifier, deflater: Deflater)] = []  // the last one at the end

    func deflater(for borrower: AnyObject) throws(CompressionError) -> Deflater {
        let borrower = ObjectIdentifier(borrower)
        let deflater: Deflater
        if let index = used.firstIndex(where: { $0.borrower == borrower }) {
            deflater = used.remove(at: index).deflater
        } else if used.count < Self.most {
            deflater = try Deflater()
        } else {
            deflater = used.removeFirst().deflater
            deflater.forget()
        }
        used.append((borrower, deflater))
        return deflater
    }

    /// Its address may become another's, which must not go on where it has stopped.
    func left(_ borrower: AnyObject) {
        let borrower = ObjectIdentifier(borrower)
        used.removeAll { $0.borrower == borrower }
    }
}
