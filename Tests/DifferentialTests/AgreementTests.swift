// The two evaluators agree: outcomes, reasons and amounts over generated rulesets and contracts.

import Foundation
import ProvisoKit
import ProvisoSource
import ProvisoTestSupport
import Testing

@Suite struct AgreementTests {
  /// Where the rates that some of the rulesets convert by are found.
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  @Test(arguments: [1, 2, 3, 4])
  func generatedPairsAgree(seed: UInt64) {
    let run = agreementOfPairs(6_600, contractsEach: 40, seed: seed) { text in
      let loading = try? loadRuleset(
        SourceFile(name: "generated.proviso", text: text), from: Files(folder: Self.root))
      return loading?.ruleset?.checked
    }
    let first = run.agreement.differences.prefix(5).joined(separator: "\n")
    #expect(run.agreement.differences.isEmpty, "\(run.summary)\n\(first)")
    // The comparison must not come down to nothing.
    #expect(
      run.agreement.comparedCount > 5_000 && run.agreement.reasonCount > 500, "\(run.summary)")
    #expect(run.otherCount > 10 && run.ratesCount > 1, "\(run.summary)")
    #expect(run.agreement.amountCount > 200 && run.agreement.plainCount > 1_000, "\(run.summary)")
  }
}
