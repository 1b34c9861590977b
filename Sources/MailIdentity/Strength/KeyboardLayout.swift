/// Where the keys are: a row, and how far along it in quarters of a key.
struct KeyboardLayout {
    struct Key: Equatable {
        let row: Int
        let quarter: Int
        let isShifted: Bool
    }

    /// Into which direction the finger goes.
    struct Step: Equatable {
        let rows: Int
        let side: Int
    }

    let keys: [Unicode.Scalar: Key]

    private init(_ rows: [(plain: String, shifted: String)]) {
        var keys: [Unicode.Scalar: Key] = [:]
        for (row, texts) in rows.enumerated() {
            for (text, isShifted) in [(texts.plain, false), (texts.shifted, true)] {
                for (column, scalar) in text.unicodeScalars.enumerated() {
                    keys[scalar] = Key(row: row, quarter: Self.offsets[row] + 4 * column, isShifted: isShifted)
                }
            }
        }
        self.keys = keys
    }

    /// Rows of a keyboard stand like the stones of a wall.
    private static let offsets = [0, 6, 7, 9]

    static let all = [american, swedish]

    private static let american = KeyboardLayout([
        ("`1234567890-=", "~!@#$%^&*()_+"), ("qwertyuiop[]\\", "QWERTYUIOP{}|"), ("asdfghjkl;'", "ASDFGHJKL:\""),
        ("zxcvbnm,./", "ZXCVBNM<>?"),
    ])

    private static let swedish = KeyboardLayout([
        ("§1234567890+´", "½!\"#¤%&/()=?`"), ("qwertyuiopå¨", "QWERTYUIOPÅ^"), ("asdfghjklöä'", "ASDFGHJKLÖÄ*"),
        ("zxcvbnm,.-", "ZXCVBNM;:_"),
    ])

    /// Nil when the keys do not touch.
    static func step(from key: Key, to next: Key) -> Step? {
        let (rows, quarters) = (next.row - key.row, next.quarter - key.quarter)
        let touches = rows == 0 ? abs(quarters) == 4 : abs(rows) == 1 && abs(quarters) < 4
        return touches ? Step(rows: rows, side: quarters.signum()) : nil
    }
}
