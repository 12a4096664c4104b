// Lowers a checked ruleset to a plan: the pass, its state, and the columns it asks for.

package import ProvisoModel
package import ProvisoQuantities

extension Plan {
  /// Lowers a checked ruleset, as of a day.
  ///
  /// What has no column operation is left to the interpreter, condition by condition.
  package static func lower(_ ruleset: CheckedRuleset, asOf: CalendarDate) -> Plan {
    var lowering = Lowering(ruleset, asOf: asOf)
    lowering.lowerAll()
    return lowering.plan
  }
}

/// A construct that has no column operation.
struct NotLowered: Error {
  /// The construct, in the words of the language.
  let construct: String
  init(_ construct: String) { self.construct = construct }
}

/// What an expression comes to in a plan.
enum Lowered {
  case number(NodeID)
  case truth(NodeID)
  /// A day, or an event that may not have happened.
  case day(NodeID)
  case code(NodeID, CodeKind)
  case period(NodeID, PeriodLength)
  case duration(CalendarDuration)
  /// A duration that the contract says.
  case length(NodeID)
  /// An amount and its currency.
  case money(NodeID, NodeID)
  /// A text that the ruleset writes.
  case text(String)
  /// Fields of the contract or of a list's member, one inside the other.
  case place(Place)
  /// What a table of the plan gives for its row: a record.
  case tableRecord(Int, row: NodeID)
  /// The entities of a chain, each a record.
  case chain(ListColumnID, RecordID)
  /// The whole numbers from one that the ruleset writes up to one that the contract says.
  case upTo(Int, NodeID)
  /// Values one by one: `{ a, b }`, `2021 to 2024`, a window.
  case values([Lowered])
}

/// A place in the contract, or in a member of one of its lists.
struct Place {
  var list: ListColumnID?
  var path: [Int]
  var name: String
  /// The field that stands there; nil: the contract or the member itself.
  var field: Field?
  /// The record or member that stands there, for its fields.
  var record: RecordID?
  var containers: [ContainerID]
  /// Of a list: the days beside A up to which it was read.
  var readDays: [NodeID] = []
}

/// The state of one lowering.
struct Lowering {
  let ruleset: CheckedRuleset
  var plan: Plan
  /// The condition, define or determination that reasons are about.
  var scope = ""
  /// T as the clause being lowered sees it; nil: A.
  var testDay: NodeID?
  /// The period of the test being lowered.
  var testPeriod: Period?
  /// Days beside A up to which facts are read; the earliest of them counts.
  var readDays: [NodeID] = []
  /// Whether T was asked for, if only to read what is the same on every day.
  var asksTestDate = false
  /// The bound variables of the frame.
  var slots: [Int: Lowered] = [:]
  /// The lists whose members are bound, outermost first.
  var context: [ListColumnID] = []
  private var depth = 0
  /// Expressions looked at for the condition under way: a ladder of defines doubles with every rung
  /// although it makes no new operation.
  var stepCount = 0
  // Lookup only: what was made already is not made again.
  private var nodeIDs: [PlanNode: NodeID] = [:]
  private var columnIDs: [PlanColumn: ColumnID] = [:]
  var listIDs: [PlanList: ListColumnID] = [:]
  private var containerIDs: [PlanContainer: ContainerID] = [:]
  private var textWords: [String: Int64] = [:]
  var tableIDs: [TableID: Int] = [:]

  private static let nodeLimit = 20_000
  private static let stepLimit = 100_000
  private static let depthLimit = 400

  init(_ ruleset: CheckedRuleset, asOf: CalendarDate) {
    self.ruleset = ruleset
    plan = Plan(ruleset: ruleset, asOf: asOf)
  }

  /// A node; the one that is there already where there is one like it.
  mutating func node(_ kind: NodeKind, of list: ListColumnID? = nil) throws(NotLowered) -> NodeID {
    let node = PlanNode(kind: kind, list: list)
    if let known = nodeIDs[node] { return known }
    guard plan.nodes.count < Self.nodeLimit else { throw NotLowered("too many operations") }
    let id = NodeID(plan.nodes.count)
    plan.nodes.append(node)
    nodeIDs[node] = id
    return id
  }

