// Holds the columnar executor to the interpreter: outcomes, reasons, amounts.

import ProvisoBatch
import ProvisoContracts
import ProvisoInterpreter
package import ProvisoModel
import ProvisoPlan
package import ProvisoQuantities
import ProvisoSource

/// What comparing the two evaluators over some contracts gave.
package struct Agreement: Sendable {
  /// Each disagreement in a line.
  package var differences: [String] = []
  /// Verdicts on conditions that both gave.
  package var comparedCount = 0
  /// Verdicts that the executor left to the interpreter.
  package var openCount = 0
  /// Reason sets that both gave.
  package var reasonCount = 0
  /// Amounts of consequences and determinations that both gave.
  package var amountCount = 0
  /// Lines that were read into columns without the general reader.
  package var plainCount = 0
  package var contractCount = 0
  package var rejectedCount = 0
  package init() {}

  /// Adds another comparison.
  package mutating func add(_ other: Agreement) {
    differences += other.differences
    comparedCount += other.comparedCount
    openCount += other.openCount
    reasonCount += other.reasonCount
    amountCount += other.amountCount
    plainCount += other.plainCount
    contractCount += other.contractCount
    rejectedCount += other.rejectedCount
  }
}

/// Reads and decides lines both ways.
package func agreement(
  _ ruleset: CheckedRuleset, lines: [String], asOf: CalendarDate
) -> Agreement {
  var result = Agreement()
  let evaluator = Evaluator(ruleset)
  let layout = ColumnLayout(Plan.lower(ruleset, asOf: asOf))
  var executor = Executor(layout)
  var chunk = ColumnChunk(layout: layout, capacity: max(64, lines.count))
  var facts = ColumnChunk(layout: layout, capacity: max(64, lines.count))
  var reader = PlainLineReader(layout)
  var contracts: [Contract] = []
  for line in lines {
    let bytes = Array(line.utf8)
    let padded = bytes + [UInt8](repeating: 0, count: PlainLineReader.padding)
    let reading = readContract(SourceFile(name: "line", text: line), for: ruleset)
    let before = chunk.count
    let id = reader.read(padded.span, from: 0, to: bytes.count, into: &chunk)
    if chunk.count != before + (id == nil ? 0 : 1) {
      result.differences.append("a line that was not taken left a row: \(line)")
    }
    guard let contract = reading.contract else {
      result.rejectedCount += 1
      if id != nil { result.differences.append("taken and refused: \(line)") }
      continue
    }
    if let id {
      result.plainCount += 1
      if String(decoding: padded[id], as: UTF8.self) != contract.id {
        result.differences.append("another id: \(line)")
      }
    } else {
      chunk.append(contract)
    }
    facts.append(contract)
    contracts.append(contract)
  }
  result.contractCount = contracts.count
  let verdicts = contracts.map {
    evaluator.evaluate($0, asOf: asOf, knownAt: asOf, tracing: .verdictsOnly)
  }
  compare(chunk, verdicts, lines: contracts.map(\.id), "lines", &executor, &result)
  compare(facts, verdicts, lines: contracts.map(\.id), "facts", &executor, &result)
  let text = readTogether(lines, contracts, ruleset, layout, &result)
  compare(text, verdicts, lines: contracts.map(\.id), "text", &executor, &result)
  compareOneByOne(chunk, verdicts, lines: contracts.map(\.id), &executor, &result)
  return result
}

/// The lines as one text, in which the reader finds their ends.
private func readTogether(
  _ lines: [String], _ contracts: [Contract], _ ruleset: CheckedRuleset, _ layout: ColumnLayout,
  _ result: inout Agreement
) -> ColumnChunk {
  let text = Array(lines.joined(separator: "\n").utf8)
  let padded = text + [UInt8](repeating: 0, count: PlainLineReader.padding)
  var chunk = ColumnChunk(layout: layout, capacity: max(64, lines.count))
  var reader = PlainLineReader(layout)
  var start = 0
  for line in lines {
    let end = start + line.utf8.count
    let next = reader.readNext(padded.span, from: start, limit: text.count, into: &chunk)
    if let next, next.end != end {
      result.differences.append("a line of \(line.utf8.count) bytes has another end: \(line)")
    }
    let isTaken =
      next != nil || reader.read(padded.span, from: start, to: end, into: &chunk) != nil
    start = end + 1
    if !isTaken, chunk.count < contracts.count, let contract = contractIn(line, ruleset) {
      chunk.append(contract)
    }
  }
  if chunk.count == contracts.count { return chunk }
  result.differences.append("\(chunk.count) contracts in one text, not \(contracts.count)")
  return ColumnChunk(layout: layout, capacity: 64)
}

private func contractIn(_ line: String, _ ruleset: CheckedRuleset) -> Contract? {
  readContract(SourceFile(name: "line", text: line), for: ruleset).contract
}

/// The same contracts, each asked about by itself.
private func compareOneByOne(
  _ chunk: borrowing ColumnChunk, _ expected: [ContractVerdict], lines: [String],
  _ executor: inout Executor, _ result: inout Agreement
) {
  let conditions = executor.layout.plan.ruleset.conditions
  var bytes: [UInt8] = []
  for (row, verdict) in expected.enumerated() {
    executor.outcomes(of: row, in: chunk, into: &bytes)
    for condition in verdict.conditions {
      let index = condition.condition.index
      guard let outcome = OutcomeByte.outcome(bytes[index]) else { continue }
      let wanted = verdict.outcome == .notGoverned ? .notGoverned : condition.outcome
      result.comparedCount += 1
      if outcome != wanted {
        result.differences.append(
          "alone \(lines[row]): \(conditions[index].name) is \(outcome.rawValue), and \(wanted.rawValue) by the interpreter"
        )
      }
    }
  }
}

