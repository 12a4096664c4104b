// Positions in the tables of a checked ruleset, each with a type of its own.

/// The position of an enumeration in its checked ruleset.
package struct EnumerationID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a record type in its checked ruleset.
package struct RecordID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a dated list in its checked ruleset.
package struct ListID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a parameter in its checked ruleset.
package struct ParameterID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a decision table in its checked ruleset.
package struct TableID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a rate list in its checked ruleset.
package struct RatesID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a define in its checked ruleset.
package struct DefineID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a condition in its checked ruleset.
package struct ConditionID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of a mission in its checked ruleset.
package struct MissionID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The position of an expression in the arena in its checked ruleset.
package struct ExpressionID: Hashable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}
