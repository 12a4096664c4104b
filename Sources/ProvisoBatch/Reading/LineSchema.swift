// What a line may hold: the ruleset's fields with the form of each and where it goes.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

/// The form of a single value, as the reader of plain lines takes it.
enum ScalarForm: UInt8, Sendable {
  case number
  /// A number inside a string, between a currency or a unit and the quotes: as an order of keys is
  /// learned, these are text around it.
  case writtenNumber
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

/// A single value: its form, the book of its codes or the words of its unit, and the column it goes
/// to; -1 for none.
struct ScalarField: Sendable {
  let form: ScalarForm
  let book: Int32
  let column: Int32

  /// The same form in another column.
  func going(to column: Int) -> ScalarField {
    ScalarField(form: form, book: book, column: Int32(column))
  }
}

/// How a field's own unit is written beside a number: `EUR ` before it, ` kWh` behind it.
struct UnitWords: Hashable, Sendable {
  /// Before the number; empty where no currency may stand there.
  let before: [UInt8]
  /// Behind it, each another way to write it.
  let behind: [[UInt8]]

  /// The words of a unit; nil for a plain number.
  init?(_ unit: Unit) {
    guard !unit.symbol.isEmpty, unit != .count else { return nil }
    let spaced = Array(" \(unit.symbol)".utf8)
    before = unit.currencyCode == unit.symbol ? Array("\(unit.symbol) ".utf8) : []
    behind = unit == .percent ? [Array("%".utf8), spaced] : [spaced]
  }
}

/// The list of the plan that entries of a series or of dated levels are members of; -1 for none.
struct EntryList: Sendable {
  var list = -1
  var key = -1
}

/// What is unknown where a field is absent that only the general reader takes.
struct HiddenTarget: Sendable {
  var columns: [Int] = []
  var lists: [(list: Int, isEmptyWhenAbsent: Bool)] = []
  var container = -1
}

/// One field of a record.
struct LineField: Sendable {
  enum Kind: Sendable {
    case scalar(ScalarField)
    /// A record by its position among the schema's, and the container that it is.
    case record(Int, container: Int)
    /// A list of records; -1 is no list of the plan.
    case list(Int, list: Int, isEmptyWhenAbsent: Bool)
    /// A list of records inside a member: whether it is given goes to a column.
    case inner(Int, list: Int, isGiven: Int, isEmptyWhenAbsent: Bool)
    case series(ScalarField, PeriodLength, [Period: Int], container: Int, EntryList)
    /// Dated levels.
    case levels(ScalarField, EntryList)
    /// A list of single values; -1 is no list of the plan.
    case values(ScalarField, list: Int, isEmptyWhenAbsent: Bool)
    /// Null only: anything else is left to the general reader.
    case hidden(HiddenTarget)
  }
  let name: [UInt8]
  let kind: Kind
}

/// The records of a ruleset as lines hold them, those that the plan reads apart from those that
/// are only looked through.
struct LineSchema: Sendable {
  private(set) var records: [[LineField]] = []
  /// Whether texts that the plan does not mention are told apart.
  let tellsTextsApart: Bool
  /// By list of the plan: how many columns a member has.
  let memberWidths: [Int]
  /// By list of the plan: the column of its members' positions; -1 for none.
  let positionColumns: [Int]
  private(set) var books = CodeBooks()
  /// The units of numbers, by the `book` of their fields.
  private(set) var units: [UnitWords] = []
  private var unitNumbers: [UnitWords: Int] = [:]
  private var bookNumbers: [CodeKind: Int] = [:]
  private var unread: [RecordID: Int] = [:]

  /// The contract's own fields.
  let root: Int

