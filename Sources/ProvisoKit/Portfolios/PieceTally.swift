// What is asked of a portfolio beside its verdicts: counts, amounts, what is missing.

import ProvisoBatch
import ProvisoInterpreter
import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// Counts the answers on the contracts of one piece, those out of columns and those of the
/// interpreter.
///
/// A class, for it is written to while the executor that it belongs to is at work; it never leaves
/// its thread.
final class PieceTally {
  private let columnar: ColumnarRuleset
  private let writer: ReasonWriter
  private let keepsValues: Bool
  private let hasDeterminations: Bool
  /// The conditions with one test of every contract, by their positions.
  private let plain: [Int]
  /// The conditions that are looked at row by row.
  private let attentive: [LoweredCondition]
  // Nothing that is called for a contract comes back here, so no access has to be watched.
  /// Of the vector under way, by request: the rows that make it, `maskWords` words each.
  @exclusivity(unchecked) private var asked: [UInt64] = []
  @exclusivity(unchecked) private var maskWords = 0
  @exclusivity(unchecked) private var firstRow = 0
  private var openRows = OpenRows()
  /// The reasons at hand.
  @exclusivity(unchecked) private var atoms: [ReasonAtom] = []
  private(set) var summary: PortfolioSummary
  /// Requests, with a number each; how often each was made.
  private var requests: [Request] = []
  @exclusivity(unchecked) private var requestCounts: [Int] = []
  @exclusivity(unchecked) private var numbers: [Request: Int] = [:]
  @exclusivity(unchecked) private var atomNumbers: [ReasonAtom: Int?] = [:]
  /// Of the chunk under way: what is asked of contracts that are not decided yet, by row, and the
  /// determinations of each that the interpreter has to say.
  private var openRequests: [Int: [Int]] = [:]
  private var openDeterminations: [Int: Set<Int>] = [:]
  /// Of the chunk under way: determinations by row, where they are kept for a table.
  private(set) var values: [[Answer?]] = []
  /// What the leaves of a ledger look like, where results are recorded.
  private let shapes: LeafShapes?

  /// - Parameters:
  ///   - keepsValues: Whether determinations are asked for row by row.
  ///   - shapes: Where results are recorded: what is told what their parts depend on.
  init(_ columnar: ColumnarRuleset, keepsValues: Bool, shapes: LeafShapes?) {
    self.columnar = columnar
    self.shapes = shapes
    writer = ReasonWriter(columnar.plan)
    self.keepsValues = keepsValues
    hasDeterminations = !columnar.plan.determinations.isEmpty
    let lowered = LoweredCondition.all(of: columnar)
    plain = lowered.filter(\.isPlain).map(\.index)
    attentive = lowered.filter { $0.attention != 0 }
    summary = PortfolioSummary(columnar.ruleset.checked)
  }

  /// Begins a chunk.
  func begin(_ rowCount: Int) {
    openRequests.removeAll(keepingCapacity: true)
    openDeterminations.removeAll(keepingCapacity: true)
    let count = keepsValues ? columnar.plan.determinations.count : 0
    values = Array(repeating: Array(repeating: nil, count: rowCount), count: count)
  }

  // MARK: Out of columns

  /// Looks at a vector whose outcomes are there.
  func look(
    _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers,
    _ verdicts: inout VerdictColumns
  ) {
    let rows = answers.rows
    firstRow = rows.lowerBound
    openRows.begin()
    maskWords = (rows.count + 63) / 64
    asked = Array(repeating: 0, count: requests.count * maskWords)
    for condition in plain { lookAtReasons(condition, chunk, answers, &verdicts) }
    lookAtRows(rows, chunk, answers, &verdicts)
    countRequests(verdicts)
  }

