// Assessments: recorded judgements of fields that only somebody named may judge.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension ContractReader {
  /// Reads `assessments`; the facts tell which members of lists there are.
  mutating func readAssessments(in root: JSONNodeID, facts: [Fact]) -> [Assessment] {
    let keys = ["field", "value", "by", "on", "why", "expires", "recorded"]
    let items = readEntries(under: "assessments", in: root, keys: keys) { reader, entry in
      let path = reader.readRequiredText("field", in: &entry, expected: "a field's path")
      let field = path.flatMap { reader.readAssessedField($0, in: &entry, facts: facts) }
      let value = reader.readAssessedValue(of: field, in: &entry)
      let by = reader.readRequiredText("by", in: &entry, expected: "who made the assessment")
      if let by, let field { reader.warnOfOtherAssessor(by, field: field, entry: entry) }
      let on = reader.readRequiredDate("on", in: &entry)
      let why = reader.readRequiredText("why", in: &entry, expected: "why it was judged so")
      let expires = reader.readOptionalDate("expires", in: &entry)
      let recorded = reader.readOptionalDate("recorded", in: &entry)
      reader.checkOrder(on, "on", expires, "expires", in: &entry)
      guard let path, let value, let by, let on, let why else { return Assessment?.none }
      return Assessment(
        field: path, value: value, by: by, on: on, why: why, expires: expires, recorded: recorded)
    }
    return items ?? []
  }

  private mutating func readAssessedField(
    _ path: String, in entry: inout Entry, facts: [Fact]
  ) -> Field? {
    switch assessedField(path, facts: facts) {
    case .found(let field): return field
    case .wrong(let message, let help):
      entry.isWrong = true
      guard let node = entry.values["field"] else { return nil }
      within(.field("field")) {
        $0.report(ContractCode.assessedField, at: node, message, help: help)
      }
      return nil
    }
  }

  private mutating func readAssessedValue(of field: Field?, in entry: inout Entry) -> Value? {
    // An event may be judged not to have happened, which is written as null.
    let isEvent = field?.type == .event
    let given = isEvent ? entry.values["value"] : nil
    guard let node = given ?? required("value", in: &entry), let field else { return nil }
    let value = within(.field("value")) { $0.readScalar(node, type: field.type) }
    if value == nil { entry.isWrong = true }
    return value
  }

  private mutating func warnOfOtherAssessor(_ by: String, field: Field, entry: Entry) {
    guard let assessor = field.assessor, assessor != by, let node = entry.values["by"] else {
      return
    }
    within(.field("by")) {
      $0.report(
        ContractCode.otherAssessor, severity: .warning, at: node,
        "`\(field.name)` is assessed by \(assessor); what \(shortened(by)) says does not count",
        help: "write `\(assessor)` if it was made in that office")
    }
  }
}
