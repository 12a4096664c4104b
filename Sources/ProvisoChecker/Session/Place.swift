// Where an expression stands: what it may speak of there, and which variables are bound.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// What an expression may speak of at the place where it stands.
struct Place {
  /// The place in words, for "`period` has no meaning in …".
  var words: String
  /// Whether the fields of the contract can be read by their names.
  var hasContract = false
  /// Whether there is a test date.
  var hasTestDate = false
  /// Whether there is a day the question is asked on, `as_of`.
  var hasAsOf = false
  /// Whether `period` means something here, and how long the period is.
  var period: PeriodInPlace = .none
  /// Whether the portfolio's `contracts` can be gone through.
  var hasContracts = false
  /// The type of `previous`, in a series fold.
  var previous: ValueType?
  /// Whether this is the `applies when` of a condition.
  var isAppliesWhen = false

  /// Reference data: nothing but literals.
  static let nowhere = Place(words: "reference data")
}

/// What `period` means at a place.
enum PeriodInPlace: Equatable {
  case none
  case known(PeriodLength)
}

/// A variable bound around the place.
struct Local {
  let name: String
  let slot: Int
  let type: ValueType
  let span: SourceSpan
  /// Whether the fields of its record may be named without it, as in `chain(L, each share > 50%)`.
  var isImplicit = false
  /// Whether it goes over a chain with `product of`, so that it has `through`.
  var hasThrough = false
}

/// A guard that holds at the place: the keys, as written, for which a table is known to have a row.
struct TableGuard: Equatable {
  let table: TableID
  let keys: [String]
}

/// What a define asks, itself or through those it calls, that may not be asked everywhere.
struct DefineTraits {
  /// `x is known`, `x is verified`: not in `applies when`.
  var asksWhatIsKnown = false
  /// A field of the contract: not over a portfolio.
  var readsContract = false
  /// The conditions it asks about, for the order of conditions.
  var conditions: Set<Int> = []
}

extension Checking {
  /// Runs a body at a place, with its own variables and slots, and says how many slots it used.
  func at<Result>(
    _ newPlace: Place, locals newLocals: [Local] = [], _ body: () -> Result
  ) -> (result: Result, slotCount: Int) {
    let saved = (place, locals, nextSlot, guards)
    place = newPlace
    locals = newLocals
    nextSlot = newLocals.count
    guards = []
    let result = body()
    let slotCount = nextSlot
    (place, locals, nextSlot, guards) = saved
    return (result, slotCount)
  }

  /// Binds a variable while the body runs, and gives its slot.
  func binding<Result>(
    _ name: String, _ type: ValueType, at span: SourceSpan, isImplicit: Bool = false,
    hasThrough: Bool = false, _ body: (Int) -> Result
  ) -> Result {
    let slot = nextSlot
    nextSlot += 1
    locals.append(
      Local(
        name: name, slot: slot, type: type, span: span, isImplicit: isImplicit,
        hasThrough: hasThrough))
    let result = body(slot)
    locals.removeLast()
    return result
  }
}