  /// Looks at why rows are open: by masks, and row by row where those do not say it.
  private func lookAtReasons(
    _ condition: Int, _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers,
    _ verdicts: inout VerdictColumns
  ) {
    let id = ConditionID(condition)
    guard let masks = answers.reasonMasks(of: id, chunk) else { return }
    for (atom, rows) in masks.reasons {
      guard let number = number(atom.general) else { continue }
      for place in rows.indices {
        asked[number * maskWords + place] |= rows[place] & ~masks.single[place]
      }
    }
    shapes?.note(condition, masks, from: firstRow, answers)
    for (place, word) in masks.single.enumerated() where word != 0 {
      var bits = word
      while bits != 0 {
        let row = firstRow + place * 64 + bits.trailingZeroBitCount
        bits &= bits - 1
        atoms.removeAll(keepingCapacity: true)
        answers.reasons(of: id, row, chunk, into: &atoms)
        guard takeAtoms(row) else {
          verdicts.leaveOpen(condition, row)
          continue
        }
        shapes?.note(condition, verdicts.conditions[condition][row], row, atoms, answers)
      }
    }
  }

  /// Looks at conditions with several tests, at what follows from an outcome, and at
  /// determinations.
  private func lookAtRows(
    _ rows: Range<Int>, _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers,
    _ verdicts: inout VerdictColumns
  ) {
    guard !attentive.isEmpty || hasDeterminations else { return }
    // By row of the vector: the conditions that ask for something.
    var attention = [UInt64](repeating: 0, count: rows.count)
    for (place, condition) in attentive.prefix(64).enumerated() {
      let bytes = verdicts.conditions[condition.index]
      for row in rows {
        let bit = UInt64(condition.attention >> UInt32(bytes[row] & 15) & 1)
        attention[row - rows.lowerBound] |= bit << UInt64(place)
      }
    }
    for row in rows {
      var bits = attention[row - rows.lowerBound]
      if bits == 0, !hasDeterminations, attentive.count <= 64 { continue }
      guard !chunk.irregular[row], verdicts.contracts[row] != OutcomeByte.notGoverned else {
        continue
      }
      while bits != 0 {
        look(attentive[bits.trailingZeroBitCount], row, chunk, answers, &verdicts)
        bits &= bits - 1
      }
      if attentive.count > 64 {
        for condition in attentive[64...] { look(condition, row, chunk, answers, &verdicts) }
      }
      if hasDeterminations { addDeterminations(row, chunk, answers) }
    }
  }

  private func look(
    _ condition: LoweredCondition, _ row: Int, _ chunk: borrowing ColumnChunk,
    _ answers: any VectorAnswers, _ verdicts: inout VerdictColumns
  ) {
    let byte = verdicts.conditions[condition.index][row]
    guard condition.attention >> UInt32(byte) & 1 == 1 else { return }
    let tests = answers.tests(of: ConditionID(condition.index), row, chunk)
    // Each test is recorded, and what follows with its day.
    if let shapes, !shapes.note(condition.index, byte, tests, row, chunk, answers) {
      return verdicts.leaveOpen(condition.index, row)
    }
    if !add(tests, of: condition, row, chunk, answers) {
      verdicts.leaveOpen(condition.index, row)
    }
  }

  /// Takes up the reasons at hand as requests of a row; false where only the interpreter can say
  /// them.
  private func takeAtoms(_ row: Int) -> Bool {
    if atoms.contains(.unexplained) { return false }
    let place = (row - firstRow) / 64
    for atom in atoms {
      guard let number = number(atom.general) else { continue }
      asked[number * maskWords + place] |= 1 << UInt64((row - firstRow) % 64)
    }
    return true
  }

  /// Counts the requests of a vector's rows, each once a row; those of rows that are not decided
  /// yet are kept.
  private func countRequests(_ verdicts: VerdictColumns) {
    var open = (0..<maskWords).map { verdicts.openBits(from: firstRow + $0 * 64) }
    for row in openDeterminations.keys where row >= firstRow && row - firstRow < maskWords * 64 {
      open[(row - firstRow) / 64] |= 1 << UInt64((row - firstRow) % 64)
    }
    for number in requests.indices {
      for place in 0..<maskWords {
        let rows = asked[number * maskWords + place]
        guard rows != 0 else { continue }
        requestCounts[number] += (rows & ~open[place]).nonzeroBitCount
        var bits = rows & open[place]
        while bits != 0 {
          let row = firstRow + place * 64 + bits.trailingZeroBitCount
          openRequests[row, default: []].append(number)
          bits &= bits - 1
        }
      }
    }
  }

