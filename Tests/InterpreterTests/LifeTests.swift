// The life of a condition, sentence by sentence: each ruleset in Tests/Corpus/life holds what the
// language says of tests over time, series, knowledge, evidence, cures and consequences.

import Foundation
import ProvisoKit
import Testing

@Suite("Life of a condition") struct LifeTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus/life")

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".proviso") }.sorted()

  @Test(arguments: names) func everySentenceHolds(_ name: String) throws {
    let path = Self.folder.appendingPathComponent(name).path
    let loading = try loadRuleset(named: path, from: Files())
    #expect(loading.diagnostics.map(\.message) == [])
    try expectScenarios(of: try #require(loading.ruleset))
  }

  @Test func nothingIsLeftOut() { #expect(Self.names.count >= 19) }
}
