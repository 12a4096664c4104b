// What evaluating an expression gives: a scalar answer, a record, a list, or values in time.

import ProvisoModel
import ProvisoQuantities

/// The result of evaluating one expression.
enum Term: Sendable {
  case scalar(Found)
  case record(RecordTerm)
  case list(ListTerm)
  case series(SeriesTerm)
  case levels(LevelsTerm)

  /// The scalar answer. What is not a scalar counts as known where only its being given matters.
  var found: Found {
    switch self {
    case .scalar(let found): found
    case .list(let list) where !list.gaps.isEmpty: Found(unknown: list.gaps)
    default: Found(.known(.boolean(true)))
    }
  }

  /// An unknown of any shape.
  static func unknown(_ reasons: ReasonSet) -> Term { .scalar(Found(unknown: reasons)) }
}

/// A scalar answer, and what was absent that it rests on.
struct Found: Sendable {
  var answer: Answer
  var rests: Rests

  init(_ answer: Answer, rests: Rests = .nothing) {
    self.answer = answer
    self.rests = rests
  }

  init(_ value: Value) { self.init(.known(value)) }
  init(unknown reasons: ReasonSet) { self.init(.unknown(reasons)) }

  init(_ truth: Truth, reasons: ReasonSet, rests: Rests) {
    switch truth {
    case .true: self.init(.known(.boolean(true)), rests: rests)
    case .false: self.init(.known(.boolean(false)), rests: rests)
    case .unknown: self.init(.unknown(reasons))
    }
  }

  var truth: Truth { answer.truth }
  var reasons: ReasonSet { answer.reasons }

  /// The known value, if it is known exactly.
  var value: Value? { if case .known(let value) = answer { value } else { nil } }
}

/// The absences a truth rests on: empty lists, an `else` used, an event that has not happened.
///
/// They travel with answers as reasons do, so that a verdict can say what it rests on and does not
/// mention what did not matter. Most answers rest on nothing, and most absences are never spoken
/// of, so neither costs more than a reference.
struct Rests: Sendable {
  private final class Absences: Sendable {
    enum Content: Sendable {
      /// Sorted, each once.
      case remarks([Remark])
      /// A list that is absent, and how many inside it are beside that one.
      case list(FactPath, otherCount: Int)
    }
    let content: Content
    init(_ content: Content) { self.content = content }
  }
  private let absences: Absences?

  static var nothing: Rests { Rests(nil) }

  private init(_ absences: Absences?) { self.absences = absences }
  private init(remarks: [Remark]) { absences = Absences(.remarks(remarks)) }
  init(absenceOf path: String) { self.init(remarks: [.restsOnAbsence(path)]) }
  init(emptyList path: String) { self.init(remarks: [.restsOnEmptyList(path)]) }
  init(absentList path: FactPath, otherCount: Int) {
    absences = Absences(.list(path, otherCount: otherCount))
  }

  var isEmpty: Bool { absences == nil }

  /// What is said of it, sorted, each once.
  var remarks: [Remark] {
    switch absences?.content {
    case nil: []
    case .remarks(let remarks): remarks
    case .list(let path, let otherCount):
      [.restsOnAbsence(path.text + (otherCount == 0 ? "" : " and \(otherCount) more"))]
    }
  }

  /// The first so many of what is said of it.
  func first(_ count: Int) -> Rests {
    guard case .remarks(let remarks)? = absences?.content, remarks.count > count else {
      return self
    }
    return Rests(remarks: Array(remarks.prefix(count)))
  }

  func union(_ other: Rests) -> Rests {
    if other.isEmpty { return self }
    if isEmpty || absences === other.absences { return other }
    var merged = remarks
    for remark in other.remarks where !merged.contains(remark) { merged.append(remark) }
    return Rests(remarks: merged.sorted { Self.isOrdered($0, $1) })
  }

  /// What several truths rest on, put in order once.
  static func union(of all: [Rests]) -> Rests {
    if all.count <= 8 { return all.reduce(.nothing) { $0.union($1) } }
    return Rests(remarks: Array(Set(all.flatMap(\.remarks))).sorted { isOrdered($0, $1) })
  }

  /// Whether this is the very same as another.
  func isIdentical(to other: Rests?) -> Bool { other.map { $0.absences === absences } ?? false }

