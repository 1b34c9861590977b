import NIOCore
import NIOHTTP1

/// One request, one answer, and the connection closes: a monitor comes every few seconds and needs nothing more.
///
/// GET and HEAD only, no body, and everything within `HTTPLimits`.
final class MonitorHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: @Sendable (HTTPQuestion) -> HTTPAnswer
    private var head: HTTPRequestHead?
    private var isAnswered = false
    private var deadline: Scheduled<Void>?

    init(_ answer: @escaping @Sendable (HTTPQuestion) -> HTTPAnswer) { self.answer = answer }

    /// From accept to close, whatever the client does: a slow one holds a place for so long and no longer.
    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: HTTPLimits.longestExchange) { bound.value.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isAnswered else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: send(HTTPAnswer(413, "no body is taken\n"), context)
        case .end: if let head { send(respond(to: head), context) }
        }
    }

    /// What is no HTTP: NIO has answered 400 where it could.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func respond(to head: HTTPRequestHead) -> HTTPAnswer {
        guard head.method == .GET || head.method == .HEAD else { return HTTPAnswer(405, "only GET and HEAD\n") }
        guard head.uri.utf8.count <= HTTPLimits.longestPath, head.uri.hasPrefix("/") else {
            return HTTPAnswer(404, "not found\n")
        }
        return answer(HTTPQuestion(path: String(head.uri.prefix { $0 != "?" })))
    }

    private func send(_ answer: HTTPAnswer, _ context: ChannelHandlerContext) {
        isAnswered = true
        var headers: HTTPHeaders = [
            "Content-Type": answer.contentType, "Content-Length": String(answer.body.utf8.count), "Connection": "close",
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        ]
        if answer.status == 405 { headers.add(name: "Allow", value: "GET, HEAD") }
        let status = HTTPResponseStatus(statusCode: answer.status)
        context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
        if head?.method != .HEAD {
            let body = context.channel.allocator.buffer(string: answer.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }
}

/// Bounds of the monitor.
enum HTTPLimits {
    static let connections = 64
    static let longestExchange = TimeAmount.seconds(10)
    static let longestPath = 1_024
    /// Of one connection, which is one request.
    static let longestRequest = 16_384
    static let backlog: Int32 = 64
}
