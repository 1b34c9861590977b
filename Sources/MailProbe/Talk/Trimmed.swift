extension StringProtocol {
    /// Without white space around.
    var trimmed: String {
        let behind = drop { $0.isWhitespace }
        guard let last = behind.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(behind[...last])
    }
}
