// Finds the name a person probably meant.

/// The candidate nearest to a misspelt name, or nil where none is near enough.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours (letter case alone
/// counts as half an edit); a candidate is near enough within a third of the name's length, and at
/// least one edit. Of equally near candidates the first in alphabetical order is taken, so the
/// answer does not depend on the order of the candidates.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.utf8.prefix(longestComparedName))
  let lowered = wanted.map(loweredASCII)
  // In half edits: a third of the length, rounded up to a whole edit.
  let limit = 2 * max(1, (wanted.count + 1) / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    let bytes = Array(candidate.utf8.prefix(longestComparedName))
    let gap = bytes.count - wanted.count
    if 2 * (gap < 0 ? -gap : gap) > limit { continue }
    let folded = bytes.map(loweredASCII)
    var distance = 2 * editDistance(lowered, folded)
    if bytes != wanted, folded == lowered { distance = 1 }
    guard distance <= limit, distance < 2 * max(wanted.count, 1) else { continue }
    if let current = best {
      if distance > current.distance { continue }
      if distance == current.distance, candidate >= current.name { continue }
    }
    best = (distance, candidate)
  }
  return best?.name
}

/// Names are compared by at most this many bytes, which bounds the work on hostile input.
private let longestComparedName = 64

private func loweredASCII(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two texts.
///
/// - Complexity: O(*n* × *m*).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for column in 0..<right.count {
      let change = left[row] == right[column] ? 0 : 1
      var distance = min(
        previous[column + 1] + 1, current[column] + 1, previous[column] + change)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, beforePrevious[column - 1] + 1)
      }
      current.append(distance)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
