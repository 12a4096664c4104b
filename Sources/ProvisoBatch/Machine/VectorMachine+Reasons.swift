// Why something is unknown: walked again for the rows that ask, from the operation to the facts.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension VectorMachine {
  /// Why a condition of a row is undetermined, or what holds a pending one back, test by test.
  func reasons(
    of condition: ConditionID, inRow row: Int, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) {
    guard !parts[condition.index].isEmpty else {
      return reasons(of: condition, part: 0, row, row, chunk, into: &atoms)
    }
    for test in tests(of: condition, inRow: row, chunk)
    where test.outcome == OutcomeByte.undetermined || test.outcome == OutcomeByte.pending {
      reasons(of: condition, part: test.part, test.index, row, chunk, into: &atoms)
    }
  }

  /// Why a test is undetermined, or what holds a pending one back.
  func reasons(
    of condition: ConditionID, part: Int, _ index: Int?, _ row: Int,
    _ chunk: borrowing ColumnChunk, into atoms: inout [ReasonAtom]
  ) {
    let test = program.tests[condition.index][part]
    let asked = ReasonSearch(row: row, firstRow: firstRow)
    if let governs = program.layout.plan.governs, isCoverageOpen(row) {
      atoms.append(.own(.governsUnknown, scope: "governs"))
      return walk(governs.day, row, asked, chunk, into: &atoms)
    }
    guard let index else {
      if let list = test.list { atoms.append(absence(of: list, asked, chunk)) }
      return
    }
    let place = index / 64
    let bit: UInt64 = 1 << UInt64(index % 64)
    let days = [test.testDay, test.dueDay].compactMap { $0 }
    let undated = days.filter { unknown($0.index, place) & bit != 0 }
    let doubt = test.selection.flatMap { isOpen($0, place, bit) ? $0 : nil }
    guard undated.isEmpty, doubt == nil else {
      for node in undated + [doubt].compactMap({ $0 }) {
        walk(node, index, asked, chunk, into: &atoms)
      }
      return
    }
    // Before T nothing was asked yet.
    if let day = test.testDay, words(day.index)[index] > Word(asOf) { return }
    if let applies = test.applies { walk(applies, index, asked, chunk, into: &atoms) }
    let openExceptions = test.exceptions.filter { isOpen($0, place, bit) }
    let isNotDue = (test.dueDay ?? test.testDay).map { day in
      words(day.index)[index] > Word(asOf)
    }
    let failsByEvidence =
      isNotDue != true && test.evidence.contains(where: \.isBreachWhenMissing)
    if no(test.holds.index, place) & bit != 0 || failsByEvidence {
      for exception in openExceptions { walk(exception, index, asked, chunk, into: &atoms) }
      return
    }
    let count = atoms.count
    walk(test.holds, index, asked, chunk, into: &atoms)
    for doubt in test.doubts where no(doubt.when.index, place) & bit == 0 {
      walk(doubt.when, index, asked, chunk, into: &atoms)
      atoms.append(.rule(test.condition, reason: doubt.reason))
    }
    for evidence in test.evidence {
      atoms.append(.evidence(kind: evidence.kind, detail: evidence.detail))
    }
    guard atoms.count > count else { return }
    for exception in openExceptions { walk(exception, index, asked, chunk, into: &atoms) }
  }

  private func isOpen(_ node: NodeID, _ place: Int, _ bit: UInt64) -> Bool {
    (yes(node.index, place) | no(node.index, place)) & bit == 0
  }

  /// What is asked: the row of the vector, which an operation on members has to know.
  struct ReasonSearch {
    let row: Int
    let firstRow: Int
  }

  private func isUnknown(_ node: NodeID, _ index: Int) -> Bool {
    unknown(node.index, index / 64) >> UInt64(index % 64) & 1 == 1
  }

  /// The reasons of an unknown, from the operation down; nothing where it is known.
  func walk(
    _ id: NodeID, _ index: Int, _ asked: ReasonSearch, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) {
    let kind = program.layout.plan[id].kind
    switch kind {
    // What the ruleset writes is known, and need not be in a register.
    case .word, .number, .truth: return
    default: break
    }
    guard isUnknown(id, index) else { return }
    switch kind {
    case .column(let column), .isTrue(let column):
      atoms.append(absence(of: column, index, asked, chunk))
    case .word, .number, .truth, .isKnown: break
    case .spread(let operand), .spreadTruth(let operand):
      let origin = origin(of: index, id, operand, asked)
      walk(operand, origin, asked, chunk, into: &atoms)
    case .divide(let left, let right, let scope):
      walkAll([left, right], index, asked, chunk, into: &atoms)
      if isZero(right, index) {
        atoms.append(.own(.divisionByZero, scope: scope))
      }
    case .moved(let day, let duration, _, let scope):
      if isUnknown(day, index) { return walk(day, index, asked, chunk, into: &atoms) }
      // Beyond the list of holidays: for which years it is one, the interpreter says.
      atoms.append(
        duration.businessDays != 0 ? .unexplained : .own(.dateOutOfRange, scope: scope))
    case .movedBy(let day, let duration, _, _, let scope):
      if isUnknown(day, index) || isUnknown(duration, index) {
        return walkAll([day, duration], index, asked, chunk, into: &atoms)
      }
      let length = WordCode.duration(Int64(words(duration.index)[index]))
      atoms.append(
        length.businessDays != 0 ? .unexplained : .own(.dateOutOfRange, scope: scope))
    case .convert(let amount, let currency, let day, _, _, let scope):
      if [amount, currency, day].contains(where: { isUnknown($0, index) }) {
        return walkAll([amount, currency, day], index, asked, chunk, into: &atoms)
      }
      let isNone = words(day.index)[index] == Word(WordCode.none)
      atoms.append(isNone ? .own(.eventIsNone, scope: scope) : .unexplained)
    case .mixedCurrencies(let holds, let first, let second, let scope):
      if [holds, first, second].contains(where: { isUnknown($0, index) }) {
        return walkAll([holds, first, second], index, asked, chunk, into: &atoms)
      }
      let codes = [first, second].map { Int64(words($0.index)[index]) }
      atoms.append(.mixed(codes[0], codes[1], scope: scope))
    case .counted(_, _, let from, let to, _, let scope):
      if isUnknown(from, index) || isUnknown(to, index) {
        return walkAll([from, to], index, asked, chunk, into: &atoms)
      }
      atoms.append(.own(.eventIsNone, scope: scope))
    case .periodOf(let day, _, let scope):
      if isUnknown(day, index) { return walk(day, index, asked, chunk, into: &atoms) }
      atoms.append(.own(.eventIsNone, scope: scope))
    case .choose(let truth, let first, let second),
      .chooseTruth(let truth, let first, let second):
      walkChoice(truth, first, second, index, asked, chunk, into: &atoms)
    case .orElse(_, let second), .orElseTruth(_, let second):
      walk(second, index, asked, chunk, into: &atoms)
    case .parameter(let parameter, let day, let scope):
      if isUnknown(day, index) { return walk(day, index, asked, chunk, into: &atoms) }
      // Of a period the reason names the period, not its last day.
      if case .periodDay = program.layout.plan[day].kind { return atoms.append(.unexplained) }
      atoms.append(outside(parameter, Int64(words(day.index)[index]), scope))
    case .tableNumber(let table, let row), .rowNumber(let table, let row, _),
      .rowWord(let table, let row, _):
      if isUnknown(row, index) { return walk(row, index, asked, chunk, into: &atoms) }
      let found = Int(words(row.index)[index])
      atoms.append(
        found < 0
          ? .unexplained : .tableRow(program.layout.plan.tables[table].table, row: found))
    case .memberExtreme(let list, _, _, _, let scope), .memberAverage(let list, _, _, let scope):
      atoms.append(
        missing(list.index, index / 64, chunk) >> UInt64(index % 64) & 1 == 1
          ? absence(of: list, asked, chunk) : .own(.emptyList, scope: scope))
    case .memberCount(let list, _), .memberSum(let list, _, _):
      atoms.append(absence(of: list, asked, chunk))
    case .happenedBy(let event, let day, let path, let scope):
      if isUnknown(event, index) || isUnknown(day, index) {
        return walkAll([event, day], index, asked, chunk, into: &atoms)
      }
      let limit = Int64(words(day.index)[index])
      atoms.append(
        limit == WordCode.none
          ? .own(.eventIsNone, scope: scope)
          : notYetHappened(event, path, limit, index, asked, chunk))
    case .listed(let subject, _, let from, let to, let scope):
      let operands = [subject, from, to]
      if operands.contains(where: { isUnknown($0, index) }) {
        return walkAll(operands, index, asked, chunk, into: &atoms)
      }
      let days = [from, to].map { words($0.index)[index] }
      atoms.append(
        days.contains(Word(WordCode.none)) ? .own(.eventIsNone, scope: scope) : .unexplained)
    case .someMember(let list, let truth):
      walkMembers(list, truth, index, asked, chunk, into: &atoms)
    case .entry(let list, let length, let period, _, _):
      if missing(list.index, asked.row / 64, chunk) >> UInt64(asked.row % 64) & 1 == 1 {
        return atoms.append(absence(of: list, asked, chunk))
      }
      if isUnknown(period, index) { return walk(period, index, asked, chunk, into: &atoms) }
      atoms.append(.listEntry(list, key: Int64(words(period.index)[index]), length))
    case .level(let list, let day, let dates, _, let scope):
      if missing(list.index, asked.row / 64, chunk) >> UInt64(asked.row % 64) & 1 == 1 {
        return atoms.append(absence(of: list, asked, chunk))
      }
      if isUnknown(day, index) { return walk(day, index, asked, chunk, into: &atoms) }
      atoms.append(noLevel(list, dates, Int64(words(day.index)[index]), asked, scope, chunk))
    case .entity(let entry, _), .entityTruth(let entry, _):
      guard let list = program.layout.plan[id].list else { return }
      // Where none of its entries says anything, the first is asked.
      walk(entry, Int(pairs[list.index].inner[index]), asked, chunk, into: &atoms)
    case .reached, .through: atoms.append(.unexplained)
    case .conditionState(let condition, _): atoms.append(.openCondition(condition))
    default: walkAll(kind.operands, index, asked, chunk, into: &atoms)
    }
  }

  private func isZero(_ id: NodeID, _ index: Int) -> Bool {
    // A constant that no operation reads as words has none.
    if case .number(let value) = program.layout.plan[id].kind { return value.isZero }
    return number(id, index)?.isZero ?? false
  }

  private func walkAll(
    _ operands: [NodeID], _ index: Int, _ asked: ReasonSearch, _ chunk: borrowing ColumnChunk,
    into atoms: inout [ReasonAtom]
  ) {
    for operand in operands { walk(operand, index, asked, chunk, into: &atoms) }
  }

  private func walkChoice(
    _ truth: NodeID, _ first: NodeID, _ second: NodeID, _ index: Int, _ asked: ReasonSearch,
    _ chunk: borrowing ColumnChunk, into atoms: inout [ReasonAtom]
  ) {
    let place = index / 64
    let bit: UInt64 = 1 << UInt64(index % 64)
    if yes(truth.index, place) & bit != 0 {
      return walk(first, index, asked, chunk, into: &atoms)
    }
    if no(truth.index, place) & bit != 0 {
      return walk(second, index, asked, chunk, into: &atoms)
    }
    // Of an open choice among more than two values, which tests count is the interpreter's to say.
    switch program.layout.plan[second].kind {
    case .choose, .chooseTruth: return atoms.append(.unexplained)
    default: break
    }
    walkAll([truth, first, second], index, asked, chunk, into: &atoms)
  }

  /// Why a parameter says nothing for a day.
  private func outside(_ id: ParameterID, _ day: Int64, _ scope: String) -> ReasonAtom {
    guard day != WordCode.none else { return .own(.eventIsNone, scope: scope) }
    switch program.layout.plan.ruleset[id].course {
    case .constant: return .unexplained
    case .steps: return .outside(.beforeFirstPoint, id, day: day)
    case .linear(let points, _, let countsYears):
      guard let date = CalendarDate(dayNumber: Int(day)), let first = points.first else {
        return .unexplained
      }
      let isBefore = (countsYears ? date.year : Int(date.dayNumber)) < first.position
      return .outside(isBefore ? .beforeFirstPoint : .afterLastPoint, id, day: day)
    }
  }

  /// That an event may still happen, of a member of a list which one's.
  private func notYetHappened(
    _ event: NodeID, _ path: String, _ limit: Int64, _ index: Int, _ asked: ReasonSearch,
    _ chunk: borrowing ColumnChunk
  ) -> ReasonAtom {
    switch program.layout.plan[event].kind {
    case .column(let id):
      if let list = program.layout.plan.columns[id.index].list,
        case .inner = program.layout.plan.lists[list.index].source
      {
        return .unexplained
      }
      if case .column(_, let member) = fact(id, index, asked, chunk), let member {
        return .notYetHappened(
          path: path, list: program.layout.plan.columns[id.index].list, member: member, day: limit)
      }
    case .moved(let day, _, _, _), .movedBy(let day, _, _, _, _):
      return notYetHappened(day, path, limit, index, asked, chunk)
    case .spread(let operand):
      let origin = origin(of: index, event, operand, asked)
      return notYetHappened(operand, path, limit, origin, asked, chunk)
    default: break
    }
    return .notYetHappened(path: path, list: nil, member: nil, day: limit)
  }

  private func walkMembers(
    _ list: ListColumnID, _ truth: NodeID, _ owner: Int, _ asked: ReasonSearch,
    _ chunk: borrowing ColumnChunk, into atoms: inout [ReasonAtom]
  ) {
    if missing(list.index, owner / 64, chunk) >> UInt64(owner % 64) & 1 == 1 {
      atoms.append(absence(of: list, asked, chunk))
      return
    }
    for member in groups(list.index).members(of: owner) {
      walk(truth, member, asked, chunk, into: &atoms)
    }
  }

  /// Whom what is said of a member or a pair was said of.
  private func origin(
    of index: Int, _ id: NodeID, _ operand: NodeID, _ asked: ReasonSearch
  ) -> Int {
    let plan = program.layout.plan
    guard let list = plan[id].list, case .pairs(let outer, _) = plan.lists[list.index].source else {
      return asked.row
    }
    let pairs = pairs[list.index]
    return Int(plan[operand].list == outer ? pairs.outer[index] : pairs.inner[index])
  }

  // MARK: Values

  /// A number of a row; nil where it is unknown.
  func number(_ id: NodeID, _ row: Int) -> Fraction? {
    guard !isUnknown(id, row) else { return nil }
    let node = program.nodes[id.index]
    guard let top = try? fraction(words(id.index)[row]) * node.factor else { return nil }
    guard let bottoms = denominators(id.index) else { return top }
    return try? top / fraction(bottoms[row])
  }

  private func fraction(_ word: Word) throws -> Fraction {
    if let small = Int(exactly: word), small != .min { return Fraction(small) }
    // Part by part: a fraction takes words of the machine's own width.
    let (high, low) = word.quotientAndRemainder(dividingBy: Word(1) << 62)
    return try fraction(high) * Fraction(1 << 62) + Fraction(Int(truncatingIfNeeded: low))
  }

  /// A day of a row; nil where it is unknown.
  func word(_ id: NodeID, _ row: Int) -> Int64? {
    isUnknown(id, row) ? nil : Int64(exactly: words(id.index)[row])
  }

  /// A truth of a row.
  func truth(_ id: NodeID, _ row: Int) -> Truth {
    let bit: UInt64 = 1 << UInt64(row % 64)
    if yes(id.index, row / 64) & bit != 0 { return .true }
    return no(id.index, row / 64) & bit != 0 ? .false : .unknown
  }
}