  /// The number of the request that a reason makes; nil where it makes none.
  private func number(_ atom: ReasonAtom) -> Int? {
    if let known = atomNumbers[atom] { return known }
    let request = writer.reason(atom).flatMap { reason in
      columnar.ruleset.checked.requests(for: ReasonSet(reason)).first
    }
    let number = request.map { self.number(of: $0) }
    atomNumbers[atom] = .some(number)
    return number
  }

  private func number(of request: Request) -> Int {
    let general = summary.general(request)
    if let known = numbers[general] { return known }
    numbers[general] = requests.count
    requests.append(general)
    requestCounts.append(0)
    asked += repeatElement(0, count: maskWords)
    return requests.count - 1
  }

  /// Counts what the tests of a condition ask for and what follows from them; false, and nothing
  /// counted, where only the interpreter can say.
  private func add(
    _ tests: [ColumnTest], of condition: LoweredCondition, _ row: Int,
    _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers
  ) -> Bool {
    let id = ConditionID(condition.index)
    var fired: [(test: ColumnTest, plan: ConsequencePlan)] = []
    for test in tests where condition.firing >> UInt32(test.outcome) & 1 == 1 {
      guard let plans = condition.tests[test.part].consequences else { return false }
      for plan in plans where condition.clauses[plan.position].trigger.fires(on: test.outcome) {
        if let node = plan.amount, openRows.contain(row, of: node, chunk, answers) {
          return false
        }
        fired.append((test, plan))
      }
    }
    if !condition.isPlain {
      atoms.removeAll(keepingCapacity: true)
      answers.reasons(of: id, row, chunk, into: &atoms)
      guard takeAtoms(row) else { return false }
    }
    // Clause by clause: a contract counts once however often one falls on it.
    for (position, clause) in condition.clauses.enumerated() {
      let times = fired.filter { $0.plan.position == position }
      guard !times.isEmpty else { continue }
      summary.addConsequence(
        position, of: id,
        amounts: times.compactMap { amount($0.plan, clause, $0.test, row, answers) })
    }
    return true
  }

  private func amount(
    _ plan: ConsequencePlan, _ clause: Consequence, _ test: ColumnTest, _ row: Int,
    _ answers: any VectorAnswers
  ) -> (value: Value?, type: ValueType)? {
    guard let node = plan.amount, let amount = clause.amount else { return nil }
    switch amount {
    case .amount(let id):
      let type = columnar.ruleset.checked[id].type
      let value = answers.value(node, type, of: test, row)
      return (value, value == nil ? .money : type)
    case .byPoints, .byFactor:
      // A rate that moves is no sum of money; one that is unknown is counted as such.
      return answers.value(node, .ratio, of: test, row) == nil ? (nil, .money) : nil
    }
  }

  private func addDeterminations(
    _ row: Int, _ chunk: borrowing ColumnChunk, _ answers: any VectorAnswers
  ) {
    for (index, plan) in columnar.plan.determinations.enumerated() {
      guard case .lowered(let node, let type) = plan,
        !openRows.contain(row, of: node, chunk, answers)
      else {
        openDeterminations[row, default: []].insert(index)
        continue
      }
      let value = answers.value(node, type, row)
      if value == nil {
        atoms.removeAll(keepingCapacity: true)
        answers.reasons(ofValue: node, row, chunk, into: &atoms)
        // A ledger has the reasons too.
        guard shapes == nil, takeAtoms(row) else {
          openDeterminations[row, default: []].insert(index)
          continue
        }
      }
      summary.addDetermination(index, value)
      if keepsValues { values[index][row] = value.map { .known($0) } }
    }
  }

