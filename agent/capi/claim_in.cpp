#include "agent/capi/claim_in.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>

#include "agent/capi/stated_size.h"
#include "agent/daemon/claim.h"
#include "agent/daemon/money.h"
#include "shared/domain/codes_of_people.h"
#include "shared/wire/limits.h"

namespace zige::capi {
namespace {

constexpr std::size_t kFirstLine = offsetof(zige_line, visit);  ///< of the header that knew no visits
constexpr std::size_t kMaxItem = 150;                           ///< medins_list_codg

using Memory = std::pmr::memory_resource;

/// A code of the registry; 0 gives `when_zero`.
template <class Code>
Result<Code> code_of(std::int32_t number, std::string_view field, std::optional<Code> when_zero = {}) {
    if (number == 0 && when_zero) return *when_zero;
    const auto code = number < 0 ? std::optional<Code>{} : from_number<Code>(static_cast<std::uint64_t>(number));
    if (!code) return fail(ErrorId::api_bad_field, std::string(field), std::to_string(number));
    return *code;
}

Result<Instant> time_of(const char* text, std::string_view field, const Charset& charset, Memory& memory) {
    ZIGE_TRY(words, charset.read(text, kMaxCode, field, memory));
    if (words.empty()) return fail(ErrorId::api_missing_field, std::string(field));
    return parse_time(words, field);
}

/// One line as the host wrote it.
class LineReader {
public:
    LineReader(const zige_line& given, Txn txn, const Charset& charset, Memory& memory, AskedLine& asked)
        : given_(given), txn_(txn), charset_(charset), memory_(memory), asked_(asked) {}

    Result<void> read() {
        ZIGE_CHECK(read_fee());
        ZIGE_CHECK(read_emergency());
        ZIGE_CHECK(read_people());
        ZIGE_CHECK(read_visit());
        ZIGE_CHECK(read_order());
        return read_release();
    }

private:
    FeeLine& fee() { return asked_.line.line; }
    Result<std::string_view> text(const char* given, std::size_t max, const char* field) {
        return charset_.read(given, max, field, memory_);
    }

    Result<void> read_fee() {
        fee().txn = txn_;
        ZIGE_TRY(item, code_of<ItemClass>(given_.item_class, "item_class", ItemClass::general));
        fee().item = item;
        if (given_.uninsured != 0 && given_.uninsured != 1) return fail(ErrorId::api_bad_field, "uninsured", "0 or 1");
        fee().insured = given_.uninsured == 0;
        ZIGE_TRY(time, time_of(given_.fee_time, "fee_time", charset_, memory_));
        fee().fee_time = time;
        if (given_.prescribed_time != nullptr && *given_.prescribed_time != '\0') {
            ZIGE_TRY(prescribed, time_of(given_.prescribed_time, "prescribed_time", charset_, memory_));
            fee().prescribed_at = prescribed;
        }
        if (given_.amount_fen > daemon::kMaxAmountFen || given_.amount_fen < -daemon::kMaxAmountFen)
            return fail(ErrorId::api_bad_field, "amount_fen", std::to_string(given_.amount_fen));
        fee().amount = Fen{given_.amount_fen};
        ZIGE_TRY(department, text(given_.department, kMaxCode, "department"));
        fee().department = department;
        ZIGE_TRY(med_type, text(given_.med_type, kMaxCode, "med_type"));
        fee().med_type = med_type;
        return {};
    }

    Result<void> read_emergency() {
        ZIGE_TRY(kind, code_of<EmergencyKind>(given_.emergency_kind, "emergency_kind"));
        ZIGE_TRY(reason, text(given_.emergency_reason, daemon::kMaxReason, "emergency_reason"));
        ZIGE_TRY(by, text(given_.emergency_declared_by, daemon::kMaxReason, "emergency_declared_by"));
        if (kind == EmergencyKind::none) return {};
        if (reason.empty()) return fail(ErrorId::api_missing_field, "emergency_reason");
        if (by.empty()) return fail(ErrorId::api_missing_field, "emergency_declared_by");
        fee().emergency = {kind, reason, by};
        return {};
    }

    Result<void> read_visit() {
        ZIGE_TRY(visit, text(given_.visit, kMaxCode, "visit"));
        ZIGE_TRY(item, text(given_.item_code, kMaxItem, "item_code"));
        ZIGE_TRY(name, text(given_.ordering_name, daemon::kMaxReason, "ordering_name"));
        asked_.line.visit = {visit, item};
        asked_.line.ordering_name = name;
        return {};
    }

    Result<void> read_order() {
        ZIGE_TRY(number, text(given_.order_number, kMaxCode, "order_number"));
        const bool timed = given_.order_time != nullptr && *given_.order_time != '\0';
        if (number.empty() && !timed) return {};
        if (number.empty()) return fail(ErrorId::api_missing_field, "order_number");
        ZIGE_TRY(written_at, time_of(given_.order_time, "order_time", charset_, memory_));
        fee().order = {number, written_at};
        return {};
    }

    Result<void> read_release() {
        ZIGE_TRY(reason, text(given_.release_reason, daemon::kMaxReason, "release_reason"));
        ZIGE_TRY(by, text(given_.released_by, daemon::kMaxReason, "released_by"));
        if (reason.empty() != by.empty())
            return fail(ErrorId::api_missing_field, reason.empty() ? "release_reason" : "released_by");
        fee().release = {reason, by};
        return {};
    }

