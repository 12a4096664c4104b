// What the machine's loop reads: its operations, and where the result of each node is.

/// An operation under way: what the loop over them reads, and nothing that is counted or shared.
struct MachineStep<Word: MachineWord> {
  let node: Int
  let operation: BoundOperation<Word>
  let list: Int?
  let isTruth: Bool
  let hasDenominator: Bool

  init(node: Int, _ bound: BoundNode<Word>) {
    self.node = node
    operation = bound.operation
    list = bound.list
    isTruth = bound.isTruth
    hasDenominator = bound.hasDenominator
  }
}

/// Where a node's result is, and what it is.
struct RegisterPlace {
  let register: Int
  /// Whether its truths are read the other way round.
  let isNegated: Bool
  let isTruth: Bool
  let hasDenominator: Bool
  let list: Int?

  init<Word>(_ node: BoundNode<Word>) {
    register = node.register
    isNegated = node.isNegated
    isTruth = node.isTruth
    hasDenominator = node.hasDenominator
    list = node.list
  }
}
