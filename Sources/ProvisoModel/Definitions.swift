// Named computations: defines, series folds and determinations.

package import ProvisoQuantities
package import ProvisoSource

/// `define reduction(since: year, now: year) : percent = …`.
package struct Define: Hashable, Sendable {
  package let name: String
  /// Parameters take the first slots of a frame, in order.
  package let parameters: [DefineParameter]
  package let type: ValueType
  package let slotCount: Int
  package let body: DefineBody
  package let exceptions: [ValueException]
  package let span: SourceSpan
  package init(
    name: String, parameters: [DefineParameter], type: ValueType, slotCount: Int,
    body: DefineBody, exceptions: [ValueException], span: SourceSpan
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.slotCount = slotCount
    self.body = body
    self.exceptions = exceptions
    self.span = span
  }
}

/// One parameter of a define: `since: year`.
package struct DefineParameter: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  package init(name: String, type: ValueType) {
    self.name = name
    self.type = type
  }
}

/// What a define says: an expression, or a fold over periods.
package enum DefineBody: Hashable, Sendable {
  case expression(ExpressionID)
  /// `by year from A to B = first X, then Y`: `period` and `previous` are bound in `then`.
  case fold(
    PeriodLength, from: ExpressionID, to: ExpressionID, first: ExpressionID, then: ExpressionID)
}

/// `unless "Repaid" when C => V` of a define or determination.
package struct ValueException: Hashable, Sendable {
  package let title: String
  package let condition: ExpressionID
  package let value: ExpressionID
  package let span: SourceSpan
  package init(title: String, condition: ExpressionID, value: ExpressionID, span: SourceSpan) {
    self.title = title
    self.condition = condition
    self.value = value
    self.span = span
  }
}

/// `determination coupon "Coupon for the running year" : EUR = …`: an amount that is asked for.
package struct Determination: Hashable, Sendable {
  package let name: String
  package let title: String
  package let type: ValueType
  package let value: ExpressionID
  package let exceptions: [ValueException]
  package let slotCount: Int
  package let source: String?
  package let span: SourceSpan
  package init(
    name: String, title: String, type: ValueType, value: ExpressionID,
    exceptions: [ValueException], slotCount: Int, source: String?, span: SourceSpan
  ) {
    self.name = name
    self.title = title
    self.type = type
    self.value = value
    self.exceptions = exceptions
    self.slotCount = slotCount
    self.source = source
    self.span = span
  }
}