private func compare(
  _ chunk: borrowing ColumnChunk, _ expected: [ContractVerdict], lines: [String], _ way: String,
  _ executor: inout Executor, _ result: inout Agreement
) {
  let plan = executor.layout.plan
  var found = Agreement()
  // Kept apart from the counts: both are written to while a verdict is compared.
  var differences: [String] = []
  let writer = ReasonWriter(plan)
  _ = executor.verdicts(of: chunk) { chunk, answers, verdicts in
    for row in answers.rows {
      let verdict = expected[row]
      func differ(_ words: String) { differences.append("\(way) \(lines[row]): \(words)") }
      if verdict.outcome == .notGoverned {
        for (index, column) in verdicts.conditions.enumerated() where !column.isEmpty {
          let byte = column[row]
          if byte == OutcomeByte.open { continue }
          if byte != OutcomeByte.notGoverned {
            differ("condition \(index) is \(byte), and the contract not governed")
          }
        }
        continue
      }
      for condition in verdict.conditions {
        let index = condition.condition.index
        let name = plan.ruleset.conditions[index].name
        guard let outcome = OutcomeByte.outcome(verdicts.conditions[index][row]) else {
          found.openCount += 1
          continue
        }
        found.comparedCount += 1
        guard outcome == condition.outcome else {
          differ(
            "\(name) is \(outcome.rawValue), and \(condition.outcome.rawValue) by the interpreter")
          continue
        }
        compareReasons(condition, row, chunk, answers, writer, name, &found, differ)
        compareAmounts(condition, row, chunk, answers, plan, name, &found, differ)
      }
      if verdicts.conditions.allSatisfy({ $0.isEmpty || $0[row] != OutcomeByte.open }),
        verdicts.contractOutcome(row) != verdict.outcome
      {
        differ(
          "the contract is \(verdicts.contractOutcome(row).rawValue), not \(verdict.outcome.rawValue)"
        )
      }
      for determination in verdict.determinations {
        guard case .lowered(let node, let type) = plan.determinations[determination.determination],
          !chunk.irregular[row], !answers.isOpen(node, row, chunk)
        else { continue }
        found.amountCount += 1
        let value = answers.value(node, type, row)
        let wanted: Value? = if case .known(let value) = determination.value { value } else { nil }
        if value != wanted {
          differ(
            "determination \(determination.determination) is \(String(describing: value)), not \(String(describing: wanted))"
          )
        }
      }
    }
  }
  found.differences = differences
  result.add(found)
}

private func compareReasons(
  _ condition: ConditionVerdict, _ row: Int, _ chunk: borrowing ColumnChunk,
  _ answers: any VectorAnswers, _ writer: ReasonWriter, _ name: String,
  _ found: inout Agreement, _ differ: (String) -> Void
) {
  let tests = answers.tests(of: condition.condition, row, chunk)
  guard !chunk.irregular[row] else { return }
  guard tests.count == condition.tests.count else {
    differ("\(name): \(tests.count) tests, and \(condition.tests.count) by the interpreter")
    return
  }
  for (test, wanted) in zip(tests, condition.tests) {
    guard OutcomeByte.outcome(test.outcome) == wanted.outcome else {
      differ(
        "\(name): a test is \(test.outcome), and \(wanted.outcome.rawValue) by the interpreter")
      continue
    }
    guard wanted.outcome == .undetermined || wanted.outcome == .pending else { continue }
    var atoms: [ReasonAtom] = []
    answers.reasons(of: condition.condition, test, row, chunk, into: &atoms)
    guard !atoms.contains(.unexplained) else { continue }
    found.reasonCount += 1
    let reasons = ReasonSet(atoms.compactMap { writer.reason($0) })
    if reasons != wanted.reasons {
      differ("\(name): \(reasons.reasons), and \(wanted.reasons.reasons) by the interpreter")
    }
  }
}

private func compareAmounts(
  _ condition: ConditionVerdict, _ row: Int, _ chunk: borrowing ColumnChunk,
  _ answers: any VectorAnswers, _ plan: Plan,
  _ name: String, _ found: inout Agreement, _ differ: (String) -> Void
) {
  guard case .lowered(let plans) = plan.conditions[condition.condition.index],
    !chunk.irregular[row]
  else { return }
  let tests = answers.tests(of: condition.condition, row, chunk)
  let clauses = plan.ruleset.conditions[condition.condition.index].consequences
  if plans.allSatisfy({ $0.consequences != nil }) {
    let fired = tests.reduce(0) { count, test in
      let consequences = plans[test.part].consequences ?? []
      return count + consequences.count { clauses[$0.position].trigger.fires(on: test.outcome) }
    }
    if fired != condition.consequences.count {
      differ("\(name): \(fired) follow, and \(condition.consequences.count) by the interpreter")
    }
  }
  for result in condition.consequences {
    guard tests.indices.contains(result.test),
      let consequences = plans[tests[result.test].part].consequences
    else { continue }
    guard let position = clauses.firstIndex(where: { $0.span == result.span }),
      let consequence = consequences.first(where: { $0.position == position })
    else {
      differ("\(name): a consequence without a plan")
      continue
    }
    guard let node = consequence.amount else { continue }
    guard !answers.isOpen(node, row, chunk) else { continue }
    found.amountCount += 1
    let value = answers.value(node, .quantity(.one), of: tests[result.test], row)
    let wanted: Value?
    switch result.amount {
    case .amount(let value, _), .points(let value, _): wanted = value
    case .factor(let factor): wanted = .quantity(factor)
    case .none, .unknown: wanted = nil
    }
    if value != wanted {
      differ(
        "\(name): \(String(describing: value)) follows, and \(String(describing: wanted)) by the interpreter"
      )
    }
  }
}
