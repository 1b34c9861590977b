import Foundation
import Testing

@Suite("IMAP commands, replayed")
struct IMAPFuzzReplayTests {
    /// Tests/Fuzz/imap-command/seeds, wherever this file really is.
    private static let seeds: [(name: String, bytes: [UInt8])] = {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let folder = here.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fuzz/imap-command/seeds")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.compactMap { file in (try? Data(contentsOf: file)).map { (file.lastPathComponent, Array($0)) } }
    }()

    @Test("every seed of the fuzzer, under each choice of limits")
    func replay() {
        #expect(Self.seeds.count >= 30)
        for seed in Self.seeds {
            for choice in stride(from: UInt8(0), through: .max, by: 17) {  // each low half with another chunk
                #expect(exerciseIMAPCommands([choice] + seed.bytes.dropFirst()) == nil, "\(seed.name) with \(choice)")
            }
        }
    }

    @Test("seeds cut and changed at random")
    func mutations() {
        var generator = SystemRandomNumberGenerator()
        for seed in Self.seeds {
            for _ in 0..<50 {
                var bytes = seed.bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
                let cut = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
                #expect(exerciseIMAPCommands(cut) == nil, "\(cut)")
            }
        }
    }
}
