import Glibc
import NIOCore

/// What happens when accept(2) fails. The listening socket stays: nothing here is worth losing the service.
final class AcceptErrorHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// A storm of failures is reported so often.
    private static let reportInterval = TimeAmount.seconds(10)

    private let acceptor: Acceptor
    private var nextReport = NIODeadline.uptimeNanoseconds(0)

    init(_ acceptor: Acceptor) { self.acceptor = acceptor }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, [EMFILE, ENFILE].contains(error.errnoCode) { acceptor.reserve.release() }
        let now = context.eventLoop.now
        guard now >= nextReport else { return }
        nextReport = now + Self.reportInterval
        acceptor.acceptFailed(error)
    }
}