  private static func isOrdered(_ left: Remark, _ right: Remark) -> Bool {
    let (leftKind, leftText) = key(left)
    let (rightKind, rightText) = key(right)
    return leftKind != rightKind ? leftKind < rightKind : utf8Less(leftText, rightText)
  }

  private static func key(_ remark: Remark) -> (Int, String) {
    switch remark {
    case .restsOnEmptyList(let path): (0, path)
    case .restsOnAbsence(let path): (1, path)
    default: (2, "")
    }
  }
}

/// What the truths of many operands rest on.
struct RestsGathering {
  private var rests: [Rests] = []

  mutating func take(_ other: Rests) {
    if !other.isEmpty, !other.isIdentical(to: rests.last) { rests.append(other) }
  }

  var all: Rests { Rests.union(of: rests) }
}

/// A record: facts still to be read, or fields already evaluated.
///
/// Records and lists are passed on far more often than they are made, so they are references.
final class RecordTerm: Sendable {
  enum Content: Sendable {
    /// One fact per field.
    case facts([Fact])
    /// A record that a table or a define gave; nil: a field it leaves out.
    case terms([Term?])
    /// An entity of a chain.
    case entity(ChainEntity)
  }
  let type: RecordID?
  let content: Content
  let path: FactPath?

  init(type: RecordID?, content: Content, path: FactPath?) {
    self.type = type
    self.content = content
    self.path = path
  }
}

/// A list with its members in order.
final class ListTerm: Sendable {
  let members: [ListMember]
  /// Where the list stands in the contract; nil for a list that the ruleset makes.
  let path: FactPath?
  /// Why there may be members beyond these; none when the list is complete.
  let gaps: ReasonSet
  /// An absent list that counts as empty: this one, or the first of those inside it.
  let absent: FactPath?
  /// How many lists inside it are absent beside that one.
  let otherAbsentCount: Int
  /// What the list's being as it is rests on: absent lists that count as empty.
  let rests: Rests
  /// How many members there are beside these, which only questions about all of them know of.
  private let countBeside: Int

  init(
    members: [ListMember], path: FactPath? = nil, gaps: ReasonSet = .none,
    absent: FactPath? = nil, otherAbsentCount: Int = 0, countBeside: Int = 0
  ) {
    self.members = members
    self.countBeside = countBeside
    self.path = path
    self.gaps = gaps
    self.absent = absent
    self.otherAbsentCount = otherAbsentCount
    if let absent {
      rests = Rests(absentList: absent, otherCount: otherAbsentCount)
    } else {
      rests = .nothing
    }
  }

  /// How many members the list has.
  var count: Int { members.count + countBeside }

  /// How the list is called in remarks.
  var name: String { path?.text ?? "[]" }

  /// What a statement over all members rests on.
  var restsWhenAllCount: Rests {
    if members.isEmpty && gaps.isEmpty { return rests.union(Rests(emptyList: name)) }
    return absent == nil ? .nothing : rests
  }
}

/// A member of a list.
struct ListMember: Sendable {
  let term: Term
  /// Why it may not be a member after all; none when it certainly is one.
  let doubt: ReasonSet
  private let scalarPath: FactPath?

  /// A member; a record brings its own path.
  init(_ term: Term, doubt: ReasonSet = .none, path: FactPath? = nil) {
    self.term = term
    self.doubt = doubt
    if case .record = term { scalarPath = nil } else { scalarPath = path }
  }

  /// Where it stands in the contract; nil for a member that the ruleset makes.
  var path: FactPath? {
    if case .record(let record) = term { return record.path }
    return scalarPath
  }
}

/// One value per period: reported, or computed by a fold.
final class SeriesTerm: Sendable {
  enum Content: Sendable {
    case facts([SeriesEntry], PreparedField)
    case computed([Period: Found], first: Period, last: Period)
  }
  let content: Content
  let length: PeriodLength
  let path: FactPath

  init(content: Content, length: PeriodLength, path: FactPath) {
    self.content = content
    self.length = length
    self.path = path
  }
}

/// A level that holds from dates.
final class LevelsTerm: Sendable {
  let entries: [LevelEntry]
  let field: PreparedField
  let path: FactPath

  init(entries: [LevelEntry], field: PreparedField, path: FactPath) {
    self.entries = entries
    self.field = field
    self.path = path
  }
}
