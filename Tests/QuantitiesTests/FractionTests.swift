// Exact fractions against a model, at the boundary of their two forms, and through text.

import ProvisoQuantities
import Testing

@Test func placeholderCompiles() { #expect(Fraction(1) == .one) }
