import MailShared
import Testing

@Suite struct SharedWordsTests {
    @Test func operations() {
        let words = SharedWords(privateCount: 4)
        words.store(5, at: 1)
        #expect(words.add(3, at: 1) == 8)
        #expect(words.subtract(1, at: 1) == 7)
        #expect(words.exchange(20, at: 1) == 7)
        #expect(!words.compareExchange(at: 1, expected: 7, desired: 9))
        #expect(words.compareExchange(at: 1, expected: 20, desired: 9))
        #expect(words.insertBits(0b110, at: 2) == 0b110 && words.removeBits(0b10, at: 2) == 0b100)
        #expect((0..<4).map(words.load) == [0, 9, 4, 0])
        words.clear()
        #expect((0..<4).map(words.load) == [0, 0, 0, 0])
    }

    @Test(arguments: [-1, 4, 5, .max, .min])
    func outsideIsNothing(_ index: Int) {
        let words = SharedWords(privateCount: 4)
        words.store(1, at: index)
        #expect(words.load(index) == 0 && words.add(1, at: index) == 0 && words.exchange(1, at: index) == 0)
        #expect(!words.compareExchange(at: index, expected: 0, desired: 1))
        #expect((0..<4).allSatisfy { words.load($0) == 0 })
    }

    @Test func countsWrapAround() {
        let words = SharedWords(privateCount: 1)
        #expect(words.subtract(1, at: 0) == .max)
        #expect(words.add(2, at: 0) == 1)
    }

    @Test(
        arguments: [
            (1, 2, 2), (-5, 2, 2), (3, 9, 1), (4, 1, 0), (9, 9, 0), (0, -1, 0), (.max, .max, 0), (.min, .max, 4),
        ] as [(Int, Int, Int)])
    func windowsAreCutOff(_ start: Int, _ count: Int, _ expected: Int) {
        #expect(SharedWords(privateCount: 4).window(at: start, count: count).count == expected)
    }

    @Test func aWindowSharesItsWords() {
        let words = SharedWords(privateCount: 8)
        let window = words.window(at: 2, count: 4).window(at: 1, count: 2)
        window.store(7, at: 0)
        window.store(8, at: 2)
        #expect((0..<8).map(words.load) == [0, 0, 0, 7, 0, 0, 0, 0])
        window.clear()
        #expect(words.load(3) == 0)
    }
}
