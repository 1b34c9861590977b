// swift-tools-version: 6.2
import PackageDescription

/// Every target is written in the same dialect; see docs/ARCHITECTURE.md for who may import whom.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let nio = ["NIOCore", "NIOPosix"].map { Target.Dependency.product(name: $0, package: "swift-nio") }

let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ target: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: target + "Tests", dependencies: [.init(stringLiteral: target)] + dependencies, swiftSettings: house)
}

/// The folders of Tests/Fuzz that hold seeds.
let fuzzed = [
    "addresses", "configuration", "dates", "dns-answers", "header-text", "http-request", "identity-tokens",
    "imap-command", "mailbox-names", "mime",
    "password-hash",
    "pop3-command", "proxy-header", "sasl", "search-charset", "sender-records", "sequence-sets", "signatures",
    "smtp-command", "sts-policies", "transfer-coding",
]

let package = Package(
    name: "posthus",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // ground
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CSQLite"),
        .target(name: "CSQLiteHeap", linkerSettings: [.linkedLibrary("sqlite3")]),
        .systemLibrary(name: "CGlibc"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CResolver", linkerSettings: [.linkedLibrary("resolv")]),
        library("MailMessage", ["CGlibc"]),
        library("MailCrypto", ["COpenSSL", "CGlibc"]),
        library("MailShared", ["CGlibc"]),
        library("MailNetwork"),

        // floor 1, the machinery
        library("MailTool", ["MailMessage", argumentParser]),
        library("MailStore", ["MailMessage", "MailShared", "MailCrypto", "CSQLite", "CSQLiteHeap", "CGlibc"]),
        library(
            "MailTransport",
            ["MailNetwork", "MailCrypto", "MailShared", "COpenSSL", "CZlib", "CGlibc"] + nio + [nioHTTP]),
        library("MailWire", ["MailMessage"]),
        library("MailConfig", ["MailMessage", toml]),
        library("MailDial", ["MailNetwork", "MailCrypto", "COpenSSL", "CResolver"]),
        library("MailDomainAuth", ["MailMessage", "MailCrypto", "MailNetwork"]),

        // floor 2, what mail means here
        library(
            "MailIdentity", ["MailStore", "MailCrypto", "MailTransport", "MailNetwork", "MailMessage", "MailShared"]),
        library("MailOpenID", ["MailDial", "MailTool", "MailWire", "MailCrypto", "MailNetwork"]),
        library("MailDelivery", ["MailDomainAuth", "MailStore", "MailMessage"]),
        library(
            "MailFilter",
            ["MailDomainAuth", "MailDial", "MailStore", "MailTransport", "MailNetwork", "MailCrypto", "MailMessage"]),
        library(
            "MailRelay",
            [
                "MailDelivery", "MailDomainAuth", "MailDial", "MailWire", "MailStore", "MailTransport", "MailNetwork",
                "MailCrypto", "MailShared", "MailMessage",
            ]),

        // floor 3, what people meet
        library(
            "MailSessions",
            [
                "MailWeb", "MailAdmin", "MailWire", "MailDelivery", "MailFilter", "MailRelay", "MailDomainAuth",
                "MailDial", "MailIdentity", "MailOpenID", "MailStore", "MailTransport", "MailMessage", "MailCrypto",
                "MailNetwork", "MailShared", logging,
            ]),
        library(
            "MailWeb",
            [
                "MailAdmin", "MailIdentity", "MailStore", "MailTransport", "MailWire", "MailMessage", "MailCrypto",
                "MailNetwork",
            ]),
        library(
            "MailAdmin",
            [
                "MailIdentity", "MailOpenID", "MailDomainAuth", "MailDial", "MailStore", "MailNetwork", "MailCrypto",
                "MailMessage", "MailSupervisor",
            ]),

        // the supervisor: processes, no mail
        library("MailSupervisor", ["MailTool", "MailShared", "MailCrypto", "CGlibc"]),

        // from where the client sits: no store, no server
        library("MailProbe", ["MailDial", "MailTool", "MailMessage", "MailNetwork", "MailCrypto"]),

        library("MailCommand", ["MailAdmin", "MailStore", "MailMessage", "MailConfig", "MailTool", argumentParser]),

        // executables: arguments -> value -> one call -> output
        tool(
            "mail-serve",
            [
                "MailSupervisor", "MailSessions", "MailWeb", "MailRelay", "MailFilter", "MailAdmin", "MailIdentity",
                "MailOpenID", "MailStore",
                "MailTransport", "MailConfig", "MailNetwork", "MailTool", "MailShared", "MailCrypto", "MailMessage",
                "CGlibc",
                argumentParser, logging,
            ]),
        tool(
            "mailctl",
            [
                "MailCommand", "MailAdmin", "MailDelivery", "MailOpenID", "MailStore", "MailMessage", "MailConfig",
                "MailTool", argumentParser,
            ]),
        tool("mail-quota", ["MailCommand", "MailAdmin", "MailStore", "MailMessage", "MailTool", argumentParser]),
        tool("mail-purge", ["MailCommand", "MailAdmin", "MailStore", "MailMessage", "MailTool", argumentParser]),

        tool("mail-probe", ["MailProbe", "MailTool", argumentParser]),

        // for tests alone: connections without sockets
        .target(
            name: "MailTransportTesting", dependencies: ["MailTransport", nio[0], nioEmbedded],
            path: "Tests/Support/MailTransportTesting", swiftSettings: house),

        // for tests alone: a process that does one thing and can be killed in the middle of it
        .executableTarget(
            name: "worker-probe", dependencies: ["MailIdentity", "MailShared", "MailStore", "MailMessage"],
            path: "Tests/Support/worker-probe", swiftSettings: house),

        // for tests alone: signs and checks mail beside other implementations of DKIM and ARC
        .executableTarget(
            name: "dkim-probe", dependencies: ["MailDomainAuth", "MailCrypto", "MailNetwork"],
            path: "Tests/Support/dkim-probe", swiftSettings: house),

        tests("MailMessage"),
        tests("MailCrypto"),
        tests("MailShared", ["worker-probe"]),
        tests("MailNetwork"),
        tests("MailDial", ["MailNetwork", "COpenSSL"]),
        tests("MailDomainAuth", ["MailMessage", "MailCrypto", "MailNetwork"]),
        tests(
            "MailFilter", ["MailDomainAuth", "MailDial", "MailStore", "MailTransport", "MailNetwork", "MailMessage"]),
        tests(
            "MailRelay",
            [
                "MailDelivery", "MailDomainAuth", "MailDial", "MailWire", "MailStore", "MailTransport", "MailNetwork",
                "MailCrypto", "MailMessage",
            ]),
        tests("MailProbe", ["MailDial", "MailNetwork", "MailTool"]),
        tests("MailTool"),
        tests("MailStore", ["MailMessage", "CSQLite", "CSQLiteHeap", "worker-probe"]),
        tests(
            "MailTransport",
            ["MailTransportTesting", "MailCrypto", "MailShared", "COpenSSL", "CZlib", nioEmbedded] + nio),
        tests("MailWire", ["MailMessage"]),
        tests("MailConfig"),
        tests(
            "MailIdentity", ["MailStore", "MailCrypto", "MailTransport", "MailMessage", "MailShared", "worker-probe"]),
        tests("MailOpenID", ["MailCrypto"]),
        tests("MailDelivery", ["MailStore", "MailMessage"]),
        tests(
            "MailSessions",
            [
                "MailWire", "MailDelivery", "MailIdentity", "MailStore", "MailTransport", "MailTransportTesting",
                "MailMessage", "MailConfig", "MailCrypto", "MailShared", "MailWeb", "MailAdmin", logging,
            ]),
        tests("MailSupervisor", ["MailTool"]),
        tests("MailAdmin", ["MailIdentity", "MailOpenID", "MailStore", "MailMessage"]),
        tests("MailWeb", ["MailAdmin", "MailStore", "MailMessage"]),
        // The fuzzers' seeds through the fuzzers' own functions; Tests/Fuzz/run builds the fuzzers.
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "MailSessions", "MailIdentity", "MailStore", "MailTransport", "MailTransportTesting", "MailWire",
                "MailConfig", "MailMessage", "MailCrypto", "MailDomainAuth", "MailDial", "MailNetwork", "MailOpenID",
            ],
            path: "Tests/Fuzz",
            exclude: fuzzed.map { "\($0)/seeds" } + ["Entry", "words", "README.md", "run", "build.py", "targets.py"],
            swiftSettings: house),
        .testTarget(name: "HouseTests", swiftSettings: house),
    ]
)
