package import MailTool
import Synchronization

/// A progress bar that a closure may advance.
package final class SharedProgress: Sendable {
    private let bar: Mutex<MailTool.Progress>

    package init(_ bar: MailTool.Progress) { self.bar = Mutex(bar) }

    package func advance(by count: Int64 = 1) { bar.withLock { $0.advance(by: count) } }
    package func finish() { bar.withLock { $0.finish() } }
}
