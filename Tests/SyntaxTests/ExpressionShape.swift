// Writes an expression with every grouping shown, so that tests can say how a text was read.

import ProvisoSyntax

extension ExpressionSyntax {
  /// The expression as one line in which each form stands in parentheses with its name first.
  var shape: String {
    switch self {
    case .missing: return "?"
    case .number(let node):
      let scale = node.scaleWord.map { " " + $0.rawValue } ?? ""
      let unit = node.unit.map { node.unitStandsBefore ? " <\($0.text)" : " \($0.text)" } ?? ""
      return unit.isEmpty && scale.isEmpty ? node.text : "[\(node.text)\(scale)\(unit)]"
    case .string(let node): return "'\(node.text)'"
    case .date(let node), .period(let node): return node.text
    case .boolean(let node): return node.value ? "true" : "false"
    case .none: return "none"
    case .name(let node): return node.text
    case .member(let node):
      return node.base.shape + node.names.map { "." + $0.text }.joined()
    case .call(let node): return form("call \(node.function.text)", children)
    case .parenthesized(let node): return node.content.shape
    case .tuple: return form("tuple", children)
    case .list: return form("list", children)
    case .set: return form("set", children)
    case .record(let node):
      let entries = node.entries.map { entry in
        entry.path.map(\.text).joined(separator: ".") + "=" + entry.value.shape
      }
      return "(record \(entries.joined(separator: " ")))"
    case .timeline(let node): return form(node.kind == .at ? "points" : "spells", children)
    case .negated: return form("neg", children)
    case .not: return form("not", children)
    case .sum(let node):
      return node.rest.reduce(node.first.shape) { left, term in
        "(\(term.isSubtracted ? "-" : "+") \(left) \(term.operand.shape))"
      }
    case .product(let node):
      return node.rest.reduce(node.first.shape) { left, factor in
        "(\(factor.operation.rawValue) \(left) \(factor.operand.shape))"
      }
    case .power: return form("^", children)
    case .comparison(let node): return form(node.operation.rawValue, children)
    case .and: return form("and", children)
    case .or: return form("or", children)
    case .membership(let node): return membershipShape(node)
    case .happenedBy: return form("by", children)
    case .isTest(let node): return "(is \(questionShape(node.question)) \(node.subject.shape))"
    case .at: return form("at", children)
    case .window: return form("over", children)
    case .range: return form("to", children)
    case .limited(let node):
      let title = node.title.map { " '\($0.text)'" } ?? ""
      let word = node.kind == .capped ? "capped" : "floored"
      return "(\(word) \(node.value.shape) \(node.limit.shape)\(title))"
    case .fallback: return form("else", children)
    case .converted(let node):
      return form("converted \(node.currency.text) \(node.rates.text)", children)
    case .part(let node): return form(node.side == .above ? "above" : "up-to", children)
    case .choice: return form("choice", children)
    case .limbs(let node): return limbsShape(node)
    case .quantified(let node):
      return form("\(node.quantifier.rawValue) \(node.variable.text)", children)
    case .aggregate(let node):
      guard case .members(_, let variable, _, _) = node.source else {
        return form(node.function.rawValue, children)
      }
      return form("\(node.function.rawValue) \(variable.text)", children)
    case .chain(let node):
      let words = node.rules.map { rule in
        switch rule {
        case .product: "product"
        case .each: "each"
        }
      }
      return form((["chain"] + words).joined(separator: "-"), children)
    case .round(let node): return form("round\(node.mode.map { "-\($0)" } ?? "")", children)
    case .duration(let node): return form("\(node.unit.rawValue)", children)
    case .after: return form("after", children)
    case .elapsed(let node): return form("\(node.unit.rawValue)-\(node.counting)", children)
    case .yearFraction: return form("year-fraction", children)
    case .periodOf(let node): return form("\(node.length.rawValue)-of", children)
    }
  }

  private func form(_ name: String, _ parts: [ExpressionSyntax]) -> String {
    "(\(([name] + parts.map(\.shape)).joined(separator: " ")))"
  }

  private func membershipShape(_ node: MembershipSyntax) -> String {
    var text = "(in \(node.member.shape) \(node.collection.shape)"
    if let dating = node.dating {
      let shift = dating.shift.map { (dating.isSubtracted ? "-" : "+") + $0.shape } ?? ""
      text += " by:\(dating.name.text)\(shift)"
    }
    switch node.moment {
    case .on(let day): text += " on:\(day.shape)"
    case .atAnyTime(let from, let to): text += " any:\(from.shape)..\(to.shape)"
    case nil: break
    }
    return text + ")"
  }

  private func questionShape(_ question: IsTestSyntax.Question) -> String {
    switch question {
    case .level(let name): "level:\(name.text)"
    case .notApplicable: "not-applicable"
    default: "\(question)"
    }
  }

  private func limbsShape(_ node: LimbsSyntax) -> String {
    let quota: String
    switch node.quota {
    case .atLeast(let count): quota = "least \(count.shape)"
    default: quota = "\(node.quota)"
    }
    let limbs = node.limbs.map { ($0.label.map { "'\($0.text)':" } ?? "") + $0.truth.shape }
    return "(\(([quota] + limbs).joined(separator: " ")))"
  }
}
