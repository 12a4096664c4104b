// zlib packs the contracts and rulesets that a ledger keeps.
#include <zlib.h>
