// The names a ruleset declares, what each stands for, and whether anything uses it.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// What a name stands for where values are spoken of.
enum Entity: Hashable {
  case field(Int)
  case list(ListID)
  case rates(RatesID)
  case parameter(ParameterID)
  case table(TableID)
  case define(DefineID)
  case exceptions(Int)
  case determination(Int)
  case condition(ConditionID)

  /// The noun for messages.
  var noun: String {
    switch self {
    case .field: "field of the contract"
    case .list: "list"
    case .rates: "list of rates"
    case .parameter: "parameter"
    case .table: "table"
    case .define: "define"
    case .exceptions: "group of exceptions"
    case .determination: "determination"
    case .condition: "condition"
    }
  }
}

/// What a name stands for where types are spoken of.
enum TypeEntity: Hashable {
  case record(RecordID)
  case enumeration(EnumerationID)
}

/// One declaration.
struct Declared<Subject> {
  let name: String
  let subject: Subject
  let span: SourceSpan
  var isUsed = false
}

/// Every name of the ruleset, in the order declared.
struct NameTable {
  /// Fields, lists, parameters, tables, defines, determinations and conditions: one set of names.
  private(set) var values: [Declared<Entity>] = []
  private(set) var types: [Declared<TypeEntity>] = []
  private(set) var missions: [Declared<MissionID>] = []
  private(set) var unitNames: [Declared<String>] = []
  // Lookup only; the arrays keep the order.
  private var valueIndex: [String: Int] = [:]
  private var typeIndex: [String: Int] = [:]
  private var missionIndex: [String: Int] = [:]
  private var unitIndex: [String: Int] = [:]
  private var twice: Set<String> = []

  /// Declares a value's name; gives the earlier declaration when there is one.
  mutating func declare(_ name: String, _ entity: Entity, at span: SourceSpan) -> SourceSpan? {
    if let earlier = valueIndex[name] {
      twice.insert(name)
      return values[earlier].span
    }
    valueIndex[name] = values.count
    values.append(Declared(name: name, subject: entity, span: span))
    return nil
  }

  /// Declares a type's name; gives the earlier declaration when there is one.
  mutating func declare(type name: String, _ entity: TypeEntity, at span: SourceSpan)
    -> SourceSpan?
  {
    if let earlier = typeIndex[name] { return types[earlier].span }
    typeIndex[name] = types.count
    types.append(Declared(name: name, subject: entity, span: span))
    return nil
  }

  /// Declares a mission's name; gives the earlier declaration when there is one.
  mutating func declare(mission name: String, _ id: MissionID, at span: SourceSpan) -> SourceSpan? {
    if let earlier = missionIndex[name] { return missions[earlier].span }
    missionIndex[name] = missions.count
    missions.append(Declared(name: name, subject: id, span: span))
    return nil
  }

  /// Declares a unit's name.
  mutating func declare(unit name: String, at span: SourceSpan) {
    unitIndex[name] = unitNames.count
    unitNames.append(Declared(name: name, subject: name, span: span))
  }

  /// What a name stands for, which counts as a use of it.
  mutating func use(_ name: String) -> Entity? {
    guard let index = valueIndex[name] else { return nil }
    values[index].isUsed = true
    return values[index].subject
  }

  /// What a name stands for, without using it.
  func value(_ name: String) -> Declared<Entity>? { valueIndex[name].map { values[$0] } }

  /// Whether a name was declared for several values, so that nobody knows which is meant.
  func isDeclaredTwice(_ name: String) -> Bool { twice.contains(name) }

  /// The type a name stands for, which counts as a use of it.
  mutating func use(type name: String) -> TypeEntity? {
    guard let index = typeIndex[name] else { return nil }
    types[index].isUsed = true
    return types[index].subject
  }

  /// The mission of a name, which counts as a use of it.
  mutating func use(mission name: String) -> MissionID? {
    guard let index = missionIndex[name] else { return nil }
    missions[index].isUsed = true
    return missions[index].subject
  }

  /// Marks the declared units that a unit's text speaks of.
  mutating func use(unit text: String) {
    guard !unitNames.isEmpty else { return }
    for part in text.split(whereSeparator: { $0 == "/" || $0 == "*" }) {
      if let index = unitIndex[String(part)] { unitNames[index].isUsed = true }
    }
  }
}

/// Names that mean something of their own and cannot be declared.
let reservedNames: [String: String] = [
  "period": "the period under test", "test_date": "the day a test reads",
  "as_of": "the day the question is asked", "contracts": "the contracts of the portfolio",
  "previous": "the value of a series for the period before", "min": "the least of several values",
  "max": "the greatest of several values",
  "cure_payment": "the least payment that would cure a breach",
]

/// Keys of a contract file with a meaning of their own.
let reservedContractKeys: [String: String] = [
  "id": "the contract's name", "evidence": "the documents received",
  "waivers": "recorded decisions not to rely on a breach", "assessments": "recorded judgements",
  "value": "a fact with its history", "versions": "a fact with its history",
]
