#pragma once

#include "shared/wire/codec_parts.h"

namespace zige::wire {

/// `intervals` items, sorted by `from`.
StandingTimeline read_timeline(Reader&, std::size_t intervals, Day base);

/// A record as a leaf holds it.
Record read_record(Reader&);

/// The rows of a delta: each is its leaf with the number replaced by the distance from the row before.
class RowReader {
public:
    Record next(Reader& in);
    /// The bytes under the Merkle leaf of the record that next() gave; valid until it is called again.
    ByteView leaf() const { return leaf_.view(); }

private:
    bool first_ = true;
    std::uint64_t previous_ = 0;
    Writer leaf_;
};

}  // namespace zige::wire
