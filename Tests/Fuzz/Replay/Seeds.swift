import Foundation

/// The files of Tests/Fuzz/*/seeds: where the fuzzers begin, and what they have found.
enum Seeds {
    struct Seed: Sendable, CustomStringConvertible {
        let target: String
        let name: String
        let bytes: [UInt8]
        var description: String { "\(target)/\(name)" }
    }

    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let all = targets.flatMap(seeds)

    /// The folders with seeds.
    static var targets: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { FileManager.default.fileExists(atPath: folder.path + "/\($0)/seeds") }.sorted()
    }

    private static func seeds(of target: String) -> [Seed] {
        let seeds = folder.appending(path: "\(target)/seeds")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: seeds.path)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: seeds.appending(path: name))).map {
                Seed(target: target, name: name, bytes: [UInt8]($0))
            }
        }
    }
}

/// Random numbers that can be had again: SplitMix64.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// POSTHUS_FUZZ_SEED, or another one each time.
    static let seed =
        ProcessInfo.processInfo.environment["POSTHUS_FUZZ_SEED"].flatMap(UInt64.init) ?? .random(in: 0...UInt64.max)

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