  /// A node of two operands, of which one may have to be said of every member first.
  mutating func node(
    _ left: NodeID, _ right: NodeID, _ kind: (NodeID, NodeID) -> NodeKind
  ) throws(NotLowered) -> NodeID {
    let (operands, list) = try aligned([left, right])
    return try node(kind(operands[0], operands[1]), of: list)
  }

  /// Goes one expression deeper.
  mutating func deeper<Result>(
    _ body: (inout Lowering) throws(NotLowered) -> Result
  ) throws(NotLowered) -> Result {
    depth += 1
    defer { depth -= 1 }
    stepCount += 1
    guard stepCount <= Self.stepLimit else { throw NotLowered("too many operations") }
    guard depth <= Self.depthLimit else { throw NotLowered("nested too deep") }
    return try body(&self)
  }

  // MARK: Columns

  /// The column of the fact at a place.
  mutating func column(
    _ place: Place, _ kind: ColumnKind, entry: Period? = nil, assessor: String? = nil
  ) throws(NotLowered) -> NodeID {
    let column = PlanColumn(
      kind: kind, list: place.list.map { plan.stored($0) }, path: place.path, entry: entry,
      name: place.name + (entry.map { "[\($0)]" } ?? ""), containers: place.containers,
      assessor: assessor, elector: place.field?.elector)
    let id: ColumnID
    if let known = columnIDs[column] {
      id = known
    } else {
      id = ColumnID(plan.columns.count)
      plan.columns.append(column)
      columnIDs[column] = id
    }
    let own: NodeKind = kind == .boolean ? .isTrue(id) : .column(id)
    guard let list = place.list, case .chain(let tree, let links) = plan.lists[list.index].source
    else { return try node(own, of: place.list) }
    let entry = try node(own, of: tree)
    let reached = try node(.reached(links.node), of: list)
    return try node(
      kind == .boolean
        ? .entityTruth(entry, reached: reached) : .entity(entry, reached: reached), of: list)
  }

  /// The container at a place.
  mutating func container(_ place: Place) -> ContainerID {
    let container = PlanContainer(
      list: place.list.map { plan.stored($0) }, path: place.path, name: place.name)
    if let known = containerIDs[container] { return known }
    let id = ContainerID(plan.containers.count)
    plan.containers.append(container)
    containerIDs[container] = id
    return id
  }

  /// Says that it matters on which days facts change.
  mutating func askForDays() { plan.asksForDays = true }

  /// Says that texts are told apart, whether the ruleset mentions them or not.
  mutating func tellTextsApart() { plan.tellsTextsApart = true }

  /// The word of a value that a table or a parameter gives.
  mutating func word(of value: Value) -> Int64? {
    switch value {
    case .text(let text): word(ofText: text)
    case .lei(let code): word(ofText: code.text)
    default: WordCode.word(of: value)
    }
  }

  /// The same, where it was made a word before.
  func knownWord(of value: Value) -> Int64? {
    switch value {
    case .text(let text): textWords[text]
    case .lei(let code): textWords[code.text]
    default: WordCode.word(of: value)
    }
  }

  /// The word of a text that the ruleset mentions.
  mutating func word(ofText text: String) -> Int64 {
    if let known = textWords[text] { return known }
    let word = Int64(plan.texts.count)
    plan.texts.append(text)
    textWords[text] = word
    return word
  }

  /// The number that a node is, where the ruleset writes it.
  func constant(_ id: NodeID) -> Fraction? {
    switch plan[id].kind {
    case .number(let value): value
    default: nil
    }
  }

  /// The word that a node is, where the ruleset writes it.
  func word(_ id: NodeID) -> Int64? {
    if case .word(let word) = plan[id].kind { word } else { nil }
  }
}
