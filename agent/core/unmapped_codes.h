#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/copy.h"
#include "shared/domain/overlay.h"

namespace zige::agent {

inline constexpr std::size_t kMaxUnmappedCodes = 1000;

/// A code of the HIS that stands for nobody, as it was last seen.
struct UnmappedCode {
    std::string code;
    std::string name;        ///< that came with it (bilg_dr_name); may be empty
    std::string department;  ///< of the line; may be empty
    std::uint64_t lines = 0;
    Instant last{};
};

/// Somebody whom the code may stand for: of the same name, in service.
struct MappingProposal {
    RecordNo no;
    std::string code;
    std::string name;
    std::string department;
    bool same_department = false;
};

/// Those of the roster who have the name that came with the code; of the same department first. A person confirms one
/// by filing an alias: a name alone maps nobody.
std::vector<MappingProposal> proposals_for(const UnmappedCode& seen, const Copy& copy, const Overlay& overlay, Day day);

/// The codes that cleared lines carried and nobody here has, since the start; a bounded number, the oldest go. Any
/// thread.
class UnmappedCodes {
public:
    void note(std::string_view code, std::string_view name, std::string_view department, Instant now);
    /// Without those that stand for somebody by now; the most frequent first.
    std::vector<UnmappedCode> list(const Copy& copy, const Overlay& overlay, Day day) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, UnmappedCode, std::less<>> seen_;
};

}  // namespace zige::agent
