// Values with named exceptions, and values that do not stand where a sum does not add up.

import ProvisoModel
import ProvisoQuantities

extension Lowering {
  /// The most exceptions of one value: each is held against each.
  private static var exceptionLimit: Int { 8 }

  /// A value with its named exceptions: what the one that applies gives. Where two apply, or one of
  /// several may, the interpreter says whether they give the same.
  mutating func excepted(
    _ value: Lowered, _ exceptions: [ValueException]
  ) throws(NotLowered) -> Lowered {
    guard exceptions.count <= Self.exceptionLimit else {
      throw NotLowered("a value with many exceptions")
    }
    var applying: [NodeID] = []
    var result = value
    for exception in exceptions.reversed() {
      let condition = try truth(exception.condition)
      applying.append(condition)
      result = try chosen(condition, try lower(exception.value), result)
    }
    guard exceptions.count > 1 else { return result }
    var open: [NodeID] = []
    for (position, first) in applying.enumerated() {
      open.append(try not(try node(.isKnown(first), of: list(of: first))))
      for second in applying[(position + 1)...] {
        open.append(try junction([first, second], isAnd: true))
      }
    }
    return try left(result, toTheInterpreterWhere: try junction(open, isAnd: false))
  }

  /// Determinations that are conserved are told only where the sum adds up; where it does not, the
  /// interpreter says so.
  mutating func lowerConservations() {
    for conservation in ruleset.conservations {
      let positions = ([conservation.whole] + conservation.parts).compactMap { amount -> Int? in
        if case .determination(let position) = amount { position } else { nil }
      }
      guard !positions.isEmpty else { continue }
      enter(conservation.name)
      do throws(NotLowered) {
        let whole = try number(conservation.whole)
        var sum = try node(.number(.zero))
        for part in conservation.parts { sum = try arithmetic(.add, sum, try number(part)) }
        let differs = try not(try compare(.equal, .number(whole), .number(sum)))
        for position in positions {
          guard case .lowered(let id, let type) = plan.determinations[position] else { continue }
          guard
            case .number(let told) = try left(.number(id), toTheInterpreterWhere: differs)
          else { throw NotLowered("`conserve`") }
          plan.determinations[position] = .lowered(told, type)
        }
      } catch {
        for position in positions { plan.determinations[position] = .interpreted("`conserve`") }
      }
    }
  }

  private mutating func number(_ amount: ConservedAmount) throws(NotLowered) -> NodeID {
    switch amount {
    case .value(let id): return try number(id)
    case .determination(let position):
      guard case .lowered(let id, _) = plan.determinations[position] else {
        throw NotLowered("a determination that the interpreter works out")
      }
      return id
    case .consequences: throw NotLowered("what consequences come to")
    }
  }

  /// A value that the interpreter says wherever a truth holds.
  private mutating func left(
    _ value: Lowered, toTheInterpreterWhere truth: NodeID
  ) throws(NotLowered) -> Lowered {
    try chosen(try never(truth), value, value)
  }
}
