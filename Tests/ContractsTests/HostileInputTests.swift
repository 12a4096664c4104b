// Contracts made to hurt: endless strings, deep nesting, many keys, and seeded random bytes.

import ProvisoModel
import ProvisoSource
import Testing

@testable import ProvisoContracts

/// A generator whose seed alone gives the whole sequence (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

struct HostileInputTests {
  private let ruleset = sampleRuleset()

  private func read(_ bytes: [UInt8]) -> ContractReading {
    readContract(SourceFile(id: SourceID(0), name: "contract.json", bytes: bytes), for: ruleset)
  }

  @Test func readsAStringOf50Megabytes() throws {
    let length = 50_000_000
    var bytes = Array("{ \"id\": \"L-1\", \"purpose\": \"".utf8)
    bytes.reserveCapacity(length + 100)
    bytes += Array(repeating: UInt8(ascii: "x"), count: length)
    bytes += Array("\", \"home\": \"UK\" }".utf8)
    let clock = ContinuousClock()
    let start = clock.now
    let reading = read(bytes)
    #expect(clock.now - start < .seconds(20))
    #expect(reading.diagnostics.map(\.code.rawValue) == ["E0922"])
    let position = SourceFile(id: SourceID(0), name: "", bytes: bytes)
      .position(at: try #require(reading.diagnostics.first).primary.span.start)
    #expect(position.column > length)
  }

  @Test func refusesAStringOf50MegabytesWhereANumberBelongs() {
    var bytes = Array("{ \"id\": \"L-1\", \"amount\": \"".utf8)
    bytes += Array(repeating: UInt8(ascii: "7"), count: 50_000_000)
    bytes += Array("\" }".utf8)
    #expect(read(bytes).diagnostics.map(\.code.rawValue) == ["E0914"])
  }

  @Test func refusesDeepNestingOfEveryShape() {
    for opening in ["[", "{\"owners\":[", "{\"value\":", "{\"a\":"] {
      let text = "{\"id\":\"L-1\",\"owners\":" + String(repeating: opening, count: 10_000)
      #expect(read(Array(text.utf8)).diagnostics.map(\.code.rawValue) == ["E0910"])
    }
  }

  @Test func followsOwnersToTheNestingLimit() throws {
    let depth = 254
    let text =
      "{\"id\":\"L-1\",\"owners\":[" + String(repeating: "{\"owners\":[", count: depth) + "{}"
      + String(repeating: "]}", count: depth) + "]}"
    let reading = read(Array(text.utf8))
    #expect(reading.diagnostics == [])
    #expect(reading.contract != nil)
  }

  @Test func manyKeysTakeLinearTime() {
    var text = "{\"id\":\"L-1\""
    for index in 0..<100_000 { text += ",\"k\(index)\":\(index)" }
    text += ",\"k0\":0}"
    let clock = ContinuousClock()
    let start = clock.now
    let reading = read(Array(text.utf8))
    #expect(clock.now - start < .seconds(20))
    #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue) == ["E0909"])
    #expect(reading.diagnostics.filter { $0.code == "W0901" }.count == 20)
  }

  /// Fragments that tend to disturb a reader, to be spliced in at random.
  private static let fragments = [
    "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "true", "-", "0", "1e64", "e", ".", "\\u00",
    "\\ud800", "{\"value\":", "{\"versions\":[", "\"from\":", "\"EUR ", "%", "2021-02-29", "\u{0}",
    "\u{FEFF}", "é", "owners", "[0]", "99999999999999999999999999999999999",
  ].map { Array($0.utf8) }

  private static func mutated(
    _ seeds: [[UInt8]], with generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      case 2:
        bytes.insert(
          contentsOf: fragments[Int.random(in: 0..<fragments.count, using: &generator)], at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 12))
      case 4:
        let end = min(bytes.count, place + Int.random(in: 1...20, using: &generator))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default:
        let other = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
        let end = Int.random(in: 0...other.count, using: &generator)
        bytes.replaceSubrange(place..<bytes.count, with: other[end...])
      }
    }
    return bytes
  }

  @Test func twentyThousandMutationsNeverCrash() {
    let examples = ContractDiagnostics.pages.flatMap { [$0.badExample, $0.goodExample] }
      .filter { $0.utf8.count < 2000 }.map(exampleBytes)
    var generator = SeededGenerator(state: 20_210_301)
    var acceptedCount = 0
    for _ in 0..<20_000 {
      let bytes = Self.mutated(examples, with: &generator)
      let reading = read(bytes)
      if reading.contract != nil { acceptedCount += 1 }
      let hasError = reading.diagnostics.contains { $0.severity == .error }
      #expect(hasError == (reading.contract == nil), "\(bytes)")
      let fits = reading.diagnostics.allSatisfy { $0.primary.span.end <= bytes.count }
      #expect(fits, "\(bytes)")
    }
    #expect(acceptedCount > 100)
  }
}
