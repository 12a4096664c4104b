// The first walk over the declarations: every name gets its place before any rule is read.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Declares every name. The k-th declaration of a kind has position k in its table.
  func collectNames() {
    var counts = (list: 0, rates: 0, parameter: 0, table: 0, define: 0, condition: 0)
    var others = (determination: 0, mission: 0, field: 0, group: 0)
    for declaration in declarations {
      switch declaration {
      case .list(let node):
        declare(node.name, .list(ListID(counts.list)))
        counts.list += 1
      case .rates(let node):
        declare(node.name, .rates(RatesID(counts.rates)))
        counts.rates += 1
      case .parameter(let node):
        declare(node.name, .parameter(ParameterID(counts.parameter)))
        counts.parameter += 1
      case .table(let node):
        declare(node.name, .table(TableID(counts.table)))
        counts.table += 1
      case .define(let node):
        declare(node.name, .define(DefineID(counts.define)))
        counts.define += 1
      case .exceptions(let node):
        declare(node.name, .exceptions(others.group))
        others.group += 1
      case .condition(let node):
        declare(node.name, .condition(ConditionID(counts.condition)))
        if node.isPortfolio { portfolioConditions.insert(counts.condition) }
        counts.condition += 1
      case .determination(let node):
        declare(node.name, .determination(others.determination))
        others.determination += 1
      case .mission(let node):
        declare(mission: node.name, MissionID(others.mission))
        others.mission += 1
      case .contract(let node):
        for field in node.fields {
          declare(field.name, .field(others.field))
          others.field += 1
        }
      case .ruleset, .import, .unit, .record, .type, .conserve, .scenario: break
      }
    }
  }

  private func declare(_ name: NameSyntax, _ entity: Entity) {
    guard !name.isMissing else { return }
    guard mayDeclare(name) else { return }
    if case .field = entity, let meaning = reservedContractKeys[name.text] {
      report(
        NamePages.reservedName, "`\(name.text)` cannot be a field of the contract",
        at: name.span, "in a contract file this key is \(meaning)",
        help: ["choose another name, such as `\(name.text)_number`"])
      return
    }
    if let earlier = names.declare(name.text, entity, at: name.span) {
      reportTwice(name, earlier)
    }
  }

  private func declare(mission name: NameSyntax, _ id: MissionID) {
    guard !name.isMissing else { return }
    if let earlier = names.declare(mission: name.text, id, at: name.span) {
      reportTwice(name, earlier)
    }
  }

  /// Whether a name may be declared at all; reports the reserved ones.
  func mayDeclare(_ name: NameSyntax) -> Bool {
    guard let meaning = reservedNames[name.text] else { return true }
    report(
      NamePages.reservedName, "`\(name.text)` is a name of the language", at: name.span,
      "in rules it is \(meaning)", help: ["choose another name, such as `\(name.text)_given`"])
    return false
  }

  /// Reports a name declared a second time.
  func reportTwice(_ name: NameSyntax, _ earlier: SourceSpan) {
    report(
      NamePages.declaredTwice, "`\(name.text)` is declared twice", at: name.span,
      "declared again here", also: [LabelledSpan(earlier, "first declared here")],
      help: ["give one of the two another name"])
  }

  /// Warns of every declaration that nothing reads.
  ///
  /// Only where nothing is wrong: what stands behind a mistake may not have been read at all.
  func checkUnused() {
    guard !hasError else { return }
    for value in names.values where !value.isUsed && value.isWritable {
      switch value.subject {
      case .field, .determination, .condition: continue
      case .list, .rates, .parameter, .table, .define, .exceptions:
        reportUnused(value.subject.noun, value.name, value.span)
      }
    }
    for type in names.types where !type.isUsed {
      switch type.subject {
      case .record: reportUnused("record", type.name, type.span)
      case .enumeration: reportUnused("type", type.name, type.span)
      }
    }
    for unit in names.unitNames where !unit.isUsed { reportUnused("unit", unit.name, unit.span) }
  }

  /// What is declared in an imported file is there for several rulesets, and need not be used.
  private func reportUnused(_ noun: String, _ name: String, _ span: SourceSpan) {
    guard span.source == root.id else { return }
    report(
      NamePages.unusedDeclaration, "the \(noun) `\(name)` is never used", at: span,
      help: ["use it in a rule, or remove it"])
  }
}
