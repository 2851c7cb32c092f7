#include "shared/domain/registration.h"

namespace zige {
namespace {

struct NumberOf {
    RecordNo operator()(const InstitutionRecord&) const { return {0}; }
    RecordNo operator()(const Registration& registration) const { return registration.no; }
    RecordNo operator()(const Alias& alias) const { return alias.no; }
};

}  // namespace

RecordNo record_no(const Record& record) { return std::visit(NumberOf{}, record); }

}  // namespace zige
