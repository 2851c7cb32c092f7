#include <algorithm>
#include <set>

#include "agent/daemon/fsi_message.h"
#include "agent/daemon/money.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxWithdrawn = 10'000;
constexpr std::size_t kMaxShort = 30;  // of codes and numbers, as in the national interface

/// An object of the message, with what it lies in, the innermost first.
struct Place {
    const Json* object = nullptr;
    std::vector<const Json*> around;
    std::string name;  ///< "input.feedetail[2]"
};

struct Found {
    const Json* value = nullptr;
    std::string name;
};

const Json* present(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    if (value == nullptr || value->is_null()) return nullptr;
    return value->text() != nullptr && value->text()->empty() ? nullptr : value;
}

/// All objects at `path` below `from`; a part that is an array stands for all its objects.
void collect(const Place& from, std::string_view path, std::vector<Place>& found) {
    const std::string_view key = path.substr(0, path.find('.'));
    const std::string_view rest = path.substr(std::min(path.size(), key.size() + 1));
    const Json* value = from.object->find(key);
    if (value == nullptr) return;
    std::vector<const Json*> around{from.object};
    around.insert(around.end(), from.around.begin(), from.around.end());
    const auto visit = [&](const Json& each, std::string name) {
        if (each.members() == nullptr) return;
        const Place place{&each, around, std::move(name)};
        if (rest.empty()) found.push_back(place);
        else collect(place, rest, found);
    };
    const std::string name = from.name + "." + std::string(key);
    visit(*value, name);
    if (value->items() == nullptr) return;
    for (std::size_t i = 0; i < value->items()->size(); ++i)
        visit((*value->items())[i], name + "[" + std::to_string(i) + "]");
}

/// "-", "*" and "/" stand for nobody in the field.
bool is_nobody(std::string_view code) { return code.find_first_not_of("-*/") == std::string_view::npos; }

/// A moment, or a day, which is its first second; a fraction of a second is left out.
Result<Instant> moment_of(std::string_view text, std::string_view field) {
    constexpr std::size_t kDay = 10;
    constexpr std::size_t kSecond = 19;
    if (text.size() == kDay) {
        ZIGE_TRY(day, parse_day(text, field));
        return start_of(day);
    }
    const bool fraction = text.size() > kSecond && text[kSecond] == '.' &&
                          text.find_first_not_of("0123456789", kSecond + 1) == std::string_view::npos;
    return parse_time(fraction ? text.substr(0, kSecond) : text, field);
}

}  // namespace

/// Reads one message into a claim.
class FsiClaimReader {
public:
    FsiClaimReader(const FsiMessage& message, const FsiTransaction& transaction, const FsiBeside& beside)
        : message_(message), transaction_(transaction), beside_(beside) {}

    Result<FsiClaim> read() {
        ZIGE_TRY(input, message_.input());
        input_ = input;
        ZIGE_CHECK(read_head());
        if (transaction_.visit == FsiVisit::sale) claim_.head.lot = message_.msgid();  // settled at once: its own lot
        ZIGE_CHECK(read_withdrawn());
        ZIGE_CHECK(read_lines());
        if (transaction_.judges_operator) ZIGE_CHECK(add_operator());
        ZIGE_CHECK(check_strays(*input_, "input"));
        if (text_.lines_.empty()) return std::move(claim_);
        text_.claim_id_ = claim_.head.visit.empty() ? message_.msgid() : claim_.head.visit;
        claim_.text = std::move(text_);
        return std::move(claim_);
    }

    static void set_key(ClaimText& claim, std::string key) { claim.idempotency_key_ = std::move(key); }

private:
    /// Of the object, else of what it lies in, else of the head.
    Found find(const Place& place, std::string_view key) const {
        if (const Json* own = present(*place.object, key)) return {own, place.name + "." + std::string(key)};
        for (const Json* outer : place.around)
            if (const Json* value = present(*outer, key)) return {value, std::string(key)};
        if (head_ != nullptr)
            if (const Json* value = present(*head_, key))
                return {value, "input." + std::string(transaction_.head) + "." + std::string(key)};
        return {nullptr, place.name + "." + std::string(key)};
    }
    static Found own(const Place& place, std::string_view key) {
        return {present(*place.object, key), place.name + "." + std::string(key)};
    }

