// Reads single members of a leaf where they stand, without reading the whole of it.
//
// In canonical JSON a member stands in one way only, and inside a string its quotes would be
// escaped: a search for its bytes finds the member and nothing else.

package import ProvisoLog

/// The digest of the contract that a leaf is about; nil where it names none.
package func contractDigest(ofLeaf leaf: [UInt8]) -> LogHash? {
  let head = Array(",\"contract\":{\"digest\":\"sha256:".utf8)
  guard let start = lastPlace(of: head, in: leaf), start + head.count + 64 <= leaf.count,
    let bytes = bytes(ofHex: leaf[(start + head.count)..<(start + head.count + 64)])
  else { return nil }
  return LogHash(bytes)
}

/// Where bytes stand last in others; nil where they do not.
func lastPlace(of part: [UInt8], in bytes: [UInt8]) -> Int? {
  guard let first = part.first, part.count <= bytes.count else { return nil }
  var place = bytes.count - part.count
  while place >= 0 {
    if bytes[place] == first, bytes[place..<place + part.count].elementsEqual(part) {
      return place
    }
    place -= 1
  }
  return nil
}

/// Whether bytes stand anywhere in others.
func contains(_ part: [UInt8], in bytes: [UInt8]) -> Bool { lastPlace(of: part, in: bytes) != nil }
