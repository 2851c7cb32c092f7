#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace zige::sandbox {

/// What goes wrong at the platform. Those that take the message leave it done there, as in the field.
enum class FaultKind {
    timeout,  ///< takes it and never answers
    lost,     ///< does not take it and never answers
    cut,      ///< takes it and closes the connection in the middle of the answer
    slow,     ///< takes it and answers late
    refuse,   ///< infcode -1 and a reason
    infcode,  ///< another infcode
    http500,  ///< an error page of the front machine
    rubbish,  ///< an answer that is no JSON
    charset,  ///< takes it; the answer says UTF-8 and is GBK
};

struct Fault {
    std::string infno;  ///< "*": any
    FaultKind kind = FaultKind::timeout;
    std::string value;  ///< milliseconds of slow, the code of infcode
    int nth = 0;        ///< of this transaction, from 1; 0: each
};

/// "2204:timeout@3", "2207:slow=1500", "*:http500". usage_bad_argument, field "--fault".
Result<Fault> parse_fault(std::string_view text);
/// The words of all kinds, for the help.
std::string fault_kinds();
std::string describe(const Fault& fault);
/// Whether the platform has done what the message says.
bool takes(FaultKind kind);

/// Which fault the next message meets. Any thread.
class FaultScript {
public:
    /// Counting begins anew.
    void set(std::vector<Fault> faults);
    std::optional<Fault> next(const std::string& infno);

private:
    std::mutex mutex_;
    std::vector<Fault> faults_;
    std::map<std::string, int> seen_;
};

}  // namespace zige::sandbox
