// What an evaluator looks up once for all contracts.

import ProvisoModel
import ProvisoQuantities

/// A checked ruleset with the indexes that keep searching out of the evaluation itself.
final class PreparedRuleset: Sendable {
  let ruleset: CheckedRuleset

  // The ruleset's tables, each of its own: reading one through the whole would copy the whole.
  let name: String
  let governs: Governs?
  let months: MonthConvention?
  let calendar: BusinessCalendar
  let signedField: Int?
  let expressions: [Expression]
  let conditions: [PreparedCondition]
  let defines: [Define]
  let determinations: [Determination]
  let conservations: [Conservation]
  let lists: [DatedList]
  let tables: [DecisionTable]
  /// By table: its rows, by how many cells say `other`.
  let tableRows: [[TableRows]]
  let rates: [RateList]
  let parameters: [Parameter]
  /// By record type: the fields that identify it.
  let identities: [[Int]]

  /// The path of each field of the contract.
  let contractPaths: [FactPath]
  /// The fields of the contract.
  let contractFields: [PreparedField]
  /// By record type: its fields.
  let recordFields: [[PreparedField]]
  /// For each dated list, the positions of a value's entries.
  let listEntries: [[Value: [Int]]]
  /// By expression: for a `chain`, the position of the inner list that it follows; else -1.
  let chainFields: [Int]
  /// By expression: whether its value may change from one test date to the next although no fact
  /// does, because it mentions the test date.
  let mentionsTestDate: [Bool]
  /// By expression: how its answer is got at.
  let shapes: [ExpressionShape]
  /// By expression: what its steps have in common.
  let stepForms: [StepForm]
  /// By expression: whether it is a chain that reads the same on every test of a day.
  let isSteadyChain: [Bool]
  /// By expression: for a chain, the field of the contract that it begins with; else -1.
  let chainRoots: [Int]
  /// By condition: it and those it asks about, each after those it asks about.
  let conditionNeeds: [[ConditionID]]
  /// Every condition, each after those it asks about.
  let conditionOrder: [ConditionID]
  /// By record type: the field whose value names a member in an explanation; -1: none.
  let namingFields: [Int]
  /// The only date or period that a member of each record type has; -1: none, or several.
  let datingFields: [Int]

  init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    name = ruleset.name
    governs = ruleset.governs
    months = ruleset.months
    calendar = ruleset.calendar
    signedField = ruleset.signedField
    expressions = ruleset.expressions
    conditions = ruleset.conditions.map { PreparedCondition($0) }
    defines = ruleset.defines
    determinations = ruleset.determinations
    conservations = ruleset.conservations
    lists = ruleset.lists
    tables = ruleset.tables
    tableRows = ruleset.tables.map(TableRows.ordered)
    rates = ruleset.rates
    parameters = ruleset.parameters
    identities = ruleset.records.map(\.identity)
    contractPaths = ruleset.contract.fields.map { FactPath.field(nil, $0.name) }
    contractFields = ruleset.contract.fields.map { PreparedField($0) }
    recordFields = ruleset.records.map { $0.fields.map { PreparedField($0) } }
    listEntries = ruleset.lists.map { list in
      var entries: [Value: [Int]] = [:]
      for (position, entry) in list.entries.enumerated() {
        entries[entry.value, default: []].append(position)
      }
      return entries
    }
    chainFields = ruleset.expressions.map { expression in
      guard case .chain(let base, _) = expression.kind else { return -1 }
      return Self.innerList(followedBy: base, in: ruleset)
    }
    mentionsTestDate = Self.findTestDates(in: ruleset)
    namingFields = ruleset.records.map(Self.namingField)
    datingFields = ruleset.records.map(Self.datingField)
    let ordered = Set(ruleset.conditionOrder)
    let order =
      ruleset.conditionOrder
      + ruleset.conditions.indices.map { ConditionID($0) }.filter { !ordered.contains($0) }
    conditionOrder = order
    chainRoots = ruleset.expressions.map { expression in
      if case .chain(let base, _) = expression.kind { ruleset.rootField(of: base) } else { -1 }
    }
    stepForms = ruleset.stepForms
    shapes = ruleset.expressions.map { ExpressionShape($0.kind, in: ruleset) }
    isSteadyChain = ruleset.expressions.map { ruleset.isSteadyChain($0.kind) }
    conditionNeeds = ruleset.conditionNeeds(in: order)
  }

  /// The inner list a chain follows: of the lists of the same record, the one that bears the name
  /// of the outer list, else the first.
  private static func innerList(followedBy base: ExpressionID, in ruleset: CheckedRuleset) -> Int {
    guard case .list(.record(let record)) = ruleset[base].type else { return -1 }
    let fields = ruleset[record].fields
    let candidates = fields.indices.filter { fields[$0].type == .list(.record(record)) }
    let name = fieldName(of: base, in: ruleset)
    return candidates.first { fields[$0].name == name } ?? candidates.first ?? -1
  }

  private static func fieldName(of id: ExpressionID, in ruleset: CheckedRuleset) -> String? {
    switch ruleset[id].kind {
    case .contractField(let field): ruleset.contract.fields[field].name
    case .member(let owner, let field):
      switch ruleset[owner].type {
      case .record(let record), .chainEntity(let record): ruleset[record].fields[field].name
      case .contract: ruleset.contract.fields[field].name
      default: nil
      }
    default: nil
    }
  }

  /// A member is named by the text that identifies it, else by a field called `name`, else by
  /// whatever identifies it.
  private static func namingField(of record: RecordType) -> Int {
    record.identity.first { record.fields[$0].type == .text }
      ?? record.fields.firstIndex { $0.name == "name" && $0.type == .text }
      ?? record.identity.first ?? -1
  }

  private static func datingField(of record: RecordType) -> Int {
    let times = record.fields.indices.filter {
      guard record.fields[$0].assessor == nil else { return false }
      switch record.fields[$0].type {
      case .date, .period: return true
      default: return false
      }
    }
    return times.count == 1 ? times[0] : -1
  }

  /// Marks the expressions that mention the test date, themselves or through a define they call.
  ///
  /// Operands stand before their users, so one pass does for expressions; a define may stand
  /// anywhere, so passes are repeated until nothing changes, at most once a define.
  private static func findTestDates(in ruleset: CheckedRuleset) -> [Bool] {
    var marks = [Bool](repeating: false, count: ruleset.expressions.count)
    for _ in 0...ruleset.defines.count {
      var isSettled = true
      for (position, expression) in ruleset.expressions.enumerated() where !marks[position] {
        var isMarked = expression.kind.isTestDate
        expression.kind.forEachOperand { isMarked = isMarked || marks[$0.index] }
        if case .call(let define, _) = expression.kind {
          ruleset[define].forEachRoot { isMarked = isMarked || marks[$0.index] }
        }
        guard isMarked else { continue }
        marks[position] = true
        isSettled = false
      }
      if isSettled { break }
    }
    return marks
  }
}

extension ExpressionKind {
  fileprivate var isTestDate: Bool { if case .testDate = self { true } else { false } }
}