  init(_ layout: ColumnLayout) {
    root = 0
    tellsTextsApart = layout.plan.tellsTextsApart
    memberWidths = layout.memberColumns.map(\.count)
    positionColumns = layout.positionColumns
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
    guard field.assessor == nil, field.elector == nil, !field.isDecidedByEvidence,
      !field.isAsPublished
    else { return .hidden(HiddenTarget(target)) }
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
      if case .inner(let list, let targets, let isGiven, let isEmptyWhenAbsent) = target {
        return .inner(
          add(layout.plan.ruleset[id], targets, layout), list: list, isGiven: isGiven,
          isEmptyWhenAbsent: isEmptyWhenAbsent)
      }
      let hidden = HiddenTarget(target)
      if !hidden.lists.isEmpty { return .hidden(hidden) }
      return .list(addUnread(id, layout), list: -1, isEmptyWhenAbsent: field.isEmptyWhenAbsent)
    case .list(let element):
      guard let form = form(of: element, layout), field.datedBy == nil else {
        return .hidden(HiddenTarget(target))
      }
      if case .values(let list, let column, _, let isEmptyWhenAbsent) = target {
        return .values(
          form.going(to: column ?? -1), list: list, isEmptyWhenAbsent: isEmptyWhenAbsent)
      }
      return .values(form, list: -1, isEmptyWhenAbsent: field.isEmptyWhenAbsent)
    case .levels(let element):
      guard let form = form(of: element, layout) else { return .hidden(HiddenTarget(target)) }
      let (entries, value) = target.entries
      return .levels(form.going(to: value), entries)
    case .series(let element, let length):
      guard let form = form(of: element, layout) else { return .hidden(HiddenTarget(target)) }
      let (entries, value) = target.entries
      if case .series(let columns, _, let container)? = target.written {
        return .series(form.going(to: value), length, columns, container: container ?? -1, entries)
      }
      return .series(form.going(to: value), length, [:], container: -1, entries)
    default:
      guard let form = form(of: field.type, layout) else { return .hidden(HiddenTarget(target)) }
      if case .column(let column, _) = target { return .scalar(form.going(to: column)) }
      return .scalar(form)
    }
  }

  private mutating func form(of type: ValueType, _ layout: ColumnLayout) -> ScalarField? {
    guard let kind = ColumnKind(type) else { return nil }
    var book = -1
    let form: ScalarForm
    switch kind {
    case .number(_, let isWhole):
      form = isWhole ? .wholeNumber : .number
      if case .quantity(let unit) = type, let words = UnitWords(unit) { book = number(of: words) }
    case .boolean: form = .boolean
    case .date: form = .date
    case .event: form = .event
    case .period(.month): form = .month
    case .period(.quarter): form = .quarter
    case .period(.halfYear): form = .halfYear
    case .period(.year): form = .year
    case .duration, .position: return nil
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

  private mutating func number(of words: UnitWords) -> Int {
    if let known = unitNumbers[words] { return known }
    unitNumbers[words] = units.count
    units.append(words)
    return units.count - 1
  }
}

extension FieldTarget {
  /// The entries of a series that go to columns of the contract, where some do.
  fileprivate var written: FieldTarget? {
    switch self {
    case .series: self
    case .lists(let targets): targets.first { if case .series = $0 { true } else { false } }
    default: nil
    }
  }

  /// The list that entries are members of, and the column of their values; -1 for none.
  fileprivate var entries: (list: EntryList, value: Int) {
    switch self {
    case .entries(let list, let key, let value, _): (EntryList(list: list, key: key), value)
    case .lists(let targets):
      targets.lazy.map(\.entries).first { $0.list.list >= 0 } ?? (EntryList(), -1)
    default: (EntryList(), -1)
    }
  }
}

extension HiddenTarget {
  /// All that a target takes.
  init(_ target: FieldTarget) {
    switch target {
    case .nothing: break
    case .column(let column, _), .judgement(let column), .inner(_, _, let column, _):
      columns = [column]
    case .money(let amount, let currency): columns = [amount, currency].compactMap { $0 }
    case .list(let list, _, let isEmptyWhenAbsent), .tree(let list, _, _, _, let isEmptyWhenAbsent),
      .values(let list, _, _, let isEmptyWhenAbsent):
      lists = [(list, isEmptyWhenAbsent)]
    case .entries(let list, _, _, _): lists = [(list, false)]
    case .series(let entries, _, let container):
      columns = entries.values.sorted()
      self.container = container ?? -1
    case .lists(let targets): for target in targets { take(HiddenTarget(target)) }
    case .record(let targets, let container):
      for target in targets { take(HiddenTarget(target)) }
      // Inside an absent record even an `or empty` list is unknown.
      lists = lists.map { ($0.list, false) }
      self.container = container ?? -1
    }
  }

  private mutating func take(_ other: HiddenTarget) {
    columns += other.columns
    lists += other.lists
    container = max(container, other.container)
  }
}
