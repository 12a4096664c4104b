// Compares two leaves, and says member by member where they differ.

package import ProvisoReports

/// One thing in which two results differ.
package struct LeafDifference: Hashable, Sendable {
  /// What differs: `the outcome`, ``condition `jobs`, test 2023``.
  package let what: String
  /// What each says.
  package let recorded: String
  package let found: String
  /// The condition that it is about; nil of the whole contract.
  package let condition: String?
  /// The position among the condition's tests; nil where it is not about a test.
  package let test: Int?

  init(
    _ what: String, _ recorded: JSONValue?, _ found: JSONValue?, condition: String? = nil,
    test: Int? = nil
  ) {
    self.what = what
    self.recorded = shown(recorded)
    self.found = shown(found)
    self.condition = condition
    self.test = test
  }
}

/// Where two results differ, from the whole to its parts; empty where they say the same.
///
/// - Parameter verdictsOnly: Compare outcomes and amounts alone, and not which ruleset, contract
///   and dates they are about, nor why.
package func leafDifferences(
  _ recorded: JSONValue, _ found: JSONValue, verdictsOnly: Bool = false
) -> [LeafDifference] {
  var differences: [LeafDifference] = []
  if !verdictsOnly {
    let members = [
      ("format", "the form"), ("ruleset", "the ruleset's digest"), ("asOf", "the as-of date"),
      ("knownAt", "the known-at date"),
    ]
    for (key, what) in members where recorded[key] != found[key] {
      differences.append(LeafDifference(what, recorded[key], found[key]))
    }
    for (key, what) in [("id", "the contract's id"), ("digest", "the contract's digest")] {
      let pair = (recorded["contract"]?[key], found["contract"]?[key])
      if pair.0 != pair.1 { differences.append(LeafDifference(what, pair.0, pair.1)) }
    }
  }
  if recorded["outcome"] != found["outcome"] {
    differences.append(LeafDifference("the outcome", recorded["outcome"], found["outcome"]))
  }
  for (left, right) in pairs(recorded["conditions"], found["conditions"]) {
    guard let left, let right, let name = left["name"]?.string, name == right["name"]?.string else {
      let name = (left ?? right)?["name"]
      differences.append(
        LeafDifference("a condition", left == nil ? nil : name, right == nil ? nil : right?["name"])
      )
      continue
    }
    if left != right {
      differences += conditionDifferences(left, right, name, verdictsOnly: verdictsOnly)
    }
  }
  for (left, right) in pairs(recorded["determinations"], found["determinations"]) {
    let name = (left ?? right)?["name"]?.string ?? "?"
    if left?["value"] != right?["value"] || left?["name"] != right?["name"] {
      differences.append(
        LeafDifference("the determination `\(name)`", left?["value"], right?["value"]))
    } else if !verdictsOnly, left != right {
      differences.append(
        LeafDifference(
          "the reasons of the determination `\(name)`", left?["reasons"], right?["reasons"]))
    }
  }
  return differences
}

private func conditionDifferences(
  _ recorded: JSONValue, _ found: JSONValue, _ name: String, verdictsOnly: Bool
) -> [LeafDifference] {
  var differences: [LeafDifference] = []
  let place = "condition `\(name)`"
  if recorded["outcome"] != found["outcome"] {
    differences.append(
      LeafDifference(place, recorded["outcome"], found["outcome"], condition: name))
  }
  for (position, (left, right)) in pairs(recorded["tests"], found["tests"]).enumerated() {
    guard left != right else { continue }
    let label =
      ["period", "member", "tested"].lazy.compactMap { (left ?? right)?[$0]?.string }.first
      ?? "\(position + 1)"
    let what = "\(place), test \(label)"
    let keys =
      verdictsOnly || left == nil || right == nil
      ? ["outcome"] : ["period", "member", "tested", "due", "outcome", "beneath", "reasons"]
    for key in keys where left?[key] != right?[key] {
      differences.append(
        LeafDifference(
          key == "outcome" ? what : "\(what), \(key)", left?[key], right?[key], condition: name,
          test: position))
    }
  }
  for (left, right) in pairs(recorded["amounts"], found["amounts"]) where left != right {
    let action = (left ?? right)?["action"]?.string ?? "?"
    let keys =
      left == nil || right == nil
      ? ["amount"]
      : verdictsOnly
        ? ["action", "object", "amount"] : ["action", "object", "amount", "due", "test", "reasons"]
    for key in keys where left?[key] != right?[key] {
      let what = key == "amount" ? "\(place), \(action)" : "\(place), \(action), \(key)"
      differences.append(
        LeafDifference(
          what, left?[key], right?[key], condition: name, test: (right ?? left)?["test"]?.count))
    }
  }
  return differences
}

/// The elements of two arrays side by side, nil where one is shorter.
private func pairs(_ left: JSONValue?, _ right: JSONValue?) -> [(JSONValue?, JSONValue?)] {
  let (left, right) = (left?.elements ?? [], right?.elements ?? [])
  return (0..<max(left.count, right.count)).map { position in
    (
      position < left.count ? left[position] : nil, position < right.count ? right[position] : nil
    )
  }
}

/// A value for a reader: a text as it is, what is not there as a dash.
private func shown(_ value: JSONValue?) -> String {
  switch value {
  case nil, .null?: "–"
  case .string(let text)?: text
  case let other?: other.canonicalText
  }
}
