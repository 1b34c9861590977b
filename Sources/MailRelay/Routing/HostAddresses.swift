internal import MailDial
internal import MailNetwork

/// Where a host is.
struct HostAddresses: Sendable, Equatable {
    var all: [IPAddress] = []
    /// DNSSEC proves all of them.
    var isAuthentic = false
    /// The name itself where there are no aliases.
    var canonicalName: String
    /// Nobody could say, so there may be some.
    var failure: String?

    private static let patience = 5_000

    /// Of a host that somebody outside names: by DNS alone.
    static func of(_ host: String, _ names: NameService, prefersIPv6: Bool) async -> HostAddresses {
        async let sixes = names.lookup(.aaaa, host)
        async let fours = names.lookup(.a, host)
        let answers = prefersIPv6 ? [await sixes, await fours] : [await fours, await sixes]
        var result = HostAddresses(canonicalName: host)
        var verdicts: [Bool] = []
        for answer in answers {
            switch answer {
            case .found(let found):
                result.all += found.addresses.prefix(RoutingSettings.mostAddresses)
                result.canonicalName = found.canonicalName
                verdicts.append(found.isAuthentic)
            case .failed(let reason): result.failure = reason
            case .noName, .noData: break
            }
        }
        result.isAuthentic = !verdicts.isEmpty && verdicts.allSatisfy(\.self)
        return result
    }

    /// Of a host that the operator names: an address, or a name that hosts(5) and the like may know too.
    static func chosen(_ host: String, _ names: NameService, prefersIPv6: Bool) async -> HostAddresses {
        if let address = IPAddress(host) { return HostAddresses(all: [address], canonicalName: host) }
        let found = await of(host, names, prefersIPv6: prefersIPv6)
        guard found.all.isEmpty, names.asksSystem || host == "localhost" else { return found }
        let local = await BlockingThread.run { Resolver().addresses(of: host, by: .after(milliseconds: patience)) }
        let all = (local.value ?? []).prefix(RoutingSettings.mostAddresses)
        let six = all.filter { $0.family == .v6 }, four = all.filter { $0.family == .v4 }
        return HostAddresses(
            all: prefersIPv6 ? six + four : four + six, canonicalName: host,
            failure: all.isEmpty ? found.failure : nil)
    }
}

extension NameRecords {
    var addresses: [IPAddress] {
        all.compactMap { record in
            guard case .address(let address) = record else { return nil }
            return address
        }
    }
}
