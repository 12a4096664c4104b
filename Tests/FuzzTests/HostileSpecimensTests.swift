// Inputs that once crashed, hung or contradicted a pass, and a short run of fresh ones.

import Foundation
import Testing

@testable import ProvisoFuzz

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// The corpus is read, and its rulesets checked, once for all tests.
private let cases = FuzzCases(corpus: FuzzCorpus(root: root))

private func hostileNames() -> [String] {
  let folder = root + "/Tests/Corpus/hostile"
  return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

struct HostileSpecimensTests {
  @Test(.timeLimit(.minutes(1)), arguments: hostileNames())
  func aSpecimenGoesThroughTheWholePipeline(_ name: String) throws {
    let bytes = try #require(FuzzCorpus.read("\(root)/Tests/Corpus/hostile/\(name)"))
    if name.hasSuffix(".json") {
      try cases.runOnEverySubject(contract: bytes)
    } else {
      var work = FuzzWork.thorough
      try cases.pipeline.run(ruleset: bytes, named: name, contracts: [], days: [], &work)
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func fiveHundredFreshCasesHoldEveryProperty() throws {
    for seed in 1...500 as ClosedRange<UInt64> { try cases.run(cases.make(seed)) }
  }

  @Test func aSeedAloneGivesTheCase() {
    for seed in [1, 2, 3, 1000] as [UInt64] {
      #expect(cases.make(seed).bytes == cases.make(seed).bytes)
    }
    #expect(cases.make(1).bytes != cases.make(2).bytes)
  }
}
