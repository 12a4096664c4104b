// Cures by payment: what was paid, and the statement that counts it.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// `by payment x = E, when P` or `when P`: what is tried on the days of a cure.
  func cureTest(_ node: CureSyntax) -> (payment: CurePaymentRule?, condition: ExpressionID?) {
    let role = "what stands behind `cure when`"
    guard let written = node.payment else {
      return (nil, node.condition.map { truth($0, as: role) })
    }
    let paid = operand(written.paid)
    let type = self.type(of: paid)
    checkVariable(written.name)
    if type != .unresolved, !type.isQuantity {
      report(
        LifePages.paymentNoAmount, "a payment is an amount of one currency", at: written.paid.span,
        "this is \(words(type))", also: Array(side(paid).dropFirst()),
        help: ["write what was paid: `cure by payment \(written.name.text) = new_equity, when …`"])
    }
    let neededSlot = nextSlot
    nextSlot += 1
    return binding(written.name.text, type, at: written.name.span) { slot in
      let mark = arena.count
      let condition = node.condition.map { truth($0, as: role) }
      let isCounted = arena[mark...].contains {
        if case .variable(slot, _) = $0.kind { true } else { false }
      }
      if !isCounted, type != .unresolved, !written.name.isMissing {
        let name = written.name.text
        report(
          LifePages.paymentNotCounted, "how does the payment `\(name)` count?",
          at: node.condition?.span ?? written.span,
          "nothing here speaks of `\(name)`", also: [LabelledSpan(written.name.span, "its name")],
          help: ["write `when` with the payment in it: `when net_debt - \(name) <= …`"])
      }
      return (
        CurePaymentRule(
          name: written.name.text, slot: slot, neededSlot: neededSlot, paid: paid, type: type),
        condition
      )
    }
  }

  /// Runs a body in which `cure_payment` is the least payment that would cure.
  func withPayment<Result>(_ cure: Cure?, _ body: () -> Result) -> Result {
    guard let payment = cure?.payment else { return body() }
    locals.append(
      Local(
        name: "cure_payment", slot: payment.neededSlot, type: payment.type,
        span: self[payment.paid].span))
    defer { locals.removeLast() }
    return body()
  }
}