    /// Text, or the digits of a number, without the blanks of a fixed column. Empty when missing.
    static Result<std::string> text(const Found& found, std::size_t max_bytes = kMaxShort) {
        return text_or_digits(found.value, found.name, max_bytes, Blanks::dropped);
    }

    std::string_view keep(std::string value) { return text_.texts_.emplace_back(std::move(value)); }

    Result<void> read_head() {
        if (transaction_.head.empty()) return {};
        head_ = input_->find(transaction_.head);
        if (head_ == nullptr || head_->members() == nullptr) {
            head_ = nullptr;
            return {};
        }
        const Place place{head_, {}, "input." + std::string(transaction_.head)};
        ZIGE_TRY(lot, lot_of(place));
        claim_.head = std::move(lot);
        ZIGE_TRY(med_type, text(own(place, "med_type")));
        claim_.med_type = std::move(med_type);
        ZIGE_TRY(settlement, text(own(place, "setl_id")));
        claim_.settlement = std::move(settlement);
        ZIGE_TRY(begun, text(own(place, "begntime")));
        if (const auto time = moment_of(begun, "begntime"))
            claim_.begun = *time;  // read as a line's time where it counts
        return {};
    }

    Result<FsiLot> lot_of(const Place& place) const {
        ZIGE_TRY(visit, text(find(place, "mdtrt_id")));
        ZIGE_TRY(lot, text(find(place, "chrg_bchno")));
        return FsiLot{std::move(visit), std::move(lot)};
    }

    /// 2302 names lines one by one, in an object or an array; "0000" stands for all. An empty number names none.
    Result<void> read_withdrawn() {
        if (transaction_.visit != FsiVisit::line_withdrawal) return {};
        std::vector<Place> places;
        collect({input_, {}, "input"}, transaction_.head, places);
        for (const Place& place : places) {
            ZIGE_TRY(lot, lot_of(place));
            if (claim_.head.visit.empty()) claim_.head = std::move(lot);
            ZIGE_TRY(line, text(own(place, "feedetl_sn")));
            if (claim_.lines.size() < kMaxWithdrawn) claim_.lines.push_back(std::move(line));
        }
        claim_.all_lines = std::ranges::find(claim_.lines, "0000") != claim_.lines.end();
        return {};
    }

    Result<void> read_lines() {
        bool any = false;
        for (const FsiLines& row : transaction_.lines) {
            if (row.otherwise && any) continue;
            std::vector<Place> places;
            collect({input_, {}, "input"}, row.path, places);
            any = any || !places.empty();
            if (text_.lines_.size() + places.size() > agent::kMaxLinesPerClaim)
                return fail(ErrorId::api_bad_field, "input." + std::string(row.path),
                            "over " + std::to_string(agent::kMaxLinesPerClaim) + " lines");
            for (const Place& place : places) ZIGE_CHECK(add_line(row, place));
        }
        if (transaction_.needs_lines && !any)
            return fail(ErrorId::api_missing_field, "input." + std::string(transaction_.lines.front().path));
        return {};
    }

    Result<void> add_line(const FsiLines& row, const Place& place) {
        read_.insert(place.object);
        agent::ClaimLine line;
        line.line.txn = *transaction_.txn;
        ZIGE_CHECK(add_people(row, place, line.line));
        if (line.line.people.empty() && !transaction_.needs_lines) return {};
        if (transaction_.names_orderer && line.line.people[0].role != Role::ordering)
            return fail(ErrorId::api_missing_field, place.name + ".bilg_dr_codg");
        ZIGE_CHECK(name_line(row, place, line));
        ZIGE_CHECK(read_time(row, place, line.line));
        ZIGE_CHECK(read_amount(row, place, line.line));
        ZIGE_CHECK(read_rest(row, place, line.line));
        if (transaction_.visit != FsiVisit::begin) ZIGE_CHECK(read_visit(place, line));  // told by the head alone
        text_.lines_.push_back(line);
        return {};
    }

