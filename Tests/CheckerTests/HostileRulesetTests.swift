// Texts that try to break the checker: mutated specimens, long chains, deep and wide rulesets.

import Foundation
import ProvisoChecker
import ProvisoSource
import Testing

@Suite struct HostileRulesetTests {
  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus")

  private static func texts() -> [[UInt8]] {
    let names = FileManager.default.enumerator(atPath: corpus.path)?.compactMap { $0 as? String }
    return (names ?? []).sorted().filter { $0.hasSuffix(".proviso") }.compactMap {
      (try? Data(contentsOf: corpus.appendingPathComponent($0))).map { [UInt8]($0) }
    }.map { bytes in
      // Without the expectation, whose lines are comments.
      let text = String(decoding: bytes, as: UTF8.self)
      return Array(text.components(separatedBy: "\n#>").first.map(\.utf8) ?? text.utf8)
    }
  }

  private struct Randomness {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(bound, 1)
    }
  }

  /// Words of a text: runs of letters and digits, or single other characters.
  private static func words(_ bytes: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    for byte in bytes {
      let isLetter =
        byte == 0x5F || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        || (byte >= 0x30 && byte <= 0x39)
      if isLetter, let last = words.last?.last,
        last == 0x5F || (last | 0x20 >= 0x61 && last | 0x20 <= 0x7A)
          || (last >= 0x30 && last <= 0x39)
      {
        words[words.count - 1].append(byte)
      } else {
        words.append([byte])
      }
    }
    return words
  }

  @Test func `mutated rulesets are checked to the end`() {
    let texts = HostileRulesetTests.texts()
    let pieces = texts.map(HostileRulesetTests.words)
    for seed in 1...3_000 {
      var random = Randomness(state: UInt64(seed))
      var words = pieces[random.next(pieces.count)]
      for _ in 0..<1 + random.next(4) {
        let place = random.next(words.count)
        let other = pieces[random.next(pieces.count)]
        let start = random.next(other.count)
        switch random.next(5) {
        case 0: words.remove(at: place)
        case 1: words[place] = other[start]
        case 2: words.insert(other[start], at: place)
        case 3:
          words.insert(
            contentsOf: other[start..<min(start + random.next(30), other.count)], at: place)
        default: words.swapAt(place, random.next(words.count))
        }
        if words.isEmpty { break }
      }
      let text = words.flatMap { $0 }
      let result = check(SourceFile(id: SourceID(0), name: "a.proviso", bytes: text)) { name in
        name.hasSuffix(".csv") ? .bytes(Array("a,b\n1,2\n".utf8)) : .notFound
      }
      // A refusal says why; an acceptance has nothing left to refuse.
      let hasError = result.diagnostics.contains { $0.severity == .error }
      #expect((result.ruleset == nil) == hasError, "seed \(seed)")
    }
  }

  private func seconds(_ text: String) -> Double {
    let start = ContinuousClock.now
    _ = checked(text)
    let taken = ContinuousClock.now - start
    return Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
  }

  @Test func `long and wide rulesets take time by their size`() {
    let head = "ruleset aid \"Aid\" { version \"1\" }\ncontract { amount : EUR }\n"
    let condition = "condition c \"C\" { requires amount > 0 }\n"
    let terms = String(repeating: " + amount", count: 20_000)
    let fields = (0..<10_000).map { "f\($0) : EUR" }.joined(separator: "\n")
    let uses = (0..<2_000).map { "\"l\($0)\" : r.f\($0 * 3) > 0" }.joined(separator: ",\n")
    let defines = (1...10_000).map { "define d\($0) : EUR = d\($0 - 1)\n" }.joined()
    let doubling = (1...60).map { "define d\($0) : EUR = d\($0 - 1) + d\($0 - 1)\n" }.joined()
    let asking = (1...5_000).map { "condition c\($0) \"C\" { requires c\($0 - 1) is met }\n" }
    let texts = [
      head + "condition c \"C\" { requires amount\(terms) > 0 }\n",
      "ruleset aid \"Aid\" { version \"1\" }\nrecord R {\n\(fields)\n}\ncontract { r : R }\n"
        + "condition c \"C\" { requires all of { \(uses) } }\n",
      head + "define d0 : EUR = amount\n" + defines + condition,
      head + "define d0 : EUR = amount\n" + doubling
        + "condition c \"C\" { tested yearly from 2021 requires d60 > 0 cure at any time }\n",
      head + "condition c0 \"C\" { requires amount > 0 }\n" + asking.joined(),
      head + String(repeating: "condition c \"C\" { requires wrong_name > 0 }\n", count: 5_000),
      head + (0..<5_000).map { "mission m\($0) \"M\" { baseline 2019 }\n" }.joined() + condition,
    ]
    for (index, text) in texts.enumerated() {
      #expect(seconds(text) < 10, "text \(index)")
    }
  }
}
