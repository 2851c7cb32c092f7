#pragma once

#include <cppunit/TestAssert.h>

#include <utility>

#include "shared/base/result.h"

namespace zige::simulation {

/// For what must come through in a story: anything else is a finding.
inline void require(const Result<void>& result) {
    CPPUNIT_ASSERT_MESSAGE(result.ok() ? "" : result.error().describe(), result.ok());
}

template <class T>
T required(Result<T> result) {
    CPPUNIT_ASSERT_MESSAGE(result.ok() ? "" : result.error().describe(), result.ok());
    return std::move(result).value();
}

}  // namespace zige::simulation
