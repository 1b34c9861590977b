import MailStore
import MailTransport

extension LimitCatalogue {
    static func connections(_ limits: ConnectionLimits) -> [LimitRow] {
        let fixed: [LimitRow] = [
            .bytes(
                "connection.memory", limits.overload.memory, key: "limits.memory",
                "newcomers hear 421, BYE or -ERR while who is there goes on; asked once a second"),
            .count(
                "connection.descriptor_reserve", limits.overload.descriptorReserve,
                "descriptors that the store needs for the sessions there are; never more than half of all"),
            .bytes("connection.read_ahead", TransportLimits.readAhead, "input waits in the kernel, not in our memory"),
            .bytes("connection.output_batch", Connection.longestBatch, "replies are sent together, but not later"),
            .bytes(
                "connection.unsent_output", TransportLimits.unsentOutput,
                "who does not read what it asked for is not read any further"),
            .bytes(
                "connection.endless_line", Connection.longestDrain,
                "a line over its limit is read to its end, but not for ever"),
            .bytes(
                "connection.inflated_piece", TransportLimits.inflatedPiece, rfc: "RFC 4978",
                "a few compressed octets stand for megabytes: they are made large as they are read"),
            .count(
                "connection.compressors", TransportLimits.compressors,
                "of each thread, lent to whoever sends: a quarter of a megabyte each"),
            .count(
                "connection.blocked", Int(DirectoryTransaction.mostBlockedPrefixes),
                "addresses and networks that are kept out (mailctl block)"),
            .bytes("connection.proxy_header", TransportLimits.proxyHeaderRest, "PROXY v2 extensions are skipped"),
        ]
        return counted(limits) + timed(limits) + fixed + monitor
    }

    private static let monitor: [LimitRow] = [
        .bytes("monitor.request", TransportLimits.monitorRequest, "a scraper asks with a few lines"),
        .bytes("monitor.path", TransportLimits.monitorPath, "there are three paths"),
        .seconds("monitor.exchange", TransportLimits.monitorSeconds, "from the connection to the end of the answer"),
    ]

    private static func counted(_ limits: ConnectionLimits) -> [LimitRow] {
        [
            .count("connection.total", limits.total, key: "limits.connections", "memory and descriptors are finite"),
            .count(
                "connection.per_address", limits.perAddress, key: "limits.connections_per_address",
                "nobody takes all of them; an IPv6 /64 is one customer"),
            .count(
                "connection.per_network", limits.perNetwork, key: "limits.connections_per_network",
                "the same for an IPv4 /24 and an IPv6 /48"),
            .count(
                "connection.per_minute", limits.ratePerAddress, key: "limits.connection_rate",
                "a handshake costs more than the connection that asks for it"),
            .count(
                "connection.counted_addresses", TransportLimits.countedAddresses,
                "the table of the last minute is bounded; the address that is oldest there gives way"),
        ]
    }

    private static func timed(_ limits: ConnectionLimits) -> [LimitRow] {
        [
            .seconds(
                "connection.handshake", limits.handshakeSeconds, key: "limits.handshake",
                "half a handshake holds memory"),
            .seconds("connection.proxy_header_time", limits.proxyHeaderSeconds, "a proxy sends its header at once"),
            .seconds("connection.idle", limits.idleSeconds, "for a session that sets no time of its own"),
            .seconds("connection.close", TransportLimits.closeSeconds, "for the last output of a closing connection"),
            .seconds(
                "connection.linger", TransportLimits.lingerSeconds, "so that a reset does not destroy the last reply"),
        ]
    }
}
