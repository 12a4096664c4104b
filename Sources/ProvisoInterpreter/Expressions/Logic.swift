// Kleene's operators over expressions: not, and, or, labelled limbs.

import ProvisoModel
import ProvisoQuantities

/// What several truths come to, whatever order they came in.
///
/// One decisive truth decides; otherwise an unknown makes it unknown, for the union of the
/// reasons. A result that some decisive truth carries without resting on an absence rests on none.
struct Junction {
  let decisive: Truth
  private var isDecided = false
  private var isDecidedCleanly = false
  private var decisiveRests = RestsGathering()
  private var otherRests = RestsGathering()
  private var reasons = ReasonGathering()

  init(decisive: Truth) { self.decisive = decisive }

  /// Whether nothing that follows can change the result.
  var isSettled: Bool { isDecidedCleanly }

  mutating func take(_ found: Found) {
    let truth = found.truth
    if truth == decisive {
      isDecided = true
      if found.rests.isEmpty { isDecidedCleanly = true }
      decisiveRests.take(found.rests)
    } else if truth == .unknown {
      reasons.take(found.reasons)
    } else {
      otherRests.take(found.rests)
    }
  }

  /// Takes an unknown that no statement stands for: members that may be missing from a list.
  mutating func take(unknown: ReasonSet) { reasons.take(unknown) }

  var result: Found {
    if isDecided {
      return Found(decisive, reasons: .none, rests: isDecidedCleanly ? .nothing : decisiveRests.all)
    }
    if !reasons.isEmpty { return Found(unknown: reasons.all) }
    return Found(!decisive, reasons: .none, rests: otherRests.all)
  }
}

extension Evaluation {
  /// Whether operands that can no longer matter are evaluated all the same: to show them.
  var looksAtEverything: Bool { trace != nil || readEvidence != nil }

  /// `and`, `or`.
  mutating func junction(_ operands: [ExpressionID], decisive: Truth) -> Found {
    var junction = Junction(decisive: decisive)
    for operand in operands {
      junction.take(scalar(operand))
      if junction.isSettled && !looksAtEverything { break }
    }
    return junction.result
  }

  mutating func negation(_ operand: ExpressionID) -> Found {
    let found = scalar(operand)
    return negation(found)
  }

  func negation(_ found: Found) -> Found {
    Found(!found.truth, reasons: found.reasons, rests: found.rests)
  }

  /// `all of`, `any of`, `none of`, `at least N of`.
  mutating func limbs(_ kind: LimbsKind, _ limbs: [Limb]) -> Found {
    switch kind {
    case .all: return limbJunction(limbs, decisive: .false)
    case .any: return limbJunction(limbs, decisive: .true)
    case .none: return negation(limbJunction(limbs, decisive: .true))
    case .atLeast(let count): return atLeast(scalar(count), of: limbs)
    }
  }

  private mutating func limbJunction(_ limbs: [Limb], decisive: Truth) -> Found {
    var junction = Junction(decisive: decisive)
    for limb in limbs {
      junction.take(step(.limb(limb.label)) { $0.scalar(limb.statement) })
      if junction.isSettled && !looksAtEverything { break }
    }
    return junction.result
  }

  /// `at least N of`: true once N limbs are, false once N no longer can be.
  private mutating func atLeast(_ count: Found, of limbs: [Limb]) -> Found {
    var tally = (true: 0, cleanlyTrue: 0, false: 0, cleanlyFalse: 0)
    var reasons = count.reasons
    var trueRests = count.rests
    var falseRests = count.rests
    for limb in limbs {
      let found = step(.limb(limb.label)) { $0.scalar(limb.statement) }
      switch found.truth {
      case .true:
        tally.true += 1
        if found.rests.isEmpty { tally.cleanlyTrue += 1 }
        trueRests = trueRests.union(found.rests)
      case .false:
        tally.false += 1
        if found.rests.isEmpty { tally.cleanlyFalse += 1 }
        falseRests = falseRests.union(found.rests)
      case .unknown: reasons = reasons.union(found.reasons)
      }
    }
    guard case .quantity(let needed) = count.value else { return Found(unknown: reasons) }
    let limbCount = limbs.count
    if Fraction(tally.true) >= needed {
      let isClean = Fraction(tally.cleanlyTrue) >= needed
      return Found(.known(.boolean(true)), rests: isClean ? count.rests : trueRests)
    }
    if Fraction(limbCount - tally.false) < needed {
      let isClean = Fraction(limbCount - tally.cleanlyFalse) < needed
      return Found(.known(.boolean(false)), rests: isClean ? count.rests : falseRests)
    }
    return Found(unknown: reasons)
  }
}
