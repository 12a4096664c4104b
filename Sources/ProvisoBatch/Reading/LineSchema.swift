// What a line may hold: the ruleset's fields with the form of each and where it goes.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// The form of a single value, as the reader of plain lines takes it.
enum ScalarForm: UInt8, Sendable {
  case number
  case wholeNumber
  case boolean
  case date
  /// A date, or null for an event that has not happened.
  case event
  case code
  /// Any text; the book says what the plan knows of it.
  case text
  case lei
  case month, quarter, halfYear, year
  /// Whatever it is: nobody asks for it.
  case ignored
}

/// A single value: its form, the book of its codes, and the column it goes to; -1 for none.
struct ScalarField: Sendable {
  let form: ScalarForm
  let book: Int32
  let column: Int32

  /// The same form in another column.
  func going(to column: Int) -> ScalarField {
    ScalarField(form: form, book: book, column: Int32(column))
  }
}

/// One field of a record.
struct LineField: Sendable {
  enum Kind: Sendable {
    case scalar(ScalarField)
    /// A record by its position among the schema's, and the container that it is.
    case record(Int, container: Int)
    /// A list of records; -1 is no list of the plan.
    case list(Int, list: Int, isEmptyWhenAbsent: Bool)
    case series(ScalarField, PeriodLength, [Period: Int], container: Int)
    /// Lists that only the general reader takes; null or nothing is read here.
    case trees([(list: Int, isEmptyWhenAbsent: Bool)])
    /// What somebody judges or chooses: null only, and nothing is known of its column.
    case judgement(Int)
    /// Null only: anything else is left to the general reader.
    case other
  }
  let name: [UInt8]
  let kind: Kind
}

/// The records of a ruleset as lines hold them, those that the plan reads apart from those that
/// are only looked through.
struct LineSchema: Sendable {
  private(set) var records: [[LineField]] = []
  /// By list of the plan: how many columns a member has.
  let memberWidths: [Int]
  private(set) var books = CodeBooks()
  private var bookNumbers: [CodeKind: Int] = [:]
  private var unread: [RecordID: Int] = [:]

  /// The contract's own fields.
  let root: Int

  init(_ layout: ColumnLayout) {
    root = 0
    memberWidths = layout.memberColumns.map(\.count)
    _ = add(layout.plan.ruleset.contract, layout.root, layout)
  }

  private mutating func add(
    _ record: RecordType, _ targets: [FieldTarget], _ layout: ColumnLayout
  ) -> Int {
    let position = records.count
    records.append([])
    var fields: [LineField] = []
    for (field, target) in zip(record.fields, targets) {
      fields.append(LineField(name: Array(field.name.utf8), kind: kind(field, target, layout)))
    }
    records[position] = fields
    return position
  }

  /// A record that the plan reads nothing of; it may contain itself.
  private mutating func addUnread(_ id: RecordID, _ layout: ColumnLayout) -> Int {
    if let known = unread[id] { return known }
    let position = records.count
    records.append([])
    unread[id] = position
    let record = layout.plan.ruleset[id]
    var fields: [LineField] = []
    for field in record.fields {
      fields.append(LineField(name: Array(field.name.utf8), kind: kind(field, .nothing, layout)))
    }
    records[position] = fields
    return position
  }

  private mutating func kind(
    _ field: Field, _ target: FieldTarget, _ layout: ColumnLayout
  ) -> LineField.Kind {
    if case .judgement(let column) = target { return .judgement(column) }
    if field.elector != nil, case .column(let column, _) = target { return .judgement(column) }
    guard field.assessor == nil, field.elector == nil, !field.isDecidedByEvidence,
      !field.isAsPublished
    else { return .other }
    switch field.type {
    case .record(let id):
      if case .record(let targets, let container) = target {
        return .record(
          add(layout.plan.ruleset[id], targets, layout), container: container ?? -1)
      }
      return .record(addUnread(id, layout), container: -1)
    case .list(.record(let id)):
      if case .list(let list, let targets, let isEmptyWhenAbsent) = target {
        return .list(
          add(layout.plan.ruleset[id], targets, layout), list: list,
          isEmptyWhenAbsent: isEmptyWhenAbsent)
      }
      let trees = target.lists
      if !trees.isEmpty { return .trees(trees) }
      return .list(addUnread(id, layout), list: -1, isEmptyWhenAbsent: field.isEmptyWhenAbsent)
    case .levels:
      return target.lists.isEmpty ? .other : .trees(target.lists)
    case .series(let element, let length):
      guard let form = form(of: element, layout) else { return .other }
      if case .series(let columns, _, let container) = target {
        return .series(form, length, columns, container: container ?? -1)
      }
      return .series(form, length, [:], container: -1)
    default:
      guard let form = form(of: field.type, layout) else { return .other }
      if case .column(let column, _) = target { return .scalar(form.going(to: column)) }
      return .scalar(form)
    }
  }

  private mutating func form(of type: ValueType, _ layout: ColumnLayout) -> ScalarField? {
    guard let kind = ColumnKind(type) else { return nil }
    var book = -1
    let form: ScalarForm
    switch kind {
    case .number(_, let isWhole): form = isWhole ? .wholeNumber : .number
    case .boolean: form = .boolean
    case .date: form = .date
    case .event: form = .event
    case .period(.month): form = .month
    case .period(.quarter): form = .quarter
    case .period(.halfYear): form = .halfYear
    case .period(.year): form = .year
    case .code(let kind):
      book = bookNumbers[kind] ?? books.add(kind, in: layout)
      bookNumbers[kind] = book
      switch kind {
      case .text: form = .text
      case .lei: form = .lei
      default: form = .code
      }
    }
    return ScalarField(form: form, book: Int32(book), column: -1)
  }
}

extension FieldTarget {
  /// The lists that a field's members go to, and whether these are empty where it is absent.
  fileprivate var lists: [(list: Int, isEmptyWhenAbsent: Bool)] {
    switch self {
    case .list(let list, _, let isEmptyWhenAbsent), .tree(let list, _, _, _, let isEmptyWhenAbsent):
      [(list, isEmptyWhenAbsent)]
    case .levels(let list, _): [(list, false)]
    case .lists(let targets): targets.flatMap(\.lists)
    case .nothing, .column, .judgement, .record, .series: []
    }
  }
}
