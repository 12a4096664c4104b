// A condition as the evaluation reads it: by reference, for it has too many parts to be copied.

import ProvisoModel

/// What of a condition decides how it comes out.
final class PreparedCondition: Sendable {
  let name: String
  let isPortfolio: Bool
  let forEach: ForEach?
  let schedule: Schedule
  let due: DueRule?
  let appliesWhen: ExpressionID?
  let polarity: Polarity
  let requirement: ExpressionID
  let exceptions: [NamedException]
  let doubts: [Doubt]
  let evidence: [EvidenceRequirement]
  let cure: Cure?
  let consequences: [Consequence]

  init(_ condition: Condition) {
    name = condition.name
    isPortfolio = condition.isPortfolio
    forEach = condition.forEach
    schedule = condition.schedule
    due = condition.due
    appliesWhen = condition.appliesWhen
    polarity = condition.polarity
    requirement = condition.requirement
    exceptions = condition.exceptions
    doubts = condition.doubts
    evidence = condition.evidence
    cure = condition.cure
    consequences = condition.consequences
  }
}
