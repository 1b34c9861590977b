/// What landlock(7) can forbid, in the kernel's own bits. What a kernel does not know yet it cannot be asked for.
package struct LandlockRights: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    private static func bit(_ number: UInt64) -> LandlockRights { LandlockRights(rawValue: 1 << number) }

    static let execute = bit(0)
    static let writeFile = bit(1)
    static let readFile = bit(2)
    static let readFolder = bit(3)
    static let removeFolder = bit(4)
    static let removeFile = bit(5)
    static let makeFolder = bit(7)
    static let makeFile = bit(8)
    static let makeSocket = bit(9)
    /// The queue's bell is one.
    static let makeFifo = bit(10)
    static let moveBetweenFolders = bit(13)
    static let truncate = bit(14)

    /// Everything version 1 knows: bits 0 to 12.
    private static let first = LandlockRights(rawValue: (1 << 13) - 1)
    private static let deviceControl = bit(15)

    /// What a rule for a file, not a folder, may name.
    static let ofFiles: LandlockRights = [.execute, .writeFile, .readFile, .truncate, .deviceControl]

    package static let reading: LandlockRights = [.readFile, .readFolder]
    package static let writing: LandlockRights = [.readFile, .writeFile, .truncate]
    package static let keeping: LandlockRights = [
        .reading, .writing, .removeFile, .removeFolder, .makeFile, .makeFolder, .makeSocket, .makeFifo,
        .moveBetweenFolders,
    ]
    package static let sockets: LandlockRights = [.reading, .makeSocket, .removeFile]

    /// All that a kernel of this version can forbid.
    package static func known(to version: Int) -> LandlockRights {
        var rights = first
        if version >= 2 { rights.insert(.moveBetweenFolders) }
        if version >= 3 { rights.insert(.truncate) }
        if version >= 5 { rights.insert(.deviceControl) }
        return rights
    }
}

/// What Landlock forbids beside files: binding and dialling TCP (version 4), and reaching abstract UNIX sockets and
/// signalling processes outside (version 6). Sockets with a name in the store, as the change feed uses, are untouched.
package struct LandlockScope: Sendable, Equatable {
    package let network: UInt64
    package let scoped: UInt64

    static let binding: UInt64 = 1
    static let dialling: UInt64 = 2

    var forbidsBinding: Bool { network & Self.binding != 0 }
    var forbidsDialling: Bool { network & Self.dialling != 0 }

    package static func known(to version: Int, dials: Bool = false) -> LandlockScope {
        let network = dials ? binding : binding | dialling
        return LandlockScope(network: version >= 4 ? network : 0, scoped: version >= 6 ? 0b11 : 0)
    }
}
