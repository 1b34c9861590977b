/// What only grows.
package enum Counter: Int, CaseIterable, Sendable {
    case refusedTooMany, refusedFromAddress, refusedFromNetwork, refusedBlocked, refusedOverload
    case acceptFailed
    case tls12, tls13, tlsOther, tlsResumed, tlsFailed
    case loginSucceeded, loginWrong, loginLocked, loginSuspended, loginRefused, loginNoPassword, loginUnavailable,
        loginBroken, loginFormer
    case mailDelivered, mailQueued, mailRefused, mailDeferred
    case queueDelivered, queueDeferred, queueFailed
    case limitBadCommands, limitLine, limitLiteral, limitIdle, limitMessageSize, limitRecipients, limitDisk, limitQuota
    case limitCommandTime, limitDataRate, limitCryptQueue, limitMemory
    case verificationHit, verificationMiss, directoryHit, directoryMiss
    case storeWrite
    case storeBusy, storeFull, storeDamaged, storeIO, storeOther
}

extension Counter {
    package var series: MetricSeries {
        switch self {
        case .refusedTooMany: MetricSeries(.refusals, "reason", "too_many")
        case .refusedFromAddress: MetricSeries(.refusals, "reason", "too_many_from_address")
        case .refusedFromNetwork: MetricSeries(.refusals, "reason", "too_many_from_network")
        case .refusedBlocked: MetricSeries(.refusals, "reason", "blocked")
        case .refusedOverload: MetricSeries(.refusals, "reason", "overload")
        case .acceptFailed: MetricSeries(.acceptFailures)
        case .tls12: MetricSeries(.handshakes, "version", "TLSv1.2")
        case .tls13: MetricSeries(.handshakes, "version", "TLSv1.3")
        case .tlsOther: MetricSeries(.handshakes, "version", "other")
        case .tlsResumed: MetricSeries(.resumed)
        case .tlsFailed: MetricSeries(.handshakeFailures)
        case .loginSucceeded: MetricSeries(.logins, "result", "ok")
        case .loginWrong: MetricSeries(.logins, "result", "wrong")
        case .loginLocked: MetricSeries(.logins, "result", "locked")
        case .loginSuspended: MetricSeries(.logins, "result", "suspended")
        case .loginRefused: MetricSeries(.logins, "result", "refused")
        case .loginNoPassword: MetricSeries(.logins, "result", "no_password")
        case .loginUnavailable: MetricSeries(.logins, "result", "unavailable")
        case .loginFormer: MetricSeries(.logins, "result", "old_password")
        case .loginBroken: MetricSeries(.logins, "result", "malformed")
        case .mailDelivered: MetricSeries(.deliveries, "result", "delivered")
        case .mailQueued: MetricSeries(.deliveries, "result", "queued")
        case .mailRefused: MetricSeries(.deliveries, "result", "refused")
        case .mailDeferred: MetricSeries(.deliveries, "result", "deferred")
        case .queueDelivered: MetricSeries(.queueAttempts, "result", "delivered")
        case .queueDeferred: MetricSeries(.queueAttempts, "result", "deferred")
        case .queueFailed: MetricSeries(.queueAttempts, "result", "failed")
        case .verificationHit: Self.cache("password", "hit")
        case .verificationMiss: Self.cache("password", "miss")
        case .directoryHit: Self.cache("directory", "hit")
        case .directoryMiss: Self.cache("directory", "miss")
        case .storeWrite: MetricSeries(.storeWrites)
        case .storeBusy: MetricSeries(.storeFailures, "cause", "busy")
        case .storeFull: MetricSeries(.storeFailures, "cause", "disk_full")
        case .storeDamaged: MetricSeries(.storeFailures, "cause", "damaged")
        case .storeIO: MetricSeries(.storeFailures, "cause", "io")
        case .storeOther: MetricSeries(.storeFailures, "cause", "other")
        default: MetricSeries(.limits, "limit", limit)
        }
    }

    private static func cache(_ name: String, _ result: String) -> MetricSeries {
        MetricSeries(.caches, [MetricLabel(name: "cache", value: name), MetricLabel(name: "result", value: result)])
    }

    private var limit: String {
        switch self {
        case .limitBadCommands: "bad_commands"
        case .limitLine: "line"
        case .limitLiteral: "literal"
        case .limitIdle: "idle"
        case .limitMessageSize: "message_size"
        case .limitRecipients: "recipients"
        case .limitDisk: "disk"
        case .limitQuota: "quota"
        case .limitCommandTime: "command_time"
        case .limitDataRate: "data_rate"
        case .limitCryptQueue: "crypt_queue"
        case .limitMemory: "memory"
        default: "other"
        }
    }
}

/// The services as the metrics name them: the words of the configuration.
package enum MetricService: Int, CaseIterable, Sendable {
    case smtp, submission, submissions, imap, imaps, pop3, pop3s, https

    package init?(named name: String) {
        guard let found = Self.allCases.first(where: { "\($0)" == name }) else { return nil }
        self = found
    }
}

/// What only grows, for each service by itself.
package enum ServiceCounter: Int, CaseIterable, Sendable {
    case sessions, bytesIn, bytesOut

    var family: MetricFamily {
        switch self {
        case .sessions: .sessions
        case .bytesIn: .bytesIn
        case .bytesOut: .bytesOut
        }
    }
}
