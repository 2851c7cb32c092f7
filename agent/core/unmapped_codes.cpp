#include "agent/core/unmapped_codes.h"

#include <algorithm>

#include "shared/domain/resolve.h"

namespace zige::agent {

std::vector<MappingProposal> proposals_for(const UnmappedCode& seen, const Copy& copy, const Overlay& overlay,
                                           Day day) {
    std::vector<MappingProposal> proposals;
    if (seen.name.empty()) return proposals;
    for (const Registration& person : copy.registrations()) {
        if (person.name != seen.name || !in_service(person, overlay, day)) continue;
        const bool same = !seen.department.empty() && person.department == seen.department;
        proposals.push_back({person.no, person.code, person.name, person.department, same});
    }
    std::ranges::stable_sort(proposals,
                             [](const auto& a, const auto& b) { return a.same_department > b.same_department; });
    return proposals;
}

void UnmappedCodes::note(std::string_view code, std::string_view name, std::string_view department, Instant now) {
    const std::lock_guard lock(mutex_);
    auto at = seen_.find(code);
    if (at == seen_.end()) {
        if (seen_.size() >= kMaxUnmappedCodes)
            seen_.erase(std::ranges::min_element(seen_, {}, [](const auto& each) { return each.second.last; }));
        at = seen_.emplace(std::string(code), UnmappedCode{std::string(code), {}, {}, 0, now}).first;
    }
    if (!name.empty()) at->second.name = name;
    if (!department.empty()) at->second.department = department;
    ++at->second.lines;
    at->second.last = now;
}

std::vector<UnmappedCode> UnmappedCodes::list(const Copy& copy, const Overlay& overlay, Day day) const {
    std::vector<UnmappedCode> open;
    const std::lock_guard lock(mutex_);
    for (const auto& [code, seen] : seen_) {
        const Overlay::Code* filed = overlay.code(code);
        const bool mapped = copy.find(code, day).resolution != Resolution::unknown ||
                            (filed != nullptr && !filed->removed) || overlay.newcomer(code) != nullptr;
        if (!mapped) open.push_back(seen);
    }
    std::ranges::stable_sort(open, std::ranges::greater{}, &UnmappedCode::lines);
    return open;
}

}  // namespace zige::agent
