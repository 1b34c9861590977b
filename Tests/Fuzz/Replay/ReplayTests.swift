import Testing

/// What the fuzzers begin with and what they have found, through the same functions, in every `swift test`.
@Suite struct ReplayTests {
    private static let changes = 12
    private static let hostile: [UInt8] = [
        0x00, 0x0a, 0x0d, 0x20, 0x22, 0x28, 0x2e, 0x3c, 0x5c, 0x7b, 0x7f, 0x80, 0xff,
    ]

    @Test func everyTargetHasSeeds() {
        #expect(Seeds.targets == FuzzTargets.names.sorted())
        for target in FuzzTargets.names {
            #expect(Seeds.all.count { $0.target == target } >= 8, "\(target) has too few seeds")
        }
    }

    @Test(arguments: FuzzTargets.names) func seeds(of target: String) {
        for seed in Seeds.all where seed.target == target {
            for choice in [seed.bytes.first ?? 0, 0, 17, 34, 51, 238, 255] {
                let broken = FuzzTargets.check(target, [choice] + seed.bytes.dropFirst())
                #expect(broken == nil, "\(seed) with \(choice): \(broken ?? "")")
            }
        }
    }

    /// Cut short, and with some bytes changed. Not configurations: the TOML library's own assertions end a debug build.
    @Test(arguments: FuzzTargets.names.filter { $0 != "configuration" }) func changedSeeds(of target: String) {
        var dice = Dice(Dice.seed)
        for seed in Seeds.all where seed.target == target && seed.bytes.count < 4_096 {
            for _ in 0..<Self.changes {
                let input = Self.changed(seed.bytes, &dice)
                let broken = FuzzTargets.check(target, input)
                #expect(broken == nil, "POSTHUS_FUZZ_SEED=\(Dice.seed), \(seed): \(broken ?? ""): \(input)")
            }
        }
    }

    private static func changed(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &dice)
            bytes[place] =
                Bool.random(using: &dice)
                ? .random(in: 0...255, using: &dice) : hostile.randomElement(using: &dice) ?? 0
        }
        return Array(bytes.prefix(Int.random(in: bytes.count / 2...bytes.count, using: &dice)))
    }

    /// The check itself can fail: a target that is always broken is seen.
    @Test func aBrokenPromiseIsSeen() {
        var rules = Rules()
        rules.that(true, "no")
        rules.that(false, "first")
        rules.none("second")
        #expect(rules.broken == "first")
        #expect(IMAPGrammar.fault(in: Array("(a (b)".utf8)) != nil)
        #expect(IMAPGrammar.fault(in: Array("{3}\r\nab".utf8)) != nil)
        #expect(IMAPGrammar.fault(in: Array("(\"a\\\"\" {2}\r\n)( NIL)".utf8)) == nil)
    }
}
