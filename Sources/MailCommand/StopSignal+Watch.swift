package import MailStore
package import MailTool

extension StopSignal {
    /// Advances the bar, until somebody wants no more.
    package static func watch(_ bar: SharedProgress) -> CopyWatch {
        { count in
            guard !isReceived else { throw StoreError.stopped }
            bar.advance(by: count)
        }
    }
}