    Result<void> add_people(const FsiLines& row, const Place& place, FeeLine& line) {
        for (const FsiPerson& person : row.people) ZIGE_CHECK(add_person(line, person.role, own(place, person.field)));
        if (transaction_.names_orderer && line.people.empty())
            return fail(ErrorId::api_missing_field, place.name + ".bilg_dr_codg");
        return {};
    }

    Result<void> add_person(FeeLine& line, Role role, const Found& found) {
        ZIGE_TRY(code, text(found));
        if (is_nobody(code)) return {};
        if (line.people.full()) return fail(ErrorId::api_bad_field, found.name, "too many people on one line");
        line.people.push_back({role, keep(std::move(code))});
        return {};
    }

    Result<void> name_line(const FsiLines& row, const Place& place, agent::ClaimLine& line) {
        const Found found = own(place, row.id);
        ZIGE_TRY(id, row.id.empty() ? Result<std::string>(std::string()) : text(found));
        line.line_id = keep(id.empty() ? std::to_string(text_.lines_.size() + 1) : std::move(id));
        if (!ids_.insert(line.line_id).second) return fail(ErrorId::api_bad_field, found.name, "given twice");
        return {};
    }

    Result<void> read_time(const FsiLines& row, const Place& place, FeeLine& line) {
        for (const std::string_view key : row.times) {
            const Found found = find(place, key);
            if (found.value == nullptr) continue;
            ZIGE_TRY(words, text(found));
            const auto time = moment_of(words, found.name);
            if (!time && transaction_.refusable) return time.error();
            if (!time) continue;  // a visit is never held up for it
            line.fee_time = *time;
            return {};
        }
        if (transaction_.needs_lines)
            return fail(ErrorId::api_missing_field, place.name + "." + std::string(row.times.front()));
        ZIGE_TRY(sent_at, sent_at_time());
        line.fee_time = sent_at;
        return {};
    }

    /// When the message was made: inf_time, else the time inside its msgid, so that the same message has the same.
    Result<Instant> sent_at_time() const {
        constexpr std::size_t kInstitution = 12;
        constexpr std::size_t kStamp = 14;
        if (!message_.sent_at().empty()) return moment_of(message_.sent_at(), "inf_time");
        const std::string& msgid = message_.msgid();
        if (msgid.size() < kInstitution + kStamp) return fail(ErrorId::api_missing_field, "inf_time");
        const std::string at = msgid.substr(kInstitution, kStamp);
        return parse_time(at.substr(0, 4) + "-" + at.substr(4, 2) + "-" + at.substr(6, 2) + " " + at.substr(8, 2) +
                              ":" + at.substr(10, 2) + ":" + at.substr(12, 2),
                          "inf_time");
    }

    Result<void> read_amount(const FsiLines& row, const Place& place, FeeLine& line) const {
        if (row.amount.empty()) return {};
        const Found found = own(place, row.amount);
        if (found.value == nullptr) {
            if (transaction_.names_orderer) return fail(ErrorId::api_missing_field, found.name);
            return {};
        }
        ZIGE_TRY(yuan, text(found));
        ZIGE_TRY(fen, parse_yuan(yuan, found.name));
        line.amount = fen;
        return {};
    }

    Result<void> read_rest(const FsiLines& row, const Place& place, FeeLine& line) {
        if (!row.department.empty()) {
            ZIGE_TRY(department, text(own(place, row.department)));
            line.department = keep(std::move(department));
        }
        ZIGE_TRY(med_type, text(find(place, "med_type")));
        line.med_type = keep(std::move(med_type));
        ZIGE_CHECK(read_drug(place, line));
        if (beside_.emergency != EmergencyKind::none)
            line.emergency = {beside_.emergency, keep(beside_.reason), keep(beside_.declared_by)};
        line.release = {keep(beside_.release_reason), keep(beside_.released_by)};
        line.order = {keep(beside_.order_number), beside_.order_time};
        return {};
    }

