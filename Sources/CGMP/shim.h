// GMP carries the fractions that outgrow machine words.
#include <gmp.h>