    Result<void> read_people() {
        ZIGE_CHECK(add_people(true));  // who ordered stands first, wherever the host put him
        ZIGE_CHECK(add_people(false));
        const bool ordered = !fee().people.empty() && fee().people[0].role == Role::ordering;
        if (daemon::names_who_ordered(txn_) && !ordered)
            return fail(ErrorId::api_missing_field, "people", "nobody of role ordering");
        return {};
    }

    Result<void> add_people(bool ordering) {
        for (std::size_t i = 0; i < ZIGE_MAX_PEOPLE; ++i) {
            const zige_person& person = given_.people[i];
            if (person.code == nullptr || *person.code == '\0') continue;
            if ((person.role == static_cast<std::int32_t>(Role::ordering)) != ordering) continue;
            const auto role = code_of<Role>(person.role, "");
            if (!role) return fail(ErrorId::api_bad_field, place("role", i), std::to_string(person.role));
            auto code = text(person.code, kMaxCodeLength, "");
            if (!code) return fail(code.error().id, place("code", i), code.error().detail);
            asked_.place[fee().people.size()] = static_cast<std::uint8_t>(i);
            fee().people.push_back({daemon::role_in(txn_, *role), *code});
        }
        return {};
    }
    static std::string place(const char* field, std::size_t i) { return "people[" + std::to_string(i) + "]." + field; }

    const zige_line& given_;
    const Txn txn_;
    const Charset& charset_;
    Memory& memory_;
    AskedLine& asked_;
};

}  // namespace

Result<ClaimReader> ClaimReader::open(const zige_claim* claim, const Charset& charset, Memory& memory) {
    ZIGE_TRY(given, load(claim, "claim"));
    ClaimReader reader(given, charset);
    ZIGE_CHECK(reader.read_head(memory));
    ZIGE_CHECK(reader.check_line_ids());
    return reader;
}

Result<void> ClaimReader::read_head(Memory& memory) {
    ZIGE_TRY(txn, code_of<Txn>(claim_.transaction, "claim.transaction"));
    txn_ = txn;
    ZIGE_TRY(id, charset_->read(claim_.claim_id, kMaxCode, "claim.claim_id", memory));
    claim_id_ = id;
    ZIGE_TRY(key, charset_->read(claim_.idempotency_key, kMaxIdempotencyKey, "claim.idempotency_key", memory));
    key_ = key;
    if (claim_.line_count == 0 || claim_.line_count > ZIGE_MAX_LINES)
        return fail(ErrorId::api_bad_field, "claim.line_count", std::to_string(claim_.line_count));
    ZIGE_CHECK(check_size(claim_.line_size, kFirstLine, "claim", "line_size"));
    return check_there(claim_.lines, "claim.lines");
}

/// An id stands once in a claim. Ids that are left out are numbers, and count too.
Result<void> ClaimReader::check_line_ids() const {
    if (claim_.line_count == 1) return {};
    std::array<std::string_view, ZIGE_MAX_LINES> ids;
    std::array<char, 24U << 10> space;  // for numbers, and for ids that are not ASCII; more is taken from the heap
    std::pmr::monotonic_buffer_resource memory(space.data(), space.size());
    for (std::size_t i = 0; i < claim_.line_count; ++i) {
        ZIGE_TRY(id, read_id(i, memory));
        ids[i] = id;
    }
    std::sort(ids.begin(), ids.begin() + claim_.line_count);
    const auto end = ids.begin() + claim_.line_count;
    const auto twice = std::adjacent_find(ids.begin(), end);
    if (twice != end) return fail(ErrorId::api_bad_field, "lines.line_id", "given twice: " + std::string(*twice));
    return {};
}

const unsigned char* ClaimReader::raw_line(std::size_t at) const {
    return reinterpret_cast<const unsigned char*>(claim_.lines) + at * claim_.line_size;
}

/// Its number, where the host gave none.
Result<std::string_view> ClaimReader::read_id(std::size_t at, Memory& memory) const {
    const char* given = nullptr;
    std::memcpy(&given, raw_line(at) + offsetof(zige_line, line_id), sizeof given);
    auto id = charset_->read(given, kMaxCode, "line_id", memory);
    if (!id) return fail(id.error().id, field_of(at, "line_id"), id.error().detail);
    if (!id->empty()) return id;
    constexpr std::size_t kDigits = 8;
    auto* number = static_cast<char*>(memory.allocate(kDigits, 1));
    const auto end = std::to_chars(number, number + kDigits, at + 1).ptr;
    return std::string_view(number, static_cast<std::size_t>(end - number));
}

Result<void> ClaimReader::read_line(std::size_t at, Memory& memory, AskedLine& to) const {
    ZIGE_TRY(given, load_sized<zige_line>(raw_line(at), claim_.line_size, "lines"));
    ZIGE_TRY(id, read_id(at, memory));
    to.line.line_id = id;
    const auto read = LineReader(given, txn_, *charset_, memory, to).read();
    if (!read) return fail(read.error().id, field_of(at, read.error().field), read.error().detail);
    return {};
}

std::string ClaimReader::field_of(std::size_t at, std::string_view field) {
    return "lines[" + std::to_string(at) + "]." + std::string(field);
}

}  // namespace zige::capi