  // MARK: Of the interpreter

  /// The determinations of a row that the interpreter has to say.
  func openDeterminations(_ row: Int) -> Set<Int> { openDeterminations[row] ?? [] }

  /// Whether a row of the chunk has any.
  var hasOpenDeterminations: Bool { !openDeterminations.isEmpty }

  /// Takes up the interpreter's answers on a row: conditions that were open, determinations.
  func add(
    _ conditions: [ConditionVerdict], _ determinations: [DeterminationResult], _ row: Int
  ) {
    var asked = openRequests[row] ?? []
    for condition in conditions {
      summary.addConsequences(of: condition)
      for test in condition.tests {
        for request in test.requests { ask(request, &asked) }
      }
    }
    for result in determinations {
      summary.add(result)
      for request in result.requests { ask(request, &asked) }
      if keepsValues { values[result.determination][row] = result.value }
    }
    for number in asked { requestCounts[number] += 1 }
  }

  private func ask(_ request: Request, _ asked: inout [Int]) {
    let number = number(of: request)
    if !asked.contains(number) { asked.append(number) }
  }

  // MARK: Counts

  /// Counts the outcomes of a chunk, once all of them are there; how many contracts are governed
  /// by nothing.
  func count(_ verdicts: VerdictColumns) -> Int {
    var notGoverned = 0
    for byte in Self.histogram(verdicts.contracts).enumerated() where byte.element > 0 {
      guard let outcome = OutcomeByte.outcome(UInt8(byte.offset)) else { continue }
      if outcome == .notGoverned {
        notGoverned += byte.element
      } else {
        summary.add(contractOutcome: outcome, count: byte.element)
      }
    }
    for (index, column) in verdicts.conditions.enumerated() {
      for byte in Self.histogram(column).enumerated() where byte.element > 0 {
        guard let outcome = OutcomeByte.outcome(UInt8(byte.offset)), outcome != .notGoverned else {
          continue
        }
        summary.add(outcome, of: ConditionID(index), count: byte.element)
      }
    }
    return notGoverned
  }

  /// How many of some outcomes are which.
  ///
  /// Outcomes come in long rows of the same, and a count that was just written is waited for. So
  /// each has four counts, which take turns.
  private static func histogram(_ bytes: [UInt8]) -> [Int] {
    var counts = [Int](repeating: 0, count: 64)
    let rest = bytes.count % 4
    counts.withUnsafeMutableBufferPointer { counts in
      bytes.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: bytes.count - rest, by: 4) {
          let four = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
          counts[Int(four & 15)] += 1
          counts[16 + Int(four >> 8 & 15)] += 1
          counts[32 + Int(four >> 16 & 15)] += 1
          counts[48 + Int(four >> 24 & 15)] += 1
        }
        for byte in bytes.suffix(rest) { counts[Int(byte & 15)] += 1 }
      }
    }
    return (0..<16).map { counts[$0] + counts[16 + $0] + counts[32 + $0] + counts[48 + $0] }
  }

  /// The summary of all chunks, and a fresh start.
  func takeSummary() -> PortfolioSummary {
    for (number, count) in requestCounts.enumerated() where count > 0 {
      summary.add(requests[number], count: count)
      requestCounts[number] = 0
    }
    let taken = summary
    summary = PortfolioSummary(columnar.ruleset.checked)
    return taken
  }
}

extension ReasonAtom {
  /// The same of every member of a list: the first stands for all.
  fileprivate var general: ReasonAtom {
    switch self {
    case .column(let id, _?): .column(id, member: 0)
    case .container(let id, _?): .container(id, member: 0)
    case .innerColumn(let id, _, _): .innerColumn(id, outer: 0, inner: 0)
    case .entry(let id, let way): .entry(id, way: way.map { _ in 0 })
    default: self
    }
  }
}
