// The desk of one run: what has been read, what has been declared, what has been found wrong.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// One run of the checker. A class because every pass writes on the same desk; it never leaves the
/// call of `check`.
final class Checking {
  // What was read.
  let root: SourceFile
  let load: (String) -> LoadedBytes
  /// Every file read, by `SourceID`.
  var sources: [SourceFile]
  /// The ids of the files read, by resolved name; lookup only.
  var sourceIDs: [String: SourceID] = [:]
  /// Every declaration of every file, imported ones where the import stands.
  var declarations: [DeclarationSyntax] = []
  var header: RulesetHeaderSyntax?

  // What was found wrong.
  var diagnostics: [Diagnostic] = []
  var hasError = false
  /// Beyond this many diagnostics nothing is added: it bounds the work on hostile input.
  static let diagnosticLimit = 200

  // What was declared.
  var names = NameTable()
  var units = UnitCatalogue.standard
  /// The groups of exceptions, in the order declared.
  var exceptionGroups: [ExceptionGroupSyntax] = []
  var months: MonthConvention?
  var holidays: [CalendarDate] = []
  var hasHolidays = false
  var governs: Governs?
  var enumerations: [Enumeration] = []
  var records: [RecordType] = []
  var contractFields: [Field] = []
  var contractSpan: SourceSpan
  // Positions by name, for quick lookup in long records and enumerations.
  /// By the number of the record or enumeration; the contract's is -1.
  var fieldPositions: [Int: [String: Int]] = [:]
  var memberPositions: [Int: [String: Int]] = [:]
  var lists: [DatedList] = []
  var rates: [RateList] = []
  var parameters: [Parameter] = []
  var tables: [DecisionTable] = []
  var missions: [Mission] = []
  var defines: [Define] = []
  var conditions: [Condition] = []
  var conditionOrder: [ConditionID] = []
  /// The conditions that each condition asks about, by position.
  var conditionUses: [[Int]] = []
  /// Positions of the conditions that speak of the whole portfolio.
  var portfolioConditions: Set<Int> = []
  var determinations: [Determination] = []
  var conservations: [Conservation] = []
  var scenarios: [Scenario] = []
  /// The arena of checked expressions; operands stand before their users.
  var arena: [Expression] = []
  /// How deep each expression of the arena is, itself and the defines it calls counted.
  private var depths: [Int] = []
  /// How deep the body of each define is, as far as it was checked; lookup only.
  var defineDepths: [Int: Int] = [:]
  /// The deepest an expression may be: it bounds the call depth of whoever walks or evaluates it.
  private static let depthLimit = 256

  // Where in the ruleset the pass is.
  var place = Place.nowhere
  var locals: [Local] = []
  var nextSlot = 0
  /// Uses of tables outside any guard, by table, for the report of gaps.
  var unguardedTables: Set<Int> = []
  /// Statements `(k1, k2) in table` that hold where the pass is, innermost last.
  var guards: [TableGuard] = []
  /// What each define asks that may not be asked everywhere, by define.
  var defineTraits: [DefineTraits] = []
  /// Whether a define's value can change when another day is tried, as far as it was asked.
  var movingDefines: [Int: Bool] = [:]
  /// Whether a define's value may have a denominator that comes from a fact, as far as asked.
  var dividingDefines: [Int: Bool] = [:]

  init(root: SourceFile, load: @escaping (String) -> LoadedBytes) {
    self.root = root
    self.load = load
    sources = [root]
    contractSpan = SourceSpan(source: root.id, start: 0, end: 0)
  }

  /// The result once every pass is through.
  func result() -> CheckResult {
    var told: [Diagnostic] = []
    for diagnostic in withoutCascades(diagnostics.sorted()) {
      // Whatever is the same stands among those that come neither before it nor behind it.
      let beside = told.lazy.reversed().prefix { !($0 < diagnostic) }
      if !beside.contains(diagnostic) { told.append(diagnostic) }
    }
    return CheckResult(
      ruleset: hasError ? nil : ruleset(), diagnostics: told, sources: sources)
  }

