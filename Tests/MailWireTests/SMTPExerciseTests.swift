import Foundation
import Testing

/// The fuzzer's seeds and finds, and random changes of them.
@Suite struct SMTPExerciseTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/smtp-session/seeds")
    static let seeds = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []

    @Test func thereAreSeeds() { #expect(Self.seeds.count >= 10) }

    @Test(arguments: seeds) func seed(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
        var numbers = SystemRandomNumberGenerator()
        #expect(exerciseSMTPSession(bytes) == nil)
        for _ in 0..<200 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &numbers) where !changed.isEmpty {
                changed[Int.random(in: changed.indices, using: &numbers)] =
                    [0x0d, 0x0a, 0x2e, 0x3c, 0x00, 0xff].randomElement() ?? 0
            }
            #expect(exerciseSMTPSession(changed) == nil, "\(changed)")
        }
    }
}
