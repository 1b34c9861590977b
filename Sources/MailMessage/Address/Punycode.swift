/// RFC 3492, for one label without its `xn--`.
enum Punycode {
    private static let base = 36
    private static let smallest = 1
    private static let largest = 26
    private static let maximumScalars = 255

    static func encode(_ label: String) -> String? {
        let scalars = label.unicodeScalars.map { Int($0.value) }
        guard scalars.count <= maximumScalars else { return nil }
        var output = scalars.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
        let basic = output.count
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (code, delta, bias, handled) = (0x80, 0, 72, basic)
        while handled < scalars.count {
            guard let next = scalars.filter({ $0 >= code }).min() else { return nil }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar < code { delta += 1 }
                guard scalar == code else { continue }
                appendInteger(delta, bias: bias, to: &output)
                bias = adapt(delta, points: handled + 1, first: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    static func decode(_ text: some Collection<UInt8>) -> String? {
        let bytes = Array(text)
        guard bytes.count <= maximumScalars else { return nil }
        let split = bytes.lastIndex(of: UInt8(ascii: "-"))
        var scalars = bytes[..<(split ?? 0)].map { Int($0) }
        var position = split.map { $0 + 1 } ?? 0
        var (code, index, bias) = (0x80, 0, 72)
        while position < bytes.count {
            let before = index
            guard let step = integer(in: bytes, at: &position, bias: bias) else { return nil }
            index += step
            let count = scalars.count + 1
            bias = adapt(index - before, points: count, first: before == 0)
            code += index / count
            index %= count
            guard code <= 0x10ffff else { return nil }
            scalars.insert(code, at: index)
            index += 1
        }
        return scalars.contains { $0 >= 0x80 } ? string(scalars) : nil
    }

    private static func string(_ scalars: [Int]) -> String? {
        var result = String.UnicodeScalarView()
        for value in scalars {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
            result.append(scalar)
        }
        return String(result)
    }

    private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, smallest), largest) }

    private static func appendInteger(_ value: Int, bias: Int, to output: inout [UInt8]) {
        var rest = value
        var k = base
        while rest >= threshold(k, bias) {
            let t = threshold(k, bias)
            output.append(digit(t + (rest - t) % (base - t)))
            rest = (rest - t) / (base - t)
            k += base
        }
        output.append(digit(rest))
    }

    private static func integer(in bytes: [UInt8], at position: inout Int, bias: Int) -> Int? {
        var (result, weight, k) = (0, 1, base)
        while position < bytes.count, let digit = digitValue(bytes[position]) {
            position += 1
            result += digit * weight
            let t = threshold(k, bias)
            if digit < t { return result }
            weight *= base - t
            guard result < 1 << 31, weight < 1 << 31 else { return nil }
            k += base
        }
        return nil
    }

    private static func adapt(_ delta: Int, points: Int, first: Bool) -> Int {
        var rest = first ? delta / 700 : delta / 2
        rest += rest / points
        var k = 0
        while rest > ((base - smallest) * largest) / 2 {
            rest /= base - smallest
            k += base
        }
        return k + (base - smallest + 1) * rest / (rest + 38)
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
    }

    private static func digitValue(_ byte: UInt8) -> Int? {
        if ByteClass.isDigit(byte) { return Int(byte) - 0x30 + 26 }
        return ByteClass.isLetter(byte) ? Int(byte | 0x20) - 0x61 : nil
    }
}
