// The name a misspelt one was probably meant to be.

/// The least number of letters inserted, removed, replaced or swapped with their neighbour that
/// turns one text into another; nil when it is over the limit.
///
/// - Complexity: O(*nm*) in the lengths; texts of over 64 bytes are not compared.
package func editDistance(_ left: String, _ right: String, limit: Int) -> Int? {
  let left = Array(left.utf8)
  let right = Array(right.utf8)
  guard left.count <= 64, right.count <= 64, abs(left.count - right.count) <= limit else {
    return nil
  }
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
      var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  guard let distance = previous.last, distance <= limit else { return nil }
  return distance
}

/// The names nearest to a misspelt one, nearest first and then in byte order; names that differ
/// only by case come before all others.
///
/// A name counts as near within a third of its length, and at least one letter.
package func nearestNames(
  to name: String, among names: some Sequence<String>, atMost count: Int = 3
) -> [String] {
  let folded = name.lowercased()
  let limit = max(1, name.utf8.count / 3)
  var found: [(distance: Int, name: String)] = []
  for candidate in names where candidate != name {
    if candidate.lowercased() == folded {
      found.append((0, candidate))
    } else if let distance = editDistance(folded, candidate.lowercased(), limit: limit),
      distance < candidate.utf8.count
    {
      found.append((distance, candidate))
    }
  }
  found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return found.prefix(max(0, count)).map(\.name)
}
