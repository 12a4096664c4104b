// Groups of exceptions: each exception of a group is a define of the group's parameters, which the
// conditions that name the group call.

import ProvisoModel
import ProvisoSource
import ProvisoSyntax

/// The name that a define is shown with: an exception of a group has the group's.
func shownName(_ name: String) -> String {
  name.firstIndex(of: "[").map { String(name[..<$0]) } ?? name
}

extension Declared {
  /// Whether a ruleset can write the name.
  var isWritable: Bool { !name.contains("[") }
}

extension Checking {
  /// The most exceptions of one group: every condition that names it takes them all over.
  private static let groupLimit = 64

  /// Puts a define for every exception of a group behind the group.
  func expandExceptionGroups() {
    var expanded: [DeclarationSyntax] = []
    for declaration in declarations {
      expanded.append(declaration)
      guard case .exceptions(let group) = declaration else { continue }
      exceptionGroups.append(group)
      if group.exemptions.isEmpty, !group.name.isMissing {
        report(
          ConditionPages.emptyGroup, "`\(group.name.text)` has no exceptions", at: group.name.span,
          help: ["write `unless \"title\" when …` between its braces"])
      } else if group.exemptions.count > Checking.groupLimit {
        report(
          ConditionPages.emptyGroup,
          "`\(group.name.text)` has \(group.exemptions.count) exceptions, and a group "
            + "\(Checking.groupLimit) at most",
          at: group.name.span, help: ["make two groups of it"])
      }
      expanded += group.defines.map(DeclarationSyntax.define)
    }
    declarations = expanded
  }

  /// The exceptions that `unless NAME(arguments)` stands for, as if they were written out.
  func exemptions(of use: ExpressionSyntax, at extent: Extent) -> [ExemptionSyntax] {
    var arguments: [ExpressionSyntax] = []
    let name: NameSyntax
    switch use {
    case .name(let node): name = node
    case .call(let node): (name, arguments) = (node.function, node.arguments)
    default:
      report(
        ConditionPages.notAGroup, "no group of exceptions is named here", at: use.span,
        help: ["write `unless \"title\" when …`, or `unless NAME` for a group"])
      return []
    }
    guard let entity = names.use(name.text) else {
      let groups = exceptionGroups.map(\.name.text)
      report(
        ConditionPages.notAGroup, "no group of exceptions is called `\(name.text)`", at: name.span,
        help: suggestion(for: name.text, among: groups)
          + ["write `unless \"title\" when …`, or declare `exceptions \(name.text) { … }`"])
      return []
    }
    guard case .exceptions(let index) = entity, exceptionGroups.indices.contains(index) else {
      report(
        ConditionPages.notAGroup, "`\(name.text)` is a \(entity.noun), not a group of exceptions",
        at: name.span, help: ["write `unless \"title\" when \(name.text)`"])
      return []
    }
    let group = exceptionGroups[index]
    guard arguments.count == group.parameters.count else {
      report(
        TypePages.arity,
        "`\(name.text)` takes \(counted(group.parameters.count, "argument")), and "
          + "\(arguments.count) are given",
        at: use.span, also: [LabelledSpan(group.name.span, "declared here")],
        help: [
          "write `unless \(name.text)"
            + (group.parameters.isEmpty
              ? "`" : "(\(group.parameters.map(\.name.text).joined(separator: ", ")))`")
        ])
      return []
    }
    guard group.exemptions.count <= Checking.groupLimit else { return [] }
    return group.exemptions(with: arguments, for: use.extent, at: extent)
  }
}