    /// What the line belongs to; and who wrote it, by name.
    Result<void> read_visit(const Place& place, agent::ClaimLine& line) {
        constexpr std::size_t kMaxItemCode = 150;
        constexpr std::size_t kMaxName = 150;
        ZIGE_TRY(lot, lot_of(place));
        if (transaction_.visit == FsiVisit::lines && claim_.head.visit.empty()) claim_.head = lot;
        if (transaction_.visit == FsiVisit::sale) lot = claim_.head;
        ZIGE_TRY(item, text(own(place, "med_list_codg"), kMaxItemCode));
        if (item.empty()) {
            ZIGE_TRY(of_institution, text(own(place, "medins_list_codg"), kMaxItemCode));
            item = std::move(of_institution);
        }
        ZIGE_TRY(name, text(own(place, "bilg_dr_name"), kMaxName));
        line.visit = {keep(std::move(lot.visit)), keep(std::move(item)), keep(std::move(lot.lot))};
        line.ordering_name = keep(std::move(name));
        return {};
    }

    /// rx_flag: 1 is a prescription drug, 0 is not. A sale without a person who is insured is not judged.
    Result<void> read_drug(const Place& place, FeeLine& line) {
        const Found flag = own(place, "rx_flag");
        ZIGE_TRY(rx, text(flag));
        if (!rx.empty() && rx != "0" && rx != "1") return fail(ErrorId::api_bad_field, flag.name, "0 or 1");
        if (!rx.empty()) line.item = rx == "1" ? ItemClass::prescription_drug : ItemClass::otc_drug;
        if (line.txn == Txn::goods_sale)
            line.insured = present(*place.object, "setl_id") != nullptr || present(*place.object, "psn_no") != nullptr;
        const Found prescribed = find(place, "prsc_time");
        if (prescribed.value == nullptr) return {};
        ZIGE_TRY(words, text(prescribed));
        ZIGE_TRY(time, moment_of(words, prescribed.name));
        line.prescribed_at = time;
        return {};
    }

    /// On each line; where there is none, on a line of its own.
    Result<void> add_operator() {
        if (is_nobody(message_.opter())) return {};
        if (text_.lines_.empty()) {
            agent::ClaimLine line;
            line.line_id = keep("1");
            line.line.txn = *transaction_.txn;
            ZIGE_TRY(sent_at, sent_at_time());
            line.line.fee_time = sent_at;
            text_.lines_.push_back(line);
        }
        const std::string_view opter = keep(message_.opter());
        for (agent::ClaimLine& line : text_.lines_) {
            if (line.line.people.full()) return fail(ErrorId::api_bad_field, "opter", "too many people on one line");
            line.line.people.push_back({Role::settlement_operator, opter});
        }
        return {};
    }

    /// Nobody passes by standing where the table does not look.
    Result<void> check_strays(const Json& value, const std::string& name) const {
        if (const Json::Array* items = value.items()) {
            for (std::size_t i = 0; i < items->size(); ++i)
                ZIGE_CHECK(check_strays((*items)[i], name + "[" + std::to_string(i) + "]"));
        }
        const Json::Object* members = value.members();
        if (members == nullptr) return {};
        for (const Json::Member& each : *members) {
            const std::string inner = name + "." + each.key;
            if (transaction_.refusable && read_.find(&value) == read_.end() && names_somebody(each))
                return fail(ErrorId::api_bad_field, inner, "a person where no line is expected");
            ZIGE_CHECK(check_strays(each.value, inner));
        }
        return {};
    }

    bool names_somebody(const Json::Member& member) const {
        const std::string* code = member.value.text();
        if (!member.value.number() && (code == nullptr || is_nobody(*code))) return false;
        return std::ranges::any_of(transaction_.lines, [&](const FsiLines& row) {
            return std::ranges::find(row.people, member.key, &FsiPerson::field) != row.people.end();
        });
    }

    const FsiMessage& message_;
    const FsiTransaction& transaction_;
    const FsiBeside& beside_;
    const Json* input_ = nullptr;
    const Json* head_ = nullptr;
    FsiClaim claim_;
    ClaimText text_;
    std::set<const Json*> read_;  // objects that were lines
    std::set<std::string_view> ids_;
};

Result<FsiClaim> read_fsi_claim(const FsiMessage& message, const FsiTransaction& transaction, const FsiBeside& beside) {
    return FsiClaimReader(message, transaction, beside).read();
}

void set_key(ClaimText& claim, std::string idempotency_key) {
    FsiClaimReader::set_key(claim, std::move(idempotency_key));
}

}  // namespace zige::daemon
