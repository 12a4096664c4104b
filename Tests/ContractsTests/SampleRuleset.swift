// The small ruleset that the contract tests and docs/contract-format.md share.

import ProvisoChecker
import ProvisoModel
import ProvisoSource
import Testing

/// The ruleset of docs/contract-format.md, checked once.
private let checkedPage: CheckResult = {
  let text = pageExamples("proviso").first?.text ?? ""
  return check(SourceFile(id: SourceID(0), name: "shop_aid.proviso", text: text)) { _ in .notFound }
}()

/// The ruleset `shop_aid` of docs/contract-format.md.
func sampleRuleset() -> CheckedRuleset {
  guard let ruleset = checkedPage.ruleset else {
    preconditionFailure("\(checkedPage.diagnostics)")
  }
  return ruleset
}

/// A contract file for the sample ruleset.
func contractFile(_ text: String) -> SourceFile {
  SourceFile(id: SourceID(1), name: "contract.json", text: text)
}
