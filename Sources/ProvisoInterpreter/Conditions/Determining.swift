// Determinations: amounts that are asked for, whatever the verdicts.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// The value of a determination as of A, with the exception that gave it.
  mutating func determine(_ position: Int) -> DeterminationResult {
    let determination = prepared.determinations[position]
    slots.removeAll(keepingCapacity: true)
    enter(Frame(testDate: asOf, day: asOf, period: nil, scope: determination.name))
    trace?.open()
    let term = withExceptions(determination.exceptions) { $0.evaluate(determination.value) }
    let answer: Answer
    if case .scalar(let found) = term { answer = found.answer } else { answer = .unknown(.none) }
    var derivation: Derivation?
    if let trace {
      trace.close(.clause(determination.name), answer, determination.type)
      derivation = trace.takeLast()
    }
    var exception: String?
    if !determination.exceptions.isEmpty, case .known = answer {
      exception = applyingException(determination.exceptions)
    }
    return DeterminationResult(
      determination: position, value: answer, exception: exception,
      requests: requests(for: answer.reasons), derivation: derivation)
  }
}