  private func ruleset() -> CheckedRuleset {
    var ruleset = CheckedRuleset(
      name: header?.name.text ?? "", title: header?.title?.text ?? header?.name.text ?? "",
      units: units, calendar: BusinessCalendar(holidays: holidays),
      contract: RecordType(name: "contract", fields: contractFields, span: contractSpan))
    for case .version(let text, _) in header?.entries ?? [] { ruleset.version = text.text }
    for case .issuer(let text, _) in header?.entries ?? [] { ruleset.issuer = text.text }
    for case .source(let text, _) in header?.entries ?? [] { ruleset.source = text.text }
    ruleset.governs = governs
    ruleset.months = months
    ruleset.enumerations = enumerations
    ruleset.records = records
    ruleset.signedField = contractFields.firstIndex { $0.name == "signed" }
    ruleset.lists = lists
    ruleset.parameters = parameters
    ruleset.tables = tables
    ruleset.rates = rates
    ruleset.missions = missions
    ruleset.defines = defines
    ruleset.conditions = conditions
    ruleset.conditionOrder = conditionOrder
    ruleset.determinations = determinations
    ruleset.conservations = conservations
    ruleset.scenarios = scenarios
    ruleset.expressions = arena
    ruleset.sources = sources
    return ruleset
  }

  // MARK: - Problems

  /// Whether there is still room for a diagnostic; suggestions are only worked out when there is.
  var mayReport: Bool { diagnostics.count < Checking.diagnosticLimit }

  /// Adds a diagnostic: an error for a code with `E`, a warning for one with `W`.
  func report(
    _ page: DiagnosticPage, _ message: @autoclosure () -> String, at span: SourceSpan,
    _ label: String = "", also: @autoclosure () -> [LabelledSpan] = [],
    help: @autoclosure () -> [String] = [], fixIts: [FixIt] = []
  ) {
    let isWarning = page.code.rawValue.hasPrefix("W")
    if !isWarning { hasError = true }
    guard mayReport else { return }
    diagnostics.append(
      Diagnostic(
        code: page.code, severity: isWarning ? .warning : .error, message: message(),
        primary: LabelledSpan(span, label), secondaries: also(), help: help(), fixIts: fixIts))
  }

  /// The most names that a misspelt one is compared with.
  private static let candidateLimit = 500

  /// A line that suggests the nearest of some names, or no line.
  func suggestion(for name: String, among candidates: @autoclosure () -> [String]) -> [String] {
    guard mayReport,
      let nearest = nearestName(to: name, among: candidates().prefix(Checking.candidateLimit))
    else { return [] }
    return ["did you mean `\(nearest)`?"]
  }

  /// The text of a span as it was written.
  func text(of span: SourceSpan) -> String {
    guard span.source.index >= 0, span.source.index < sources.count else { return "" }
    return sources[span.source.index].text(of: span)
  }

  // MARK: - The arena

  /// Adds a checked expression.
  func add(_ kind: ExpressionKind, _ type: ValueType, _ span: SourceSpan) -> ExpressionID {
    var depth = 1 + (kind.operands.map { depths[$0.index] }.max() ?? 0)
    if case .call(let define, _) = kind { depth += defineDepths[define.index] ?? 0 }
    if depth > Checking.depthLimit {
      report(
        TypePages.tooDeep, "this expression has too many steps in a row", at: span,
        help: ["name parts of it: `define first_part : … = …`"])
      return unresolved(span)
    }
    arena.append(Expression(kind: kind, type: type, span: span))
    depths.append(depth)
    return ExpressionID(arena.count - 1)
  }

  /// The deepest of the expressions added since a mark.
  func depth(since mark: Int) -> Int { depths[mark...].max() ?? 0 }

  /// An expression that stands for a mistake already reported.
  func unresolved(_ span: SourceSpan) -> ExpressionID {
    add(.literal(.none), .unresolved, span)
  }

  subscript(id: ExpressionID) -> Expression { arena[id.index] }

  /// The type of a checked expression.
  func type(of id: ExpressionID) -> ValueType { arena[id.index].type }

  /// Gives an expression a type that is known only from where it stands: a ratio that is compared
  /// with a percentage, a bare `0` beside an amount.
  func retype(_ id: ExpressionID, as type: ValueType) {
    let node = arena[id.index]
    arena[id.index] = Expression(kind: node.kind, type: type, span: node.span)
  }
}
