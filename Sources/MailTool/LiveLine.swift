import Synchronization

/// The line at the bottom of the terminal that shows how far a work is. Whatever else is written takes its place: nothing
/// is ever appended to it, and it never stays behind.
enum LiveLine {
    private static let isShown = Atomic<Bool>(false)
    static let erasing = "\r\u{1B}[K"

    static func draw(_ text: String) {
        StandardError.writeBare(text)
        isShown.store(text != erasing && text.last != "\n", ordering: .relaxed)
    }

    static func erase() {
        if isShown.exchange(false, ordering: .relaxed) { StandardError.writeBare(erasing) }
    }
}
